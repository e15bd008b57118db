"""Which reports are dealt with first, and which must not be anonymous."""

from typing import Any

import pytest

from forms.catalogue import SERVICES

MUST_BE_KNOWN = ("noise", "planning-breach", "food-complaint", "smoke-or-smell")
MAY_BE_ANONYMOUS = (
    "litter",
    "dog-fouling",
    "graffiti",
    "needles",
    "abandoned-vehicle",
    "missed-bin",
    "pothole",
)


@pytest.mark.parametrize(
    ("slug", "answers", "urgent"),
    [
        ("graffiti", {"offensive": "no"}, False),
        ("graffiti", {"offensive": "hate"}, True),
        ("fly-posting", {"offensive": "yes"}, True),
        ("fly-posting", {"offensive": "no"}, False),
        ("needles", {"how_many": "one"}, True),
        ("dog-fouling", {"there": "yes", "land": "playground"}, True),
        ("dog-fouling", {"there": "yes", "land": "grass"}, False),
        ("dog-fouling", {"there": "no", "land": "playground"}, False),
        ("litter", {"harm": "yes", "what": ["glass"]}, True),
        ("litter", {"harm": "no", "what": ["glass"]}, False),
        ("dead-animal", {"danger": "yes", "animal": "fox"}, True),
        ("dead-animal", {"danger": "no", "animal": "fox"}, False),
        ("stray-dog", {"where_now": "held", "hurt": "no"}, True),
        ("stray-dog", {"where_now": "seen", "hurt": "no"}, False),
        ("dangerous-structure", {"below": "public", "wrong": ["leaning"]}, True),
        ("dangerous-structure", {"below": "own", "wrong": ["leaning"]}, False),
        ("food-complaint", {"what": "ill"}, True),
        ("food-complaint", {"what": "mouldy"}, False),
        ("street-light", {"wrong": "wires"}, True),
        ("street-light", {"wrong": "out"}, False),
        ("blocked-drain", {"what": "gully", "home": "yes", "danger": "no"}, True),
        ("blocked-drain", {"what": "gully", "home": "no", "danger": "no"}, False),
    ],
)
def test_what_can_hurt_somebody_or_offends_comes_first(
    slug: str, answers: dict[str, Any], urgent: bool
) -> None:
    condition = SERVICES[slug].urgent_when
    assert condition
    assert condition.holds(answers) is urgent


@pytest.mark.parametrize("slug", [*MUST_BE_KNOWN, *MAY_BE_ANONYMOUS])
def test_a_complaint_about_somebody_is_never_anonymous_and_other_reports_may_be(slug: str) -> None:
    name = next(question for question in SERVICES[slug].questions() if question.id == "name")
    assert name.required({}) is (slug in MUST_BE_KNOWN)


def test_who_holds_a_stray_dog_must_be_reachable() -> None:
    name = next(question for question in SERVICES["stray-dog"].questions() if question.id == "name")
    assert name.required({"where_now": "held"})
    assert not name.required({"where_now": "seen"})
