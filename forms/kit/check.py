"""The check at start-up: everything wrong in a service at once, each naming page and question."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields

from forms.kit.addresses import PLACED
from forms.kit.chosen import Checkboxes, Radios
from forms.kit.comparing import TODAY
from forms.kit.conditions import Condition, Mention
from forms.kit.files import Photos
from forms.kit.questions import Information, Question
from forms.kit.sensitive import sensitive_mistakes
from forms.kit.service import Page, Price, Service, Stop
from forms.kit.several import AddAnother
from forms.kit.ways import mentions, reached
from forms.kit.words import PLACEHOLDER
from selfservice.domain.places import Place

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
ID = re.compile(r"[a-z][a-z0-9_]*")
RESERVED_IDS = frozenset(
    {TODAY, "do", "csrf_token", "stamp", "together", "website"}
)  # names that pages use themselves
RESERVED = frozenset(
    {"asked-for", "check-answers", "help-from-us", "kept", "save", "saved", "send-on", "sent", "sent-on"}
)  # addresses of the web beside those of pages
PARTS = {
    "place": frozenset(field.name for field in fields(Place)),
    "address": frozenset({"uprn", "postcode", "words", *PLACED}),
}
NEEDS = {
    "choice": "one choice",
    "choices": "several choices",
    "number": "a number",
    "date": "a date",
    "place": "a place",
}
# What else serves a need: an address lies somewhere too, and what was added can be counted.
SERVES = {"place": {"place", "address"}, "number": {"number", "list"}}


def mistakes_in(service: Service) -> list[str]:
    """Everything wrong in the declaration, such as "page size, question size: …"; empty when all is well."""
    repeated, conditions = list(_repeated(service)), list(_of_conditions(service))
    choices = [
        words for asked in service.questions() if isinstance(asked, Radios) for words in _of_choices(asked)
    ]
    found = [
        *_of_service(service),
        *repeated,
        *_of_pages(service),
        *conditions,
        *placeholder_mistakes(service),
        *sensitive_mistakes(service),
    ]
    # Ways can only be tried out once each condition asks one question of the right kind, with its choices.
    return found if repeated or conditions or choices else [*found, *_of_ways(service)]


def placeholder_mistakes(service: Service) -> list[str]:
    """What stands in braces in guidance and is no part of an earlier place."""
    earlier: dict[str, Question] = {}
    found: list[str] = []
    for page in service.pages:
        found += _of_placeholders(page, earlier)
        earlier |= {question.id: question for question in _questions(page)}
    return found


def _of_service(service: Service) -> Iterator[str]:
    if not SLUG.fullmatch(service.slug):
        yield f"slug {service.slug!r}: must be small letters and digits, joined by hyphens"
    if not service.title:
        yield "title: is missing"
    if service.lgsl <= 0:
        yield "lgsl: must be the number of the service in the LGSL list"
    if not service.deliver:
        yield "deliver: nobody would hear of it"
    elif all(to.when is not None for to in service.deliver):
        yield "deliver: somebody must hear of it whatever was answered (a To without when)"
    if len({price.id for price in service.prices}) < len(service.prices):
        yield "prices: two have the same id"
    if service.prices and not service.by_phone:
        yield "by_phone: must say how it will be paid"
    if not service.start.next or service.start.minutes <= 0:
        yield "start: must say how many minutes it takes and what happens next"
    if service.promise.acknowledge.days > service.promise.resolve.days:
        yield "promise: cannot be resolved before it is acknowledged"


def _repeated(service: Service) -> Iterator[str]:
    slugs = Counter(page.slug for page in service.pages)
    ids = Counter(question.id for page in service.pages for question in _questions(page))
    yield from (f"page {slug}: there are {n} pages with this slug" for slug, n in slugs.items() if n > 1)
    yield from (f"question {name}: there are {n} questions with this id" for name, n in ids.items() if n > 1)


def _of_pages(service: Service) -> Iterator[str]:
    for page in service.pages:
        if not SLUG.fullmatch(page.slug) or page.slug in RESERVED:
            yield f"page {page.slug}: the slug must be small letters, digits and hyphens, and not reserved"
        if isinstance(page, Stop) and not page.guidance:
            yield f"page {page.slug}: has no guidance, so it would end the journey without advice"
        if isinstance(page, Page):
            yield from (f"page {page.slug}: {words}" for words in _of_page(page))
        for question in _questions(page):
            yield from (
                f"page {page.slug}, question {question.id}: {words}" for words in _of_question(question)
            )


def _of_page(page: Page) -> Iterator[str]:
    if not page.questions:
        yield "has no questions"
    if len(page.questions) > 1 and not page.title:
        yield "has several questions and no title"
    for name in page.at_least_one.questions if page.at_least_one else ():
        if name not in {question.id for question in page.asked if question.optional}:
            yield f"at_least_one names {name}, which is no optional question of this page"


def _of_question(question: Question) -> Iterator[str]:
    if not ID.fullmatch(question.id):
        yield "the id must be small letters, digits and underscores"
    if question.id in RESERVED_IDS:
        yield "the id is one that pages use themselves"
    if not question.label:
        yield "has no label"
    demanded = question.asks and (not question.optional or question.required_when is not None)
    if demanded and not question.missing:
        yield "has no error message for a missing answer (missing=…)"
    if isinstance(question, Information) and not (question.text or question.points):
        yield "has no text"
    if isinstance(question, AddAnother):
        yield from _of_several(question)
    if isinstance(question, Radios):
        yield from _of_choices(question)


def _of_choices(question: Radios) -> Iterator[str]:
    values = Counter(choice.value for choice in question.choices)
    if len(values) < 2:
        yield "must have at least two choices"
    for value, times in values.items():
        if times > 1:
            yield f"the choice {value!r} is there {times} times"
        if not SLUG.fullmatch(value):
            yield f"the choice {value!r} must be small letters, digits and hyphens"
    if isinstance(question, Checkboxes) and question.exclusive and question.exclusive not in values:
        yield f"exclusive names {question.exclusive!r}, which is none of its choices"


def _of_several(question: AddAnother) -> Iterator[str]:
    if not question.questions:
        yield "asks nothing of each"
    if not 0 <= question.least <= question.most:
        yield f"cannot be from {question.least} to {question.most}"
    for asked in question.questions:
        if isinstance(asked, AddAnother | Photos) or not asked.asks or asked.answers_as == "address":
            yield f"cannot ask a {type(asked).__name__} of each"
        yield from (f"{asked.id}: {words}" for words in _of_question(asked))


def _of_conditions(service: Service) -> Iterator[str]:
    everywhere = {question.id: question for question in service.questions()}
    earlier: dict[str, Question] = {}
    for page in service.pages:
        yield from _of_condition(page.when, f"page {page.slug}: when", earlier, everywhere)
        for question in _questions(page):
            for point in question.points if isinstance(question, Information) else ():
                where = f"page {page.slug}, question {question.id}: a point"
                yield from _of_condition(point.when, where, earlier, everywhere)
            where = f"page {page.slug}, question {question.id}: required_when"
            yield from _of_condition(question.required_when, where, earlier, everywhere)
            if question.asks:
                earlier[question.id] = question
        if isinstance(page, Page) and page.at_least_one:
            yield from _of_condition(
                page.at_least_one.when, f"page {page.slug}: at_least_one", earlier, everywhere
            )
    yield from _of_condition(service.urgent_when, "urgent_when", everywhere, everywhere)
    for to in service.deliver:
        yield from _of_condition(to.when, f"deliver to {to.department}: when", everywhere, everywhere)
        for asked in to.without:
            if asked not in everywhere:
                yield f"deliver to {to.department}: without names {asked!r}, which is no question of this service"
        if to.at is not None and getattr(everywhere.get(to.at), "answers_as", "") not in SERVES["place"]:
            yield f"deliver to {to.department}: at names {to.at!r}, which is no place or address of this service"
    for price in service.prices:
        yield from _of_condition(price.when, f"price {price.id}: when", everywhere, everywhere)
        yield from (f"price {price.id}: {words}" for words in _of_counting(price, everywhere))


def _of_counting(price: Price, everywhere: dict[str, Question]) -> Iterator[str]:
    """What is wrong with how a price counts."""
    counted = everywhere.get(price.each) if price.each is not None else None
    if price.each is not None and getattr(counted, "answers_as", "") not in SERVES["number"]:
        yield f"each names {price.each!r}, which is no number or list of this service"
    if price.number is None and price.only is None:
        return
    if not isinstance(counted, AddAnother):
        yield "number and only are for a price with each, of a list"
        return
    asked = {question.id: question for question in counted.questions}
    if price.number is not None and getattr(asked.get(price.number), "answers_as", "") != "number":
        yield f"number names {price.number!r}, which is no number asked of each"
    yield from _of_condition(price.only, "only", asked, asked)


def _of_condition(
    condition: Condition | None, where: str, earlier: dict[str, Question], everywhere: dict[str, Question]
) -> Iterator[str]:
    for mention in mentions(condition):
        if mention.question not in everywhere:
            yield f"{where} looks at {mention.question!r}, which is no question of this service"
        elif mention.question not in earlier:
            yield f"{where} looks at {mention.question!r}, which is asked later"
        else:
            yield from (f"{where} {words}" for words in _unfit(mention, everywhere[mention.question]))


def _unfit(mention: Mention, question: Question) -> Iterator[str]:
    if mention.needs in NEEDS and question.answers_as not in SERVES.get(mention.needs, {mention.needs}):
        yield f"needs {NEEDS[mention.needs]}, and {mention.question!r} is a {type(question).__name__}"
    elif isinstance(question, Radios):
        offered = {choice.value for choice in question.choices}
        for value in mention.values:
            if value not in offered:
                yield f"looks for {value!r}, which is none of the choices of {mention.question!r}"


def _of_placeholders(page: Page | Stop, earlier: dict[str, Question]) -> Iterator[str]:
    texts = page.guidance if isinstance(page, Stop) else ()
    texts += tuple(
        line for question in _questions(page) if isinstance(question, Information) for line in question.text
    )
    for name, part in PLACEHOLDER.findall("\n".join(texts)):
        known = name in earlier and part in PARTS.get(earlier[name].answers_as, ())
        if not known:
            yield f"page {page.slug}: {{{name}.{part}}} stands for no part of an earlier place"


def _of_ways(service: Service) -> Iterator[str]:
    slugs, ends = reached(service)
    for page in service.pages:
        if page.slug not in slugs:
            yield f"page {page.slug}: no answers lead to it"
    if not ends:
        yield "pages: no answers lead to the end, so nothing could ever be sent"


def _questions(page: Page | Stop) -> tuple[Question, ...]:
    return page.questions if isinstance(page, Page) else ()
