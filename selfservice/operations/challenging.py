"""Challenges: a link and a code that are sent to an address, to see that whoever asks reads what goes there.

Each is good for a quarter of an hour (an invitation for days), once, and until a newer one is sent; five wrong codes
lock it. A link is for the browser that asked for it: any other is asked for the address as well. Whether somebody is
known by an address shows in what is sent there, and nowhere else: a challenge is made, and a message sent, in either
case. See docs/decisions/0023-accounts.md.
"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from selfservice.domain.challenge import (
    SECOND_CLICK_SECONDS,
    ChallengeState,
    Purpose,
    after_wrong_code,
    standing,
)
from selfservice.domain.council import Council
from selfservice.domain.messages import Medium
from selfservice.links import Links, hashed
from selfservice.operations import challenge_letters, limiting, notifying
from selfservice.operations.challenge_letters import Wording
from selfservice.operations.limiting import Limit
from selfservice.store import challenges
from selfservice.store.base import new_id
from selfservice.store.challenges import ChallengeRow

KNOWN = "known"  # in a row's detail: whether anybody was known by the address
AT_THE_DOOR = (limiting.CHALLENGES_TO_ADDRESS, limiting.CHALLENGES_A_DAY)
# Whoever claims does not know the address: by the limits of the door, used up, it would tell them which it is.
FOR_CLAIMS = (limiting.CLAIMS_TO_ADDRESS, limiting.CLAIMS_TO_ADDRESS_A_DAY)
# Whoever shuts somebody's way by password may have used up all that is sent when asked for: this comes all the same.
WHEN_SHUT = (limiting.NEWS_OF_LOCK,)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be proven: that somebody reads what goes to `address`, an e-mail address or a number in E.164.

    A challenge that is for an owner names it (`Purpose.of_address`); one that names none opens nothing. Nor does one
    where nobody is `known` by the address, and what is sent there says so. `detail` is what its answer will be needed
    for, and never holds a secret in the clear. It is counted to the address by each of `counted_by`.
    """

    purpose: Purpose
    medium: Medium
    address: str
    account_id: str | None = None
    staff_id: str | None = None
    submission_id: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict, repr=False)
    known: bool = True
    counted_by: Sequence[Limit] = AT_THE_DOOR


@dataclass(frozen=True, slots=True)
class Asker:
    """From where a challenge is asked for: the hash of a browser and its network, as the web knows them.

    Both are "" where somebody else asks than the one who is to answer: an invitation. Then the link asks every
    browser for the address, and nothing is counted against a network.
    """

    browser: str = ""
    network: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A challenge that was made. Ring for `delivery_ids` after the commit."""

    id: str
    until: datetime
    delivery_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Challenge:
    """A challenge as it stands: what it opens, and for whom. `here` is whether this browser asked for it."""

    id: str
    purpose: Purpose
    state: ChallengeState
    medium: Medium
    address: str
    council: str
    account_id: str | None
    staff_id: str | None
    submission_id: str | None
    detail: Mapping[str, Any] = field(repr=False)
    made_at: datetime
    until: datetime
    here: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an answer. `state` is where the challenge stands after it, None where there is no such.

    `opened` is the challenge if the answer was right, with its detail, which is kept nowhere any more.
    `wants_address` is whether the address must be typed as well.
    """

    state: ChallengeState | None
    opened: Challenge | None = None
    wants_address: bool = False


def make(
    session: Session,
    wanted: Wanted,
    wording: Wording,
    council: Council,
    asker: Asker,
    links: Links,
    now: datetime,
) -> Made | None:
    """Send a link or a code; an earlier one to the same address for the same purpose opens nothing any more.

    None when too many were sent there, or asked for from this network. Commit in either case: it is the count that
    keeps others out. A second click sends nothing more: it gives what the first one made.
    """
    if not _allowed(session, wanted, asker.network, now):
        return None
    again = _of_second_click(session, wanted, asker, now)
    if again is not None:
        return Made(again.id, again.until)
    challenges.supersede(session, wanted.purpose, wanted.address)
    row = _new(wanted, council, asker, links, now)
    session.add(row)
    session.flush()
    letter = challenge_letters.written(row, wording, council, now)
    return Made(row.id, row.until, tuple(notifying.post(session, [letter], now)))


def look(session: Session, token: str, browser: str, now: datetime) -> Challenge | None:
    """The challenge of a link; looking changes nothing, however often scanners of mail do it."""
    row = challenges.by_token(session, hashed(token))
    return _challenge(row, browser, now) if row else None


def look_again(session: Session, challenge_id: str, browser: str, now: datetime) -> Challenge | None:
    """The challenge with this id, for the browser that asked for it; anybody else's is as unknown as none."""
    row = challenges.by_id(session, challenge_id)
    return _challenge(row, browser, now) if row and _asked_here(row, browser) else None


def answer_link(session: Session, token: str, browser: str, now: datetime, *, address: str = "") -> Answered:
    """Take a link for an answer: right in the browser that asked for it; in another with its `address` typed.

    A wrong address counts as a wrong code does. Commit in any case.
    """
    row = challenges.by_token(session, hashed(token), lock=True)
    if row is None:
        return Answered(None)
    state = standing(ChallengeState(row.state), row.until, now)
    if state is not ChallengeState.GOOD:
        return Answered(state)
    if not _asked_here(row, browser):
        if not address:
            return Answered(state, wants_address=True)
        if not hmac.compare_digest(address.strip().casefold().encode(), row.recipient.casefold().encode()):
            return Answered(_count_wrong(row), wants_address=True)
    return _open(row, browser, now)


def answer_code(
    session: Session, challenge_id: str, browser: str, typed: str, links: Links, now: datetime
) -> Answered:
    """Take a code for an answer, from the browser that asked for it. The fifth wrong one locks the challenge.

    Commit in any case: it is the count that keeps others out.
    """
    row = challenges.by_id(session, challenge_id, lock=True)
    if row is None or not _asked_here(row, browser):
        return Answered(None)
    state = standing(ChallengeState(row.state), row.until, now)
    if state is not ChallengeState.GOOD:
        return Answered(state)
    right = _is_right(row, typed, links)
    return _open(row, browser, now) if right and _opens(row) else Answered(_count_wrong(row))


def keep_owner(session: Session, challenge_id: str, account_id: str) -> None:
    """Remember whom a challenge signed in, so that its link, pressed once more, knows them again."""
    row = challenges.by_id(session, challenge_id)
    if row is not None:
        row.account_id = account_id


def _allowed(session: Session, wanted: Wanted, network: str, now: datetime) -> bool:
    """Count one to this address and one from this network. Whoever counts holds back others to the same address
    until they have committed, so that two at once do not both make a good one."""
    counted = [
        limiting.allowed(session, limit, wanted.address.casefold(), now) for limit in wanted.counted_by
    ]
    if network and wanted.counted_by is AT_THE_DOOR:  # a claim is counted by customer, a lock by itself
        counted.append(limiting.allowed(session, limiting.CHALLENGES_BY_NETWORK, network, now))
    return all(counted)


def _of_second_click(session: Session, wanted: Wanted, asker: Asker, now: datetime) -> ChallengeRow | None:
    since = now - timedelta(seconds=SECOND_CLICK_SECONDS)
    return challenges.just_made(session, wanted.purpose, wanted.address, asker.browser or "-", since)


def _new(wanted: Wanted, council: Council, asker: Asker, links: Links, now: datetime) -> ChallengeRow:
    challenge_id = new_id()
    return ChallengeRow(
        id=challenge_id,
        purpose=wanted.purpose,
        council=council.slug,
        account_id=wanted.account_id,
        staff_id=wanted.staff_id,
        submission_id=wanted.submission_id,
        medium=wanted.medium,
        recipient=wanted.address,
        token_hash=hashed(links.challenges.token(challenge_id)),
        browser=asker.browser,
        state=ChallengeState.GOOD,
        detail={**wanted.detail, KNOWN: wanted.known},
        made_at=now,
        until=now + wanted.purpose.good_for,
    )


def _challenge(row: ChallengeRow, browser: str, now: datetime) -> Challenge:
    return Challenge(
        id=row.id,
        purpose=Purpose(row.purpose),
        state=standing(ChallengeState(row.state), row.until, now),
        medium=Medium(row.medium),
        address=row.recipient,
        council=row.council,
        account_id=row.account_id,
        staff_id=row.staff_id,
        submission_id=row.submission_id,
        detail={name: value for name, value in row.detail.items() if name != KNOWN},
        made_at=row.made_at,
        until=row.until,
        here=_asked_here(row, browser),
    )


def _asked_here(row: ChallengeRow, browser: str) -> bool:
    return bool(browser) and hmac.compare_digest(row.browser, browser)


def _opens(row: ChallengeRow) -> bool:
    """Whether it is anybody's. No code of one that is not was ever sent, but one may be guessed."""
    owned = Purpose(row.purpose).of_address or any((row.account_id, row.staff_id, row.submission_id))
    return owned and row.detail.get(KNOWN, True) is True


def _is_right(row: ChallengeRow, typed: str, links: Links) -> bool:
    """Whether this is the code; spaces and dashes between digits do no harm."""
    digits = "".join(sign for sign in typed if sign.isdecimal() and sign.isascii())
    try:
        return hmac.compare_digest(digits, links.challenges.code(row.id, row.id, row.token_hash))
    except LookupError:  # the key that made it is not kept any more
        return False


def _open(row: ChallengeRow, browser: str, now: datetime) -> Answered:
    """Use the challenge up: what its detail held is given to whoever answered, and kept no longer."""
    if not _opens(row):
        return Answered(ChallengeState.USED)
    opened = _challenge(row, browser, now)
    row.state, row.detail = ChallengeState.USED, {}
    return Answered(ChallengeState.USED, opened)


def _count_wrong(row: ChallengeRow) -> ChallengeState:
    row.wrong_tries, state = after_wrong_code(row.wrong_tries)
    row.state = state
    return state
