"""Adding a kind of question enrols it: in the style guide, among the widgets, in what is published, in the tests."""

import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

import forms.kit
from forms.kit.publish import CARRIED_APART, DATATYPES, attribute_of
from forms.kit.questions import Question
from forms.kit.samples import SAMPLES
from selfservice.web.widgets import MAKERS

TESTS = Path(__file__).parents[1] / "forms" / "kit"


def kinds(of: type[Question] = Question) -> Iterator[type[Question]]:
    """Every kind that the kit gives to the authors of services."""
    for kind in of.__subclasses__():
        if kind.__module__.startswith("forms.kit."):
            yield kind
        yield from kinds(kind)


EVERY = sorted(set(kinds()), key=lambda kind: kind.__name__)
ASKED = [kind for kind in EVERY if kind.asks]


def test_the_kit_has_kinds_and_gives_each_to_authors() -> None:
    assert len(EVERY) > 25
    assert [kind.__name__ for kind in EVERY if getattr(forms.kit, kind.__name__, None) is not kind] == []


@pytest.mark.parametrize("kind", EVERY)
def test_every_kind_is_in_the_style_guide(kind: type[Question]) -> None:
    samples = [sample for sample in SAMPLES if type(sample.question) is kind]
    assert len(samples) == 1
    assert samples[0].kept is None or kind.asks


@pytest.mark.parametrize("kind", EVERY)
def test_every_kind_is_shown_by_a_widget(kind: type[Question]) -> None:
    assert any(issubclass(kind, shown) for shown, _ in MAKERS)


@pytest.mark.parametrize("kind", ASKED)
def test_every_kind_has_a_test_that_names_it(kind: type[Question]) -> None:
    """A table test of its module in tests/forms/kit: cases of what is typed, and what becomes of it."""
    module = inspect.getmodule(kind)
    assert module is not None
    tests = TESTS / f"test_{module.__name__.rpartition('.')[2]}.py"
    assert f"{kind.__name__}(" in tests.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ASKED)
def test_every_kind_is_published_or_said_to_be_carried_apart(kind: type[Question]) -> None:
    chosen = hasattr(kind, "choices")
    assert chosen or kind.answers_as in CARRIED_APART or any(issubclass(kind, each) for each, _ in DATATYPES)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: type(sample.question).__name__)
def test_an_attribute_of_a_sensitive_question_is_never_published(sample: object) -> None:
    question = sample.question  # type: ignore[attr-defined]
    attribute = attribute_of(question, 1)
    assert attribute is None or not question.sensitive
