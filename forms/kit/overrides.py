"""A council's own words for a service, from its TOML; docs/adding-a-service.md lists the keys.

Words, the order and removal of choices, promised days and duplicates can be changed; the order of pages,
conditions and the kinds of questions cannot. Whatever is not asked for here is unknown, and a mistake.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from forms.kit.accounts import CouncilTaxAccount
from forms.kit.chosen import Checkboxes, Declaration, Radios
from forms.kit.questions import Choice, Information, Point, Question
from forms.kit.service import Duty, Nearby, Page, Price, Promise, Service, Start, Stop, WorkingDays
from forms.kit.several import AddAnother

# What a council may say in its own words of any question that has it.
QUESTION_WORDS = ("label", "hint", "missing", "noun", "time_label", "time_hint", "each")


class _Table:
    """A table of TOML that notes what was taken from it, so that the rest can be called unknown."""

    def __init__(self, own: Any, where: str, mistakes: list[str]) -> None:
        self._where = where
        self._mistakes = mistakes
        self._within: list[_Table] = []
        if not isinstance(own, Mapping):
            self._wrong(where, "must be a table")
            own = {}
        self._left = dict(own)

    def text(self, key: str, default: str) -> str:
        """The text under `key`, not blank."""
        return str(self._taken(key, default, _is_text, "must be a text"))

    def texts(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """The texts under `key`."""
        return tuple(self._taken(key, default, _are_texts, "must be a list of texts"))

    def count(self, key: str, default: int) -> int:
        """The whole number under `key`, 0 or more."""
        return int(self._taken(key, default, _is_count, "must be a whole number, 0 or more"))

    def pence(self, key: str, default: int) -> int:
        """The amount under `key`, written in pounds, in pence."""
        taken = self._taken(key, default, _is_amount, "must be an amount in pounds, 0 or more, like 42.50")
        return int(taken) if taken is default else round(taken * 100)

    def yes_or_no(self, key: str, default: bool) -> bool:
        """The truth under `key`."""
        return bool(self._taken(key, default, lambda value: isinstance(value, bool), "must be true or false"))

    def shapes(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """The shapes of account numbers under `key`: # for a digit, A for a letter, others as they are."""
        words = "must be a list of shapes such as ########, of at most 20 characters"
        return tuple(self._taken(key, default, _are_shapes, words))

    def table(self, key: str) -> "_Table":
        """The table under `key`."""
        table = _Table(self._left.pop(key, {}), self._path(key), self._mistakes)
        self._within.append(table)
        return table

    def refuse(self, key: str, words: str) -> None:
        """Note a mistake in what is under `key`."""
        self._wrong(self._path(key), words)

    def finish(self) -> None:
        """Call everything that nobody asked for unknown."""
        for table in self._within:
            table.finish()
        for key in self._left:
            self._wrong(self._path(key), "is unknown")

    def _taken(self, key: str, default: Any, right: Any, words: str) -> Any:
        value = self._left.pop(key, default)
        if value is not default and not right(value):
            self.refuse(key, words)
            return default
        return value

    def _path(self, key: str) -> str:
        return f"{self._where}.{key}" if self._where else key

    def _wrong(self, path: str, words: str) -> None:
        self._mistakes.append(f"{path}: {words}")


def overridden(service: Service, own: Mapping[str, Any]) -> tuple[Service, list[str]]:
    """The service in the council's words, and their mistakes: "questions.land.colour: is unknown"."""
    mistakes: list[str] = []
    table = _Table(own, "", mistakes)
    pages, questions, promise = table.table("pages"), table.table("questions"), service.promise
    changed = replace(
        service,
        title=table.text("title", service.title),
        page_note=table.text("page_note", service.page_note),
        submit_label=table.text("submit_label", service.submit_label),
        description=table.text("description", service.description),
        by_phone=table.text("by_phone", service.by_phone),
        prices=_prices(service.prices, table),
        duty=_duty(service.duty, table),
        promise=Promise(
            WorkingDays(table.count("acknowledge_days", promise.acknowledge.days)),
            WorkingDays(table.count("resolve_days", promise.resolve.days)),
        ),
        start=_start(service.start, table.table("start")),
        duplicates=_duplicates(service.duplicates, table),
        pages=tuple(_page(page, pages.table(page.slug), questions) for page in service.pages),
    )
    table.finish()
    return changed, mistakes


def _start(start: Start, own: _Table) -> Start:
    return Start(
        need=own.texts("need", start.need),
        minutes=own.count("minutes", start.minutes),
        next=own.texts("next", start.next),
    )


def _prices(prices: tuple[Price, ...], table: _Table) -> tuple[Price, ...]:
    """The prices, each in pounds under its id: `prices.collection = 42.50`; 0 is free."""
    if not prices:
        return ()
    own, words = table.table("prices"), table.table("price_words")
    return tuple(
        replace(price, pence=own.pence(price.id, price.pence), words=words.text(price.id, price.words))
        for price in prices
    )


def _duty(duty: Duty | None, table: _Table) -> Duty | None:
    """Whose duty it is, and whether this council passes it on to them: `forward = true`."""
    if duty is None:
        return None
    own = table.table("duty")
    return replace(
        duty,
        why=own.text("why", duty.why),
        address=own.text("address", duty.address),
        forwarded=table.yes_or_no("forward", duty.forwarded),
    )


def _duplicates(duplicates: Nearby | None, table: _Table) -> Nearby | None:
    if duplicates is None:
        return None
    own = table.table("duplicates")
    return Nearby(metres=own.count("metres", duplicates.metres), days=own.count("days", duplicates.days))


def _page(page: Page | Stop, own: _Table, questions: _Table) -> Page | Stop:
    if isinstance(page, Stop):
        return replace(
            page, title=own.text("title", page.title), guidance=own.texts("guidance", page.guidance)
        )
    rule = page.at_least_one
    return Page(
        page.slug,
        *(_question(question, questions.table(question.id)) for question in page.questions),
        title=own.text("title", page.title),
        when=page.when,
        at_least_one=rule and replace(rule, missing=own.text("missing", rule.missing)),
    )


def _question(question: Question, own: _Table) -> Question:
    has = {field.name for field in fields(question)}
    changes: dict[str, Any] = {
        word: own.text(word, getattr(question, word)) for word in QUESTION_WORDS if word in has
    }
    if isinstance(question, Information | Declaration):
        changes["text"] = own.texts("guidance", question.text)
    if isinstance(question, Information):
        changes["points"] = _points(question.points, own)
    if isinstance(question, CouncilTaxAccount):
        changes["shapes"] = own.shapes("shapes", question.shapes)
    if isinstance(question, AddAnother):
        each = own.table("questions")
        changes["questions"] = tuple(_question(asked, each.table(asked.id)) for asked in question.questions)
    if isinstance(question, Radios):
        changes["choices"] = _choices(question, own)
    if isinstance(question, Checkboxes) and question.exclusive not in {c.value for c in changes["choices"]}:
        changes["exclusive"] = None
    return replace(question, **changes)


def _points(points: tuple[Point, ...], own: _Table) -> tuple[Point, ...]:
    """The points in the council's words, as many as there are: what each depends on stays."""
    words = own.texts("points", tuple(point.words for point in points))
    if len(words) != len(points):
        own.refuse("points", f"must be {len(points)} texts, one for each point")
        return points
    return tuple(replace(point, words=said) for point, said in zip(points, words))


def _choices(question: Radios, own: _Table) -> tuple[Choice, ...]:
    """The choices that the council offers, in its order and words; all of them when it does not say."""
    offered = {choice.value: choice for choice in question.choices}
    values = own.texts("choices", tuple(offered))
    labels, hints = own.table("choice_labels"), own.table("choice_hints")
    worded = {
        value: Choice(value, labels.text(value, choice.label), hints.text(value, choice.hint))
        for value, choice in offered.items()
    }
    for value in values:
        if value not in offered:
            own.refuse("choices", f"{value!r} is not one of its choices")
    if len(set(values)) < len(values):
        own.refuse("choices", "names a choice twice")
    kept = tuple(worded[value] for value in values if value in worded)
    if len(kept) < 2:
        own.refuse("choices", "must leave at least two")
    return kept


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(_is_text(item) for item in value)


def _are_shapes(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and _are_texts(value)
        and all(len(each) <= 20 for each in value)
    )


def _is_amount(value: object) -> bool:
    """Whether it is an amount of pounds and whole pence."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and 0 <= value < 1_000_000
        and abs(value * 100 - round(value * 100)) < 1e-6
    )


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
