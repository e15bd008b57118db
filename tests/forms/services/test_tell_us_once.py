"""To whom tell us once and moving home go: by where the addresses lie, what somebody has, and whose page it was."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from forms.catalogue import SERVICES
from forms.completing import complete, destination
from forms.kit import journey
from forms.kit.conditions import Answers
from selfservice.domain.submission import Completed
from tests.forms.councils import COUNCILS as BARE

DEPARTMENTS = ("revenues", "benefits", "waste", "housing", "parking", "democratic-services")
COUNCILS = {
    slug: replace(council, routes={each: each for each in DEPARTMENTS}) for slug, council in BARE.items()
}
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
TELL, MOVE = SERVICES["tell-us-once"], SERVICES["moving-home"]


def address(council: str | None) -> dict[str, Any]:
    """An address in the area of a council; None is outside them all."""
    [found] = [one for one in TELL.pages[1].questions[0].examples((council,)) if one["council"] == council][
        :1
    ]
    return {**found, "authority": None if council else "North Kesteven District Council"}


def answers(old: str | None, new: str | None, **changes: Any) -> Answers:
    """A move from one council to another by somebody alone, who has nothing from either."""
    return {
        "changed": ["moved"],
        "old_address": address(old),
        "new_address": address(new),
        "moved_out": "2026-06-01",
        "moved_in": "2026-06-02",
        "new_home": "own",
        "moving": None,
        "only_adult": "yes",
        "benefits": "no",
        "have": ["none"],
        "bins": "no",
        "account": None,
        "name": "Ada Marsh",
        "email": "ada@example.org",
        "phone": None,
        "declaration": "agreed",
        **changes,
    }


def told(given: Answers, page: str = "boston") -> Completed:
    return complete(TELL, COUNCILS[page], COUNCILS, given, NOW, frozenset())


def parts(given: Answers, page: str = "boston") -> list[tuple[str, str]]:
    return [(part.council, part.title) for part in told(given, page).deliver]


def test_a_move_is_told_to_council_tax_and_electoral_register_of_both_councils() -> None:
    assert parts(answers("boston", "south-holland")) == [
        ("boston", "Council tax"),
        ("south-holland", "Council tax"),
        ("boston", "Electoral register"),
        ("south-holland", "Electoral register"),
    ]


def test_within_one_council_each_service_hears_once() -> None:
    have = ["assisted", "tenant", "parking"]
    assert parts(answers("boston", "boston", benefits="yes", have=have)) == [
        ("boston", title)
        for title in ("Council tax", "Benefits", "Bins", "Housing", "Parking permit", "Electoral register")
    ]


def test_only_the_new_council_hears_of_bins_that_are_wanted() -> None:
    found = parts(answers("boston", "south-holland", bins="yes"))
    assert ("south-holland", "Bins") in found
    assert ("boston", "Bins") not in found


def test_a_change_at_home_is_told_to_its_own_council_alone() -> None:
    joined = [{"full_name": "Sam Marsh", "joins": "2026-06-01"}]
    given = answers("south-holland", None, changed=["joined"], joining=joined)
    given = {name: value for name, value in given.items() if name != "new_address"}
    assert {council for council, _ in parts(given)} == {"south-holland"}


@pytest.mark.parametrize(
    ("old", "new", "page", "whose"),
    [
        ("boston", "south-holland", "boston", "boston"),
        ("boston", "south-holland", "south-holland", "south-holland"),
        ("boston", "boston", "south-holland", "boston"),
        (None, "south-holland", "boston", "south-holland"),
    ],
)
def test_it_is_kept_by_a_council_that_it_concerns(old: str | None, new: str, page: str, whose: str) -> None:
    given = answers(old, new)
    assert told(given, page).council == whose
    assert destination(TELL, COUNCILS[page], COUNCILS, given).slug == whose


def test_where_one_address_is_elsewhere_the_person_is_told_to_tell_that_council() -> None:
    slugs = [page.slug for page in journey.path(TELL, answers(None, "boston"))]
    assert "old-council" in slugs
    assert "new-council" not in slugs
    slugs = [page.slug for page in journey.path(TELL, answers("boston", None))]
    assert "new-council" in slugs
    assert {council for council, _ in parts(answers("boston", None))} == {"boston"}


@pytest.mark.parametrize("changed", [["moved"], ["joined"]])
def test_what_concerns_no_council_here_ends_with_advice(changed: list[str]) -> None:
    way = journey.walk(TELL, answers(None, None, changed=changed))
    assert way.ends_at == ("both-outside" if changed == ["moved"] else "outside")


def test_moving_home_is_told_to_the_revenues_of_both_councils() -> None:
    given = {
        **answers("boston", "south-holland"),
        "old_home": "kept",
        "old_furnished": "empty",
        "who_is_there": "nobody",
        "who_is_there_name": None,
        "new_completion": "2026-06-02",
        "new_furnished": "empty",
        "who_was_there": None,
        "people": None,
        "single_discount": "yes",
        "direct_debit": "same",
    }
    found = complete(MOVE, COUNCILS["boston"], COUNCILS, given, NOW, frozenset())
    assert [(part.council, part.service_code) for part in found.deliver] == [
        ("boston", "CTAXMOVE"),
        ("south-holland", "CTAXMOVE"),
    ]
