"""Every way through a service, told apart only by what later conditions look at; for the start-up check."""

import json
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from forms.kit.chosen import MOST_TRIED, Checkboxes
from forms.kit.comparing import SAMPLE, TODAY
from forms.kit.conditions import Condition, Mention
from forms.kit.questions import Question
from forms.kit.service import Page, Service

MOST = 20_000  # ways kept apart at once; beyond that every further page counts as reached
Way = dict[str, Any]
NOW: Way = {TODAY: SAMPLE}
LAST = ""  # beside the answers of a way, the page it came from; no question has this id
START, END = "", "check-answers"  # where every way begins, and where those end that a Stop does not


def reached(service: Service) -> tuple[set[str], bool]:
    """The slugs of the pages that some answers lead to, and whether some answers lead to the end.

    The conditions must have been found free of mistakes.
    """
    looked_for, needed_until = _looked_for(service), _needed_until(service)
    slugs: set[str] = set()
    ways: list[Way] = [{}]
    for number, page in enumerate(service.pages):
        here = [way for way in ways if page.when is None or page.when.holds(way | NOW)]
        past = [way for way in ways if page.when is not None and not page.when.holds(way | NOW)]
        if here:
            slugs.add(page.slug)
        if isinstance(page, Page):
            past += [way | given for way in here for given in _given(page, looked_for)]
        live = {question for question, last in needed_until.items() if last > number}
        ways = _different(past, live)
        if len(ways) > MOST:
            return {page.slug for page in service.pages}, True
    return slugs, bool(ways)


def steps(service: Service) -> frozenset[tuple[str, str]] | None:
    """Each step, from the slug of a page to that of the next, that some answers make; from START, and to END.

    None when there are too many ways to try every one. The conditions must have been found free of mistakes.
    """
    looked_for, needed_until = _looked_for(service), _needed_until(service)
    if any(_has_untried(question, looked_for.get(question.id, ())) for question in service.questions()):
        return None
    found: set[tuple[str, str]] = set()
    ways: list[Way] = [{LAST: START}]
    for number, page in enumerate(service.pages):
        here = [way for way in ways if page.when is None or page.when.holds(way | NOW)]
        past = [way for way in ways if page.when is not None and not page.when.holds(way | NOW)]
        found |= {(way[LAST], page.slug) for way in here}
        if isinstance(page, Page):
            past += [way | given | {LAST: page.slug} for way in here for given in _given(page, looked_for)]
        live = {question for question, last in needed_until.items() if last > number}
        ways = _different(past, live | {LAST})
        if len(ways) > MOST:
            return None
    return frozenset(found | {(way[LAST], END) for way in ways})


def mentions(condition: Condition | None) -> tuple[Mention, ...]:
    """What a condition looks at; nothing when there is none."""
    return () if condition is None else condition.mentions()


def _has_untried(question: Question, looked_for: tuple[object, ...]) -> bool:
    """Whether its examples leave out some way to tick the boxes looked for."""
    return isinstance(question, Checkboxes) and len({*looked_for} - {question.exclusive}) > MOST_TRIED


def _looked_for(service: Service) -> dict[str, tuple[object, ...]]:
    """Each question that decides about a page, with every value looked for."""
    found: dict[str, tuple[object, ...]] = {}
    for page in service.pages:
        for mention in mentions(page.when):
            found[mention.question] = found.get(mention.question, ()) + mention.values
    return found


def _needed_until(service: Service) -> dict[str, int]:
    """Each such question with the number of the last page it decides about."""
    return {
        mention.question: number
        for number, page in enumerate(service.pages)
        for mention in mentions(page.when)
    }


def _given(page: Page, looked_for: dict[str, tuple[object, ...]]) -> Iterator[Way]:
    """Every way to answer what matters on a page."""
    asked = [question for question in page.asked if question.id in looked_for]
    answers = [
        (*question.examples(looked_for[question.id]), *((None,) if question.optional else ()))
        for question in asked
    ]
    for given in product(*answers):
        yield {question.id: value for question, value in zip(asked, given)}


def _different(ways: Iterable[Way], live: set[str]) -> list[Way]:
    """The ways that differ in answers still to be looked at."""
    cut = ({question: value for question, value in way.items() if question in live} for way in ways)
    return list({json.dumps(way, sort_keys=True): way for way in cut}.values())
