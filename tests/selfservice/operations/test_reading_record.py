"""Reading the record: by auditors of that council alone, and never unnoticed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from selfservice.database import Database
from selfservice.domain.people import PARTNERSHIP, SYSTEM, Actor, ActorKind, Role
from selfservice.domain.permissions import NotAllowed
from selfservice.domain.record import Wanted
from selfservice.operations import reading_record, recording
from selfservice.operations.supervising import NotTheirs
from selfservice.store.timeline import TimelineEventRow, write_line
from tests.factories.people import a_member_of_staff
from tests.factories.submitted import NOW
from tests.factories.tampering import unguarded

EVERY = ("boston", "east-lindsey")


def somebody(role: Role, *councils: str) -> Actor:
    return Actor(ActorKind.AGENT, "anneke", roles=frozenset((council, role) for council in councils))


AUDITOR = somebody(Role.AUDITOR, "boston")


def written(kept: Database) -> list[tuple[str, dict[str, object], str | None]]:
    with kept.read() as session:
        rows = session.scalars(
            sa.select(TimelineEventRow)
            .where(TimelineEventRow.what.in_(["record_read", "record_verified"]))
            .order_by(TimelineEventRow.at, TimelineEventRow.id)
        )
        return [(row.what, row.detail, row.customer_id) for row in rows]


def test_an_auditor_reads_the_councils_they_audit_and_what_is_everybodys_only_with_all_of_them() -> None:
    assert reading_record.councils(AUDITOR, EVERY) == ("boston",)
    assert reading_record.councils(somebody(Role.AUDITOR, *EVERY), EVERY) == (*EVERY, PARTNERSHIP)
    for role in (Role.SUPERVISOR, Role.SERVICE_OWNER, Role.AGENT, Role.OPERATOR):
        with pytest.raises(NotAllowed):
            reading_record.councils(somebody(role, *EVERY), EVERY)


def test_each_reading_is_a_line_that_says_what_was_asked_for(each_database: Database) -> None:
    with each_database.write() as session:
        priya = a_member_of_staff(session, "Priya Example", NOW, email="p@example.org", roles=())
        actor = Actor(ActorKind.AGENT, priya.id)
        for number in range(3):
            write_line(
                session, actor, "boston", None, "viewed", "words", NOW, {"n": number}, customer_id="mary"
            )
        write_line(session, SYSTEM, "east-lindsey", None, "viewed", "", NOW)
    wanted = Wanted("boston", actor_id=priya.id, customer_id="mary", what="viewed")
    with each_database.write() as session:
        lines, below = reading_record.read(session, AUDITOR, EVERY, wanted, NOW, limit=2)
    with each_database.write() as session:
        rest, end = reading_record.read(session, AUDITOR, EVERY, wanted, NOW, before=below, limit=2)
    assert ([len(lines), len(rest)], end) == ([2, 1], None)
    assert {(each.name, each.customer_id, each.what) for each in (*lines, *rest)} == {
        ("Priya Example", "mary", "viewed")
    }
    assert "words" not in repr(lines)
    asked = {"staff": priya.id, "customer": "mary", "what": "viewed"}
    assert written(each_database) == [
        ("record_read", {**asked, "lines": 2}, None), ("record_read", {**asked, "lines": 1}, None),
    ]  # fmt: skip


def test_another_councils_record_is_as_unknown_as_none_and_nothing_is_written(database: Database) -> None:
    for council in ("east-lindsey", PARTNERSHIP, "nowhere"):
        with pytest.raises(NotTheirs), database.write() as session:
            reading_record.read(session, AUDITOR, EVERY, Wanted(council), NOW)
        with pytest.raises(NotTheirs), database.read() as session:
            reading_record.standing(session, AUDITOR, EVERY, council)
        with pytest.raises(NotTheirs), database.read() as session:
            reading_record.check(session, AUDITOR, EVERY, council, NOW)
    assert written(database) == []


def test_members_to_choose_from_are_those_of_that_council(database: Database) -> None:
    with database.write() as session:
        for council in EVERY:
            a_member_of_staff(
                session, f"Of {council}", NOW, email=f"{council}@example.org", roles=[(council, Role.AGENT)]
            )
    with database.read() as session:
        assert [name for _, name in reading_record.members(session, AUDITOR, EVERY, "boston")] == [
            "Of boston"
        ]
        of_all = somebody(Role.AUDITOR, *EVERY)
        assert len(reading_record.members(session, of_all, EVERY, PARTNERSHIP)) == 2


def test_a_check_says_that_the_record_holds_and_who_asks_later_sees_it(each_database: Database) -> None:
    with each_database.write() as session:
        write_line(session, SYSTEM, "boston", None, "viewed", "", NOW)
    with each_database.read() as session:
        assert reading_record.standing(session, AUDITOR, EVERY, "boston").checked is None
        checked = reading_record.check(session, AUDITOR, EVERY, "boston", NOW)
    assert checked is not None
    assert (checked.number, checked.wrong) == (1, 0)
    with each_database.write() as session:
        reading_record.note_check(session, AUDITOR, "boston", checked)
    with each_database.read() as session:
        standing = reading_record.standing(session, AUDITOR, EVERY, "boston")
        assert recording.verify(session) == []
    assert (standing.number, standing.checked, standing.short) == (2, checked, True)
    assert len(standing.hash) == 64


def test_a_check_of_a_record_that_was_changed_says_how_much_is_wrong(each_database: Database) -> None:
    with each_database.write() as session:
        for _ in range(3):
            write_line(session, SYSTEM, "boston", None, "viewed", "", NOW)
    with each_database.write() as session, unguarded(session):
        session.execute(
            sa.update(TimelineEventRow).values(channel="letter"),
            execution_options={"synchronize_session": False},
        )
    with each_database.read() as session:
        checked = reading_record.check(session, AUDITOR, EVERY, "boston", NOW + timedelta(hours=1))
    assert checked is not None
    assert checked.wrong == 3


def test_a_record_too_long_for_a_page_is_left_to_the_command(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_record, "MOST_CHECKED", 1)
    with database.write() as session:
        for _ in range(2):
            write_line(session, SYSTEM, "boston", None, "viewed", "", NOW)
    with database.read() as session:
        assert reading_record.check(session, AUDITOR, EVERY, "boston", NOW) is None
        assert not reading_record.standing(session, AUDITOR, EVERY, "boston").short
