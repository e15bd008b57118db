"""Who may do what: residents everywhere, staff and back offices only for the councils that they work for."""

import pytest

from selfservice.domain.people import SYSTEM, Actor, ActorKind
from selfservice.domain.permissions import ALLOWED, Action, may

BOSTON = frozenset({"boston"})


def test_every_kind_of_actor_and_every_action_is_decided() -> None:
    assert set(ALLOWED) == set(ActorKind)
    assert set().union(*ALLOWED.values()) == set(Action)


def test_a_resident_may_use_every_council() -> None:
    resident = Actor(ActorKind.RESIDENT, "somebody")
    assert may(resident, Action.SUBMIT, "boston")
    assert may(resident, Action.SUBMIT, "south-holland")
    assert not may(resident, Action.TELL_NEWS, "boston")


@pytest.mark.parametrize(
    ("kind", "action"), [(ActorKind.AGENT, Action.SUBMIT), (ActorKind.BACK_OFFICE, Action.TELL_NEWS)]
)
def test_others_may_act_only_for_their_councils(kind: ActorKind, action: Action) -> None:
    actor = Actor(kind, "one of them", councils=BOSTON)
    assert may(actor, action, "boston")
    assert not may(actor, action, "south-holland")
    assert not may(Actor(kind, "of none"), action, "boston")


def test_a_back_office_may_not_see_what_customers_see() -> None:
    assert not may(
        Actor(ActorKind.BACK_OFFICE, "street-scene", councils=BOSTON), Action.SEE_PROGRESS, "boston"
    )
    assert may(SYSTEM, Action.TELL_NEWS, "boston")


def test_what_is_one_persons_own_is_theirs_alone() -> None:
    resident = Actor(ActorKind.RESIDENT, "somebody")
    assert may(resident, Action.ASK, "boston", "somebody")
    assert not may(resident, Action.ASK, "boston", "somebody else")
    agent = Actor(ActorKind.AGENT, "an agent", on_behalf_of="somebody", councils=BOSTON)
    assert may(agent, Action.ASK, "boston", "somebody")
    assert not may(agent, Action.ASK, "boston", "an agent")
