"""Conditions: what they hold of, what they look at, and how they read."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.kit.comparing import Before, MoreThan
from forms.kit.conditions import Answered, AnswerTo, Condition, Includes, Is, IsNot, Mention, OneOf, Ticked
from forms.kit.whereabouts import InArea, OutsidePartnership


class Plainly:
    """Calls everything by its id."""

    def question(self, question: str) -> str:
        return question

    def value(self, question: str, value: object) -> str:
        return str(value)


ANSWERS: dict[str, Any] = {
    "land": "road",
    "other_land": "road",
    "what": ["tyres", "asbestos"],
    "bins": 3,
    "people": 2,
    "out": "2026-03-31",
    "in": {"date": "2026-04-01", "time": "noon"},
    "place": {"council": "boston"},
    "away": {"council": None},
    "blank": None,
    "photos": [],
}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (Is("land", "road"), True),
        (Is("land", "field"), False),
        (Is("land", AnswerTo("other_land")), True),
        (Is("land", AnswerTo("blank")), False),
        (Is("blank", AnswerTo("blank")), False),
        (Is("never", "road"), False),
        (IsNot("land", "field"), True),
        (IsNot("never", "field"), True),
        (OneOf("land", "field", "road"), True),
        (OneOf("blank", "field"), False),
        (Includes("what", "asbestos"), True),
        (Includes("what", "green", "tyres"), True),
        (Includes("what", "green"), False),
        (Includes("blank", "green"), False),
        (Ticked("what", 2), True),
        (Ticked("what", 3), False),
        (Ticked("blank", 1), False),
        (Ticked("never", 1), False),
        (Answered("land"), True),
        (Answered("blank"), False),
        (Answered("photos"), False),
        (Answered("never"), False),
        (MoreThan("bins", 2), True),
        (MoreThan("bins", 3), False),
        (MoreThan("bins", AnswerTo("people")), True),
        (MoreThan("people", AnswerTo("bins")), False),
        (MoreThan("blank", 2), False),
        (MoreThan("bins", AnswerTo("blank")), False),
        (Before("out", date(2026, 4, 1)), True),
        (Before("out", date(2026, 3, 31)), False),
        (Before("out", AnswerTo("in")), True),
        (Before("in", AnswerTo("out")), False),
        (Before("blank", date(2026, 4, 1)), False),
        (InArea("place", "boston"), True),
        (InArea("place", "east-lindsey"), False),
        (InArea("blank", "boston"), False),
        (OutsidePartnership("away"), True),
        (OutsidePartnership("place"), False),
        (OutsidePartnership("never"), False),
        (Is("land", "road") & Answered("bins"), True),
        (Is("land", "road") & Answered("blank"), False),
        (Is("land", "field") | Answered("bins"), True),
        (~Is("land", "road"), False),
    ],
)
def test_a_condition_holds_of_the_answers(condition: Condition, holds: bool) -> None:
    assert condition.holds(ANSWERS) is holds


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Is("land", "road"), "land is road"),
        (IsNot("land", "road"), "not (land is road)"),
        (OneOf("land", "road", "field"), "land is road or field"),
        (Includes("what", "tyres"), "what includes tyres"),
        (Ticked("what", 2), "what has 2 or more ticked"),
        (Answered("land"), "land is answered"),
        (MoreThan("bins", AnswerTo("people")), "bins is more than the answer to people"),
        (Before("out", date(2026, 4, 1)), "out is before 2026-04-01"),
        (InArea("place", "boston"), "place is in boston"),
        (OutsidePartnership("place"), "place is outside the partnership"),
        ((Is("a", "x") | Is("b", "y")) & Is("c", "z"), "(a is x; or b is y) and c is z"),
        (Is("a", "x") & Is("b", "y") | Is("c", "z"), "a is x and b is y; or c is z"),
    ],
)
def test_a_condition_prints_itself_in_words(condition: Condition, words: str) -> None:
    assert condition.words(Plainly()) == words


def test_a_condition_says_what_it_looks_at() -> None:
    condition = (Is("land", "road") | ~Includes("what", "tyres")) & Before("out", AnswerTo("in"))
    assert condition.mentions() == (
        Mention("land", "choice", ("road",)),
        Mention("what", "choices", ("tyres",)),
        Mention("out", "date"),
        Mention("in", "date"),
    )


ATOMS = st.builds(Is, st.sampled_from("abc"), st.sampled_from("xyz")) | st.builds(
    Answered, st.sampled_from("abc")
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: (
        st.builds(lambda a, b: a & b, inner, inner)
        | st.builds(lambda a, b: a | b, inner, inner)
        | st.builds(lambda a: ~a, inner)
    ),
    max_leaves=8,
)
SOME_ANSWERS = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["x", "y", "z", None]))


@given(CONDITIONS, CONDITIONS, SOME_ANSWERS)
def test_and_or_and_not_are_those_of_logic(a: Condition, b: Condition, answers: dict[str, Any]) -> None:
    assert (~(~a)).holds(answers) == a.holds(answers)
    assert (~(a & b)).holds(answers) == (~a | ~b).holds(answers)
    assert (~(a | b)).holds(answers) == (~a & ~b).holds(answers)
    assert (a | ~a).holds(answers)
    assert (a & b).holds(answers) == (b & a).holds(answers)


@given(CONDITIONS, SOME_ANSWERS)
def test_only_what_is_mentioned_matters(condition: Condition, answers: dict[str, Any]) -> None:
    looked_at = {mention.question for mention in condition.mentions()}
    rest = {question: answer for question, answer in answers.items() if question in looked_at}
    assert condition.holds(rest) == condition.holds(answers)
