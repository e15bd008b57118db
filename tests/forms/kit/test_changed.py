"""Answers outlive a form that changes: what still stands is kept, what does not is asked again."""

from dataclasses import replace
from typing import Any

from forms.kit import Is, Page, Radios, Service, Text, YesNo, ask
from forms.kit.changed import asked_again, version_of
from forms.kit.questions import Choice
from forms.services.fly_tipping import SERVICE

BIN = Radios(
    "bin", "Which bin?", choices=(Choice("green", "Green"), Choice("blue", "Blue")), missing="Select the bin"
)
WHY = Text("why", "Why?", missing="Enter why")
STEPS = YesNo("steps", "Are there steps?", missing="Select yes if there are steps")
ANSWERS = {"bin": "blue", "why": "It is broken"}


def service(*pages: Any) -> Service:
    return replace(SERVICE, pages=pages)


def again(*pages: Any, answers: dict[str, Any] | None = None) -> list[str]:
    return [page.slug for page in asked_again(service(*pages), ANSWERS if answers is None else answers)]


def test_a_form_that_did_not_change_asks_nothing_again() -> None:
    assert again(ask(BIN), ask(WHY)) == []
    assert again(ask(BIN), ask(WHY), answers={"bin": "blue"}) == []
    assert again(ask(BIN), ask(WHY), answers={}) == []


def test_a_new_page_before_what_was_answered_is_asked() -> None:
    assert again(ask(BIN), ask(STEPS), ask(WHY)) == ["steps"]


def test_a_new_page_after_what_was_answered_is_nothing_to_tell() -> None:
    assert again(ask(BIN), ask(WHY), ask(STEPS)) == []


def test_a_choice_that_was_taken_away_is_asked_again() -> None:
    fewer = replace(BIN, choices=BIN.choices[:1])
    assert again(ask(fewer), ask(WHY)) == ["bin"]
    assert again(ask(fewer), ask(WHY), answers=ANSWERS | {"bin": "green"}) == []


def test_a_question_of_another_kind_is_asked_again() -> None:
    assert again(ask(BIN), ask(YesNo("why", "Is it broken?", missing="Select yes"))) == ["why"]


def test_a_question_that_is_gone_asks_nothing() -> None:
    assert again(ask(WHY)) == []


def test_a_new_page_that_these_answers_do_not_lead_to_is_not_asked() -> None:
    assert again(ask(BIN), Page("steps", STEPS, when=Is("bin", "green")), ask(WHY)) == []


def test_the_version_follows_what_answers_hang_on_and_no_wording() -> None:
    now = version_of(service(ask(BIN), ask(WHY)))
    assert now == version_of(service(ask(BIN), ask(replace(WHY, label="Why do you ask?"))))
    others = (
        service(ask(WHY), ask(BIN)),
        service(ask(replace(BIN, choices=BIN.choices[:1])), ask(WHY)),
        service(ask(BIN), ask(replace(WHY, optional=True))),
        service(ask(BIN), Page("why", WHY, when=Is("bin", "green"))),
    )
    assert now not in {version_of(other) for other in others}
