"""What a customer has with the councils, drafts and submissions in one list by page, with what belongs to each."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from selfservice.domain.case import CLOSED
from selfservice.domain.delivery import DeliveryKind, DeliveryState
from selfservice.store.cases import CaseRow
from selfservice.store.customers import OwnedSubmissionRow
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.drafts import DraftRow
from selfservice.store.handovers import lent_by
from selfservice.store.interactions import ActingSessionRow
from selfservice.store.submissions import SubmissionRow
from selfservice.store.timeline import TimelineEventRow

DRAFT, SENT = "draft", "sent"


class Listed(NamedTuple):
    """One entry of the list: a draft or a submission, by its id, and since when it is as it is."""

    kind: str
    id: str
    at: datetime


class Wanted(NamedTuple):
    """Whose entries, at which councils (slugs; None for every one), and whether those that are closed: None for
    all."""

    customer: str
    councils: frozenset[str] | None
    closed: bool | None


def page_of(session: Session, wanted: Wanted, since: datetime, limit: int, offset: int) -> list[Listed]:
    """So many entries, newest first. Drafts that were not touched since `since` are left out: they are forgotten."""
    listed = _entries(wanted, since).subquery()
    found = sa.select(listed).order_by(listed.c.at.desc(), listed.c.id.desc()).limit(limit).offset(offset)
    return [Listed(*row) for row in session.execute(found)]


def count(session: Session, wanted: Wanted, since: datetime) -> int:
    """How many entries there are."""
    listed = _entries(wanted, since).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(listed)) or 0


def drafts(session: Session, ids: Collection[str]) -> dict[str, DraftRow]:
    """These drafts, by id."""
    found = sa.select(DraftRow).where(DraftRow.id.in_(ids))
    return {row.id: row for row in session.scalars(found)}


def submissions(session: Session, ids: Collection[str]) -> dict[str, SubmissionRow]:
    """These submissions, by id."""
    found = sa.select(SubmissionRow).where(SubmissionRow.id.in_(ids))
    return {row.id: row for row in session.scalars(found)}


def parts(session: Session, ids: Collection[str]) -> Sequence[tuple[DeliveryRow, CaseRow | None]]:
    """The back offices that hear of these submissions, in the order told, each with its case where it opened one."""
    found = (
        sa.select(DeliveryRow, CaseRow)
        .outerjoin(CaseRow, CaseRow.delivery_id == DeliveryRow.id)
        .where(DeliveryRow.submission_id.in_(ids), *_is_part(DeliveryRow))
        .order_by(DeliveryRow.id)
    )
    return [(row[0], row[1]) for row in session.execute(found)]


def last_words(session: Session, ids: Collection[str]) -> dict[str, str]:
    """What the customer was last told of each of these submissions, by its id."""
    latest = sa.func.row_number().over(
        partition_by=TimelineEventRow.submission_id,
        order_by=(TimelineEventRow.at.desc(), TimelineEventRow.id.desc()),
    )
    told = (
        sa.select(TimelineEventRow.submission_id, TimelineEventRow.words, latest.label("place"))
        .where(TimelineEventRow.submission_id.in_(ids), TimelineEventRow.words != "")
        .subquery()
    )
    found = sa.select(told.c.submission_id, told.c.words).where(told.c.place == 1)
    return {row.submission_id: row.words for row in session.execute(found)}


def acting_sessions(session: Session, ids: Collection[str]) -> dict[str, ActingSessionRow]:
    """These acting sessions, by id."""
    found = sa.select(ActingSessionRow).where(ActingSessionRow.id.in_(ids))
    return {row.id: row for row in session.scalars(found)}


def _entries(wanted: Wanted, since: datetime) -> sa.SelectBase:
    sent = (
        sa.select(sa.literal(SENT).label("kind"), SubmissionRow.id, SubmissionRow.submitted_at.label("at"))
        .join(OwnedSubmissionRow, OwnedSubmissionRow.submission_id == SubmissionRow.id)
        .where(OwnedSubmissionRow.customer_id == wanted.customer)
    )
    # What an agent has for the customer at this moment is the customer's all the same.
    theirs = sa.or_(DraftRow.holder == wanted.customer, DraftRow.id.in_(lent_by(wanted.customer)))
    begun = sa.select(sa.literal(DRAFT).label("kind"), DraftRow.id, DraftRow.changed_at.label("at")).where(
        theirs, DraftRow.submission_id.is_(None), DraftRow.changed_at >= since
    )
    if wanted.councils is not None:
        sent = sent.where(SubmissionRow.council.in_(wanted.councils))
        begun = begun.where(DraftRow.council.in_(wanted.councils))
    if wanted.closed is None:
        return sa.union_all(begun, sent)
    return sent.where(_is_closed()) if wanted.closed else sa.union_all(begun, sent.where(~_is_closed()))


def _is_closed() -> sa.ColumnElement[bool]:
    """Whether every part of a submission is closed, and there is one: as `domain.progress.overall` says of them."""
    part, case = aliased(DeliveryRow), aliased(CaseRow)
    ended = sa.or_(
        sa.and_(case.id.is_not(None), case.status.in_([str(status) for status in CLOSED])),
        sa.and_(case.id.is_(None), part.state == DeliveryState.CANCELLED),
    )
    of_it = (
        sa.select(part.id)
        .outerjoin(case, case.delivery_id == part.id)
        .where(part.submission_id == SubmissionRow.id, *_is_part(part))
    )
    return sa.and_(
        of_it.correlate(SubmissionRow).exists(), ~of_it.where(~ended).correlate(SubmissionRow).exists()
    )


def _is_part(row: type[DeliveryRow]) -> tuple[sa.ColumnElement[bool], ...]:
    return row.kind == DeliveryKind.CASE, row.position == 0
