"""Telling a customer that an agent has helped them: once for each time in which something was sent or changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from forms.kit.contacts import mobile_number
from selfservice.domain.council import Council
from selfservice.domain.marking import gettext_noop
from selfservice.domain.messages import Medium
from selfservice.domain.moments import clock, day
from selfservice.domain.people import Actor, ActorKind, Channel
from selfservice.domain.profile import Preferred
from selfservice.operations import notifying
from selfservice.operations.notifying import CHANNEL_WORDS
from selfservice.store import contact_record, customers, timeline
from selfservice.store.base import new_id
from selfservice.store.customers import CustomerRow
from selfservice.store.interactions import ActingSessionRow
from selfservice.store.notifications import NotificationRow

AT_ONCE = 100
# Older news of this kind helps nobody.
WITHIN = timedelta(days=3)
TOLD = "customer_told"
# Lines of an acting session in which nothing was sent or changed.
LOOKING = (
    "helping_started", "helping_stopped", "helping_verified", "viewed", "searched", "found", "draft_begun",
    "proved", "not_proved", "code_sent",
)  # fmt: skip


def helped(
    session: Session,
    councils: Mapping[str, Council],
    now: datetime,
    *,
    texts_offered: bool,
    staff_id: str | None = None,
) -> list[str]:
    """Write to every customer who was helped and does not know it yet, by their preferred way where that is e-mail or
    text; with `staff_id` only to those whom this agent helped. Ring for the ids that it gives after the commit.

    Where the agent changed by what or where they are reached, they are told as they were reached before.
    Whoever wants to be rung or written to by letter, and whoever we have no address of, sees it in the account alone.
    """
    untold = contact_record.untold(session, now - WITHIN, LOOKING, TOLD, AT_ONCE, staff_id=staff_id)
    people = customers.by_ids(session, [going.customer_id or "" for going in untold])
    sent: dict[str, list[str]] = {}
    for acting_id, title, reference in contact_record.sent_by(session, [going.id for going in untold]):
        sent.setdefault(acting_id, []).append(f"{title} ({reference})")
    letters = []
    for going in untold:
        customer, council = people.get(going.customer_id or ""), councils.get(going.council)
        way = _way(going, customer, texts_offered) if customer and council else None
        if council and way:
            letters.append(_letter(going, council, way, sent.get(going.id, []), now))
        going.reached_by = None
        _note(session, going, way[0] if way else None, now)
    return notifying.post(session, letters, now)


def _way(going: ActingSessionRow, customer: CustomerRow, texts_offered: bool) -> tuple[Medium, str] | None:
    """By what, and to which address, a customer hears from us, and did before an agent changed it."""
    before = going.reached_by
    was = _reached(before["preferred"], before["phone"], before["email"], texts_offered) if before else None
    return was or _reached(customer.preferred, customer.phone, customer.email, texts_offered)


def _reached(
    preferred: str, phone: str | None, email: str | None, texts_offered: bool
) -> tuple[Medium, str] | None:
    number = mobile_number(phone) if phone and texts_offered else None
    if preferred == Preferred.SMS and number:
        return Medium.SMS, number
    if preferred in (Preferred.EMAIL, Preferred.SMS) and email:
        return Medium.EMAIL, email
    return None


def _letter(
    going: ActingSessionRow, council: Council, way: tuple[Medium, str], sent: Sequence[str], now: datetime
) -> NotificationRow:
    medium, address = way
    by = CHANNEL_WORDS[Channel(going.channel)]
    when = f"{day(going.started_at)}, {clock(going.started_at)}"
    done = "; ".join(sent) or gettext_noop("what we hold about you was changed")
    opening = gettext_noop("{name} of Customer Services helped you {by} ({when}): {done}.").format(
        name=going.staff_name, by=by, when=when, done=done
    )
    wrong = gettext_noop("If this was not you, call us on {phone}.").format(phone=council.contacts.phone)
    if medium is Medium.SMS:
        short = gettext_noop("Customer Services helped you {by}: {done}.").format(by=by, done=done[:200])
        body = notifying.text_framed(council, f"{short} {wrong}")
    else:
        account = gettext_noop("In My Account you can see who has looked at your record, and why.")
        body = notifying.framed(council, [opening, wrong, account])
    return NotificationRow(
        id=new_id(),
        council=council.slug,
        customer_id=going.customer_id,
        what="helped",
        medium=medium,
        recipient=address,
        subject=gettext_noop("Customer Services helped you today"),
        body=body,
        created_at=now,
    )


def _note(session: Session, going: ActingSessionRow, medium: Medium | None, now: datetime) -> None:
    agent = Actor(
        ActorKind.AGENT, going.staff_id, Channel(going.channel), on_behalf_of=going.subject, via=going.id
    )
    timeline.write_line(
        session, agent, going.council, None, TOLD, "", now, {"by": medium},
        customer_id=going.customer_id, interaction_id=going.interaction_id,
    )  # fmt: skip
