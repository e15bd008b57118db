"""Looking after who looked: from lines of the record to what is worth a look, council by council."""

from datetime import UTC, date, datetime, timedelta

import pytest

from selfservice.database import Database
from selfservice.domain.figures import Period
from selfservice.domain.patterns import Pattern
from selfservice.domain.people import Actor, ActorKind, Channel, Role
from selfservice.domain.permissions import NotAllowed
from selfservice.operations import approving, assisting, contacts, finding, patterns
from selfservice.operations.assisting import Verified
from selfservice.operations.supervising import NotTheirs
from tests.factories.people import a_customer, a_member_of_staff, as_staff, help_customer

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
WEEK = Period(date(2026, 2, 24), date(2026, 3, 2))


def somebody(role: Role, *councils: str) -> Actor:
    return Actor(ActorKind.AGENT, "somebody", roles=frozenset((council, role) for council in councils))


SUPERVISOR = somebody(Role.SUPERVISOR, "boston")


def agent(session, name: str, *councils: str) -> Actor:
    roles = [(council, Role.AGENT) for council in councils or ("boston",)]
    email = f"{name.replace(' ', '.').lower()}@example.org"
    return as_staff(a_member_of_staff(session, name, MONDAY, email=email, roles=roles), roles)


def help_somebody(session, actor: Actor, customer, at: datetime, council: str = "boston") -> None:
    contact = contacts.start(session, actor, Channel.PHONE, council, at)
    help_customer(session, actor, customer, at, Verified())
    contacts.wrap_up(session, actor, contact, contacts.Outcome.ANSWERED, "", at + timedelta(minutes=2))


def test_what_is_found_is_by_the_agents_own_name_and_record_and_by_the_customers(
    each_database: Database,
) -> None:
    with each_database.write() as session:
        priya = agent(session, "Priya Vos")
        a_customer(session, "Priya Marsh", MONDAY, postcode="PE216QR", uprn="1", staff_id=priya.id)
        known = {"councils": ["boston"]}
        people = {
            "surname": a_customer(session, "Old Vos", MONDAY, **known),
            "own": a_customer(session, "Anna Marsh", MONDAY, **known),
            "postcode": a_customer(session, "Next Door", MONDAY, postcode="PE216QR", uprn="2", **known),
            "restricted": a_customer(session, "Well Known", MONDAY, restricted=True, **known),
            "nobody": a_customer(session, "Any Body", MONDAY, postcode="PE11AA", **known),
        }
        contacts.start(session, priya, Channel.PHONE, "boston", MONDAY)
        request = approving.ask(session, priya, people["restricted"].id, "They called", MONDAY)
        approving.decide(session, SUPERVISOR_OF(session), request, True, MONDAY)
        for each in people.values():
            help_somebody(session, priya, each, MONDAY)
        ids = {name: each.id for name, each in people.items()}
    with each_database.read() as session:
        told = patterns.review(session, SUPERVISOR, WEEK)
    assert {(each.pattern, each.customer_id) for each in told.found} == {
        (Pattern.SAME_SURNAME, ids["surname"]),
        (Pattern.SAME_SURNAME, ids["own"]),
        (Pattern.SAME_POSTCODE, ids["postcode"]),
        (Pattern.RESTRICTED, ids["restricted"]),
    }
    assert {each.staff_id for each in told.found} == {priya.id}
    assert told.names[priya.id] == "Priya Vos"
    assert told.accesses == 5
    assert len(told.sampled) == 1


def SUPERVISOR_OF(session) -> Actor:  # noqa: N802 - as the constant, but one who is a row
    member = a_member_of_staff(
        session, "Graham Example", MONDAY, email="graham@example.org", roles=[("boston", Role.SUPERVISOR)]
    )
    return Actor(ActorKind.AGENT, member.id, roles=frozenset({("boston", Role.SUPERVISOR)}))


def test_a_search_and_a_look_without_a_contact_are_told_at_the_councils_of_the_agent(
    each_database: Database,
) -> None:
    with each_database.write() as session:
        of_one, of_two = (
            agent(session, "One Example"),
            agent(session, "Two Example", "boston", "east-lindsey"),
        )
        john = a_customer(session, "John Canary", MONDAY, councils=["boston"])
        for actor in (of_one, of_two):
            for _ in range(3):
                finding.find(session, actor, "canary", MONDAY)
        contact = contacts.start(session, of_one, Channel.PHONE, "boston", MONDAY)
        finding.find(session, of_one, "canary", MONDAY, interaction_id=contact)
        assisting.note_view(session, of_one, "boston", "customer", MONDAY, customer_id=john.id)
    with each_database.read() as session:
        told = patterns.review(session, SUPERVISOR, WEEK)
        elsewhere = patterns.review(session, somebody(Role.AUDITOR, "east-lindsey"), WEEK)
        nowhere = patterns.review(session, somebody(Role.AUDITOR, "south-holland"), WEEK)
    assert sorted((each.pattern, each.staff_id, each.number, each.record) for each in told.found) == sorted(
        [
            (Pattern.NO_CONTACT, of_one.id, 3, "boston"),
            (Pattern.NO_CONTACT, of_two.id, 3, "partnership"),
        ]
    )
    assert [each.staff_id for each in elsewhere.found] == [of_two.id]
    assert (nowhere.found, nowhere.sampled, nowhere.names) == ((), (), {})
    assert [(each.what, each.reason, each.customer_id) for each in told.sampled] == [("viewed", "", john.id)]


def test_days_before_and_after_are_left_out_and_each_days_draw_is_the_same_again(
    database: Database,
) -> None:
    with database.write() as session:
        priya = agent(session, "Priya Example")
        people = [a_customer(session, f"Person No{n}", MONDAY, councils=["boston"]) for n in range(4)]
        for days in range(10):
            for each in people:
                help_somebody(session, priya, each, MONDAY - timedelta(days=days))
    with database.read() as session:
        first, again = (patterns.review(session, SUPERVISOR, WEEK) for _ in range(2))
        shorter = patterns.review(session, SUPERVISOR, Period(date(2026, 3, 1), date(2026, 3, 2)))
    assert first.sampled == again.sampled
    assert first.accesses == 28
    assert [each.at.day for each in first.sampled] == [2, 1, 28, 27, 26, 25, 24]
    assert shorter.sampled == first.sampled[:2]


def test_only_supervisors_and_auditors_look_after_who_looked(database: Database) -> None:
    with database.read() as session:
        for role in (Role.SERVICE_OWNER, Role.AGENT, Role.OPERATOR):
            with pytest.raises(NotAllowed):
                patterns.review(session, somebody(role, "boston"), WEEK)
        with pytest.raises(NotTheirs):
            patterns.review(session, SUPERVISOR, WEEK, "east-lindsey")
