"""What cannot wait among requests, and where people are sent who need another service or nobody's form."""

from itertools import pairwise
from typing import Any

import pytest

from forms.catalogue import for_council
from forms.kit import journey
from forms.kit.service import Stop
from forms.services import complaint, homelessness, housing_repair
from selfservice.configuration import load_councils
from selfservice.settings import ROOT

COUNCILS = load_councils(ROOT / "config", {})


@pytest.mark.parametrize(
    ("answers", "urgent"),
    [
        ({"when": "now", "staying": "friends", "why": "asked"}, True),
        ({"when": "days", "staying": "friends", "why": "asked"}, False),
        ({"when": "later", "staying": "outside", "why": "other"}, True),
        ({"when": "weeks", "staying": "own", "why": "abuse"}, True),
        ({"when": "weeks", "staying": "rented", "why": "notice"}, False),
    ],
)
def test_nowhere_to_stay_tonight_is_urgent(answers: dict[str, Any], urgent: bool) -> None:
    assert homelessness.SERVICE.urgent_when
    assert homelessness.SERVICE.urgent_when.holds(answers) is urgent


def test_who_is_in_danger_is_told_to_call_999_before_anything_else() -> None:
    end = journey.path(homelessness.SERVICE, {"danger": "yes"})[-1]
    assert isinstance(end, Stop)
    assert end.title == "Call 999 now"
    assert homelessness.SERVICE.pages[1] is end


def test_nobody_without_a_home_is_turned_away_for_where_they_are() -> None:
    stops = [page.slug for page in homelessness.SERVICE.pages if isinstance(page, Stop)]
    assert stops == ["call-999"]


@pytest.mark.parametrize(
    ("cannot_wait", "urgent"), [("none", False), ("flood", True), ("no-heat", True), ("mould", True)]
)
def test_a_repair_that_cannot_wait_is_urgent(cannot_wait: str, urgent: bool) -> None:
    assert housing_repair.SERVICE.urgent_when
    assert housing_repair.SERVICE.urgent_when.holds({"cannot_wait": cannot_wait}) is urgent


@pytest.mark.parametrize(
    ("about", "ends"),
    [
        ("missed-bin", "not-emptied"),
        ("street", "in-the-street"),
        ("decision", "appeal"),
        ("policy", "policy"),
        ("councillor", "conduct"),
        ("neighbour", "neighbour"),
        ("staff", "for-whom"),
    ],
)
def test_a_complaint_that_another_way_deals_with_better_is_sent_there(about: str, ends: str) -> None:
    way = journey.path(complaint.SERVICE, {"kind": "complaint", "about": about})
    assert way[-1].slug == ends


def test_a_compliment_asks_neither_what_went_wrong_nor_what_would_put_it_right() -> None:
    given = {
        "kind": "compliment",
        "about": "missed-bin",
        "for_whom": "me",
        "team": "waste",
        "what": "Thank you",
    }
    slugs = [page.slug for page in journey.path(complaint.SERVICE, {**given, "when": None})]
    assert "put-right" not in slugs
    assert "not-emptied" not in slugs
    assert slugs[-1] == "proof"


@pytest.mark.parametrize("council", sorted(COUNCILS))
def test_every_service_that_advice_names_is_there(council: str) -> None:
    """Advice names our services in ‘quotes’: the council offers one that it calls so."""
    offered = for_council(COUNCILS[council])
    named = {
        (service.slug, words)
        for service in offered.values()
        for page in service.pages
        if isinstance(page, Stop)
        for line in page.guidance
        for words in _named(line)
    }
    titles = {service.title for service in offered.values()}
    assert ("complaint", "Contact my councillor") in named or "complaint" not in offered
    assert {(slug, words) for slug, words in named if words not in titles} == set()


def _named(line: str) -> list[str]:
    """What stands in quotes after "use" or "see"."""
    pieces = line.split("‘")
    found = []
    for before, quoted in pairwise(pieces):
        if before.rstrip().lower().endswith(("use", "use our", "see", " or", "such as")):
            found.append(quoted.partition("’")[0])
    return found
