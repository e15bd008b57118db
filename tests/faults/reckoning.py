"""The reckoning: what was accepted against the rows, and the rows against what the back office did."""

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from itertools import pairwise

import sqlalchemy as sa

from selfservice.database import Database
from selfservice.domain.delivery import DeliveryKind, DeliveryState
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.drafts import DraftRow
from selfservice.store.submissions import SubmissionRow

DONE = frozenset({DeliveryState.DELIVERED, DeliveryState.HELD})
PARTS = sa.and_(
    DeliveryRow.submission_id == SubmissionRow.id,
    DeliveryRow.kind == DeliveryKind.CASE,
    DeliveryRow.position == 0,
)


@dataclass
class Reckoning:
    """Each what went wrong, by reference or draft. `held` waits for a person: neither lost nor doubled."""

    lost: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    unfinished: set[str] = field(default_factory=set)

    @property
    def well(self) -> bool:
        """Whether nothing was lost, doubled or left lying."""
        return not (self.lost or self.doubled or self.unfinished)


def reckon(database: Database, said: Mapping[str, Set[str]], applied: Mapping[str, int]) -> Reckoning:
    """Compare what residents were told (draft id -> references), the rows, and the effects by reference.

    Lost: a reference that somebody was told and that is not in the rows under their draft, or a submission
    with no effect that nobody will care for any more. Doubled: two effects, or two references for one draft;
    an effect that belongs to no submission counts as doubled too.
    """
    with database.read() as session:
        rows = session.execute(
            sa.select(SubmissionRow.reference, DraftRow.id, SubmissionRow.parts, DeliveryRow.state)
            .outerjoin(DraftRow, DraftRow.submission_key == SubmissionRow.submission_key)
            .outerjoin(DeliveryRow, PARTS)
        ).all()
    found = Reckoning()
    kept = {draft: reference for reference, draft, _, _ in rows}
    states: dict[tuple[str, int], list[str]] = {}
    for reference, _, parts, state in rows:
        states.setdefault((reference, parts), []).extend([state] if state else [])
    for draft, references in said.items():
        found.lost |= {reference for reference in references if kept.get(draft) != reference}
        if len(references) > 1:
            found.doubled.add(draft)
    for (reference, parts), stand in states.items():
        _judge(found, reference, parts, stand, applied.get(reference, 0))
    found.doubled |= set(applied) - set(kept.values())
    return found


def _judge(found: Reckoning, reference: str, parts: int, states: list[str], effects: int) -> None:
    """One submission: an effect for each of its parts, and none left over."""
    if effects > parts:
        found.doubled.add(reference)
    if DeliveryState.HELD in states:
        found.held.add(reference)
    if len(states) != parts or states.count(DeliveryState.DELIVERED) > effects:
        found.lost.add(reference)
    if not DONE.issuperset(states):
        found.unfinished.add(reference)


def delivery_figures(database: Database) -> str:
    """Where deliveries stand, and how long they took from being accepted to being delivered."""
    with database.read() as session:
        rows = session.execute(
            sa.select(
                DeliveryRow.state,
                DeliveryRow.created_at,
                DeliveryRow.finished_at,
                DeliveryRow.attempt,
                DeliveryRow.crashes,
            )
        ).all()
    states = Counter(row.state for row in rows)
    took = [(row.finished_at - row.created_at).total_seconds() for row in rows if row.finished_at]
    return (
        f"deliveries: {dict(states)}, most tries {max((row.attempt for row in rows), default=0)},"
        f" leases lost {sum(row.crashes for row in rows)}\n"
        f"from accepted to delivered: {spread(took)}"
    )


def spread(seconds: Iterable[float]) -> str:
    """Median and 95th percentile in words."""
    known = sorted(seconds)
    if len(known) < 2:
        return "too few to say"
    cuts = statistics.quantiles(known, n=20, method="inclusive")
    assert all(before <= after for before, after in pairwise(cuts))
    return f"p50 {cuts[9]:.3f} s, p95 {cuts[18]:.3f} s, longest {known[-1]:.1f} s"
