"""One timeline over services and councils: whose it is, in which order, how much at once, and what agents see of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from selfservice.database import Database
from selfservice.domain.case import CaseStatus, GivenAnswer
from selfservice.domain.people import Actor, ActorKind, Channel
from selfservice.domain.permissions import NotAllowed
from selfservice.links import Links
from selfservice.operations import drafting, looking, timelines
from selfservice.operations.timelines import NOT_SHOWN, Page, Sent, Shown, Unsent
from selfservice.store import customers, deliveries, timeline
from selfservice.store.deliveries import DeliveryRow
from tests.factories.accounts import an_agent, as_customer, helping, mary_smith, opened, sent
from tests.factories.people import a_customer
from tests.factories.submitted import NOW, SEALS, settings

DAY = timedelta(days=1)
BACK_OFFICE = Actor(ActorKind.BACK_OFFICE, "street-scene", Channel.API)


@pytest.fixture
def links(tmp_path: Path) -> Links:
    return Links(settings(tmp_path))


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that reach the database meanwhile."""
    asked: list[str] = []

    def hear(*told: object) -> None:
        asked.append(str(told[2]))

    sa.event.listen(database.engine, "before_cursor_execute", hear)
    yield asked
    sa.event.remove(database.engine, "before_cursor_execute", hear)


def of(page: Page) -> list[str]:
    """The entries of a page: a reference, or of a draft its service."""
    return [each.service if isinstance(each, Unsent) else each.reference for each in page.entries]


def one(page: Page) -> Sent:
    [entry] = page.entries
    assert isinstance(entry, Sent)
    return entry


def test_drafts_and_what_was_sent_stand_together_newest_first(database: Database, links: Links) -> None:
    with database.write() as session:
        mary = as_customer(mary_smith(session, NOW))
        old = sent(session, mary, links, NOW - 3 * DAY)
        drafting.begin(session, mary, "boston", "missed-bin", NOW - 2 * DAY)
        new = sent(session, mary, links, NOW - DAY, council="east-lindsey")
        page = timelines.timeline(session, mary, Shown.ALL, 1, NOW)
    assert of(page) == [new.reference, "missed-bin", old.reference]
    assert (page.number, page.pages, page.count) == (1, 1, 3)
    draft = page.entries[1]
    assert isinstance(draft, Unsent)
    assert draft.until == NOW + 28 * DAY


def test_a_customer_sees_nothing_of_another_and_nothing_of_nobody(database: Database, links: Links) -> None:
    with database.write() as session:
        mary, ben = mary_smith(session, NOW), a_customer(session, "Ben Fenn", NOW)
        accepted = sent(session, as_customer(mary), links, NOW)
        drafting.begin(session, as_customer(mary), "boston", "missed-bin", NOW)
        sent(session, Actor(ActorKind.RESIDENT, "f" * 64), links, NOW)
        assert timelines.timeline(session, as_customer(ben), Shown.ALL, 1, NOW).count == 0
        assert timelines.whole(session, as_customer(ben), accepted.reference, SEALS) is None
        assert timelines.timeline(session, as_customer(mary), Shown.ALL, 1, NOW).count == 2


def test_an_agent_sees_what_belongs_to_their_councils(database: Database, links: Links) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW)
        mary = as_customer(row)
        here = sent(session, mary, links, NOW - DAY)
        elsewhere = sent(session, mary, links, NOW, council="east-lindsey")
        drafting.begin(session, mary, "east-lindsey", "missed-bin", NOW)
        _member, staff = an_agent(session, NOW)
        agent = helping(session, staff, row, NOW)
        assert of(timelines.timeline(session, agent, Shown.ALL, 1, NOW)) == [here.reference]
        assert timelines.whole(session, agent, here.reference, SEALS) is not None
        assert timelines.whole(session, agent, elsewhere.reference, SEALS) is None


def test_an_agent_sees_the_customer_whom_they_help_and_no_other(database: Database, links: Links) -> None:
    with database.write() as session:
        mary, ben = mary_smith(session, NOW), a_customer(session, "Ben Fenn", NOW, councils=("boston",))
        accepted = sent(session, as_customer(mary), links, NOW)
        _member, staff = an_agent(session, NOW)
        agent = helping(session, staff, ben, NOW)
        assert timelines.timeline(session, agent, Shown.ALL, 1, NOW).count == 0
        assert timelines.whole(session, agent, accepted.reference, SEALS) is None


def test_visitors_and_staff_in_their_own_name_have_no_timeline(database: Database) -> None:
    with database.write() as session:
        _member, staff = an_agent(session, NOW)
        for who in (Actor(ActorKind.RESIDENT, "f" * 64), staff):
            with pytest.raises(NotAllowed):
                timelines.timeline(session, who, Shown.ALL, 1, NOW)


STANDINGS: list[tuple[list[CaseStatus | None], str, bool]] = [
    ([None], "Received", False),
    ([CaseStatus.IN_PROGRESS], "In progress", False),
    ([CaseStatus.RESOLVED], "Resolved", True),
    ([CaseStatus.REOPENED], "Reopened", False),
    ([CaseStatus.WAITING_FOR_CUSTOMER], "Waiting for you", False),
    ([CaseStatus.NOT_OURS], "Closed: not the council’s to deal with", True),
]


@pytest.mark.parametrize(("statuses", "words", "closed"), STANDINGS)
def test_open_and_closed_are_told_apart_as_they_are_shown(
    each_database: Database, links: Links, statuses: list[CaseStatus | None], words: str, closed: bool
) -> None:
    with each_database.write() as session:
        mary = as_customer(mary_smith(session, NOW))
        accepted = sent(session, mary, links, NOW)
        if statuses[0] is not None:
            opened(session, accepted.submission_id, statuses[0], NOW)
        entry = one(timelines.timeline(session, mary, Shown.ALL, 1, NOW))
        assert (entry.status, entry.closed) == (words, closed)
        assert of(timelines.timeline(session, mary, Shown.CLOSED if closed else Shown.OPEN, 1, NOW))
        assert not of(timelines.timeline(session, mary, Shown.OPEN if closed else Shown.CLOSED, 1, NOW))


def test_what_was_called_off_before_anybody_had_it_is_closed(database: Database, links: Links) -> None:
    with database.write() as session:
        mary = as_customer(mary_smith(session, NOW))
        accepted = sent(session, mary, links, NOW)
        [part] = deliveries.parts(session, accepted.submission_id)
        for state in ("claimed", "dead", "cancelled"):
            session.execute(sa.update(DeliveryRow).where(DeliveryRow.id == part.id).values(state=state))
        session.expire_all()
        assert one(timelines.timeline(session, mary, Shown.CLOSED, 1, NOW)).status == "Cancelled"
        assert timelines.timeline(session, mary, Shown.OPEN, 1, NOW).count == 0


def test_drafts_are_open_until_they_are_forgotten(database: Database) -> None:
    with database.write() as session:
        mary = as_customer(mary_smith(session, NOW))
        drafting.begin(session, mary, "boston", "missed-bin", NOW)
        assert of(timelines.timeline(session, mary, Shown.OPEN, 1, NOW)) == ["missed-bin"]
        assert of(timelines.timeline(session, mary, Shown.CLOSED, 1, NOW)) == []
        assert of(timelines.timeline(session, mary, Shown.ALL, 1, NOW + 31 * DAY)) == []


def test_twenty_stand_on_a_page_and_none_is_lost_between_two(database: Database) -> None:
    with database.write() as session:
        mary = as_customer(mary_smith(session, NOW))
        for _ in range(45):
            drafting.begin(session, mary, "boston", "missed-bin", NOW)
        pages = [timelines.timeline(session, mary, Shown.ALL, number, NOW) for number in (1, 2, 3, 99, 0)]
    assert [len(page.entries) for page in pages] == [20, 20, 5, 5, 20]
    assert [page.number for page in pages] == [1, 2, 3, 3, 1]
    seen = [each.id for page in pages[:3] for each in page.entries if isinstance(each, Unsent)]
    assert len(set(seen)) == 45


def test_it_takes_as_many_queries_for_many_as_for_one(database: Database, links: Links) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW)
        mary = as_customer(row)
        _member, staff = an_agent(session, NOW)
        agent = helping(session, staff, row, NOW)
        sent(session, mary, links, NOW)
        drafting.begin(session, agent, "boston", "missed-bin", NOW)
    with counted(database) as few, database.read() as session:
        timelines.timeline(session, mary, Shown.ALL, 1, NOW)
    with database.write() as session:
        for _ in range(9):
            opened(session, sent(session, mary, links, NOW).submission_id, CaseStatus.OPEN, NOW)
            drafting.begin(session, agent, "boston", "missed-bin", NOW)
    with counted(database) as many, database.read() as session:
        assert len(timelines.timeline(session, mary, Shown.ALL, 1, NOW).entries) == 20
    assert len(many) == len(few) <= 8


@pytest.mark.parametrize(
    ("now", "due", "looked_at", "late"),
    [
        (NOW, NOW + DAY, True, False),
        (NOW + 2 * DAY, NOW + DAY, True, True),
        (NOW + 6 * DAY, NOW + 5 * DAY, False, True),
    ],
)
def test_while_nobody_has_looked_at_it_that_is_what_is_due_and_lateness_is_admitted(
    database: Database, links: Links, now: datetime, due: datetime, looked_at: bool, late: bool
) -> None:
    with database.write() as session:
        mary = as_customer(mary_smith(session, NOW))
        sent(session, mary, links, NOW, acknowledge_by=NOW + DAY, resolve_by=NOW + 5 * DAY)
        entry = one(timelines.timeline(session, mary, Shown.ALL, 1, now))
    assert (entry.due, entry.looked_at, entry.late) == (due, looked_at, late)
    assert entry.why == ("We received it." if late else "")


def test_what_is_late_says_what_was_last_heard_of_it(database: Database, links: Links) -> None:
    with database.write() as session:
        mary = as_customer(mary_smith(session, NOW))
        accepted = sent(session, mary, links, NOW, acknowledge_by=NOW + DAY, resolve_by=NOW + 5 * DAY)
        opened(session, accepted.submission_id, CaseStatus.IN_PROGRESS, NOW)
        told = "Work on it is in progress. The crew had no lorry."
        timeline.write_line(
            session, BACK_OFFICE, "boston", accepted.submission_id, "case_in_progress", told, NOW + DAY
        )
        session.flush()
        early = one(timelines.timeline(session, mary, Shown.ALL, 1, NOW + 2 * DAY))
        late = one(timelines.timeline(session, mary, Shown.ALL, 1, NOW + 6 * DAY))
    assert (early.due, early.looked_at, early.late, early.why) == (NOW + 5 * DAY, False, False, "")
    assert (late.late, late.why) == (True, told)


def test_what_is_closed_is_not_late(database: Database, links: Links) -> None:
    with database.write() as session:
        mary = as_customer(mary_smith(session, NOW))
        accepted = sent(session, mary, links, NOW, resolve_by=NOW + DAY)
        opened(session, accepted.submission_id, CaseStatus.RESOLVED, NOW)
        entry = one(timelines.timeline(session, mary, Shown.ALL, 1, NOW + 9 * DAY))
    assert (entry.due, entry.late) == (None, False)


def test_who_helped_is_said_of_a_draft_and_of_what_was_sent(database: Database, links: Links) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW)
        _member, staff = an_agent(session, NOW)
        agent = helping(session, staff, row, NOW)
        accepted = sent(session, agent, links, NOW)
        drafting.begin(session, agent, "boston", "missed-bin", NOW)
        page = timelines.timeline(session, as_customer(row), Shown.ALL, 1, NOW)
        assert [each.helper for each in page.entries] == [Channel.PHONE, Channel.PHONE]
        found = timelines.whole(session, as_customer(row), accepted.reference, SEALS)
    assert found is not None
    assert found.helped == ("Priya Example of Customer Services helped you with it by phone.",)


def test_the_whole_is_found_however_its_reference_is_spelt(database: Database, links: Links) -> None:
    with database.write() as session:
        mary = as_customer(mary_smith(session, NOW))
        accepted = sent(session, mary, links, NOW)
        found = timelines.whole(session, mary, accepted.reference.lower().replace("-", " "), SEALS)
        assert found is not None
        assert (found.progress.reference, found.progress.place_words) == (
            accepted.reference,
            "Near PE21 6RY, Boston",
        )
        assert [row.lines for row in found.rows] == [("A mattress",)]
        assert timelines.whole(session, mary, "BOS-0000-0000", SEALS) is None
        assert timelines.whole(session, mary, "", SEALS) is None


def test_sensitive_answers_are_shown_to_the_customer_and_to_no_agent(
    database: Database, links: Links
) -> None:
    told = (GivenAnswer("born", "Date of birth", "27 March 1952", "1952-03-27", sensitive=True),)
    with database.write() as session:
        row = mary_smith(session, NOW)
        accepted = sent(session, as_customer(row), links, NOW, answers=told)
        _member, staff = an_agent(session, NOW)
        agent = helping(session, staff, row, NOW)
        seen = {
            who.kind: timelines.whole(session, who, accepted.reference, SEALS)
            for who in (as_customer(row), agent)
        }
    assert {kind: whole.rows[0].lines for kind, whole in seen.items() if whole} == {
        ActorKind.RESIDENT: ("27 March 1952",),
        ActorKind.AGENT: (NOT_SHOWN,),
    }


def test_sensitive_answers_of_what_was_claimed_are_shown_to_nobody(database: Database, links: Links) -> None:
    told = (GivenAnswer("born", "Date of birth", "27 March 1952", "1952-03-27", sensitive=True),)
    with database.write() as session:
        mary = as_customer(mary_smith(session, NOW))
        accepted = sent(session, mary, links, NOW, answers=told)
        owned = customers.owned(session, accepted.submission_id)
        assert owned is not None
        owned.how = "claimed"
        found = timelines.whole(session, mary, accepted.reference, SEALS)
    assert found is not None
    assert found.claimed
    assert found.rows[0].lines == (NOT_SHOWN,)


def test_the_customer_sees_who_looked_when_and_why(database: Database, links: Links) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW)
        _member, staff = an_agent(session, NOW)
        agent = helping(session, staff, row, NOW)
        for minute, what in enumerate(("timeline", "profile", "profile"), 1):
            at, looked = NOW + timedelta(minutes=minute), {"what": what}
            timeline.write_line(
                session, agent, "partnership", None, "viewed", "", at, looked, customer_id=row.id
            )
        sent(session, agent, links, NOW + DAY)
        session.flush()
        found = looking.who_looked(session, as_customer(row), 1)
    [visit] = found.visits
    assert (visit.council, visit.reason, visit.channel) == ("boston", "new_request", "phone")
    assert (visit.began_at, visit.ended_at) == (NOW, NOW + DAY)
    assert visit.done == (
        "Looked at the list of your requests",
        "Looked at your details",
        "Began a form for you",
        "Sent a form for you",
    )


def test_nobody_but_the_customer_sees_who_looked(database: Database) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW)
        _member, staff = an_agent(session, NOW)
        agent = helping(session, staff, row, NOW)
        for who in (agent, staff, Actor(ActorKind.RESIDENT, "f" * 64)):
            with pytest.raises(NotAllowed):
                looking.who_looked(session, who, 1)
        assert looking.who_looked(session, as_customer(a_customer(session, "Ben", NOW)), 1).visits == ()


def test_what_they_did_themselves_is_no_visit_and_long_lists_have_pages(database: Database) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW)
        mary = as_customer(row)
        _member, staff = an_agent(session, NOW)
        timeline.write_line(
            session, mary, "partnership", None, "profile_changed", "", NOW, customer_id=row.id
        )
        for number in range(23):
            at = NOW + number * DAY
            timeline.write_line(session, staff, "boston", None, "searched", "", at, customer_id=row.id)
        session.flush()
        first, second = (looking.who_looked(session, mary, number) for number in (1, 2))
    assert [len(page.visits) for page in (first, second)] == [20, 3]
    assert (first.pages, first.visits[0].began_at) == (2, NOW + 22 * DAY)
    assert first.visits[0].council == "boston"
    assert first.visits[0].done == ("Worked with your record",)
