"""The fictional people of the demonstration, and what to try as each of them.

Names are made up; telephone numbers come from the range that Ofcom keeps for drama; e-mail goes to
example.org, and like text messages is caught by the demonstration's own mailbox. Postcodes are real places
(ONS postcode data).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from selfservice.domain.council import Council


@dataclass(frozen=True, slots=True)
class Person:
    """A fictional resident: where they begin (a council's slug) and what happened to them, in a sentence."""

    name: str
    email: str
    phone: str
    begins_at: str
    try_this: str


PEOPLE = (
    Person(
        "Maya Okafor",
        "maya.okafor@example.org",
        "07700 900101",
        "boston",
        "Report a mattress left near PE21 6JT in Boston, with a photo. Then open Boston's back office, "
        "start work on the case, resolve it, and read what Maya is told.",
    ),
    Person(
        "Tom Allsop",
        "tom.allsop@example.org",
        "07700 900102",
        "east-lindsey",
        "Saw a van tip rubble near LN11 9NS in Louth: say that you saw it happen.",
    ),
    Person(
        "Ines Pereira",
        "ines.pereira@example.org",
        "07700 900103",
        "boston",
        "Begins on Boston's page, but the waste is near PE11 1AU in Spalding: it goes to South Holland.",
    ),
    Person(
        "Harold Finch",
        "harold.finch@example.org",
        "07700 900104",
        "boston",
        "Tries NG34 7SF in Sleaford, outside the partnership: he is told whose it is, and nothing is sent.",
    ),
)


@dataclass(frozen=True, slots=True)
class Caller:
    """A fictional customer whom agents know already, without e-mail: what she says of herself when she is asked."""

    name: str
    phone: str
    born: date
    line: str
    town: str
    postcode: str
    council: str


CALLER = Caller(
    "Edith Larkspur", "+441632960171", date(1941, 3, 27), "3 Sample Terrace", "Boston", "PE21 6JT", "boston"
)


@dataclass(frozen=True, slots=True)
class Worker:
    """A fictional member of staff, with their roles at every council, and what to try as them."""

    name: str
    email: str
    roles: tuple[str, ...]
    try_this: str


STAFF = (
    Worker(
        "Priya Marsh",
        "priya.marsh@example.org",
        ("agent",),
        "An agent of every council: take a call at the desk. Edith Larkspur rings from 01632 960171 about a bin that "
        "was missed; she was born on 27 3 1941 and lives at 3 Sample Terrace, PE21 6JT. Find her, check who she is, "
        "and send it for her.",
    ),
    Worker(
        "Graham Tully",
        "graham.tully@example.org",
        ("supervisor",),
        "A supervisor: sees the work of agents, and approves what needs a second person.",
    ),
    Worker(
        "Anneke Vos",
        "anneke.vos@example.org",
        ("auditor",),
        "An auditor: reads who did what for whom, and who looked at what.",
    ),
)


def introduction(
    base_url: str,
    simulator_url: str,
    councils: Mapping[str, Council],
    passwords: Mapping[str, str],
    code_command: str,
) -> Iterable[str]:
    """The lines that `make demo` prints once everything answers.

    `passwords` are those of the fictional staff by e-mail address; `code_command` prints the code of their app.
    """
    yield ""
    yield "The demonstration is running. Ctrl-C stops it."
    yield ""
    yield f"  {'Residents begin here':<32}{base_url}/"
    for council in councils.values():
        yield f"  {council.name:<32}{base_url}/{council.slug}/"
    yield f"  {'See how a report is getting on':<32}{base_url}/progress"
    yield f"  {'The back offices':<32}{simulator_url}/"
    yield f"  {'E-mails and text messages':<32}{simulator_url}/mailbox/"
    yield ""
    yield "Everybody below is made up. Try:"
    for person in PEOPLE:
        if person.begins_at in councils:
            yield ""
            yield f"  {person.name}, {person.email}, {person.phone}"
            yield f"    {base_url}/{person.begins_at}/fly-tipping/"
            yield from wrap(person.try_this, 100, initial_indent="    ", subsequent_indent="    ")
    yield from _of_staff(base_url, passwords, code_command)


def _of_staff(base_url: str, passwords: Mapping[str, str], code_command: str) -> Iterable[str]:
    yield ""
    yield f"Staff sign in at {base_url}/staff/sign-in with a password and a code, as real staff do."
    yield "What an app on their phone would show is printed, in another terminal in this folder, by:"
    yield f"    {code_command} EMAIL"
    for worker in STAFF:
        yield ""
        yield f"  {worker.name}, {worker.email}, password {passwords[worker.email]}"
        yield from wrap(worker.try_this, 100, initial_indent="    ", subsequent_indent="    ")
    yield ""
