"""A service as plain text: what is reviewed when it changes."""

from collections.abc import Iterator
from textwrap import wrap

from forms.kit.chosen import Checkboxes, Declaration, Radios, YesNo
from forms.kit.conditions import AnswerTo, Condition
from forms.kit.paying import in_pounds
from forms.kit.questions import Information, Question
from forms.kit.service import Page, Price, Service, Stop, To, WorkingDays
from forms.kit.several import AddAnother
from selfservice.domain.people import Verification

WIDTH = 100


class Called:
    """What questions and values of a service are called where conditions are put in words."""

    def __init__(self, service: Service) -> None:
        asked = {question.id: question for question in service.questions()}
        within = (each.questions for each in asked.values() if isinstance(each, AddAnother))
        self._questions = {each.id: each for several in within for each in several} | asked

    def question(self, question: str) -> str:
        return f"“{self._questions[question].label}”" if question in self._questions else question

    def value(self, question: str, value: object) -> str:
        asked = self._questions.get(question)
        if isinstance(asked, Radios):
            return f"“{asked.called(value)}”"
        return self.question(value.question) if isinstance(value, AnswerTo) else str(value)


def outline(service: Service) -> str:
    """The whole service: start page, pages with questions, errors and conditions, and what becomes of it."""
    words = Called(service)
    lines = [*_head(service), ""]
    for number, page in enumerate(service.pages, 1):
        lines += [*_page(number, page, words), ""]
    lines += _tail(service, words)
    return "\n".join(lines).rstrip()


def _head(service: Service) -> Iterator[str]:
    yield service.title
    yield "=" * len(service.title)
    yield f"{service.slug} · LGSL {service.lgsl} · {service.kind} · {service.department}"
    if service.page_note:
        yield f"On every page: {service.page_note}"
    if service.also:
        yield f"Found by these words too: {'; '.join(service.also)}"
    yield f"You need: {'; '.join(service.start.need)}. It takes about {service.start.minutes} minutes."
    yield f"What happens next: {' '.join(service.start.next)}"


def _page(number: int, page: Page | Stop, words: Called) -> Iterator[str]:
    kind = "stop" if isinstance(page, Stop) else "page"
    yield f"{number}. {kind} {page.slug}: {page.heading}"
    yield from _told("only when", page.when, words)
    if isinstance(page, Stop):
        for paragraph in page.guidance:
            yield from wrap(paragraph, WIDTH, initial_indent="     ", subsequent_indent="     ")
        return
    for question in page.questions:
        yield from _question(question, words)
    if page.at_least_one:
        yield f"   - at least one of {', '.join(page.at_least_one.questions)}"
        yield from _told("needed when", page.at_least_one.when, words, indent=5)
        yield f"     missing: {page.at_least_one.missing}"


def _question(question: Question, words: Called) -> Iterator[str]:
    optional = " (optional)" if question.asks and question.optional else ""
    agents = " (asked by agents alone)" if question.of == "agent" else ""
    yield f"   - {question.id}, {type(question).__name__}: {question.label}{optional}{agents}"
    if question.hint:
        yield f"     hint: {question.hint}"
    if isinstance(question, Information | Declaration):
        yield from (f"     {paragraph}" for paragraph in question.text)
    for point in question.points if isinstance(question, Information) else ():
        yield f"     * {point.words}"
        yield from _told("only when", point.when, words, indent=7)
    if isinstance(question, AddAnother):
        yield f"     asked of each, {question.least} to {question.most} of them:"
        yield from (f"  {line}" for asked in question.questions for line in _question(asked, words))
    yield from _told("needed when", question.required_when, words, indent=5)
    if question.missing:
        yield f"     missing: {question.missing}"
    if isinstance(question, Radios) and not isinstance(question, YesNo):
        for choice in question.choices:
            alone = isinstance(question, Checkboxes) and question.exclusive == choice.value
            hint = f" ({choice.hint})" if choice.hint else ""
            yield f"       {choice.value}: {choice.label}{hint}{' [alone]' if alone else ''}"


def _told(what: str, condition: Condition | None, words: Called, indent: int = 3) -> Iterator[str]:
    if condition is not None:
        space = " " * indent
        yield from wrap(
            f"{what} {condition.words(words)}", WIDTH, initial_indent=space, subsequent_indent=space + "  "
        )


def _tail(service: Service, words: Called) -> Iterator[str]:
    yield f"Then check answers, and “{service.button}”."
    if service.verified > Verification.NONE:
        yield f"Sent by an agent only for a customer whose check was: {service.verified.name.lower()}."
    yield from _told("Urgent when", service.urgent_when, words, indent=0)
    yield from (line for price in service.prices for line in _price(price, words))
    if service.by_phone:
        yield service.by_phone
    for to in service.deliver:
        yield f"Passed on to {to.department} as {to.service_code}{_part(to, words)}."
        yield from _told("only when", to.when, words, indent=2)
    answered, done = _working_days(service.promise.acknowledge), _working_days(service.promise.resolve)
    yield f"Answered within {answered}, done within {done}."
    if service.duplicates:
        near = service.duplicates
        yield f"May be the same as another within {near.metres} metres and {near.days} days."
    years = service.keep_for.years
    yield f"Kept for {years} year{'' if years == 1 else 's'}."


def _part(to: To, words: Called) -> str:
    title = f", as “{to.title}”" if to.title else ""
    whose = f", to the council of {words.question(to.at)}" if to.at else ""
    hidden = f", without {', '.join(to.without)}" if to.without else ""
    return title + whose + hidden


def _price(price: Price, words: Called) -> Iterator[str]:
    beyond = f" beyond {price.beyond}" if price.beyond else ""
    each = f", for each of {words.question(price.each)}{beyond}" if price.each else ""
    yield f"Costs {in_pounds(price.pence)}, {price.id}: {price.words}{each}"
    yield from _told("only when", price.when, words, indent=2)
    yield from _told("only those of which", price.only, words, indent=2)


def _working_days(promised: WorkingDays) -> str:
    return f"{promised.days} working day{'' if promised.days == 1 else 's'}"
