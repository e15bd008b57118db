"""Writing after sending: whose it is, once and no more, in which order, and what "this is not fixed" does."""

import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from selfservice.database import Database
from selfservice.domain.case import CaseStatus, UpdateKind
from selfservice.domain.conversation import dispute_until
from selfservice.domain.people import Actor, ActorKind, Channel, Verification
from selfservice.domain.submission import DeliverTo
from selfservice.links import Links
from selfservice.operations import delivering, health, sweeping, tracking
from selfservice.operations.corresponding import CALLED_OFF, TAKES_NONE, CannotDispute, NotTheirs, Sent
from selfservice.store.cases import CaseRow
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.messages import MessageRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.people import a_customer
from tests.factories.submitted import NOW, RESIDENT, a_submission, anonymous, completed, settings
from tests.factories.written import T, agent_of, open_case, own, tell, write

DISPUTE = UpdateKind.DISPUTE
DAY = timedelta(days=1)


@pytest.fixture
def links(tmp_path: Path) -> Links:
    return Links(settings(tmp_path))


class Report:
    """One submission, of one part unless told otherwise."""

    def __init__(self, database: Database, links: Links, *codes: str) -> None:
        self.database, self.links = database, links
        parts = tuple(DeliverTo("street-scene", code) for code in codes or ("FLYTIP",))
        with database.write() as session:
            accepted = a_submission(session, links, anonymous(deliver=parts))
        self.id, self.reference = accepted.submission_id, accepted.reference
        self.parts = accepted.delivery_ids

    def opened(self) -> "Report":
        for number, part in enumerate(self.parts, start=1):
            open_case(self.database, self.links, part, NOW, f"C{number}")
        return self

    def closed(self, at: datetime = NOW + DAY, case: str = "C1") -> "Report":
        tell(self.database, self.links, f"{case} {at}", CaseStatus.RESOLVED, at, at, "Cleared", case=case)
        return self

    def rows(self, table: type) -> list:
        with self.database.read() as session:
            return list(session.scalars(sa.select(table).order_by(table.id)))

    def updates(self) -> list[DeliveryRow]:
        return [row for row in self.rows(DeliveryRow) if row.kind == "update"]

    def case(self) -> CaseRow:
        return self.rows(CaseRow)[0]

    def claimed(self, now: datetime) -> str | None:
        """The id of the delivery that a worker would take now."""
        with self.database.write() as session:
            held = delivering.claim(session, "test", now, T)
            return held.delivery_id if held else None


@pytest.fixture
def report(each_database: Database, links: Links) -> Report:
    return Report(each_database, links)


def test_what_is_written_waits_for_the_case_and_then_goes_out_in_order(report: Report) -> None:
    with report.database.write() as session:
        ids = [write(session, RESIDENT, report.id, NOW, f"{n}").delivery_ids[0] for n in range(2)]
    assert [row.position for row in report.updates()] == [1, 2]
    later = NOW + timedelta(hours=1)
    assert report.claimed(later) == report.parts[0]
    assert report.claimed(later) is None, "neither goes before the case is open"
    with report.database.write() as session:
        session.execute(
            sa.update(DeliveryRow).where(DeliveryRow.id == report.parts[0]).values(state="sending")
        )
        session.execute(
            sa.update(DeliveryRow)
            .where(DeliveryRow.id == report.parts[0])
            .values(state="delivered", case_reference="C1")
        )
    assert report.claimed(later) == ids[0]
    assert report.claimed(later) is None, "the second waits for the first"


def test_one_that_waits_for_its_case_is_not_overlooked_by_anybody(report: Report) -> None:
    with report.database.write() as session:
        write(session, RESIDENT, report.id, NOW)
        session.execute(sa.update(DeliveryRow).where(DeliveryRow.kind == "case").values(state="claimed"))
    later = NOW + timedelta(hours=3)
    with report.database.read() as session:
        assert not sweeping.anything_due(session, later, T)
        assert not [words for words in health.broken(session, later, T) if "not seen" in words]


def test_what_waits_for_a_person_does_not_hold_up_what_follows(report: Report) -> None:
    report.opened()
    with report.database.write() as session:
        write(session, RESIDENT, report.id, NOW, takes=False)
        second = write(session, RESIDENT, report.id, NOW).delivery_ids[0]
    assert report.claimed(NOW + DAY) == second


def test_a_second_click_changes_nothing(report: Report) -> None:
    with report.database.write() as session:
        first = write(session, RESIDENT, report.id, NOW, key="the same")
    with report.database.write() as session:
        second = write(session, RESIDENT, report.id, NOW + DAY, "Other words", key="the same")
    assert second.again
    assert (second.message_id, second.delivery_ids) == (first.message_id, first.delivery_ids)
    assert [row.words for row in report.rows(MessageRow)] == ["More has been dumped"]
    assert len(report.updates()) == 1
    lines = [row for row in report.rows(TimelineEventRow) if row.what == "customer_wrote"]
    assert len(lines) == 1


def test_two_presses_at_once_send_it_once_and_dispute_it_once(report: Report) -> None:
    report.opened().closed()
    sent: list[Sent] = []

    def press() -> None:
        with report.database.write() as session:
            sent.append(write(session, RESIDENT, report.id, NOW + DAY, kind=DISPUTE, key="the same"))

    presses = [threading.Thread(target=press) for _ in range(4)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    assert len({each.message_id for each in sent}) == 1
    assert [each.again for each in sent].count(False) == 1
    assert len(report.updates()) == 1


def test_a_key_of_somebody_elses_message_tells_nothing(report: Report, links: Links) -> None:
    other = Report(report.database, links)
    with report.database.write() as session:
        write(session, RESIDENT, report.id, NOW, key="the same")
    with pytest.raises(NotTheirs), report.database.write() as session:
        write(session, RESIDENT, other.id, NOW, key="the same")


def test_the_record_says_who_wrote_for_whom_and_not_a_word_of_what(report: Report) -> None:
    with report.database.write() as session:
        write(session, RESIDENT, report.id, NOW, "My daughter is ill")
        line = session.scalars(
            sa.select(TimelineEventRow).where(TimelineEventRow.what == "customer_wrote")
        ).one()
    assert (line.actor_kind, line.actor_id, line.words) == ("resident", RESIDENT.id, "")
    assert "daughter" not in str(line.detail)


@pytest.mark.parametrize(
    ("kind", "words"),
    [(UpdateKind.MESSAGE, ""), (UpdateKind.MESSAGE, "a" * 2001), (UpdateKind.FILES, ""), (DISPUTE, "")],
)
def test_nothing_and_too_much_are_refused(report: Report, kind: UpdateKind, words: str) -> None:
    with pytest.raises(ValueError), report.database.write() as session:
        write(session, RESIDENT, report.id, NOW, words, kind=kind)
    assert report.rows(MessageRow) == []


def test_where_a_back_office_takes_no_messages_a_person_is_asked(report: Report) -> None:
    with report.database.write() as session:
        sent = write(session, RESIDENT, report.id, NOW, takes=False)
    (row,) = report.updates()
    assert sent.delivery_ids == (), "there is nothing to ring for"
    assert (row.state, row.last_words) == ("held", TAKES_NONE)
    assert "delivery_held" in [line.what for line in report.rows(TimelineEventRow)]


def test_where_the_case_was_called_off_a_person_is_asked(report: Report) -> None:
    with report.database.write() as session:
        for state in ("claimed", "dead", "cancelled"):
            session.execute(sa.update(DeliveryRow).values(state=state))
        write(session, RESIDENT, report.id, NOW)
    (row,) = report.updates()
    assert (row.state, row.last_words) == ("held", CALLED_OFF)


# Whose it is


def customer(database: Database, name: str) -> Actor:
    with database.write() as session:
        row = a_customer(session, name, NOW, councils=["boston"])
        return Actor(ActorKind.RESIDENT, row.id, signed_in=True)


def nameless(*councils: str) -> Actor:
    """An agent of these councils who helps somebody without a name."""
    return Actor(ActorKind.AGENT, "an agent", Channel.PHONE, "somebody", frozenset(councils or ["boston"]))


def test_only_its_owner_and_who_has_the_link_may_write(report: Report) -> None:
    rosa, other = customer(report.database, "Rosa Made-Up"), customer(report.database, "Otto Made-Up")
    with report.database.write() as session:
        own(session, report.id, rosa.id, NOW)
        write(session, rosa, report.id, NOW, by_link=False)
        write(session, other, report.id, NOW, by_link=True)
        write(session, RESIDENT, report.id, NOW, by_link=True)
    for stranger in (other, RESIDENT):
        with pytest.raises(NotTheirs), report.database.write() as session:
            write(session, stranger, report.id, NOW, by_link=False)


def test_what_is_in_nobodys_account_is_written_about_by_its_link_alone(report: Report) -> None:
    rosa = customer(report.database, "Rosa Made-Up")
    with pytest.raises(NotTheirs), report.database.write() as session:
        write(session, rosa, report.id, NOW, by_link=False)
    with pytest.raises(NotTheirs), report.database.write() as session:
        write(session, rosa, "no such submission", NOW, by_link=True)


@pytest.mark.parametrize("by_link", [True, False])
def test_an_agent_writes_for_whom_they_help_and_know_at_their_councils_and_for_no_other(
    report: Report, by_link: bool
) -> None:
    with report.database.write() as session:
        rosa, otto = (
            a_customer(session, name, NOW, councils=["boston", "east-lindsey"])
            for name in ("Rosa Made-Up", "Otto Made-Up")
        )
        own(session, report.id, rosa.id, NOW)
        wrong = [
            agent_of(session, otto, NOW),
            agent_of(session, rosa, NOW, council="east-lindsey"),
            agent_of(session, rosa, NOW, level=Verification.NONE),
        ]
        right = agent_of(session, rosa, NOW)
        write(session, right, report.id, NOW, by_link=by_link)
        message = session.scalars(sa.select(MessageRow)).one()
    assert (message.actor_id, message.on_behalf_of) == (right.id, rosa.id)
    for other in wrong:
        with pytest.raises(NotTheirs), report.database.write() as session:
            write(session, other, report.id, NOW, by_link=by_link)


def test_an_agent_may_use_the_link_of_what_is_nobodys(report: Report) -> None:
    with report.database.write() as session:
        assert write(session, nameless(), report.id, NOW).delivery_ids


# "This is not fixed"


def test_a_dispute_opens_a_closed_case_again_and_says_so(report: Report) -> None:
    report.opened().closed()
    with report.database.write() as session:
        sent = write(session, RESIDENT, report.id, NOW + 2 * DAY, "Still there", kind=DISPUTE)
    case = report.case()
    assert (case.status, case.closed_at) == ("reopened", None)
    assert [row.id for row in report.updates()] == list(sent.delivery_ids)
    with report.database.read() as session:
        progress = tracking.progress(session, report.id)
        alone = tracking.progress_by_reference(session, report.reference, "PE21 6RY")
    assert progress is not None
    assert alone is not None
    assert (progress.status, progress.closed) == ("Reopened", False)
    assert progress.lines[-1].words.startswith("You told us that this is not fixed.")
    assert "not fixed" not in str([line.words for line in alone.lines]), "nobody else reads who said so"


def test_a_line_of_an_agent_says_that_they_said_so(report: Report) -> None:
    report.opened().closed()
    with report.database.write() as session:
        write(session, nameless(), report.id, NOW + 2 * DAY, "Still there", kind=DISPUTE)
    (line,) = [row for row in report.rows(TimelineEventRow) if row.what == "customer_disputed"]
    assert line.words.startswith("Customer Services told us for you")
    assert (line.actor_id, line.on_behalf_of) == ("an agent", "somebody")


def test_only_what_is_closed_can_be_disputed_and_a_message_reopens_nothing(report: Report) -> None:
    report.opened()
    with pytest.raises(CannotDispute) as wrong, report.database.write() as session:
        write(session, RESIDENT, report.id, NOW, kind=DISPUTE)
    assert not wrong.value.too_late
    report.closed()
    with report.database.write() as session:
        write(session, RESIDENT, report.id, NOW + DAY, "Thank you")
    assert report.case().status == "resolved"


def test_it_can_be_disputed_until_the_end_of_the_fourteenth_day(report: Report) -> None:
    closed_at = datetime.fromisoformat("2026-03-20T23:30:00+00:00")
    report.opened().closed(closed_at)
    last = datetime.fromisoformat("2026-04-03T23:59:59+01:00")  # the clocks went forward meanwhile
    assert dispute_until(closed_at) == last
    with pytest.raises(CannotDispute) as wrong, report.database.write() as session:
        write(session, RESIDENT, report.id, last + timedelta(seconds=1), kind=DISPUTE)
    assert wrong.value.too_late
    with report.database.write() as session:
        write(session, RESIDENT, report.id, last, kind=DISPUTE)
    assert report.case().status == "reopened"


def test_the_days_are_counted_from_when_we_heard_of_it_not_from_what_the_back_office_says(
    report: Report,
) -> None:
    report.opened()
    heard = NOW + 20 * DAY
    tell(report.database, report.links, "late", CaseStatus.RESOLVED, NOW + DAY, heard)
    with report.database.write() as session:
        write(session, RESIDENT, report.id, heard + DAY, kind=DISPUTE)
    assert report.case().status == "reopened"


def test_news_after_a_dispute_works_as_usual_whatever_their_clock_says(report: Report) -> None:
    report.opened().closed(NOW + DAY)
    with report.database.write() as session:
        write(session, RESIDENT, report.id, NOW + 2 * DAY, kind=DISPUTE)
    a_little_slow = NOW + 2 * DAY - timedelta(minutes=5)
    tell(report.database, report.links, "again", CaseStatus.IN_PROGRESS, a_little_slow, NOW + 2 * DAY)
    assert report.case().status == "in_progress"
    report.closed(NOW + 3 * DAY)
    assert (report.case().status, report.case().closed_at) == ("resolved", NOW + 3 * DAY)
    with report.database.write() as session:
        write(session, RESIDENT, report.id, NOW + 4 * DAY, kind=DISPUTE)
    assert report.case().status == "reopened", "the new closing can be disputed too"


def test_what_a_back_office_tells_again_of_ours_is_no_news(report: Report) -> None:
    report.opened()
    with report.database.write() as session:
        (ours,) = write(session, RESIDENT, report.id, NOW).delivery_ids
    for event, told in ((ours, {}), ("theirs-1", {"repeats": ours})):
        assert not tell(report.database, report.links, event, CaseStatus.OPEN, NOW + DAY, NOW + DAY, **told)
    assert report.case().status == "received"
    assert tell(report.database, report.links, "theirs-2", CaseStatus.OPEN, NOW + DAY, NOW + DAY, repeats="x")


def test_of_several_parts_only_the_closed_ones_are_disputed_and_the_chosen_ones_written_to(
    each_database: Database, links: Links
) -> None:
    report = Report(each_database, links, "FLYTIP", "BENEFIT").opened().closed(case="C2")
    with each_database.write() as session:
        write(session, RESIDENT, report.id, NOW + DAY, kind=DISPUTE)
    assert [(row.service_code, row.position) for row in report.updates()] == [("BENEFIT", 1)]
    with each_database.write() as session:
        write(session, RESIDENT, report.id, NOW + DAY)
        write(session, RESIDENT, report.id, NOW + DAY, parts=(report.parts[0],))
    assert sorted((row.service_code, row.position) for row in report.updates()) == [
        ("BENEFIT", 1), ("BENEFIT", 2), ("FLYTIP", 1), ("FLYTIP", 2),
    ]  # fmt: skip
    with pytest.raises(NotTheirs), each_database.write() as session:
        write(session, RESIDENT, report.id, NOW + DAY, parts=("no part of it",))
    with pytest.raises(CannotDispute), each_database.write() as session:
        write(session, RESIDENT, report.id, NOW + DAY, kind=DISPUTE, parts=(report.parts[0],))


def test_an_update_is_no_part_of_a_submission(report: Report) -> None:
    with report.database.write() as session:
        write(session, RESIDENT, report.id, NOW)
    with report.database.read() as session:
        progress = tracking.progress(session, report.id)
        broken = health.broken(session, NOW, T)
    assert progress is not None
    assert len(progress.parts) == 1
    assert broken == []


def test_who_left_a_name_is_still_the_customer(each_database: Database, links: Links) -> None:
    with each_database.write() as session:
        accepted = a_submission(session, links, completed())
        assert write(session, RESIDENT, accepted.submission_id, NOW).delivery_ids
