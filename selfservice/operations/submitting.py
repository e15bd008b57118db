"""Accepting a submission: one transaction, after which it cannot be lost; a second click changes nothing."""

import secrets
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from selfservice.domain.council import Council
from selfservice.domain.delivery import DeliveryKind
from selfservice.domain.draft import Draft
from selfservice.domain.people import Actor, Verification
from selfservice.domain.progress import ACCEPTED_WORDS, SENT_FOR_YOU
from selfservice.domain.reference import make_reference
from selfservice.domain.submission import Accepted, Completed, DeliverTo
from selfservice.links import Links
from selfservice.operations import certainty, holding, notifying, sealing
from selfservice.operations.sealing import Envelope
from selfservice.seals import Seals
from selfservice.store import customers, deliveries, drafts, interactions, submissions, timeline
from selfservice.store.base import new_id
from selfservice.store.interactions import ActingSessionRow

REFERENCES_TRIED = 5


def submit(
    session: Session,
    actor: Actor,
    draft: Draft,
    completed: Completed,
    links: Links,
    seals: Seals,
    now: datetime,
    *,
    council: Council,
) -> Accepted:
    """Accept `completed` once: the same draft's key gives the same reference, also when two clicks race.

    `council` is the one that it goes to (`completed.council`). Writes the submission, its deliveries, a line
    of the timeline and, when an e-mail was given, the receipt. Ring for `delivery_ids` after the commit. Raises
    `NotVerified` for an agent who is not as sure of the customer as the service wants.
    """
    if council.slug != completed.council:
        raise ValueError(f"completed for {completed.council}, submitted to {council.slug}")
    earlier = submissions.by_key(session, draft.submission_key)
    if earlier is None:
        certainty.be_sure(session, actor, completed.verified)
        answers = _answers(session, draft, completed, seals, now)
        row = _insert(session, actor, draft, completed, answers, council, now)
        if row is not None:
            return _write_the_rest(session, actor, draft, completed, row, council, links, now)
        earlier = submissions.by_key(session, draft.submission_key)
    if earlier is None:
        raise RuntimeError("no free reference was found")
    return Accepted(earlier.id, earlier.reference, tuple(deliveries.ids_of(session, earlier.id)), again=True)


def _answers(
    session: Session, draft: Draft, completed: Completed, seals: Seals, now: datetime
) -> list[dict[str, Any]]:
    """The answers as they are kept, the sensitive ones sealed under the draft's own data key."""
    envelope = Envelope(session, seals, completed.begun_at, draft.submission_key)
    return sealing.sealed_for_submission(envelope, completed.answers, now)


def _insert(
    session: Session,
    actor: Actor,
    draft: Draft,
    completed: Completed,
    answers: list[dict[str, Any]],
    council: Council,
    now: datetime,
) -> submissions.SubmissionRow | None:
    """The new row, or None when another transaction has just accepted the same key."""
    via = actor.via or drafts.helped_via(session, draft.id)
    helped = interactions.acting_by_id(session, via) if via else None
    customer_id = _customer(session, actor, draft.id, completed.verified)
    for _ in range(REFERENCES_TRIED):
        reference = make_reference(council.prefix, secrets.randbelow)
        row = _row(
            actor, draft, completed, answers, reference, now,
            helped=helped, customer_id=customer_id,
        )  # fmt: skip
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:
            if submissions.by_key(session, draft.submission_key) is not None:
                return None
        else:
            return row
    return None


def _customer(session: Session, actor: Actor, draft_id: str, needs: Verification) -> str | None:
    """Whose it is (id): theirs who signed in or are acted for; else theirs for whom an agent had a hand in it, in
    whatever browser it is sent.

    That only where the agent knew who it was, and as surely as the service wants: whoever has the code or the link is
    not the customer for having said so. Else it is nobody's, and can be claimed by whoever reads its address.
    """
    customer = customers.by_id(session, actor.customer)
    at_least = max(needs, Verification.BASIC)
    if customer is None and (known := holding.customer_of(session, draft_id, at_least)):
        customer = customers.by_id(session, known)
    return customer.id if customer else None


def _helped(helped: ActingSessionRow | None, customer_id: str | None) -> dict[str, Any]:
    """Who had a hand in it for the customer: the agent who sends it, or who went on with the draft before.

    How sure they were is said of the customer whom they helped, and of nobody else who sends it in the end.
    """
    if helped is None:
        return {}
    same = helped.customer_id == customer_id
    return {
        "acting_session_id": helped.id,
        "helper_id": helped.staff_id,
        "helper_name": helped.staff_name,
        "helper_channel": helped.channel,
        "verification": helped.verification if same else Verification.NONE,
    }


def _row(
    actor: Actor,
    draft: Draft,
    completed: Completed,
    answers: list[dict[str, Any]],
    reference: str,
    now: datetime,
    *,
    helped: ActingSessionRow | None,
    customer_id: str | None,
) -> submissions.SubmissionRow:
    return submissions.SubmissionRow(
        council=completed.council,
        begun_at_council=completed.begun_at,
        reference=reference,
        service=completed.service,
        service_title=completed.service_title,
        submission_key=draft.submission_key,
        channel=actor.channel,
        actor_kind=actor.kind,
        actor_id=actor.id,
        on_behalf_of=actor.on_behalf_of,
        **_helped(helped, customer_id),
        customer_id=customer_id,
        urgent=completed.urgent,
        answers=answers,
        place=completed.place.to_json() if completed.place else None,
        contact=asdict(completed.contact),
        file_ids=list(completed.file_ids),
        lookup_postcodes=[normal_postcode(postcode) for postcode in completed.lookup_postcodes],
        acknowledge_by=completed.acknowledge_by,
        resolve_by=completed.resolve_by,
        submitted_at=now,
        parts=len(_parts(completed)),
    )


def _parts(completed: Completed) -> list[DeliverTo]:
    """The back offices that must hear of it: each once for each of its service codes, by its first title."""
    if not completed.deliver:
        raise ValueError(f"nobody would hear of {completed.service}")
    told: dict[tuple[str, str, str], DeliverTo] = {}
    for target in completed.deliver:
        council = target.council or completed.council
        told.setdefault((council, target.connector, target.service_code), replace(target, council=council))
    return list(told.values())


def _write_the_rest(
    session: Session,
    actor: Actor,
    draft: Draft,
    completed: Completed,
    row: submissions.SubmissionRow,
    council: Council,
    links: Links,
    now: datetime,
) -> Accepted:
    parts = _parts(completed)
    rows = [
        deliveries.DeliveryRow(
            id=part_id,
            council=target.council,
            submission_id=row.id,
            kind=DeliveryKind.CASE,
            connector=target.connector,
            service_code=target.service_code,
            title=target.title,
            withheld=list(target.without),
            position=0,
            due_at=now,
            created_at=now,
            trying_since=now,
        )
        # Ids made within a millisecond come in no order; the parts are shown in the order told.
        for target, part_id in zip(parts, sorted(new_id() for _ in parts))
    ]
    session.add_all(rows)
    _write_down(session, actor, row, now)
    drafts.mark_sent(session, draft.id, row.id, now)
    holding.was_sent(session, draft.id, now)
    session.flush()
    ids = [delivery.id for delivery in rows]
    message = notifying.receipt(session, row, council, links, now)
    return Accepted(row.id, row.reference, (*ids, *([message] if message else ())))


def _write_down(session: Session, actor: Actor, row: submissions.SubmissionRow, now: datetime) -> None:
    """The line of the record that it was sent, and whose it is."""
    words = SENT_FOR_YOU.get(actor.channel, ACCEPTED_WORDS) if actor.acting else ACCEPTED_WORDS
    detail = (
        {"helper": row.helper_id, "helper_channel": row.helper_channel, "verification": row.verification}
        if row.helper_id
        else {}
    )
    timeline.write_line(
        session, actor, row.council, row.id, "submitted", words, now, detail, customer_id=row.customer_id
    )
    if row.customer_id:
        customers.known_to(session, row.customer_id, row.council, now)
        session.add(
            customers.OwnedSubmissionRow(
                submission_id=row.id,
                customer_id=row.customer_id,
                council=row.council,
                how="sent",
                since=now,
            )
        )


def normal_postcode(postcode: str) -> str:
    """A postcode in capitals without spaces, stops and dashes, for comparing."""
    return "".join(sign for sign in postcode.upper() if sign.isalnum())
