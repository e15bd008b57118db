"""A council's own words: what may be changed, and that everything else is a mistake."""

from dataclasses import replace
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from forms.catalogue import SERVICES
from forms.kit.check import mistakes_in
from forms.kit.chosen import Checkboxes, Radios
from forms.kit.compile import form_for
from forms.kit.journey import find
from forms.kit.overrides import overridden
from forms.kit.questions import Choice
from forms.kit.service import Page, Service, Stop, ask

FLY_TIPPING = SERVICES["fly-tipping"]


def changed(own: dict[str, Any]) -> Service:
    service, mistakes = overridden(FLY_TIPPING, own)
    assert mistakes == []
    return service


def question(service: Service, name: str) -> Any:
    return next(q for page in service.pages if isinstance(page, Page) for q in page.questions if q.id == name)


def test_without_words_of_its_own_a_council_has_the_service_as_it_is() -> None:
    assert changed({}) == FLY_TIPPING


def test_titles_days_and_duplicates_can_be_changed() -> None:
    service = changed(
        {
            "title": "Tell us about dumped waste",
            "page_note": "Leave it alone.",
            "submit_label": "Send",
            "acknowledge_days": 2,
            "resolve_days": 10,
            "duplicates": {"metres": 20},
            "start": {"minutes": 3, "need": ["where it is"]},
        }
    )
    assert (service.title, service.page_note, service.button) == (
        "Tell us about dumped waste",
        "Leave it alone.",
        "Send",
    )
    assert (service.promise.acknowledge.days, service.promise.resolve.days) == (2, 10)
    assert service.duplicates is not None
    assert (service.duplicates.metres, service.duplicates.days) == (20, 30)
    assert (service.start.minutes, service.start.need) == (3, ("where it is",))
    assert service.start.next == FLY_TIPPING.start.next


def test_words_of_questions_and_guidance_can_be_changed() -> None:
    service = changed(
        {
            "pages": {
                "private-land": {"title": "Not ours", "guidance": ["Ask the owner."]},
                "about-you": {"title": "You", "missing": "Enter a way to reach you"},
            },
            "questions": {
                "land": {"label": "Whose land?", "hint": "Guess", "missing": "Select whose"},
                "when": {"time_label": "When, roughly?", "noun": "The day"},
                "place_found": {"guidance": ["We found {place.words}."]},
            },
        }
    )
    stop, about = find(service, "private-land"), find(service, "about-you")
    assert isinstance(stop, Stop)
    assert isinstance(about, Page)
    assert (stop.title, stop.guidance) == ("Not ours", ("Ask the owner.",))
    assert about.title == "You"
    assert about.at_least_one is not None
    assert about.at_least_one.missing == "Enter a way to reach you"
    land = question(service, "land")
    assert (land.label, land.hint, land.missing) == ("Whose land?", "Guess", "Select whose")
    assert question(service, "when").time_label == "When, roughly?"
    assert question(service, "place_found").text == ("We found {place.words}.",)
    assert mistakes_in(service) == []


def test_choices_can_be_ordered_removed_and_renamed() -> None:
    service = changed(
        {
            "questions": {
                "size": {
                    "choices": ["transit-van", "car-boot"],
                    "choice_labels": {"car-boot": "A boot full"},
                    "choice_hints": {"transit-van": "Long wheelbase"},
                }
            }
        }
    )
    size = question(service, "size")
    assert isinstance(size, Radios)
    assert [(c.value, c.label, c.hint) for c in size.choices] == [
        ("transit-van", "A large van full", "Long wheelbase"),
        ("car-boot", "A boot full", ""),
    ]


def test_a_removed_choice_is_no_longer_taken(lookups: Any, now: Any) -> None:
    service = changed({"questions": {"size": {"choices": ["transit-van", "car-boot"]}}})
    page = find(service, "size")
    assert isinstance(page, Page)
    assert not form_for(page, {}, MultiDict({"size": "tipper-lorry"}), lookups, now=now).validate()


def test_removing_none_of_these_leaves_no_choice_that_stands_alone() -> None:
    choices = (Choice("a", "A"), Choice("b", "B"), Choice("none", "None of these"))
    page = ask(Checkboxes("it", "It", choices=choices, exclusive="none", missing="Select it"))
    service = replace(FLY_TIPPING, pages=(page,))
    changed_service, mistakes = overridden(service, {"questions": {"it": {"choices": ["a", "b"]}}})
    assert mistakes == []
    kept = next(iter(changed_service.questions()))
    assert isinstance(kept, Checkboxes)
    assert kept.exclusive is None


@pytest.mark.parametrize(
    ("own", "mistake"),
    [
        ({"tilte": "x"}, "tilte: is unknown"),
        ({"title": ""}, "title: must be a text"),
        ({"title": 7}, "title: must be a text"),
        ({"acknowledge_days": "two"}, "acknowledge_days: must be a whole number, 0 or more"),
        ({"resolve_days": True}, "resolve_days: must be a whole number, 0 or more"),
        ({"duplicates": {"miles": 1}}, "duplicates.miles: is unknown"),
        ({"duplicates": 50}, "duplicates: must be a table"),
        ({"pages": {"wher": {"title": "x"}}}, "pages.wher: is unknown"),
        ({"pages": {"where": {"when": "always"}}}, "pages.where.when: is unknown"),
        ({"pages": {"elsewhere": {"guidance": "Go"}}}, "pages.elsewhere.guidance: must be a list of texts"),
        ({"questions": {"colour": {"label": "x"}}}, "questions.colour: is unknown"),
        ({"questions": {"land": {"kind": "text"}}}, "questions.land.kind: is unknown"),
        ({"questions": {"land": {"optional": True}}}, "questions.land.optional: is unknown"),
        ({"questions": {"place": {"choices": ["a"]}}}, "questions.place.choices: is unknown"),
        (
            {"questions": {"land": {"choices": ["highway", "moon"]}}},
            "questions.land.choices: 'moon' is not one",
        ),
        ({"questions": {"land": {"choices": ["highway", "highway"]}}}, "names a choice twice"),
        (
            {"questions": {"land": {"choices": ["highway"]}}},
            "questions.land.choices: must leave at least two",
        ),
        (
            {"questions": {"land": {"choice_labels": {"moon": "Moon"}}}},
            "questions.land.choice_labels.moon: is unknown",
        ),
        ({"order": ["land", "where"]}, "order: is unknown"),
        ({"urgent_when": "x"}, "urgent_when: is unknown"),
    ],
)
def test_anything_else_is_a_mistake_and_is_named(own: dict[str, Any], mistake: str) -> None:
    _, mistakes = overridden(FLY_TIPPING, own)
    assert any(line.startswith(mistake) or mistake in line for line in mistakes), mistakes
