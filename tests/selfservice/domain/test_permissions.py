"""Who may do what: residents their own, staff and back offices for their councils, and nobody all for another."""

import pytest

from selfservice.domain.people import PARTNERSHIP, SYSTEM, Actor, ActorKind, Role
from selfservice.domain.permissions import (
    NEVER_WHILE_ACTING,
    OF_ACCOUNTS,
    OF_MACHINES,
    OF_ROLES,
    OF_VISITORS,
    Action,
    Thing,
    may,
)

BOSTON = frozenset({"boston"})
VISITOR = Actor(ActorKind.RESIDENT, "somebody")
CUSTOMER = Actor(ActorKind.RESIDENT, "somebody", signed_in=True)


def staff(*roles: Role, on_behalf_of: str | None = None) -> Actor:
    return Actor(
        ActorKind.AGENT,
        "an agent",
        on_behalf_of=on_behalf_of,
        councils=BOSTON if Role.AGENT in roles else frozenset(),
        via="a session" if on_behalf_of else None,
        roles=frozenset(("boston", role) for role in roles),
    )


HELPING = staff(Role.AGENT, on_behalf_of="somebody")


def test_every_role_every_machine_and_every_action_is_decided() -> None:
    assert set(OF_ROLES) == set(Role)
    assert set(OF_MACHINES) == set(ActorKind) - {ActorKind.RESIDENT, ActorKind.AGENT}
    decided = OF_VISITORS.union(OF_ACCOUNTS, *OF_ROLES.values(), *OF_MACHINES.values())
    assert decided == set(Action)


def test_a_resident_may_use_every_council() -> None:
    assert may(VISITOR, Action.SUBMIT, Thing("boston"))
    assert may(VISITOR, Action.SUBMIT, Thing("south-holland"))
    assert not may(VISITOR, Action.TELL_NEWS, Thing("boston"))


@pytest.mark.parametrize("action", sorted(OF_ACCOUNTS))
def test_an_account_is_for_whoever_has_signed_in(action: Action) -> None:
    assert may(CUSTOMER, action, Thing(PARTNERSHIP, "somebody"))
    assert not may(CUSTOMER, action, Thing(PARTNERSHIP, "somebody else"))
    assert not may(VISITOR, action, Thing(PARTNERSHIP, "somebody"))


def test_a_back_office_tells_news_of_its_own_council_alone() -> None:
    office = Actor(ActorKind.BACK_OFFICE, "street-scene", councils=BOSTON)
    assert may(office, Action.TELL_NEWS, Thing("boston"))
    assert not may(office, Action.TELL_NEWS, Thing("south-holland"))
    assert not may(office, Action.SEE_PROGRESS, Thing("boston"))
    assert may(SYSTEM, Action.TELL_NEWS, Thing("boston"))


def test_what_is_one_persons_own_is_theirs_alone() -> None:
    assert may(VISITOR, Action.ASK, Thing("boston", "somebody"))
    assert not may(VISITOR, Action.ASK, Thing("boston", "somebody else"))


def test_an_agent_who_helps_does_what_the_customer_may_at_councils_they_work_for() -> None:
    assert may(HELPING, Action.SUBMIT, Thing("boston", "somebody"))
    assert not may(HELPING, Action.SUBMIT, Thing("south-holland", "somebody"))
    assert not may(HELPING, Action.SUBMIT, Thing("boston", "somebody else"))
    assert not may(HELPING, Action.SUBMIT, Thing("boston", "an agent"))
    assert may(HELPING, Action.CHANGE_PROFILE, Thing(PARTNERSHIP, "somebody"))


@pytest.mark.parametrize("action", sorted(NEVER_WHILE_ACTING))
def test_nobody_does_these_for_another_whatever_the_rights_of_both(action: Action) -> None:
    everything = staff(*Role, on_behalf_of="somebody")
    assert not may(everything, action, Thing(PARTNERSHIP, "somebody"))
    assert not may(everything, action, Thing("boston", "somebody"))


@pytest.mark.parametrize("action", sorted(OF_VISITORS - {Action.SEE_PROGRESS, Action.HAND_OVER}))
def test_staff_who_help_nobody_do_nothing_of_a_residents_in_their_own_name(action: Action) -> None:
    assert not may(staff(*Role), action, Thing("boston"))
    assert not may(staff(*Role), action, Thing("boston", "an agent"))


def test_a_role_counts_at_its_own_council_alone() -> None:
    supervisor = staff(Role.SUPERVISOR)
    assert may(supervisor, Action.SUPERVISE, Thing("boston"))
    assert not may(supervisor, Action.SUPERVISE, Thing("south-holland"))
    assert not may(supervisor, Action.ACT, Thing("boston"))
    assert not may(staff(Role.AGENT), Action.SUPERVISE, Thing("boston"))
    assert not may(staff(Role.AGENT), Action.APPROVE, Thing("boston"))
    assert not may(staff(), Action.FIND_CUSTOMER, Thing(PARTNERSHIP))


def test_a_supervisor_of_one_council_who_is_an_agent_of_another_acts_only_there() -> None:
    both = Actor(
        ActorKind.AGENT,
        "an agent",
        on_behalf_of="somebody",
        councils=frozenset({"east-lindsey"}),
        via="a session",
        roles=frozenset({("boston", Role.SUPERVISOR), ("east-lindsey", Role.AGENT)}),
    )
    assert not may(both, Action.SUBMIT, Thing("boston", "somebody"))
    assert may(both, Action.SUBMIT, Thing("east-lindsey", "somebody"))
