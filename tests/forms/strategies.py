"""Random answers to a service: good ones, blank ones, missing ones and nonsense; and whole walks through it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from hypothesis import strategies as st

from forms.kit import AddAnother, Checkboxes, Date, LongText, Moment, Name, Number, Page, Service, Stop, Text
from forms.kit.comparing import SAMPLE, TODAY, Today, day_in
from forms.kit.questions import Asking, KnownAddress, Question
from selfservice.domain.moments import LONDON
from selfservice.domain.places import Place

NONSENSE = st.sampled_from(["no such choice", "", 7, [], {}, ["odd"], {"date": "2026-02-31", "time": ""}])


def good_or_blank(question: Question) -> st.SearchStrategy[Any]:
    """An answer that the question accepts, or None."""
    return st.sampled_from([*question.examples(), None])


def answers_to(service: Service, *, nonsense: bool = True) -> st.SearchStrategy[dict[str, Any]]:
    """Answers to any of the questions of a service."""

    def one(question: Question) -> st.SearchStrategy[Any]:
        return good_or_blank(question) | NONSENSE if nonsense else good_or_blank(question)

    return st.fixed_dictionaries(
        {}, optional={question.id: one(question) for question in service.questions()}
    )


# Walks: a person who answers page after page, whatever is asked.


@dataclass(frozen=True)
class Walked:
    """A walk: the pages seen in order, what was answered on them, on what day, and whether it came to the end."""

    pages: tuple[Page | Stop, ...]
    answers: dict[str, Any]
    today: Today
    through: bool

    @property
    def all(self) -> dict[str, Any]:
        """The answers with the day beside them, as a journey takes them, and the pages that only tell."""
        told = {f"seen-{page.slug}": True for page in self.pages if isinstance(page, Page) and not page.asked}
        return {**self.answers, **told, TODAY: self.today}

    @property
    def now(self) -> datetime:
        """The moment in UTC; in June an hour behind London."""
        return datetime.combine(self.today.day, time(self.today.hour), LONDON).astimezone(UTC)


@st.composite
def walks(draw: st.DrawFn, service: Service, *, stopping: bool = True) -> Walked:
    """A random walk by the rules of the house, worked out without the code that the product walks with.

    Without `stopping`, answers that lead to a Stop are given another try, so that nearly all walks are finished.
    """
    today = Today(SAMPLE.day, draw(st.integers(0, 23)))
    mentioned = _mentioned(service)
    passed: set[str] = {TODAY}

    def leads_on(question: Question, value: Any) -> bool:
        so_far = {**answers, TODAY: today, question.id: value}
        return stopping or not any(
            stop.when.holds(so_far)
            for stop in service.pages
            if isinstance(stop, Stop)
            and {each.question for each in stop.when.mentions()} <= {*passed, question.id}
        )

    seen: list[Page | Stop] = []
    answers: dict[str, Any] = {}
    for page in service.pages:
        if page.when is not None and not page.when.holds({**answers, TODAY: today}):
            passed |= {question.id for question in page.asked} if isinstance(page, Page) else set()
            continue
        seen.append(page)
        if isinstance(page, Stop):
            return Walked(tuple(seen), answers, today, False)
        before = {**answers, TODAY: today}
        for question in page.asked:
            given = answer_to(question, today.day, mentioned.get(question.id, ()))
            blank = question.optional and not _demanded(question, {**before, **answers})
            wanted = st.none() | given if blank else given
            answers[question.id] = draw(wanted.filter(partial(leads_on, question)))
            passed.add(question.id)
        rule = page.at_least_one
        if rule is not None and rule.broken({**before, **answers}):
            needed = draw(st.sampled_from(rule.questions))
            one = next(question for question in page.asked if question.id == needed)
            answers[one.id] = draw(answer_to(one, today.day, ()))
    return Walked(tuple(seen), answers, today, True)


def _demanded(question: Question, answers: dict[str, Any]) -> bool:
    return question.required_when is not None and question.required_when.holds(answers)


def _mentioned(service: Service) -> dict[str, tuple[object, ...]]:
    """What conditions look for of each question."""
    found: dict[str, tuple[object, ...]] = {}
    for page in service.pages:
        for mention in page.when.mentions() if page.when is not None else ():
            found[mention.question] = found.get(mention.question, ()) + mention.values
    return found


def answer_to(question: Question, day: date, mentioned: tuple[object, ...]) -> st.SearchStrategy[Any]:
    """An answer that a person could give on that day: more than the examples that the start-up check tries."""
    examples = [value for value in question.examples(mentioned) if _in_time(question, value, day)]
    tried = st.sampled_from(examples) if examples else st.nothing()
    if isinstance(question, Text) and type(question) in (Text, LongText, Name):
        return tried | _texts(question)
    if isinstance(question, Checkboxes):
        return tried.map(lambda ticked: _in_order(question, ticked)) | _ticked(question)
    if type(question) is Number:
        return tried | st.integers(question.least, min(question.most, question.least + 100))
    if type(question) is Date or type(question) is Moment:
        return tried | _days(question, day)
    if isinstance(question, AddAnother):
        one = st.fixed_dictionaries(
            {
                asked.id: st.none() | answer_to(asked, day, ())
                if asked.optional and asked.required_when is None
                else answer_to(asked, day, ())
                for asked in question.questions
            }
        )
        return tried | st.lists(one, min_size=max(question.least, 1), max_size=min(question.most, 4))
    return tried


def _texts(question: Text) -> st.SearchStrategy[str]:
    """What is kept of whatever may be typed."""
    # A character counts as two at most; what is blank when tidied is no answer.
    most = min(question.max_length // 2, 30)
    typed = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=most)
    read = typed.map(lambda text: question.read({"": (text,)}, Asking(NOW, Nowhere())))
    return read.filter(lambda kept: kept is not None)


def _ticked(question: Checkboxes) -> st.SearchStrategy[list[str]]:
    values = [choice.value for choice in question.choices if choice.value != question.exclusive]
    some = st.sets(st.sampled_from(values), min_size=1)
    return some.map(lambda ticked: _in_order(question, ticked))


def _in_order(question: Checkboxes, ticked: Collection[str]) -> list[str]:
    """As it is read from a page: in the order of the choices."""
    return [choice.value for choice in question.choices if choice.value in ticked]


def _days(question: Date, day: date) -> st.SearchStrategy[Any]:
    first = day if question.future else day - timedelta(3650)
    days = st.dates(first, day if question.past else day + timedelta(800)).map(date.isoformat)
    if isinstance(question, Moment):
        return st.fixed_dictionaries({"date": days, "time": st.sampled_from(["", "noon", "7:30pm"])})
    return days


def _in_time(question: Question, value: Any, day: date) -> bool:
    """Whether a day is not on the wrong side of today."""
    if not isinstance(question, Date):
        return True
    given = day_in(value)
    assert given is not None
    return not (question.past and given > day) and not (question.future and given < day)


class Nowhere:
    """A gazetteer that is not asked."""

    def resolve(self, text: str) -> Place:
        raise AssertionError(text)

    def resolve_pin(self, latitude: float, longitude: float) -> Place:
        raise AssertionError((latitude, longitude))

    def addresses(self, postcode: str) -> list[KnownAddress]:
        raise AssertionError(postcode)


NOW = datetime.combine(SAMPLE.day, time(12), UTC)
