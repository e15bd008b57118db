"""What a council says differently is told by its key, whatever part of the declaration it is."""

from dataclasses import fields, replace
from typing import Any

import pytest

from forms.catalogue import SERVICES
from forms.kit.differences import Difference, differences
from forms.kit.overrides import overridden
from forms.kit.service import Price, Service

FLY_TIPPING = SERVICES["fly-tipping"]


def told(own: dict[str, Any], service: Service = FLY_TIPPING) -> list[str]:
    here, mistakes = overridden(service, own)
    assert mistakes == []
    return [difference.words for difference in differences(service, here)]


@pytest.mark.parametrize("slug", sorted(SERVICES))
def test_a_council_without_words_of_its_own_differs_in_nothing(slug: str) -> None:
    assert told({}, SERVICES[slug]) == []


@pytest.mark.parametrize(
    ("own", "words"),
    [
        (
            {"title": "Tell us about fly-tipping"},
            "title: ‘Report fly-tipping’ → ‘Tell us about fly-tipping’",
        ),
        ({"resolve_days": 3}, "promise.resolve.days: 5 → 3"),
        ({"duplicates": {"metres": 80}}, "duplicates.metres: 50 → 80"),
        ({"start": {"minutes": 7}}, "start.minutes: 5 → 7"),
        (
            {"questions": {"road": {"label": "Can traffic pass?"}}},
            "questions.road.label: ‘Is it blocking the road?’ → ‘Can traffic pass?’",
        ),
        (
            {"questions": {"land": {"choice_labels": {"railway": "By a railway"}}}},
            "questions.land.choices.railway.label: ‘Railway’ → ‘By a railway’",
        ),
        ({"pages": {"who": {"title": "Who was it?"}}}, "pages.who.title: ‘What you saw’ → ‘Who was it?’"),
        ({"by_phone": "We ring you"}, "by_phone: nothing → ‘We ring you’"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_each_thing_that_a_council_may_change_is_told(own: dict[str, Any], words: str) -> None:
    assert told(own) == [words]


def test_choices_left_out_or_moved_are_told_once() -> None:
    assert told({"questions": {"road": {"choices": ["no", "yes"]}}}) == [
        "questions.road.choices: yes; no → no; yes"
    ]
    [left_out] = told({"questions": {"size": {"choices": ["single-item", "car-boot"]}}})
    assert left_out.endswith("→ single-item; car-boot")


def test_a_price_is_told_in_pounds() -> None:
    priced = replace(FLY_TIPPING, prices=(Price("first", "The first", 4_200), Price("more", "Each more", 0)))
    assert told({"prices": {"first": 50}}, priced) == ["prices.first.pence: £42.00 → £50.00"]


def test_every_field_of_a_service_is_compared() -> None:
    """A field that is added to services is compared by being there."""
    for field in fields(Service):
        changed = replace(FLY_TIPPING)
        object.__setattr__(changed, field.name, "something else")
        found = differences(FLY_TIPPING, changed)
        assert [difference.key.split(".")[0] for difference in found] == [field.name]


def test_a_part_that_is_not_there_is_nothing() -> None:
    gone = replace(FLY_TIPPING, duplicates=None)
    [difference] = differences(FLY_TIPPING, gone)
    assert difference.key == "duplicates"
    assert difference.words.endswith("→ nothing")
    assert Difference("duty.forwarded", False, True).words == "duty.forwarded: no → yes"
