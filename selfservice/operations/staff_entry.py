"""Members of staff coming in and going: by their password or their organisation's own sign-in, then a second factor.

A sign-in is whole only with a second factor, which no member of staff goes without. Passwords are hashed and compared
by the web, outside any transaction.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from integrations.identity.openid import Identity
from selfservice.domain.acting import EndedWhy
from selfservice.domain.challenge import Purpose
from selfservice.domain.council import Council
from selfservice.domain.messages import Medium
from selfservice.domain.people import PARTNERSHIP, Actor
from selfservice.links import Links
from selfservice.operations import assisting, challenging, limiting, locking, sign_ins, staff_letters
from selfservice.operations.challenging import Asker, Challenge, Made, Wanted
from selfservice.operations.locking import Lock, Standing
from selfservice.operations.staff_letters import Told
from selfservice.operations.staffing import ACTIVE, DISABLED, Roles, as_actor, change_roles, shut_out
from selfservice.store import challenges, identities, staff, timeline
from selfservice.store.accounts import IdentityRow
from selfservice.store.base import new_id
from selfservice.store.sign_ins import SignInRow
from selfservice.store.staff import StaffRow

PASSWORD, LINK, OPENID = "password", "link", "openid"
LOCK = Lock("staff-password", most=10, minutes=15)


@dataclass(frozen=True, slots=True)
class Try:
    """A try by password that was counted. `kept` is the hash to compare with: None where there is none, and while shut.

    Compare in any case, so that it takes the same time.
    """

    email: str
    standing: Standing
    staff_id: str | None = None
    kept: str | None = field(default=None, repr=False)

    @property
    def shut(self) -> bool:
        """Whether the way by password is shut, or is from now on if this was wrong."""
        return self.standing is not Standing.OPEN


@dataclass(frozen=True, slots=True)
class Came:
    """Who came by a provider; or nobody, and `why`: "no_role", "disabled", "no_email", "address_taken"."""

    staff_id: str | None = None
    why: str = ""


def try_password(session: Session, email: str, network: str, now: datetime) -> Try | None:
    """Count a try by this address, whoever has it, if anybody; None when this network has tried too often.

    Commit in either case, before the password is looked at.
    """
    if not limiting.allowed(session, limiting.STAFF_TRIES, network, now):
        return None
    email = email.lower()
    standing = locking.try_once(session, LOCK, email, now)
    row = staff.by_email(session, email)
    if row is None or row.state != ACTIVE or standing is Standing.SHUT:
        return Try(email, standing)
    return Try(email, standing, row.id, row.password_hash)


def was_right(
    session: Session,
    tried: Try,
    browser: str,
    before: str | None,
    now: datetime,
    *,
    rehashed: str | None = None,
) -> str | None:
    """Sign in whoever typed the right password; gives the browser's secret. None when it was changed meanwhile.

    `rehashed` is its hash with the work asked for today, if another.
    """
    row = staff.by_id(session, tried.staff_id, lock=True) if tried.staff_id else None
    if row is None or row.password_hash != tried.kept:
        return None
    locking.forgive(session, LOCK, tried.email)
    row.password_hash = rehashed or row.password_hash
    return begin(session, row.id, PASSWORD, browser, before, now)


def begin(
    session: Session, staff_id: str, method: str, browser: str, before: str | None, now: datetime
) -> str | None:
    """Sign a member of staff in by their first factor; gives the browser's secret. None when they may not.

    `before` is the id of the sign-in that the browser had, of whomever: it ends.
    """
    return _begin(session, staff_id, method, browser, before, now, whole=False)


def begin_whole(
    session: Session, staff_id: str, method: str, browser: str, before: str | None, now: datetime
) -> str | None:
    """The same where the provider of staff has asked for a second factor, so that we need not."""
    secret = _begin(session, staff_id, method, browser, before, now, whole=True)
    if secret:
        _write_down(session, as_actor(staff_id), "staff_signed_in", method, now)
    return secret


def complete(session: Session, actor: Actor, sign_in_id: str, method: str, now: datetime) -> str | None:
    """Make a sign-in whole, whose second factor was just given by `method`; gives the browser's new secret."""
    secret = sign_ins.renew(session, sign_in_id, method, now)
    if secret:
        _write_down(session, actor, "staff_signed_in", method, now)
    return secret


def leave(session: Session, actor: Actor, sign_in_id: str, now: datetime) -> None:
    """Sign a member of staff out of this browser. Whom they were helping they help no longer."""
    _end(session, sign_in_id, now)
    _write_down(session, actor, "staff_signed_out", "", now)


def ask_for_reset(
    session: Session, email: str, told: Told, council: Council, asker: Asker, links: Links, now: datetime
) -> Made | None:
    """Send a link by which a new password is chosen; to any other address, that there is none to be chosen.

    None when too many were asked for. `council` is who writes: always the same, whoever has the address.
    """
    row = staff.by_email(session, email.lower())
    active = row if row is not None and row.state == ACTIVE else None
    wording = staff_letters.reset(told, active, limit=LOCK)
    staff_id = active.id if active and active.password_hash else None
    counted_by = challenging.WHEN_SHUT if told is Told.SHUT else challenging.AT_THE_DOOR
    wanted = Wanted(
        Purpose.STAFF_RESET, Medium.EMAIL, email.lower(), staff_id=staff_id, counted_by=counted_by
    )
    return challenging.make(session, wanted, wording, council, asker, links, now)


def choose_password(
    session: Session, opened: Challenge, password_hash: str, council: Council, now: datetime
) -> tuple[str, tuple[str, ...]] | None:
    """Keep a password that was chosen by an invitation or a reset, and end every sign-in from before.

    Gives the id of the member of staff, and deliveries to ring for after the commit; None when they may no longer.
    """
    row = staff.by_id(session, opened.staff_id, lock=True) if opened.staff_id else None
    if row is None or row.state == DISABLED:
        return None
    invited = opened.purpose is Purpose.STAFF_INVITE
    row.state, row.password_hash = ACTIVE, password_hash
    shut_out(session, row.id, "new_password", now)
    what = "staff_invitation_accepted" if invited else "staff_password_changed"
    _write_down(session, as_actor(row.id), what, "", now)
    told = () if invited else staff_letters.news(session, row, "password_changed", council, now)
    return row.id, told


def by_provider(
    session: Session, identity: Identity, roles: Roles, label: str, trusts_email: bool, now: datetime
) -> Came:
    """Who has come by the organisation's own provider, with the `roles` that their groups give them here.

    The provider's word counts each time: whoever is in no group of ours loses what they had, and whoever comes for
    the first time is made a member of staff. Commit in any case.
    """
    kept = identities.by_subject(session, identity.issuer, identity.subject)
    if kept is not None and kept.staff_id is None:
        return Came(why="address_taken")  # a resident signs in by it
    row = staff.by_id(session, kept.staff_id, lock=True) if kept and kept.staff_id else None
    if not roles:
        if row is not None:
            change_roles(session, row, (), now)
            shut_out(session, row.id, "no_role", now)
        return Came(why="no_role")
    if row is None:
        row, why = _newcomer(session, identity, label, trusts_email, now)
        if row is None:
            return Came(why=why)
    if row.state == DISABLED:
        return Came(why="disabled")
    row.name = identity.name or row.name
    row.state, row.password_hash = ACTIVE, None  # the provider alone says from now on whether they may
    challenges.supersede_of_staff(session, row.id)  # nor does an invitation from before give them a password
    change_roles(session, row, roles, now)
    session.flush()
    return Came(row.id)


def _newcomer(
    session: Session, identity: Identity, label: str, trusts_email: bool, now: datetime
) -> tuple[StaffRow | None, str]:
    """The member of staff who comes by the provider for the first time; nobody, and why, for who cannot be told."""
    if not identity.email:
        return None, "no_email"
    email = identity.email.lower()
    row = staff.by_email(session, email, lock=True)
    if row is not None and not (trusts_email and identity.email_verified):
        return None, "address_taken"
    if row is None:
        name = identity.name or email.partition("@")[0]
        row = StaffRow(id=new_id(), name=name, email=email, state=ACTIVE, created_at=now)
        session.add(row)
        session.flush()
        _write_down(session, as_actor(row.id), "staff_added", OPENID, now)
    session.add(
        IdentityRow(
            id=new_id(),
            staff_id=row.id,
            issuer=identity.issuer,
            subject=identity.subject,
            label=label,
            added_at=now,
        )
    )
    session.flush()
    return row, ""


def _begin(
    session: Session,
    staff_id: str,
    method: str,
    browser: str,
    before: str | None,
    now: datetime,
    *,
    whole: bool,
) -> str | None:
    row = staff.by_id(session, staff_id, lock=True)
    if row is None or row.state != ACTIVE:
        return None
    if before:
        _end(session, before, now)
    return sign_ins.begin(session, method, browser, now, staff_id=row.id, whole=whole)


def _end(session: Session, sign_in_id: str, now: datetime) -> None:
    """End a sign-in, of whomever; a member of staff helps nobody any more with that."""
    row = session.get(SignInRow, sign_in_id)
    if row is not None and row.staff_id:
        assisting.stop(session, as_actor(row.staff_id), EndedWhy.SIGNED_OUT, now)
    sign_ins.end(session, sign_in_id, "signed_out", now)


def _write_down(session: Session, actor: Actor, what: str, method: str, now: datetime) -> None:
    detail = {"staff_id": actor.id} | ({"method": method} if method else {})
    timeline.write_line(session, actor, PARTNERSHIP, None, what, "", now, detail)
