"""Saving a draft to come back to it: a link by e-mail or text message, a code, five tries, one browser at a time.

The link alone opens nothing: with it goes the code that was on the screen when the draft was saved, or one
that is sent the same way, good once and for a quarter of an hour. See docs/decisions/0017-save-and-come-back.md.
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from selfservice.domain.council import Council
from selfservice.domain.messages import Medium
from selfservice.domain.people import Actor
from selfservice.domain.permissions import Action, Thing, may
from selfservice.domain.saved import (
    CODE_SHOWN_MINUTES,
    KEPT_DAYS,
    ONE_TIME_MINUTES,
    TOLD_BEFORE_DAYS,
    LinkState,
    Tries,
    after_wrong_code,
    kept_until,
    standing,
)
from selfservice.links import Links, hashed
from selfservice.operations import drafting, holding, notifying, saving_letters
from selfservice.operations.saving_letters import About
from selfservice.store import drafts, saved
from selfservice.store.base import new_id
from selfservice.store.drafts import DraftRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.saved import ReturnLinkRow

AT_ONCE = 200

TitleOf = Callable[[str, str], str]  # (council slug, service slug) -> what the service is called there


@dataclass(frozen=True, slots=True)
class Saved:
    """What whoever saved a draft is told. `code` is None once it is no longer shown."""

    medium: Medium
    recipient: str
    kept_until: datetime
    code: str | None
    delivery_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """Where a link stands, and to what it leads: slugs, "" when it leads nowhere. `medium` is what it came by."""

    state: LinkState
    council: str = ""
    service: str = ""
    kept_until: datetime | None = None
    medium: Medium = Medium.EMAIL


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a code. `draft_id` is the draft that is now the actor's, None when the code was wrong."""

    looked: Looked
    draft_id: str | None = None
    delivery_ids: tuple[str, ...] = ()


def save(
    session: Session,
    actor: Actor,
    draft_id: str,
    recipient: str,
    council: Council,
    title: str,
    links: Links,
    now: datetime,
    *,
    medium: Medium = Medium.EMAIL,
) -> Saved:
    """Send a link to this e-mail address, or number, that leads back to the draft; no earlier link does any more.

    `council` is the one on whose page it began and `title` what the service is called there. Raises
    `DraftGone` and `DraftSent` as `drafting.save` does. Ring for `delivery_ids` after the commit.
    """
    drafting.to_change(session, actor, Action.ASK, draft_id)
    drafts.touch(session, draft_id, now)
    link = _new_link(session, draft_id, council.slug, medium, recipient, links, now)
    about = About(council, title, kept_until(now))
    ids = notifying.post(session, [saving_letters.link(link, about, now)], now)
    return Saved(medium, recipient, about.until, _code(link, links), tuple(ids))


def last_saved(
    session: Session, draft: str, changed_at: datetime, links: Links, now: datetime
) -> Saved | None:
    """What the holder of a draft (its id) was told when it was last saved; None when it never was.

    Only for whoever holds the draft: the code is shown again for an hour, so that reload and Back do no harm.
    """
    link = saved.latest(session, draft)
    if link is None or link.state == LinkState.SUPERSEDED:
        return None
    shown = now < link.made_at + timedelta(minutes=CODE_SHOWN_MINUTES)
    code = _code(link, links) if shown else None
    return Saved(Medium(link.medium), link.recipient, kept_until(changed_at), code)


def look(session: Session, token: str, now: datetime) -> Looked:
    """Where the link with this token stands. Looking changes nothing, however often scanners of mail do it."""
    found = saved.by_token(session, hashed(token))
    return _looked(*found, now) if found else Looked(LinkState.GONE)


def come_back(
    session: Session,
    actor: Actor,
    token: str,
    typed: str,
    council: Council,
    title: str,
    links: Links,
    now: datetime,
) -> Tried:
    """Give the draft to the actor if the code is right: whoever held it before has it no longer.

    A wrong code counts, the fifth locks the link and tells its owner. Commit in either case: it is the count
    that keeps others out.
    """
    found = saved.by_token(session, hashed(token), lock=True)
    if found is None or not may(actor, Action.ASK, Thing(found[1].council)):
        return Tried(Looked(LinkState.GONE))
    link, draft = found
    looked = _looked(link, draft, now)
    if looked.state is not LinkState.GOOD:
        return Tried(looked)
    if _is_right(link, typed, links, now):
        _hand_over(session, link, draft, actor, now)
        return Tried(_looked(link, draft, now), draft.id)
    after = after_wrong_code(Tries(LinkState(link.state), link.wrong_tries))
    link.state, link.wrong_tries = after.state, after.wrong
    if after.state is not LinkState.LOCKED:
        return Tried(looked)
    link.one_time_id = link.one_time_until = None
    letter = saving_letters.locked(link, About(council, title, kept_until(draft.changed_at)), now)
    return Tried(_looked(link, draft, now), None, tuple(notifying.post(session, [letter], now)))


def send_code(
    session: Session, token: str, council: Council, title: str, now: datetime
) -> tuple[str, ...] | None:
    """Send a code to where the link went; None when the link is not good any more.

    It takes the place of one sent before; the code that was on the screen goes on working.
    """
    found = saved.by_token(session, hashed(token), lock=True)
    if found is None or _looked(*found, now).state is not LinkState.GOOD:
        return None
    link, draft = found
    until = now + timedelta(minutes=ONE_TIME_MINUTES)
    letter = saving_letters.code(link, About(council, title, kept_until(draft.changed_at)), until, now)
    link.one_time_id, link.one_time_until = letter.id, until
    return tuple(notifying.post(session, [letter], now))


def send_new_link(
    session: Session, token: str, council: Council, title: str, links: Links, now: datetime
) -> tuple[str, ...] | None:
    """Send a link in place of a locked one, to where that went and for the same code; None if not locked.

    Only whoever reads what is sent there gets five tries more.
    """
    found = saved.by_token(session, hashed(token), lock=True)
    if found is None or _looked(*found, now).state is not LinkState.LOCKED:
        return None
    old, draft = found
    medium = Medium(old.medium)
    link = _new_link(session, draft.id, old.council, medium, old.recipient, links, now, in_place_of=old)
    letter = saving_letters.link(link, About(council, title, kept_until(draft.changed_at)), now)
    return tuple(notifying.post(session, [letter], now))


def went_elsewhere(session: Session, actor: Actor, draft_id: str) -> bool:
    """Whether the actor had this draft until it was come back to in another browser."""
    return saved.left_by(session, draft_id, actor.customer)


def tell_ending(
    session: Session, councils: Mapping[str, Council], title_of: TitleOf, now: datetime
) -> list[str]:
    """Tell up to `AT_ONCE` people who saved a draft by link that it is deleted in three days; once each time.

    Gives the ids of the deliveries to ring for.
    """
    untouched = now - timedelta(days=KEPT_DAYS - TOLD_BEFORE_DAYS)
    letters: list[NotificationRow] = []
    for link, draft in saved.ending(session, untouched, AT_ONCE):
        link.ending_told_at = now
        council = councils.get(draft.council)
        if council is not None and link.state == LinkState.GOOD and now < kept_until(draft.changed_at):
            about = About(council, title_of(draft.council, draft.service), kept_until(draft.changed_at))
            letters.append(saving_letters.ending(link, about, now))
    return notifying.post(session, letters, now)


def _new_link(
    session: Session,
    draft_id: str,
    council: str,
    medium: Medium,
    recipient: str,
    links: Links,
    now: datetime,
    in_place_of: ReturnLinkRow | None = None,
) -> ReturnLinkRow:
    saved.supersede(session, draft_id)
    link_id = new_id()
    link = ReturnLinkRow(
        id=link_id,
        council=council,
        draft_id=draft_id,
        medium=medium,
        recipient=recipient,
        token_hash=hashed(links.returning.token(link_id)),
        state=LinkState.GOOD,
        wrong_tries=0,
        code_of=in_place_of.code_of if in_place_of else link_id,
        left_by=in_place_of.left_by if in_place_of else None,
        made_at=now,
    )
    session.add(link)
    session.flush()
    return link


def _looked(link: ReturnLinkRow, draft: DraftRow, now: datetime) -> Looked:
    state = standing(LinkState(link.state), draft.changed_at, draft.submission_id is not None, now)
    return Looked(state, draft.council, draft.service, kept_until(draft.changed_at), Medium(link.medium))


def _code(link: ReturnLinkRow, links: Links) -> str:
    return links.returning.code(link.code_of, link.id, link.token_hash)


def _is_right(link: ReturnLinkRow, typed: str, links: Links, now: datetime) -> bool:
    """Whether this is the code of the screen, or the one last sent; spaces and dashes between digits do no
    harm. The one that was sent is used up."""
    digits = "".join(sign for sign in typed if sign.isdecimal() and sign.isascii())
    right = hmac.compare_digest(digits, _code(link, links))
    if link.one_time_id and link.one_time_until and now < link.one_time_until:
        sent = links.returning.code(link.one_time_id, link.id, link.token_hash)
        if hmac.compare_digest(digits, sent):
            link.one_time_id = link.one_time_until = None
            return True
    return right


def _hand_over(session: Session, link: ReturnLinkRow, draft: DraftRow, actor: Actor, now: datetime) -> None:
    link.wrong_tries = 0
    if draft.holder != actor.customer:
        link.left_by = draft.holder
        holding.pass_by(session, actor, draft, actor.customer, now)
    draft.changed_at = now
