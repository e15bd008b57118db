"""What `selfservice staff` does: adds and invites members of staff, gives them roles, shuts them out and lets them in.

No password is ever told on a command line: whoever is added chooses their own, by the link that is sent to them.
"""

import sys
from argparse import Namespace
from collections.abc import Collection, Iterator, Sequence

from forms.kit.contacts import Email
from forms.kit.questions import Refused
from selfservice import clock
from selfservice.command_database import opened
from selfservice.database import Database
from selfservice.demo_staff import code_of
from selfservice.domain.people import Role
from selfservice.installation import Installation, open_installation
from selfservice.operations import staffing
from selfservice.operations.staffing import AlreadyThere, Invited, Member, NotThere
from selfservice.settings import Misconfigured, Settings
from selfservice.sign_in_file import EVERY_COUNCIL, granted, mistake_in

Roles = frozenset[tuple[str, Role]]


def run(settings: Settings, told: Namespace) -> int:
    """Do what was told (`told.do`). Raises `Misconfigured` with every mistake in what was told."""
    if told.do == "code":
        return _code(settings, told.email)
    installation = open_installation(settings)
    with opened(settings) as database:
        try:
            return _COMMANDS[told.do](installation, database, told)
        except NotThere:
            raise Misconfigured([f"no member of staff has the address {told.email}"]) from None
        except AlreadyThere:
            raise Misconfigured(
                [f"{told.email} is a member of staff already: see `selfservice staff list`"]
            ) from None


def _add(installation: Installation, database: Database, told: Namespace) -> int:
    roles, email = _roles(told.role, installation.councils), _email(told.email)
    council = installation.councils[staffing.council_for(roles, installation.councils)]
    with database.write() as session:
        invited = staffing.add(session, told.name, email, roles, council, installation.links, clock.now())
    _say(f"{told.name} was added.")
    return _invited(installation, invited, told)


def _invite(installation: Installation, database: Database, told: Namespace) -> int:
    with database.write() as session:
        known = {member.email: member.roles for member in staffing.listed(session)}
        slug = staffing.council_for(known.get(told.email.lower(), ()), installation.councils)
        invited = staffing.invite_again(
            session, told.email, installation.councils[slug], installation.links, clock.now()
        )
    _say("Their password, second factors and sign-ins have ended. They begin anew.")
    return _invited(installation, invited, told)


def _invited(installation: Installation, invited: Invited, told: Namespace) -> int:
    if invited.link is None:
        _say("No invitation was sent: too many went to this address within the last hour.")
        return 1
    installation.doorbell.ring_soon(invited.delivery_ids)
    _say(
        f"An invitation goes to {told.email}. It is good for three days, and wants that address to be typed."
    )
    if told.print_link:
        _say(invited.link)
    return 0


def _set_roles(installation: Installation, database: Database, told: Namespace) -> int:
    roles = _roles(told.role, installation.councils)
    with database.write() as session:
        staffing.set_roles(session, told.email, roles, clock.now())
    _say(f"{told.email} is now: {_shown(roles, installation.councils) or 'nothing anywhere'}")
    return 0


def _disable(_installation: Installation, database: Database, told: Namespace) -> int:
    with database.write() as session:
        staffing.disable(session, told.email, clock.now())
    _say(f"{told.email} is shut out, from this moment and in every browser.")
    return 0


def _enable(_installation: Installation, database: Database, told: Namespace) -> int:
    with database.write() as session:
        staffing.enable(session, told.email, clock.now())
    _say(f"{told.email} may sign in again, by what they signed in by before.")
    return 0


def _list(installation: Installation, database: Database, _told: Namespace) -> int:
    with database.read() as session:
        members = staffing.listed(session)
    for line in _table(members, installation.councils):
        _say(line)
    return 0


_COMMANDS = {
    "list": _list,
    "add": _add,
    "invite": _invite,
    "roles": _set_roles,
    "disable": _disable,
    "enable": _enable,
}


def _code(settings: Settings, email: str) -> int:
    """Print the code of now of the app of somebody made up. Raises `Misconfigured` outside a demonstration."""
    if not settings.demonstration:
        raise Misconfigured(
            ["codes are told in a demonstration alone (DEMONSTRATION=1): a real one is on a phone"]
        )
    code = code_of(settings.home, email, clock.now())
    if code is None:
        raise Misconfigured([f"nobody of the demonstration in {settings.home} has the address {email}"])
    _say(code)
    return 0


def _roles(told: Sequence[str], councils: Collection[str]) -> Roles:
    mistakes = [wrong for words in told if (wrong := mistake_in(words, councils))]
    if mistakes:
        raise Misconfigured([f"--role {each}" for each in mistakes])
    return frozenset(role for words in told for role in granted(words, councils))


def _email(told: str) -> str:
    try:
        return str(Email(id="email", label="", missing="").parse(told))
    except Refused:
        raise Misconfigured([f"{told!r} is not an email address"]) from None


def _table(members: Sequence[Member], councils: Collection[str]) -> Iterator[str]:
    if not members:
        yield "There are no members of staff yet"
    for each in members:
        factor = "second factor" if each.second_factor else "no second factor yet"
        yield f"{each.email}\t{each.name}\t{each.state}\t{factor}\t{_shown(each.roles, councils) or 'no role'}"


def _shown(roles: Roles, councils: Collection[str]) -> str:
    """Roles as they are told: agent@boston, or supervisor@* for every council."""
    shown = []
    for role in Role:
        at = sorted(slug for slug, each in roles if each is role)
        every = set(at) >= set(councils)
        shown += [f"{role}@{EVERY_COUNCIL}"] if every else [f"{role}@{slug}" for slug in at]
    return " ".join(shown)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
