"""Members of staff: added by invitation, given roles by council, disabled at once, and let in again.

Nobody is deleted: the record goes on naming them. What is changed here holds from the next request on, whatever
browsers they are signed in with.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain.acting import EndedWhy
from selfservice.domain.challenge import Purpose
from selfservice.domain.council import Council
from selfservice.domain.messages import Medium
from selfservice.domain.people import PARTNERSHIP, SYSTEM, Actor, ActorKind, Role
from selfservice.links import Links
from selfservice.operations import assisting, challenging, factors, sign_ins, staff_letters
from selfservice.operations.challenging import Asker, Made, Wanted
from selfservice.operations.factors import Owner
from selfservice.store import challenges, identities, staff, staff_list, timeline
from selfservice.store.base import new_id
from selfservice.store.staff import StaffRow

INVITED, ACTIVE, DISABLED = "invited", "active", "disabled"
Roles = Collection[tuple[str, Role]]


class AlreadyThere(Exception):
    """Somebody with this e-mail address is a member of staff already."""


class NotThere(Exception):
    """No member of staff has this e-mail address."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff as they are listed."""

    id: str
    name: str
    email: str
    state: str
    roles: frozenset[tuple[str, Role]]
    second_factor: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that was sent, and the link in it. Ring for `delivery_ids` after the commit.

    Without a `link` too many were sent to this address within the last hour.
    """

    staff_id: str
    link: str | None
    delivery_ids: tuple[str, ...] = ()


def listed(session: Session) -> list[Member]:
    """Every member of staff, by name."""
    roles = staff_list.roles(session)
    with_factor = staff_list.with_second_factor(session)
    return [
        Member(row.id, row.name, row.email, row.state, roles.get(row.id, frozenset()), row.id in with_factor)
        for row in staff_list.every(session)
    ]


def add(
    session: Session, name: str, email: str, roles: Roles, council: Council, links: Links, now: datetime
) -> Invited:
    """Add a member of staff, and invite them to choose a password. Raises `AlreadyThere`.

    The invitation comes from `council`.
    """
    if staff.by_email(session, email.lower(), lock=True) is not None:
        raise AlreadyThere(email)
    row = StaffRow(id=new_id(), name=name, email=email.lower(), state=INVITED, created_at=now)
    session.add(row)
    session.flush()
    staff.set_roles(session, row.id, roles)
    _write_down(session, "staff_added", row.id, now, roles)
    return _invite(session, row, council, links, now)


def invite_again(session: Session, email: str, council: Council, links: Links, now: datetime) -> Invited:
    """Have a member of staff begin anew, as if they had just been added: for a lost second factor, or invitation.

    Their password, second factors and sign-ins end at once. Raises `NotThere`, also for who is disabled.
    """
    row = _there(session, email)
    if row.state == DISABLED:
        raise NotThere(email)
    row.state, row.password_hash = INVITED, None
    factors.forget_all(session, Owner(staff_id=row.id))
    shut_out(session, row.id, "begun_anew", now)
    _write_down(session, "staff_invited_again", row.id, now)
    return _invite(session, row, council, links, now)


def set_roles(session: Session, email: str, roles: Roles, now: datetime) -> None:
    """Give a member of staff these roles and no others. Raises `NotThere`."""
    change_roles(session, _there(session, email), roles, now)


def change_roles(session: Session, row: StaffRow, roles: Roles, now: datetime) -> None:
    """The same, of a row. Whom they help they help no longer: it was by the roles from before."""
    if staff.roles_of(session, row.id) == frozenset(roles):
        return
    staff.set_roles(session, row.id, roles)
    assisting.stop(session, as_actor(row.id), EndedWhy.STOPPED, now)
    _write_down(session, "staff_roles_changed", row.id, now, roles)


def disable(session: Session, email: str, now: datetime) -> None:
    """Let a member of staff do nothing more, from now on and wherever they are signed in. Raises `NotThere`."""
    row = _there(session, email)
    if row.state == DISABLED:
        return
    row.state, row.disabled_at = DISABLED, now
    shut_out(session, row.id, "disabled", now)
    _write_down(session, "staff_disabled", row.id, now)


def enable(session: Session, email: str, now: datetime) -> None:
    """Let a member of staff sign in again, by what they signed in by before. Raises `NotThere`."""
    row = _there(session, email)
    if row.state != DISABLED:
        return
    known = row.password_hash is not None or bool(identities.of(session, None, row.id))
    row.state, row.disabled_at = ACTIVE if known else INVITED, None
    session.flush()
    _write_down(session, "staff_enabled", row.id, now)


def shut_out(session: Session, staff_id: str, why: str, now: datetime) -> None:
    """End every sign-in of a member of staff, what they were doing for a customer, and links that would let them in."""
    assisting.stop(session, as_actor(staff_id), EndedWhy.SIGNED_OUT, now)
    sign_ins.end_all(session, why, now, staff_id=staff_id)
    session.flush()


def as_actor(staff_id: str) -> Actor:
    """A member of staff in their own name, for what ends whether they are there or not."""
    return Actor(ActorKind.AGENT, staff_id)


def council_for(roles: Iterable[tuple[str, Role]], councils: Collection[str]) -> str:
    """The council (slug) that writes to somebody with these roles: the first at which they have one, else the first."""
    at = {slug for slug, _ in roles}
    return next((slug for slug in councils if slug in at), next(iter(councils)))


def _there(session: Session, email: str) -> StaffRow:
    row = staff.by_email(session, email.lower(), lock=True)
    if row is None:
        raise NotThere(email)
    return row


def _invite(session: Session, row: StaffRow, council: Council, links: Links, now: datetime) -> Invited:
    wanted = Wanted(Purpose.STAFF_INVITE, Medium.EMAIL, row.email, staff_id=row.id)
    wording = staff_letters.invitation(row.name, now + wanted.purpose.good_for)
    made: Made | None = challenging.make(session, wanted, wording, council, Asker(), links, now)
    if made is None:
        return Invited(row.id, None)
    kept = challenges.by_id(session, made.id)
    assert kept is not None, "it was just made"
    link = links.challenges.address(kept.id, kept.token_hash, wanted.purpose.path)
    return Invited(row.id, link, made.delivery_ids)


def _write_down(
    session: Session, what: str, staff_id: str, now: datetime, roles: Roles | None = None
) -> None:
    """A line of the record for staff alone."""
    detail: dict[str, object] = {"staff_id": staff_id}
    if roles is not None:
        detail["roles"] = sorted(f"{role}@{council}" for council, role in roles)
    timeline.write_line(session, SYSTEM, PARTNERSHIP, None, what, "", now, detail)
