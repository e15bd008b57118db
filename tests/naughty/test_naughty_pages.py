"""Every naughty string is shown on every page as the text it is: nothing of it becomes part of the page."""

from collections.abc import Iterator, Sequence
from typing import Any

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient

from forms.catalogue import SERVICES, for_council
from forms.kit import LongText, Name, Page, Service, Stop, Text, journey
from forms.kit.comparing import today
from forms.kit.questions import Question
from selfservice import clock
from selfservice.configuration import load_councils
from selfservice.domain.people import Actor, ActorKind, Channel
from selfservice.installation import Installation
from selfservice.operations import drafting
from selfservice.settings import ROOT
from selfservice.store.drafts import DraftRow
from selfservice.web import sending
from tests.factories.reports import fly_tipping
from tests.journeys.visitor import Visitor
from tests.judge import judged
from tests.naughty.naughty import STRINGS, typed, units

COUNCILS = load_councils(ROOT / "config", {})
OFFERED = {council: for_council(each) for council, each in COUNCILS.items()}
HARMLESS = "harmless"
PLAIN = (Text, LongText, Name)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Believe quick visitors."""
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)


def batches(most: int) -> list[str]:
    """All strings, as they are kept, each on a line of its own, in texts of at most so many characters."""
    found: list[str] = [""]
    for text in filter(None, (typed(each, lines=False) for each in STRINGS)):
        joined = f"{found[-1]}\n{text}" if found[-1] else text
        if units(joined) > most:
            found.append(text)
        else:
            found[-1] = joined
    return found


BATCHES = batches(2000)


def shape(html: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every element of a page with the names of its attributes, in order."""
    page = lxml.html.document_fromstring(html)
    return [(str(each.tag), tuple(sorted(each.attrib))) for each in page.iter()]


def said(html: str) -> str:
    """All that a page says, its spaces as they stand."""
    page = lxml.html.document_fromstring(html)
    for each in page.xpath("//script|//style"):
        each.drop_tree()
    return "\n".join(page.itertext())


def without_breaks(page: Sequence[tuple[str, tuple[str, ...]]]) -> list[tuple[str, tuple[str, ...]]]:
    """A page's shape but for line breaks, of which there is one for each line of an answer."""
    return [each for each in page if each[0] != "br"]


def report(visitor: Visitor, text: str) -> dict[str, str]:
    """Report fly-tipping with this text in its questions; every page that shows it, by name."""
    visitor.begin("boston", "fly-tipping")
    shown = {}
    fields = {"place_detail": text.split("\n")[0], "who": text, "vehicle": text, "name": "Ada Marsh"}
    for slug, given in fly_tipping(
        where="PE21 6QR", name="Ada Marsh", email="ada@example.org", witnessed=True
    ):
        told = {name: fields.get(name, value) for name, value in given.items()}
        visitor.fill_in([(slug, told)])
        if slug == "who":
            here = visitor.path.rpartition("/")[0]
            visitor.open(f"{here}/who")
            shown["question"] = visitor.text
            visitor.press({"who": text * 3 if len(text) > 1000 else "x" * 2001, "vehicle": text})
            shown["error"] = visitor.text
            visitor.open(f"{here}/registration")
    assert visitor.path.endswith("/check-answers"), visitor.title
    shown["check"] = visitor.text
    visitor.send()
    shown["confirmation"], link = visitor.text, visitor.progress_link
    visitor.open(f"{visitor.path}/copy")
    shown["copy"] = visitor.text
    visitor.open(link)
    shown["progress"] = visitor.text
    return shown


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """A visitor whose client does not judge: the judge rightly stops at "None" or "undefined" on a page, and they
    are among the strings. The rest of its judgement is asked for in `wrong_with`."""
    app.test_client_class = FlaskClient
    return Visitor(app.test_client())


def wrong_with(html: str) -> list[str]:
    """What the judge of pages says, but for what the strings themselves say."""
    return [words for words in judged(html) if not words.startswith("shows ")]


def test_every_string_is_text_on_every_page_of_a_report(visitor: Visitor) -> None:
    harmless = report(visitor, HARMLESS)
    for batch in BATCHES:
        pages = report(visitor, batch)
        for name, html in pages.items():
            assert without_breaks(shape(html)) == without_breaks(shape(harmless[name])), name
            assert wrong_with(html) == [], name
        for name in ("question", "check", "copy"):
            words = " ".join(said(pages[name]).split())
            for line in batch.split("\n"):
                assert " ".join(line.split()) in words, (name, line)
        [area] = lxml.html.document_fromstring(pages["question"]).xpath("//textarea[@name='who']")
        assert (area.text or "").removeprefix("\n").replace("\r\n", "\n") == batch


def worded(question: Question) -> bool:
    """Whether it keeps what is typed, as it is."""
    return type(question) in PLAIN


def answers_with(service: Service, text: str) -> dict[str, Any]:
    """Answers that reach the end of a service, with this text, or what of it fits, wherever words are asked for."""
    answers: dict[str, Any] = {}
    for _ in service.pages:
        way = journey.walk(service, {**answers, **today(clock.now())})
        last = way.pages[-1]
        if way.through or isinstance(last, Stop):
            break
        answers |= journey.seen(last)
        for question in last.asked:
            answers[question.id] = (
                fitting(question, text)
                if isinstance(question, Text) and worded(question)
                else (question.examples()[-1] if question.id not in answers else answers[question.id])
            )
    return answers


def fitting(question: Text, text: str) -> str:
    """As many of the text's lines as the question takes; one line where it takes one."""
    kept = ""
    for line in text.split("\n"):
        more = f"{kept}\n{line}" if kept and isinstance(question, LongText) else f"{kept} {line}".strip()
        if units(more) > question.max_length:
            break
        kept = more
    return kept or HARMLESS


@pytest.mark.parametrize("slug", sorted(SERVICES))
def test_every_text_question_of_every_service_shows_its_strings_as_text(
    slug: str, visitor: Visitor, installation: Installation
) -> None:
    """Each service its own batch: the page of each question, and whatever page the answers lead to."""
    shows_as_text(slug, visitor, installation, [BATCHES[sorted(SERVICES).index(slug) % len(BATCHES)]])


@pytest.mark.slow
@pytest.mark.parametrize("slug", sorted(SERVICES))
def test_every_text_question_of_every_service_shows_every_string_as_text(
    slug: str, visitor: Visitor, installation: Installation
) -> None:
    shows_as_text(slug, visitor, installation, BATCHES)


def shows_as_text(slug: str, visitor: Visitor, installation: Installation, batches: list[str]) -> None:
    """Every page of the service has the elements that it has with a harmless word, and the text itself."""
    council = next(
        each for each, services in OFFERED.items() if slug in services and not services[slug].signposted
    )
    service = OFFERED[council][slug]
    pages = {}
    for text in (HARMLESS, *batches):
        visitor.begin(council, slug)
        here, answers = visitor.path.rpartition("/")[0], answers_with(service, text)
        keep(installation, here.rpartition("/")[2], answers)
        slugs = [page.slug for page in journey.walk(service, {**answers, **today(clock.now())}).pages]
        shown = {}
        for page in [*slugs, "check-answers"]:
            visitor.open(f"{here}/{page}")
            shown[page] = visitor.text
        pages[text] = (answers, shown)
    for batch in batches:
        compared(service, pages[batch], pages[HARMLESS][1])


def compared(
    service: Service, given: tuple[dict[str, Any], dict[str, str]], harmless: dict[str, str]
) -> None:
    """The pages of these answers against those of the harmless ones."""
    answers, shown = given
    assert shown.keys() == harmless.keys()
    for page, html in shown.items():
        assert without_breaks(shape(html)) == without_breaks(shape(harmless[page])), page
        parsed = lxml.html.document_fromstring(html)
        for question in asked_on(service, page):
            value = answers.get(question.id)
            if worded(question) and value is not None:
                [control] = parsed.xpath(f"//*[@name='{question.id}']")
                shows = control.get("value") if control.tag == "input" else control.text.removeprefix("\n")
                assert shows.replace("\r\n", "\n") == value


def asked_on(service: Service, slug: str) -> Iterator[Question]:
    for page in service.pages:
        if page.slug == slug and isinstance(page, Page):
            yield from page.asked


def keep(installation: Installation, draft: str, answers: dict[str, Any]) -> None:
    """Keep these answers in the draft, as its pages would."""
    with installation.database.write() as session:
        row = session.get(DraftRow, draft)
        assert row is not None
        actor = Actor(ActorKind.RESIDENT, row.holder, Channel.WEB)
        drafting.save(session, actor, draft, answers, installation.seals, clock.now())
