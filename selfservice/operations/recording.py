"""Proving the record: whether each line is as it was written, and how far each council's record goes."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from selfservice.domain.record import FIRST, Head, line_hash
from selfservice.store import record, timeline


class Wrong(StrEnum):
    """What is wrong with a line of the record, or with several in a row; the value says it in words."""

    CHANGED = "is not what was written there: it was changed or put elsewhere, or the link before it was"
    DELETED = "is gone"
    MISSING = "gone with their links; the line after them cannot be checked"
    INSERTED = "was put before the first line"
    UNLINKED = "has no link: it was added in another way, or its link was deleted"
    REWRITTEN = "not what stood there at"
    CUT_OFF = "gone, though they were there at"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a council's record: with line `number`, or with all from it to `last`.

    `event_id` is the line's id where it is known. `at` is when a head was written that says otherwise.
    """

    what: Wrong
    council: str
    number: int | None = None
    event_id: str | None = None
    last: int | None = None
    at: datetime | None = None

    @property
    def words(self) -> str:
        """The finding in words."""
        lines = "" if self.number is None else f" line {self.number}"
        if self.last is not None:
            lines = f"{lines} to line {self.last}:"
        event = "" if self.event_id is None else f" event {self.event_id}"
        at = "" if self.at is None else f" {self.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
        return f"{self.council}:{lines}{',' if lines and event else ''}{event} {self.what}{at}"


def heads(session: Session, now: datetime) -> list[Head]:
    """How far the record of each council goes now; a council without a line has none."""
    return [Head(council, number, hash_, now) for council, number, hash_ in record.heads(session)]


def verify(session: Session, council: str | None = None, known: Iterable[Head] = ()) -> list[Finding]:
    """Everything that is wrong with the record of one council (slug), or of all: no finding, no tampering.

    Whoever can write to the database can also write a whole chain anew, or cut its end off. Only heads that were
    `known` before, and kept elsewhere, find that.
    """
    expected: dict[str, list[Head]] = {}
    for head in known:
        if council in (None, head.council):
            expected.setdefault(head.council, []).append(head)
    councils = {name for name, _, _ in record.heads(session)} | expected.keys()
    found = [
        finding
        for name in sorted(councils)
        if council in (None, name)
        for finding in _of_council(session, name, expected.get(name, []))
    ]
    return found + [
        Finding(Wrong.UNLINKED, of, event_id=id_) for of, id_ in timeline.unlinked(session, council)
    ]


def _of_council(session: Session, council: str, known: Sequence[Head]) -> Iterator[Finding]:
    """Walk along one chain. Each line is checked with the link before it as it stands, so that one that is wrong
    does not make all that follow it wrong."""
    number, before = 0, FIRST
    expected: dict[int, list[Head]] = {}
    for head in known:
        expected.setdefault(head.number, []).append(head)
    denied: list[Head] = []
    for link in timeline.linked(session, council):
        if link.number < 1:
            yield Finding(Wrong.INSERTED, council, link.number, link.event_id)
            continue
        if link.number > number + 1:
            yield Finding(Wrong.MISSING, council, number + 1, last=link.number - 1)
        if link.line is None:
            yield Finding(Wrong.DELETED, council, link.number, link.event_id)
        elif link.number == number + 1 and link.hash != _hash(before, link):
            yield Finding(Wrong.CHANGED, council, link.number, link.event_id)
        denied += [head for head in expected.get(link.number, []) if head.hash != link.hash]
        number, before = link.number, link.hash
    yield from _against(council, number, known, denied)


def _against(council: str, end: int, known: Sequence[Head], denied: Sequence[Head]) -> Iterator[Finding]:
    """What heads say of a chain that ends with line `end`, and in which other lines stand than the `denied` say.

    The first of those tells enough, since every later one must differ with it.
    """
    if denied:
        first = min(denied, key=lambda head: head.number)
        agreed = max((head.number for head in known if head.number < first.number), default=0)
        yield Finding(Wrong.REWRITTEN, council, agreed + 1, last=first.number, at=first.at)
    furthest = max(known, key=lambda head: head.number, default=None)
    if furthest is not None and furthest.number > end:
        yield Finding(Wrong.CUT_OFF, council, end + 1, last=furthest.number, at=furthest.at)


def _hash(before: str, link: timeline.LinkedLine) -> str | None:
    """The hash that the link must have; None for a line that the program cannot have written."""
    line = dict(link.line or {})
    try:
        line["detail"] = json.loads(line["detail"])
        line["at"] = datetime.fromisoformat(line["at"]).replace(tzinfo=UTC)
        return line_hash(before, link.number, line)
    except (TypeError, ValueError):
        return None
