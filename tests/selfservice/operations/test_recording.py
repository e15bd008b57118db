"""Whatever is done to the record behind the program's back is found, and named."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from selfservice.database import Database
from selfservice.domain.people import PARTNERSHIP, SYSTEM, Actor, ActorKind, Channel
from selfservice.domain.record import FIRST, Head, line_hash
from selfservice.links import Links
from selfservice.operations import recording
from selfservice.operations.recording import Finding, Wrong
from selfservice.store import timeline
from selfservice.store.base import new_id
from selfservice.store.record import RecordLinkRow, held
from selfservice.store.timeline import TimelineEventRow, write_line
from tests.factories.submitted import NOW, a_submission, anonymous, settings
from tests.factories.tampering import tampering

AGENT = Actor(ActorKind.AGENT, "agent-1", Channel.PHONE, on_behalf_of="customer-1", via="acting-1")
ABOUT = {"customer_id": "customer-1", "draft_id": "draft-1", "interaction_id": "interaction-1"}
LINES = 5
LINE, LINK = TimelineEventRow, RecordLinkRow


@pytest.fixture
def five(each_database: Database, tmp_path: Path) -> Database:
    """A database with five lines of Boston, whose second holds something in each column, and one of nobody's own."""
    with each_database.write() as session:
        sent = a_submission(session, Links(settings(tmp_path)), anonymous())
        write_line(
            session, AGENT, "boston", sent.submission_id, "told", "We told them.", NOW, {"a": [1]}, **ABOUT
        )
        write_line(session, SYSTEM, PARTNERSHIP, None, "signed_up", "", NOW)
    for _ in range(LINES - 2):
        with each_database.write() as session:
            write_line(session, SYSTEM, "boston", None, "opened", "", NOW)
    return each_database


def event(session: Session, number: int) -> str:
    """The id of Boston's line with this number."""
    of = sa.select(LINK.event_id).where(LINK.council == "boston", LINK.number == number)
    found = session.scalar(of)
    assert found is not None
    return found


def of(table: Any, number: int, session: Session) -> sa.ColumnElement[bool]:
    """What picks Boston's line of this number in one of the two tables."""
    id_ = event(session, number)
    return table.id == id_ if table is LINE else table.event_id == id_


def found(session: Session, known: tuple[Head, ...] = ()) -> list[Finding]:
    return recording.verify(session, None, known)


def test_a_record_that_nobody_touched_is_in_order(five: Database) -> None:
    with five.read() as session:
        heads = recording.heads(session, NOW)
        assert [(head.council, head.number, head.at) for head in heads] == [
            ("boston", LINES, NOW), (PARTNERSHIP, 1, NOW),
        ]  # fmt: skip
        assert recording.verify(session, None, heads) == []
        assert recording.verify(session, "boston", heads) == []


def test_a_record_without_a_line_is_in_order(each_database: Database) -> None:
    with each_database.read() as session:
        assert recording.heads(session, NOW) == []
        assert found(session) == []


def other_values(column: sa.Column[Any]) -> list[Any]:
    """What somebody might put in a column instead of what is there."""
    nothing = [None] if column.nullable else []
    if isinstance(column.type, sa.Integer):
        return [7, 0, -1]
    if column.name == "at":
        return [NOW + timedelta(microseconds=1), NOW - timedelta(days=400)]
    if column.name == "detail":
        return [{}, {"a": [2]}, {"a": "1"}, {"a": [1], "b": None}]
    return ["elsewhere", "", *nothing]


FLIPS = [
    (table, column.name, value)
    for table in (LINE, LINK)
    for column in sa.inspect(table).columns
    for value in other_values(column)
]


def test_a_column_that_was_changed_is_found_and_its_line_named_whichever_it_is(five: Database) -> None:
    missed = []
    for table, column, value in FLIPS:
        with tampering(five) as session:
            named = event(session, 2)
            session.execute(sa.update(table).where(of(table, 2, session)).values({column: value}))
            if not any(each.event_id == named or each.number == 2 for each in found(session)):
                missed.append((table, column, value))
    assert missed == []
    assert len(FLIPS) > 40


def test_one_changed_line_is_one_finding(five: Database) -> None:
    with tampering(five) as session:
        session.execute(sa.update(LINE).where(of(LINE, 2, session)).values(words="We forgot."))
        assert found(session) == [Finding(Wrong.CHANGED, "boston", 2, event(session, 2))]


@pytest.mark.parametrize(("column", "garbled"), [("at", "infinity"), ("detail", '{"n": 1e5000}')])
def test_what_no_program_could_have_written_is_named_and_stops_nobody(
    five: Database, column: str, garbled: str
) -> None:
    value = sa.literal(garbled, sa.Text)
    if not five.url.startswith("sqlite"):
        kind = sa.DateTime(timezone=True) if column == "at" else sa.dialects.postgresql.JSONB
        value = sa.cast(value, kind)
    with tampering(five) as session:
        session.execute(
            sa.update(LINE).where(of(LINE, 3, session)).values({column: sa.type_coerce(value, sa.Text)})
        )
        assert found(session) == [Finding(Wrong.CHANGED, "boston", 3, event(session, 3))]


def test_a_line_that_was_deleted_is_found_with_its_link_or_without(five: Database) -> None:
    with tampering(five) as session:
        gone, gone_too = event(session, 2), event(session, 4)
        session.execute(sa.delete(LINE).where(of(LINE, 2, session)))
        assert found(session) == [Finding(Wrong.DELETED, "boston", 2, gone)]
        session.execute(sa.delete(LINE).where(LINE.id == gone_too))
        session.execute(sa.delete(LINK).where(LINK.event_id == gone_too))
        assert found(session) == [
            Finding(Wrong.DELETED, "boston", 2, gone), Finding(Wrong.MISSING, "boston", 4, last=4),
        ]  # fmt: skip


def test_links_that_were_deleted_leave_their_lines_unlinked(five: Database) -> None:
    with tampering(five) as session:
        left = [event(session, number) for number in (1, 2)]
        session.execute(sa.delete(LINK).where(LINK.council == "boston", LINK.number < 3))
        assert found(session) == [
            Finding(Wrong.MISSING, "boston", 1, last=2),
            *(Finding(Wrong.UNLINKED, "boston", event_id=id_) for id_ in sorted(left)),
        ]


def a_line(session: Session, **told: Any) -> str:
    """A line put into the table by somebody else than the program; its id."""
    row = {
        "id": new_id(), "council": "boston", "what": "paid", "words": "", "detail": {}, "actor_kind": "system",
        "actor_id": "system", "channel": "api", "at": NOW,
    }  # fmt: skip
    session.execute(sa.insert(LINE).values(row | told))
    return str(row["id"])


def test_a_line_that_was_inserted_is_found(five: Database) -> None:
    with tampering(five) as session:
        inserted = a_line(session)
        assert found(session) == [Finding(Wrong.UNLINKED, "boston", event_id=inserted)]


def test_a_line_that_was_inserted_with_a_link_is_found_before_the_first_and_after_the_last(
    five: Database,
) -> None:
    for number, wrong in ((0, Wrong.INSERTED), (LINES + 1, Wrong.CHANGED)):
        with tampering(five) as session:
            inserted = a_line(session)
            link = {"council": "boston", "number": number, "event_id": inserted, "hash": "f" * 64}
            session.execute(sa.insert(LINK).values(link))
            assert found(session) == [Finding(wrong, "boston", number, inserted)]


def test_lines_that_changed_places_are_both_named(five: Database) -> None:
    with tampering(five) as session:
        two, four = event(session, 2), event(session, 4)
        for number, id_ in ((2, "x"), (4, two), (2, four)):
            place = (LINK.council == "boston", LINK.number == number)
            session.execute(sa.update(LINK).where(*place).values(event_id=id_))
        assert found(session) == [
            Finding(Wrong.CHANGED, "boston", 2, four), Finding(Wrong.CHANGED, "boston", 4, two),
        ]  # fmt: skip


def test_lines_that_changed_places_with_their_hashes_are_found(five: Database) -> None:
    with tampering(five) as session:
        for number, then in ((3, 99), (4, 3), (99, 4)):
            place = (LINK.council == "boston", LINK.number == number)
            session.execute(sa.update(LINK).where(*place).values(number=then))
        wrong = found(session)
        assert {each.number for each in wrong} >= {3, 4}
        assert {each.what for each in wrong} == {Wrong.CHANGED}


def test_the_record_of_another_council_does_not_matter_to_who_asks_of_one(five: Database) -> None:
    with tampering(five) as session:
        session.execute(sa.update(LINE).where(of(LINE, 2, session)).values(words="We forgot."))
        a_line(session)
        assert recording.verify(session, PARTNERSHIP) == []
        assert len(recording.verify(session, "boston")) == 2


def kept(database: Database, at: datetime = NOW) -> Head:
    """Boston's head at this moment, kept elsewhere."""
    with database.read() as session:
        return next(head for head in recording.heads(session, at) if head.council == "boston")


def test_an_end_that_was_cut_off_is_found_by_a_head_that_was_kept_and_by_nothing_else(five: Database) -> None:
    head = kept(five)
    with tampering(five) as session:
        last = [event(session, number) for number in (4, 5)]
        session.execute(sa.delete(LINK).where(LINK.event_id.in_(last)))
        session.execute(sa.delete(LINE).where(LINE.id.in_(last)))
        assert found(session) == []
        assert found(session, (head,)) == [Finding(Wrong.CUT_OFF, "boston", 4, last=5, at=NOW)]


def test_a_record_of_which_nothing_is_left_is_found_by_a_head_that_was_kept(five: Database) -> None:
    head = kept(five)
    with tampering(five) as session:
        session.execute(sa.delete(LINK))
        session.execute(sa.delete(LINE))
        assert found(session, (head,)) == [Finding(Wrong.CUT_OFF, "boston", 1, last=5, at=NOW)]


def chain_anew(session: Session, first: int) -> None:
    """What somebody who knows the program does to cover a change up: hash every line from it on anew."""
    before = FIRST
    for link in list(timeline.linked(session, "boston")):
        if link.number < first:
            before = link.hash
            continue
        row = session.get(LINE, link.event_id, populate_existing=True)
        before = line_hash(before, link.number, held(row))
        session.execute(sa.update(LINK).where(LINK.event_id == link.event_id).values(hash=before))


def test_a_chain_that_was_written_anew_is_found_by_a_head_and_told_between_which_two(five: Database) -> None:
    heads = [kept(five, NOW)]
    for days in (1, 2, 3):
        with five.write() as session:
            write_line(session, SYSTEM, "boston", None, "opened", "", NOW)
        heads.append(kept(five, NOW + timedelta(days=days)))
    with tampering(five) as session:
        session.execute(sa.update(LINE).where(of(LINE, 7, session)).values(what="closed"))
        chain_anew(session, 7)
        assert found(session) == []
        assert found(session, tuple(heads)) == [
            Finding(Wrong.REWRITTEN, "boston", 7, last=7, at=NOW + timedelta(days=2))
        ]
        assert found(session, (heads[3],)) == [
            Finding(Wrong.REWRITTEN, "boston", 1, last=8, at=NOW + timedelta(days=3))
        ]


def test_a_head_of_another_record_is_not_agreed_with(five: Database) -> None:
    with five.read() as session:
        other = replace(kept(five), hash="e" * 64)
        assert [each.what for each in found(session, (other,))] == [Wrong.REWRITTEN]


def test_many_lines_are_walked_a_few_at_a_time(five: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "AT_ONCE", 2)
    with five.read() as session:
        assert found(session) == []
    with tampering(five) as session:
        session.execute(sa.update(LINE).where(of(LINE, 5, session)).values(words="Done."))
        assert [each.number for each in found(session)] == [5]


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (
            Finding(Wrong.CHANGED, "boston", 2, "e1"),
            "boston: line 2, event e1 is not what was written there: it was changed or put elsewhere,"
            " or the link before it was",
        ),
        (Finding(Wrong.DELETED, "boston", 2, "e1"), "boston: line 2, event e1 is gone"),
        (
            Finding(Wrong.MISSING, "boston", 2, last=4),
            "boston: line 2 to line 4: gone with their links; the line after them cannot be checked",
        ),
        (
            Finding(Wrong.UNLINKED, "boston", event_id="e1"),
            "boston: event e1 has no link: it was added in another way, or its link was deleted",
        ),
        (
            Finding(Wrong.CUT_OFF, "boston", 2, last=4, at=NOW),
            "boston: line 2 to line 4: gone, though they were there at 2026-03-02 09:30:00 UTC",
        ),
    ],
)
def test_a_finding_is_told_in_words(finding: Finding, words: str) -> None:
    assert finding.words == words
