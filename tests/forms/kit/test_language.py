"""A service in another language: every word of it, and nothing that is not words."""

import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import get_type_hints

import pytest

import forms.kit
from forms.catalogue import SERVICES
from forms.kit.changed import version_of
from forms.kit.language import in_language, is_words, texts_of
from forms.kit.outline import outline
from forms.kit.questions import Choice, Point, Question
from forms.kit.service import Service
from selfservice.translations import PSEUDO

each_service = pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
MARKED = "‹{}›"


def marked(service: Service) -> Service:
    """The service in a language that puts each text between marks."""
    return in_language(service, MARKED.format)


@each_service
def test_every_text_is_translated_once(service: Service) -> None:
    for where, text in texts_of(marked(service)):
        assert text.startswith("‹"), where
        assert text.endswith("›"), where
        assert "‹‹" not in text, where


@each_service
def test_what_is_no_words_stays(service: Service) -> None:
    other = marked(service)
    assert [page.slug for page in other.pages] == [page.slug for page in service.pages]
    assert [each.id for each in other.questions()] == [each.id for each in service.questions()]
    assert [page.when for page in other.pages] == [page.when for page in service.pages]
    assert other.kind is service.kind
    assert other.urgent_when == service.urgent_when
    assert [(to.department, to.service_code, to.at) for to in other.deliver] == [
        (to.department, to.service_code, to.at) for to in service.deliver
    ]


@each_service
def test_answers_stand_in_the_same_form_in_every_language(service: Service) -> None:
    assert version_of(marked(service)) == version_of(service)


@each_service
def test_no_words_of_the_outline_are_left_in_english(service: Service) -> None:
    """The outline prints all that people read: what it says that is in no text of ours is the outline's own."""
    accented = outline(in_language(service, PSEUDO["en-XA"].gettext))
    for where, text in texts_of(service):
        if len(text.split()) > 3 and "{" not in text:
            assert text not in accented, where


def kinds() -> Iterator[type]:
    """Every kind of question, and all else that a service is declared with."""
    for listed in pkgutil.iter_modules(forms.kit.__path__):
        module = import_module(f"forms.kit.{listed.name}")
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if not is_dataclass(kind):
                continue
            declared = issubclass(kind, Question) or kind in (Choice, Point) or listed.name == "service"
            if kind.__module__ == module.__name__ and declared:
                yield kind


@pytest.mark.parametrize("kind", [*kinds()])
def test_of_every_text_it_is_said_whether_it_is_words(kind: type) -> None:
    hints = get_type_hints(kind)
    unsaid = [
        field.name
        for field in fields(kind)
        if any(text in str(hints[field.name]) for text in ("str", "Literal"))
        and "Kind" not in str(hints[field.name])
        and is_words(kind, field.name) is None
    ]
    assert unsaid == [], f"say in forms/kit/language.py whether these of {kind.__name__} are words"
