"""Second factors of accounts and of members of staff: an app that shows codes, passkeys, recovery codes.

Passkeys are added and used in `operations/passkeys.py`. Whoever has a second factor is asked for it at each sign-in;
recovery codes stand in for one that was lost, and are none by themselves.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from integrations.identity import totp
from selfservice.domain.marking import gettext_noop
from selfservice.domain.people import PARTNERSHIP, Actor, ActorKind
from selfservice.domain.permissions import Action, NotAllowed, Thing, may
from selfservice.operations import limiting, sealing
from selfservice.operations.sealing import Envelope
from selfservice.seals import SEALED, Seals
from selfservice.store import accounts, factors, owners, timeline
from selfservice.store.accounts import PasskeyRow, RecoveryCodeRow, TotpRow
from selfservice.store.base import new_id

# What somebody proved themselves by, as a sign-in's `method` has it.
APP, PASSKEY, RECOVERY_CODE = "app", "passkey", "recovery_code"
CODES = 10
# No letter that is taken for another. 24 of 31 signs are 118 bits: more than can be tried out on the hashes.
SIGNS, GROUPS, GROUP = "23456789abcdefghjkmnpqrstuvwxyz", 6, 4
# What is sealed of an app: the secret in use, and one that is to take its place once a code of it was typed.
QUESTION, IN_USE, NEXT = "totp", "secret", "next"
WORDS = {
    "app_added": gettext_noop("An app that shows codes was set up for signing in to your account."),
    "app_removed": gettext_noop("The app that shows codes was taken from your account."),
    "passkey_added": gettext_noop("A passkey was added to your account."),
    "passkey_removed": gettext_noop("A passkey was taken from your account."),
    "codes_made": gettext_noop("New recovery codes were made for your account."),
    "code_used": gettext_noop("A recovery code was used to sign in to your account."),
}


class TooManyTries(Exception):
    """Codes were tried too often for now; `minutes` is how long to wait."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


class LastFactor(Exception):
    """It is the only second factor of a member of staff, who must have one."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose factors: an account's or a member of staff's, by id."""

    account_id: str | None = None
    staff_id: str | None = None

    def __post_init__(self) -> None:
        if bool(self.account_id) == bool(self.staff_id):
            raise ValueError("factors are of an account or of a member of staff")

    @property
    def id(self) -> str:
        """The id of the one that it is."""
        return self.account_id or self.staff_id or ""

    @property
    def both(self) -> tuple[str | None, str | None]:
        """The id of the account and of the member of staff, as the store asks for them."""
        return self.account_id, self.staff_id


@dataclass(frozen=True, slots=True)
class KeptPasskey:
    """A passkey as its owner sees it."""

    id: str
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """The second factors of an owner: since when there is an app, the passkeys, the recovery codes not yet used."""

    app_since: datetime | None
    passkeys: tuple[KeptPasskey, ...]
    codes_left: int

    @property
    def any(self) -> bool:
        """Whether there is a second factor."""
        return self.app_since is not None or bool(self.passkeys)


@dataclass(frozen=True, slots=True)
class NewApp:
    """What an app takes up: the secret in base 32 as it is typed, and the same as an address and as a picture."""

    secret: str
    address: str
    picture: str


def has_second_factor(
    session: Session, *, account_id: str | None = None, staff_id: str | None = None
) -> bool:
    """Whether this account, or member of staff, has a second factor, so that it must be asked for."""
    return factors.has_any(session, account_id, staff_id)


def held(session: Session, owner: Owner) -> Held:
    """What there is."""
    app = factors.app_of(session, *owner.both)
    return Held(
        app.confirmed_at if app else None,
        tuple(
            KeptPasskey(row.id, row.name, row.added_at, row.used_at)
            for row in factors.passkeys_of(session, *owner.both)
        ),
        factors.codes_left(session, *owner.both),
    )


def begin_app(
    session: Session, actor: Actor, owner: Owner, name: str, issuer: str, seals: Seals, now: datetime
) -> NewApp:
    """Begin to set up an app; nothing has changed until `confirm_app`. Whatever was begun before is dropped.

    `name` is what the app calls the account, `issuer` us. An app that is in use goes on until then.
    """
    check_may_change(session, actor, owner)
    row = factors.app_of(session, *owner.both, lock=True)
    if row is None:
        account_id, staff_id = owner.both
        row = TotpRow(id=new_id(), account_id=account_id, staff_id=staff_id, sealed={}, added_at=now)
        session.add(row)
        session.flush()
    secret = totp.new_secret()
    key = Envelope(session, seals, PARTNERSHIP, row.id).key_or_new(now)
    row.sealed = {**row.sealed, NEXT: key.seal(QUESTION, NEXT, secret)[SEALED]}
    session.flush()
    return _new_app(secret, name, issuer)


def app_begun(session: Session, owner: Owner, name: str, issuer: str, seals: Seals) -> NewApp | None:
    """The app that is being set up, to be shown again; None when none is."""
    row = factors.app_of(session, *owner.both)
    secret = _secret(session, row, NEXT, seals) if row else None
    return _new_app(secret, name, issuer) if secret else None


def confirm_app(
    session: Session, actor: Actor, owner: Owner, typed: str, seals: Seals, now: datetime
) -> bool:
    """Have the app that was begun count, if this is its code; it takes the place of one before it."""
    check_may_change(session, actor, owner)
    row = factors.app_of(session, *owner.both, lock=True)
    secret = _secret(session, row, NEXT, seals) if row else None
    step = totp.matching_step(secret, typed, now, None) if secret else None
    if row is None or step is None:
        return False
    key = Envelope(session, seals, PARTNERSHIP, row.id).key_or_new(now)
    row.sealed = key.seal(QUESTION, IN_USE, secret)
    row.last_step, row.added_at, row.confirmed_at = step, now, now
    session.flush()
    write_down(session, actor, owner, "app_added", now)
    return True


def remove_app(session: Session, actor: Actor, owner: Owner, now: datetime) -> bool:
    """Take the app away, its secret for good; False when there is none. Raises `LastFactor`."""
    check_may_change(session, actor, owner)
    owners.hold(session, *owner.both)  # of two factors that are removed at once, one is found to be the last
    row = factors.app_of(session, *owner.both, lock=True)
    if row is None or row.confirmed_at is None:
        return False
    if not factors.passkeys_of(session, *owner.both):
        after_last(session, owner)
    sealing.shred(session, [row.id])
    session.delete(row)
    session.flush()
    write_down(session, actor, owner, "app_removed", now)
    return True


def check(
    session: Session, actor: Actor, owner: Owner, typed: str, seals: Seals, now: datetime
) -> str | None:
    """By which factor whoever typed this code proves themselves, `APP` or `RECOVERY_CODE`; None when it is wrong.

    Each code is good once. Raises `TooManyTries`. Commit in either case: it is the count that keeps others out.
    """
    count_try(session, owner, now)
    if _is_of_app(session, owner, typed, seals, now):
        return APP
    if not factors.use_code(session, *owner.both, _hashed(typed), now):
        return None
    write_down(session, actor, owner, "code_used", now)
    return RECOVERY_CODE


def new_recovery_codes(session: Session, actor: Actor, owner: Owner, now: datetime) -> tuple[str, ...]:
    """Ten new recovery codes in place of those from before: to be shown now, and never again."""
    check_may_change(session, actor, owner)
    made = tuple(_new_code() for _ in range(CODES))
    factors.replace_codes(session, *owner.both, [_hashed(code) for code in made], now)
    write_down(session, actor, owner, "codes_made", now)
    return made


def forget_all(session: Session, owner: Owner) -> None:
    """Delete every second factor of an owner, for an account that is deleted or staff who begin anew."""
    row = factors.app_of(session, *owner.both)
    if row is not None:
        sealing.shred(session, [row.id])
    kinds: tuple[factors.Kind, ...] = (TotpRow, PasskeyRow, RecoveryCodeRow)
    for kind in kinds:
        factors.forget(session, kind, *owner.both)


def check_may_change(session: Session, actor: Actor, owner: Owner) -> None:
    """Raise `NotAllowed` unless these are the actor's own: nobody changes them for another."""
    if owner.staff_id:
        own = actor.kind is ActorKind.AGENT and actor.id == owner.staff_id and not actor.acting
    else:
        account = accounts.by_id(session, owner.id)
        thing = Thing(PARTNERSHIP, account.customer_id if account else "")
        own = actor.kind is ActorKind.RESIDENT and may(actor, Action.SIGN_IN_DETAILS, thing)
    if not own:
        raise NotAllowed(Action.SIGN_IN_DETAILS)


def count_try(session: Session, owner: Owner, now: datetime) -> None:
    """Count one try of a code. Raises `TooManyTries`."""
    for limit in (limiting.FACTOR_TRIES, limiting.FACTOR_TRIES_A_DAY):
        if not limiting.allowed(session, limit, owner.id, now):
            raise TooManyTries(limit.minutes)


def after_last(session: Session, owner: Owner) -> None:
    """What goes with the last factor: the recovery codes, which alone are none. Raises `LastFactor` for staff."""
    if owner.staff_id:
        raise LastFactor
    factors.forget(session, RecoveryCodeRow, *owner.both)


def write_down(session: Session, actor: Actor, owner: Owner, what: str, now: datetime) -> None:
    """Write a change of factors to the record, where its owner reads of it."""
    account = accounts.by_id(session, owner.account_id) if owner.account_id else None
    customer_id = account.customer_id if account else None
    words = WORDS[what] if account else ""
    timeline.write_line(
        session, actor, PARTNERSHIP, None, f"factor_{what}", words, now, customer_id=customer_id
    )


def _is_of_app(session: Session, owner: Owner, typed: str, seals: Seals, now: datetime) -> bool:
    row = factors.app_of(session, *owner.both, lock=True)
    secret = _secret(session, row, IN_USE, seals) if row and row.confirmed_at else None
    step = totp.matching_step(secret, typed, now, row.last_step) if row and secret else None
    if row is None or step is None:
        return False
    row.last_step = step
    return True


def _secret(session: Session, row: TotpRow, part: str, seals: Seals) -> str | None:
    """A secret of an app, opened; None when there is none. Raises `Unopenable`."""
    kept: str | None = row.sealed.get(SEALED if part == IN_USE else NEXT)
    key = Envelope(session, seals, PARTNERSHIP, row.id).key() if kept else None
    return str(key.open(QUESTION, part, {SEALED: kept})) if key and kept else None


def _new_app(secret: str, name: str, issuer: str) -> NewApp:
    address = totp.address(secret, name, issuer)
    return NewApp(secret, address, totp.qr_data_uri(address))


def _new_code() -> str:
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(GROUP)) for _ in range(GROUPS))


def _hashed(code: str) -> str:
    """What a recovery code is told by; capitals, spaces and dashes make no difference."""
    plain = "".join(sign for sign in code.lower() if sign.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
