"""The same few questions of each of several: read, refused one by one, added to and removed from."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms.kit.chosen import YesNo
from forms.kit.compile import PageForm, form_for
from forms.kit.contacts import Name
from forms.kit.dates import Date
from forms.kit.service import Page
from forms.kit.several import AddAnother
from tests.forms.kit.tried import NOW, asking

NAME = Name("name", "Full name", noun="The name", missing="Enter their full name")
BORN = Date(
    "born",
    "Date of birth",
    noun="Date of birth",
    missing="Enter their date of birth",
    optional=True,
    past=True,
)
PEOPLE = AddAnother(
    "people", "Who lives there?", each="Person", most=3, questions=(NAME, BORN), missing="Enter who"
)
NOBODY = AddAnother(
    "people",
    "Who else?",
    each="Person",
    least=0,
    most=3,
    optional=True,
    questions=(NAME, YesNo("old", "Old?")),
)


def form(question: AddAnother, typed: dict[str, str] | None, kept: Any = None) -> PageForm:
    """The page of the question, with what was typed."""
    answers = {} if kept is None else {"people": kept}
    posted = None if typed is None else MultiDict(typed)
    return form_for(Page("people", question), answers, posted, asking().lookups, now=NOW)


def typed(*names: str, **more: str) -> dict[str, str]:
    """Names typed for so many people."""
    told = {f"people-{number}-name": name for number, name in enumerate(names, 1)}
    return {
        "people-count": str(len(names)),
        **told,
        **{name.replace("_", "-"): text for name, text in more.items()},
    }


@pytest.mark.parametrize(
    "name", ["Ada Marsh", "Siobhán O’Neill-Smith", "Madonna", "李小龍", "\u00a0Ada\u00a0Marsh"]
)
def test_each_is_kept_with_its_answers(name: str) -> None:
    filled = form(PEOPLE, typed(name, "Ben", people_2_born_day="1 march 1990"))
    assert filled.validate()
    assert filled.read()["people"] == [
        {"name": " ".join(name.split()), "born": None},
        {"name": "Ben", "born": "1990-03-01"},
    ]


def test_what_is_wrong_says_with_which_one_beside_its_input() -> None:
    wrong = form(
        PEOPLE, typed("", "Ben", people_2_born_day="31", people_2_born_month="2", people_2_born_year="1990")
    )
    assert not wrong.validate()
    assert wrong.errors_in_order() == [
        ("people-1-name", "Person 1: Enter their full name"),
        ("people-2-born-day", "Person 2: Date of birth must be a real date"),
    ]


def test_one_that_is_wholly_blank_is_passed_over_beyond_the_least() -> None:
    filled = form(PEOPLE, typed("Ada", "", "Cy"))
    assert filled.validate()
    assert [each["name"] for each in filled.read()["people"]] == ["Ada", "Cy"]


def test_nobody_at_all_is_an_answer_where_it_is_optional() -> None:
    nobody = form(NOBODY, typed(""))
    assert nobody.validate()
    assert nobody.read() == {"people": None}


@pytest.mark.parametrize(
    ("count", "shown"), [("0", 1), ("2", 2), ("99", 3), ("-1", 1), ("x", 1), ("1e9", 1), ("", 1), ("٣", 1)]
)
def test_a_browser_cannot_ask_for_more_than_there_may_be(count: str, shown: int) -> None:
    field = form(PEOPLE, {"people-count": count})["people"]
    assert len(field.items) == shown


def test_one_more_comes_last_and_is_empty() -> None:
    again = form(PEOPLE, typed("Ada", "Ben")).rearranged("add:people")
    assert again is not None
    assert again["people-count"] == ["3"]
    assert (again["people-1-name"], again["people-2-name"]) == (["Ada"], ["Ben"])
    assert "people-3-name" not in again
    full = form(PEOPLE, typed("Ada", "Ben", "Cy")).rearranged("add:people")
    assert full is not None
    assert full["people-count"] == ["3"]


@pytest.mark.parametrize(
    ("number", "left"),
    [("1", ["Ben", "Cy"]), ("2", ["Ada", "Cy"]), ("3", ["Ada", "Ben"]), ("4", ["Ada", "Ben", "Cy"])],
)
def test_one_fewer_moves_up_those_behind_it(number: str, left: list[str]) -> None:
    again = form(PEOPLE, typed("Ada", "Ben", "Cy")).rearranged(f"remove:people:{number}")
    assert again is not None
    assert again["people-count"] == [str(len(left))]
    assert [again[f"people-{place}-name"][0] for place in range(1, len(left) + 1)] == left


@pytest.mark.parametrize(
    "pressed", ["", "add", "add:others", "remove:people", "remove:people:²", "remove:people:9999", "continue"]
)
def test_no_other_button_rearranges_anything(pressed: str) -> None:
    assert form(PEOPLE, typed("Ada")).rearranged(pressed) is None


def test_it_is_shown_a_line_for_each() -> None:
    kept = [{"name": "Ada", "born": "1990-03-01"}, {"name": "Ben", "born": None}]
    assert PEOPLE.lines(kept) == ("1. Ada, 1 March 1990", "2. Ben")


@pytest.mark.parametrize(
    "value",
    [
        [],
        [{}],
        [{"name": None, "born": None}],
        [{"name": "Ada", "born": "soon"}],
        "Ada",
        [{"name": "A"}] * 4,
        None,
    ],
)
def test_what_no_longer_answers_is_not_taken_as_kept(value: Any) -> None:
    assert not PEOPLE.accepts(value)


names = st.text(st.characters(categories=("L",)), min_size=1, max_size=20)
days = st.none() | st.dates(max_value=NOW.date()).filter(lambda day: day.year >= 1900).map(str)


@given(st.lists(st.fixed_dictionaries({"name": names, "born": days}), min_size=1, max_size=3))
def test_every_list_reads_back_the_same(kept: list[dict[str, Any]]) -> None:
    shown = form(PEOPLE, None, kept)
    again = form(PEOPLE, {name: texts[0] for name, texts in shown.typed().items()})
    assert again.validate()
    assert again.read()["people"] == kept
