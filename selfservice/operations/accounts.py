"""Opening an account, and signing in to it: by password, by a link or a code, or by an account elsewhere.

There is no account before its address was confirmed: until then the name and the password's hash wait in the
challenge. Whoever asks is told the same whether there is an account or not, after the same work. See
docs/decisions/0023-accounts.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from selfservice.domain.challenge import Purpose
from selfservice.domain.council import Council
from selfservice.domain.marking import gettext_noop
from selfservice.domain.messages import Medium, medium_of
from selfservice.domain.naming import name_key
from selfservice.domain.people import PARTNERSHIP, Actor, ActorKind, Channel
from selfservice.links import Links
from selfservice.operations import (
    account_letters,
    challenge_letters,
    challenging,
    drafting,
    factors,
    notifying,
    sign_ins,
)
from selfservice.operations.challenging import Asker, Challenge, Made, Wanted
from selfservice.store import accounts, challenges, timeline
from selfservice.store.accounts import AccountRow, IdentityRow
from selfservice.store.base import new_id
from selfservice.store.customers import CustomerRow

OPENED = gettext_noop("You opened your account.")
PASSWORD, LINK, ELSEWHERE = "password", "link", "elsewhere"  # what somebody signed in by


class Asked(StrEnum):
    """What somebody asked for when they were sent a link or a code; the page with the code says so."""

    SIGN_UP = "sign_up"
    SIGN_IN = "sign_in"
    RESET = "reset"
    NEW_ADDRESS = "new_address"


@dataclass(frozen=True, slots=True)
class Opening:
    """An account that somebody wants to open. `password_hash` is None for whoever wants no password.

    `identity` is an account elsewhere that is to sign in to it: its "issuer", "subject" and "label".
    """

    name: str
    address: str
    password_hash: str | None = field(default=None, repr=False)
    identity: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """The browser in which somebody signs in.

    `browser` is what the list of sign-ins calls it, `visitor` what its drafts are held by, `knows` the ids of the
    accounts that were signed in to there before, and `in_place_of` the sign-in there that this one follows.
    """

    browser: str
    visitor: str
    knows: frozenset[str] = frozenset()
    in_place_of: str | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody is signed in: the browser's new `secret`. Ring for `delivery_ids` after the commit.

    Unless it is `whole` their second factor is still to come. `next` is the page that they wanted to see, "" for
    none.
    """

    secret: str = field(repr=False)
    account_id: str
    whole: bool
    delivery_ids: tuple[str, ...] = ()
    next: str = ""


def sign_up(
    session: Session, opening: Opening, council: Council, asker: Asker, links: Links, now: datetime, *,
    next_page: str = "",
) -> Made | None:  # fmt: skip
    """Have the address of a new account confirmed, or tell whoever has it that there is one; None as `make` gives.

    Either way it is a challenge for signing up: whatever it takes the place of, and whatever takes its place, is the
    same for an address that has an account.
    """
    account = accounts.by_address(session, opening.address)
    detail = {
        "asked": Asked.SIGN_UP,
        "next": next_page,
        "name": opening.name,
        "password_hash": opening.password_hash,
        "identity": opening.identity,
        "has_account": account is not None,
    }
    wanted = Wanted(Purpose.SIGN_UP, medium_of(opening.address), opening.address, detail=detail)
    wording = challenge_letters.already(now) if account else challenge_letters.sign_up(now)
    return challenging.make(session, wanted, wording, council, asker, links, now)


def ask_to_sign_in(
    session: Session, address: str, council: Council, asker: Asker, links: Links, now: datetime, *,
    next_page: str = "",
) -> Made | None:  # fmt: skip
    """Send a link and a code to sign in with, or the news that nobody has an account with this address."""
    account = accounts.by_address(session, address)
    by_text = medium_of(address) is Medium.SMS
    purpose = Purpose.SIGN_IN_CODE if by_text else Purpose.SIGN_IN_LINK
    detail = {"asked": Asked.SIGN_IN, "next": next_page}
    wanted = Wanted(purpose, medium_of(address), address, detail=detail, known=account is not None)
    wording = challenge_letters.sign_in(now) if account else challenge_letters.nobody("sign_in")
    return challenging.make(session, wanted, wording, council, asker, links, now)


def ask_to_reset(
    session: Session, address: str, council: Council, asker: Asker, links: Links, now: datetime, *,
    next_page: str = "",
) -> Made | None:  # fmt: skip
    """Send a link and a code to choose a new password with, or the news that nobody has an account there."""
    account = accounts.by_address(session, address)
    detail = {"asked": Asked.RESET, "next": next_page}
    wanted = Wanted(Purpose.RESET, medium_of(address), address, detail=detail, known=account is not None)
    wording = challenge_letters.reset(now) if account else challenge_letters.nobody("reset")
    return challenging.make(session, wanted, wording, council, asker, links, now)


def ask_again(
    session: Session, earlier: Challenge, council: Council, asker: Asker, links: Links, now: datetime
) -> Made | None:
    """Send anew what was asked for earlier, to the same address."""
    told, next_page = earlier.detail, str(earlier.detail.get("next", ""))
    asked = told.get("asked")
    if asked == Asked.RESET:
        return ask_to_reset(session, earlier.address, council, asker, links, now, next_page=next_page)
    if asked == Asked.SIGN_UP:
        opening = Opening(
            str(told.get("name", "")), earlier.address, told.get("password_hash"), told.get("identity")
        )
        return sign_up(session, opening, council, asker, links, now, next_page=next_page)
    return ask_to_sign_in(session, earlier.address, council, asker, links, now, next_page=next_page)


def enter_by(
    session: Session, opened: Challenge, arrival: Arrival, council: Council, now: datetime, *, name: str = ""
) -> Entered | None:
    """Sign in whoever answered a challenge, in their account, which is opened now if it is a new one.

    `name` is what they are called, typed with the answer in another browser than the one that asked. None when the
    account is not there any more.
    """
    account = accounts.by_address(session, opened.address)
    if account is None and opened.purpose is Purpose.SIGN_UP:
        account = open_account(session, _opening(opened, name), now)
    if account is None:
        return None
    if opened.purpose is Purpose.RESET:  # whoever has the old password may have begun to change the address
        challenges.supersede_of_account(session, account.id)
    challenging.keep_owner(session, opened.id, account.id)
    return enter(session, account, LINK, arrival, council, now, next_page=str(opened.detail.get("next", "")))


def has(session: Session, account_id: str, address: str) -> bool:
    """Whether this account is signed in to by this address."""
    account = accounts.by_address(session, address)
    return account is not None and account.id == account_id


def enter(
    session: Session,
    account: AccountRow,
    method: str,
    arrival: Arrival,
    council: Council,
    now: datetime,
    *,
    next_page: str = "",
) -> Entered:
    """Sign the owner of an account in. What they began in this browser comes along; they are told of a new one.

    A passkey by itself is a whole sign-in: whoever used it has it, and was seen by it to be its owner.
    """
    drafting.take_along(session, arrival.visitor, account.customer_id)
    whole = method == factors.PASSKEY or not factors.has_second_factor(session, account_id=account.id)
    secret = sign_ins.begin(
        session, method, arrival.browser, now,
        account_id=account.id, whole=whole, in_place_of=arrival.in_place_of,
    )  # fmt: skip
    told = account.signed_in_at is not None and account.id not in arrival.knows
    account.signed_in_at = now
    letters = [account_letters.signed_in(account, arrival.browser, council, now)] if told else []
    write_down(session, account, "signed_in", "", now, {"by": method, "whole": whole})
    return Entered(secret, account.id, whole, tuple(notifying.post(session, letters, now)), next_page)


def open_account(session: Session, opening: Opening, now: datetime) -> AccountRow:
    """The account that is opened now that its address was confirmed; the one that has the address, if one has."""
    try:
        with session.begin_nested():
            return _opened(session, opening, now)
    except IntegrityError:  # it was opened in another tab, or an account changed to this address, meanwhile
        found = accounts.by_address(session, opening.address)
        if found is None:
            raise
        return found


def write_down(
    session: Session,
    account: AccountRow,
    what: str,
    words: str,
    now: datetime,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write what its owner did with an account to the record. `words` are what they read there."""
    owner = Actor(ActorKind.RESIDENT, account.customer_id, Channel.WEB, signed_in=True)
    timeline.write_line(
        session, owner, PARTNERSHIP, None, what, words, now, detail, customer_id=account.customer_id
    )


def connect(session: Session, account_id: str, identity: Mapping[str, str], now: datetime) -> None:
    """Let an account elsewhere ("issuer", "subject", "label") sign in to an account."""
    session.add(IdentityRow(account_id=account_id, added_at=now, **identity))
    session.flush()


def _opening(opened: Challenge, name: str) -> Opening:
    """What is opened. Of what was typed in another browser nothing counts but the address: a stranger may have typed
    somebody else's, with a password or an account elsewhere of their own to come back by."""
    if not opened.here:
        return Opening(name or opened.address.partition("@")[0], opened.address)
    told = opened.detail
    return Opening(str(told.get("name", "")), opened.address, told.get("password_hash"), told.get("identity"))


def _opened(session: Session, opening: Opening, now: datetime) -> AccountRow:
    """A new customer with their account. Raises IntegrityError when another account has the address."""
    email, phone = (opening.address, None) if "@" in opening.address else (None, opening.address)
    customer_id = new_id()
    session.add(
        CustomerRow(
            id=customer_id,
            name=opening.name,
            name_key=name_key(opening.name),
            email=email,
            phone=phone,
            preferred=medium_of(opening.address),
            created_by=customer_id,
            created_at=now,
            changed_at=now,
        )
    )
    session.flush()
    kept = opening.password_hash
    account = AccountRow(
        id=new_id(), customer_id=customer_id, email=email, phone=phone, password_hash=kept, created_at=now
    )
    session.add(account)
    session.flush()
    if opening.identity:
        connect(session, account.id, opening.identity, now)
    write_down(session, account, "account_opened", OPENED, now)
    return account
