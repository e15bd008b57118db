"""Finding customers: by whatever they can tell, at once, masked, and by nobody whom it does not concern."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from selfservice.database import Database
from selfservice.domain.case import Contact
from selfservice.domain.people import PARTNERSHIP, Actor, ActorKind, Channel, Role
from selfservice.domain.permissions import NotAllowed
from selfservice.links import Links
from selfservice.operations import finding
from selfservice.operations.finding import Found, How
from selfservice.store.customers import CustomerCouncilRow, CustomerRow, OwnedSubmissionRow
from selfservice.store.staff import StaffRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.people import a_customer, a_member_of_staff, an_account, as_staff
from tests.factories.submitted import NOW, RESIDENT, a_submission, completed
from tests.factories.submitted import settings as settings_of

AGENT = as_staff(StaffRow(id="an-agent"), [("boston", Role.AGENT)])
PEOPLE: dict[str, dict[str, Any]] = {
    "Siobhán O’Neill-Smith": {
        "phone": "+447700900123",
        "other_phone": "+441632960456",
        "email": "siobhan.oneill@example.org",
        "postcode": "PE218QR",
        "uprn": "100030123456",
        "date_of_birth": date(1962, 4, 3),
    },
    "William Brown": {"postcode": "PE218QR", "uprn": "200030123456", "email": "bw_mail@example.org"},
    "Elizabeth Anne Carter": {"postcode": "PE219AB", "phone": "+447700900777"},
    "Małgorzata Wiśniewska": {"postcode": "LN119ZZ", "phone": "+447700900778"},
    "Mary Smith": {"postcode": "PE201AA", "phone": "+447700900779"},
    "Flora MacDonald": {},
}


FIRST = [
    ("Siobhán O’Neill-Smith", "Siobhán O’Neill-Smith", How.NAME),
    ("smith siobhan oneill", "Siobhán O’Neill-Smith", How.NAME),
    ("o'neill", "Siobhán O’Neill-Smith", How.NAME),
    ("siobahn oneil", "Siobhán O’Neill-Smith", How.NAME_LIKE),
    ("malgorzata wisniewska", "Małgorzata Wiśniewska", How.NAME),
    ("gosia wisniewska", "Małgorzata Wiśniewska", How.NICKNAME),
    ("wisniew", "Małgorzata Wiśniewska", How.NAME_PART),
    ("bill brown", "William Brown", How.NICKNAME),
    ("brwon", "William Brown", How.NAME_LIKE),
    ("mr w brown", "William Brown", How.NAME_PART),
    ("liz carter", "Elizabeth Anne Carter", How.NICKNAME),
    ("mac donald", "Flora MacDonald", How.NICKNAME),
    ("elizabeth jane carter", "Elizabeth Anne Carter", How.NAME_LIKE),
    ("wisnieska malgorata", "Małgorzata Wiśniewska", How.NAME_LIKE),
    ("visnyevska malgorzata", "Małgorzata Wiśniewska", How.NAME_LIKE),
    ("07700 900 123", "Siobhán O’Neill-Smith", How.PHONE),
    ("+44 (0)7700 900123", "Siobhán O’Neill-Smith", How.PHONE),
    ("0044 7700 900123", "Siobhán O’Neill-Smith", How.PHONE),
    ("01632 960456", "Siobhán O’Neill-Smith", How.PHONE),
    ("960456", "Siobhán O’Neill-Smith", How.PHONE),
    ("siobhan.oneill@example.org", "Siobhán O’Neill-Smith", How.EMAIL),
    ("BW_M", "William Brown", How.EMAIL_BEGINNING),
    ("bw_mail@", "William Brown", How.EMAIL_BEGINNING),
    ("pe20 1aa", "Mary Smith", How.POSTCODE),
    ("PE2 01AA", "Mary Smith", How.POSTCODE),
    ("ln11", "Małgorzata Wiśniewska", How.POSTCODE_BEGINNING),
    ("100030123456", "Siobhán O’Neill-Smith", How.UPRN),
    ("00100030123456", "Siobhán O’Neill-Smith", How.UPRN),
    ("brown pe21 8qr", "William Brown", How.EVERYTHING),
    ("pe218qr bill browne", "William Brown", How.EVERYTHING),
    ("smith pe21 8qr 07700 900123", "Siobhán O’Neill-Smith", How.EVERYTHING),
    ("mary smith pe20", "Mary Smith", How.EVERYTHING),
    ("mary smith pe20 1ab", "Mary Smith", How.NAME),
    ("green 07700 900779", "Mary Smith", How.PHONE),
]


@pytest.fixture
def people(each_database: Database) -> Database:
    """A database with some people who are known to Boston."""
    with each_database.write() as session:
        for name, columns in PEOPLE.items():
            a_customer(session, name, NOW, councils=["boston"], **columns)
    return each_database


def found(database: Database, query: str, actor: Actor = AGENT, **more: Any) -> list[Found]:
    with database.write() as session:
        return finding.find(session, actor, query, NOW, **more)


def names(database: Database, query: str, actor: Actor = AGENT) -> list[str]:
    return [each.name for each in found(database, query, actor)]


def test_somebody_is_found_first_by_what_they_can_tell(people: Database) -> None:
    firsts = [(query, found(people, query)[0]) for query, _, _ in FIRST]
    assert [(query, first.name, first.how) for query, first in firsts] == FIRST


def test_who_fits_hides_who_fits_in_part(people: Database) -> None:
    assert names(people, "brown pe21 8qr") == ["William Brown"]
    assert names(people, "smith pe20 1aa") == ["Mary Smith"]


def test_of_a_name_and_a_postcode_that_do_not_go_togetherboth_databases_are_shown(people: Database) -> None:
    shown = found(people, "wisniewska pe20 1aa")
    assert {(each.name, each.how) for each in shown} == {
        ("Mary Smith", How.POSTCODE),
        ("Małgorzata Wiśniewska", How.NAME),
    }


def test_the_name_that_is_written_so_comes_before_those_like_it(people: Database) -> None:
    with people.write() as session:
        for name in ("Mary Smyth", "Marie Smith", "Mary Ann Smith"):
            a_customer(session, name, NOW, councils=["boston"])
    assert names(people, "mary smith") == ["Mary Smith", "Mary Ann Smith", "Marie Smith", "Mary Smyth"]


def test_nobody_is_found_by_what_is_nobody_s(people: Database) -> None:
    for query in ("nobody at all", "zz99 9zz", "01632 960999", "nobody@example.org", "", " , "):
        assert found(people, query) == [], query


def test_what_is_shown_is_masked(people: Database) -> None:
    (shown,) = found(people, "07700 900123")
    assert (shown.postcode, shown.born, shown.phone_end) == ("PE21", "••/••/1962", "123")
    assert (shown.has_account, shown.restricted, shown.submission_id) == (False, False, None)
    assert found(people, "01632 960456")[0].phone_end == "456"
    nothing_known = found(people, "flora macdonald")[0]
    assert (nothing_known.postcode, nothing_known.born, nothing_known.phone_end) == ("", "", "")


def test_of_a_restricted_record_the_name_alone_is_shown(people: Database) -> None:
    with people.write() as session:
        session.execute(
            sa.update(CustomerRow).where(CustomerRow.name == "Mary Smith").values(restricted=True)
        )
    (shown,) = found(people, "mary smith pe20 1aa")
    assert shown.restricted
    assert (shown.postcode, shown.born, shown.phone_end) == ("", "", "")


def test_an_account_is_told_and_its_own_addresses_lead_to_its_customer(people: Database) -> None:
    with people.write() as session:
        row = a_customer(session, "Fern Sample", NOW, councils=["boston"])
        an_account(session, row, NOW, email="signs.in@example.org", phone="+447700900444")
    for query, how in (
        ("signs.in@example.org", How.EMAIL), ("07700 900444", How.PHONE), ("fern sample", How.NAME),
    ):  # fmt: skip
        (shown,) = found(people, query)
        assert (shown.name, shown.has_account, shown.how) == ("Fern Sample", True, how)


def test_agents_find_the_customers_of_their_councils_and_those_of_none(people: Database) -> None:
    elsewhere = as_staff(StaffRow(id="another"), [("east-lindsey", Role.AGENT)])
    assert found(people, "mary smith", elsewhere) == []
    assert found(people, "07700 900779", elsewhere) == []
    assert found(people, "mary smith pe20 1aa", elsewhere) == []
    with people.write() as session:
        session.execute(sa.delete(CustomerCouncilRow))
    assert names(people, "mary smith", elsewhere) == ["Mary Smith"]
    with people.write() as session:
        of = session.scalars(sa.select(CustomerRow.id).where(CustomerRow.name == "Mary Smith")).one()
        session.add_all(
            CustomerCouncilRow(customer_id=of, council=each, since=NOW) for each in ("boston", "east-lindsey")
        )
    assert names(people, "mary smith", elsewhere) == ["Mary Smith"]
    assert names(people, "mary smith") == ["Mary Smith"]


def test_only_agents_may_search(people: Database) -> None:
    for actor in (
        RESIDENT,
        replace(RESIDENT, signed_in=True),
        Actor(ActorKind.AGENT, "s", Channel.PHONE, councils=frozenset({"boston"})),
        replace(AGENT, roles=frozenset({("boston", Role.SUPERVISOR), ("boston", Role.AUDITOR)})),
        replace(AGENT, councils=frozenset()),
    ):
        with pytest.raises(NotAllowed):
            found(people, "mary smith", actor)


def test_neither_staff_nor_the_forgotten_are_found(people: Database) -> None:
    with people.write() as session:
        member = a_member_of_staff(session, "Mary Smith", NOW, email="m@example.org", roles=[])
        of_staff = a_customer(
            session, "Mary Smith", NOW, councils=["boston"], staff_id=member.id, phone="+447700900555"
        )
        gone = a_customer(session, "Mary Smith", NOW, councils=["boston"], forgotten_at=NOW)
    hidden = {of_staff.id, gone.id}
    for query in ("mary smith", "smith", "07700 900555", "mary smith pe20 1aa"):
        assert not hidden & {each.customer_id for each in found(people, query)}, query


def test_a_customer_is_found_as_soon_as_they_are_there(people: Database) -> None:
    assert found(people, "quillfeather") == []
    with people.write() as session:
        a_customer(session, "Ada Quillfeather", NOW, councils=["boston"])
    assert names(people, "quilfeather") == ["Ada Quillfeather"]


def test_twenty_are_shown_at_most_and_fewer_where_fewer_are_asked_for(people: Database) -> None:
    with people.write() as session:
        for number in range(30):
            a_customer(session, "Jo Bloggs", NOW + timedelta(minutes=number), councils=["boston"])
    assert len(found(people, "jo bloggs")) == 20
    assert len(found(people, "jo bloggs", limit=3)) == 3
    assert len(found(people, "jo bloggs", limit=500)) == 20


@pytest.fixture
def links(tmp_path_factory: pytest.TempPathFactory) -> Links:
    return Links(settings_of(tmp_path_factory.mktemp("home")))


def test_a_reference_leads_to_whoever_it_belongs_to(people: Database, links: Links) -> None:
    with people.write() as session:
        sent = a_submission(session, links)
        of = session.scalars(sa.select(CustomerRow.id).where(CustomerRow.name == "Mary Smith")).one()
        session.add(
            OwnedSubmissionRow(
                submission_id=sent.submission_id, customer_id=of, council="boston", how="claimed", since=NOW
            )
        )
    for query in (sent.reference, sent.reference.lower().replace("-", " "), _misread(sent.reference)):
        (shown,) = found(people, query)
        assert (shown.name, shown.how) == ("Mary Smith", How.REFERENCE)
        assert shown.submission_id == sent.submission_id


def _misread(reference: str) -> str:
    prefix, drawn = reference.split("-", 1)
    return f"{prefix} {drawn.translate(str.maketrans({'0': 'O', '1': 'I', '5': 'S', 'V': 'U'}))}"


def test_what_was_sent_without_an_account_is_shown_as_that(people: Database, links: Links) -> None:
    with people.write() as session:
        sent = a_submission(
            session, links, completed(contact=Contact("Sam Carter", "sam@example.org", "+447700900321"))
        )
    (shown,) = found(people, sent.reference)
    assert shown == Found(
        customer_id=None,
        name="Sam Carter",
        postcode="PE21",
        born="",
        how=How.WITHOUT_ACCOUNT,
        has_account=False,
        restricted=False,
        phone_end="321",
        submission_id=sent.submission_id,
    )
    elsewhere = as_staff(StaffRow(id="another"), [("east-lindsey", Role.AGENT)])
    assert found(people, sent.reference, elsewhere) == []


def test_the_reference_of_somebody_who_was_forgotten_leads_to_nobody(people: Database, links: Links) -> None:
    with people.write() as session:
        sent = a_submission(session, links)
        gone = a_customer(session, "", NOW, forgotten_at=NOW)
        session.add(
            OwnedSubmissionRow(
                submission_id=sent.submission_id, customer_id=gone.id, council="boston", how="sent", since=NOW
            )
        )
    assert found(people, sent.reference) == []


def test_every_search_is_a_line_of_the_record_that_says_by_what_but_not_for_whom(people: Database) -> None:
    found(people, "brown pe21 8qr", interaction_id="a-contact")
    both = as_staff(StaffRow(id="an-agent"), [("boston", Role.AGENT), ("east-lindsey", Role.AGENT)])
    found(people, "01632 960999", both)
    with people.read() as session:
        lines = session.scalars(sa.select(TimelineEventRow).order_by(TimelineEventRow.id)).all()
    told = {(each.council, each.what, each.actor_id, each.interaction_id) for each in lines}
    assert told == {
        ("boston", "searched", "an-agent", "a-contact"),
        (PARTNERSHIP, "searched", "an-agent", None),
    }
    details = [each.detail for each in lines]
    assert {"by": ["name", "postcode"], "found": 1} in details
    assert {"by": ["number"], "found": 0} in details


HOSTILE = [
    "%", "_", "%%%%", "__ __", "\\", "'; DROP TABLE customers; --", "\x00", "smith\x00", "\ud800smith", "@", "@@@@",
    "=smith", "^s", "a" * 100_000, "smith " * 1_000, "0" * 5_000, "+" * 300, "(" * 300, "ﷺ" * 200, "a " * 1_000,
    "1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1", "p e 2 1 8 q r " * 40,
]  # fmt: skip


def test_hostile_queries_are_harmless_and_quick(people: Database) -> None:
    for query in HOSTILE:
        with people.write() as session, counted(session) as statements:
            finding.find(session, AGENT, query, NOW)
            assert len(statements) <= 3, query[:40]
    assert names(people, "mary smith") == ["Mary Smith"]


def test_signs_that_mean_something_to_the_database_are_just_signs(people: Database) -> None:
    assert found(people, "brown%") == found(people, "brown")
    assert found(people, "bwxmail@") == []  # where "_" would be any sign
    assert found(people, "%@example.org") == []


class counted:  # noqa: N801 - read as a word: "with counted(session) as statements"
    """The statements that a session sends meanwhile."""

    def __init__(self, session: Session) -> None:
        self.engine, self.sent = session.get_bind(), []  # type: ignore[var-annotated]

    def __enter__(self) -> list[str]:
        sa.event.listen(self.engine, "before_cursor_execute", self._note)
        return self.sent

    def __exit__(self, *_: object) -> None:
        sa.event.remove(self.engine, "before_cursor_execute", self._note)

    def _note(self, _c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self.sent.append(statement)


WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=10)


@settings(max_examples=15)
@given(words=st.lists(WORD, min_size=2, max_size=3, unique=True), data=st.data())
def test_anybody_is_found_by_their_name_with_one_letter_wrong(
    both_databases: list[Database], words: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    at = data.draw(st.integers(0, len(words[place]) - 2))
    word = words[place]
    wrong = data.draw(
        st.sampled_from([word[:at] + word[at + 1] + word[at] + word[at + 2 :], word[:at] + word[at + 1 :]])
    )
    typed = " ".join([*words[:place], wrong, *words[place + 1 :]])
    for database in both_databases:
        with database.write() as session:
            row = a_customer(session, " ".join(words).title(), NOW, councils=["boston"])
            shown = finding.find(session, AGENT, typed, NOW)
            assert row.id in [each.customer_id for each in shown]
            session.rollback()


@pytest.fixture(scope="module")
def both_databases(_sqlite: Database, _postgres: Database) -> list[Database]:
    return [_sqlite, _postgres]
