"""What a service is made of: pages in order, the promise, and to whom it is passed on. All frozen."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from forms.kit.conditions import Answers, Condition
from forms.kit.questions import Question


class Kind(StrEnum):
    """What somebody does by a service."""

    REPORT = "report"
    REQUEST = "request"
    CHANGE = "change"


@dataclass(frozen=True)
class WorkingDays:
    """A promise in working days of England."""

    days: int


@dataclass(frozen=True)
class Years:
    """How long a submission is kept."""

    years: int


@dataclass(frozen=True)
class Promise:
    """By when we answer, and by when we mean to have done it."""

    acknowledge: WorkingDays
    resolve: WorkingDays


@dataclass(frozen=True)
class Nearby:
    """Reports of the same service this near and this recent may be the same."""

    metres: int
    days: int


@dataclass(frozen=True)
class To:
    """A department that must hear of it, and its code for this; the council says by which connector."""

    department: str
    service_code: str


@dataclass(frozen=True)
class Start:
    """The start page: what you need, how many minutes it takes, and what happens next."""

    need: tuple[str, ...]
    minutes: int
    next: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """Where to go instead."""

    words: str
    address: str


@dataclass(frozen=True)
class AtLeastOne:
    """At least one of these must be answered, when the condition holds; the error goes to the first."""

    questions: tuple[str, ...]
    missing: str
    when: Condition | None = None

    def broken(self, answers: Answers) -> bool:
        """Whether it is demanded of these answers, and not kept."""
        demanded = self.when is None or self.when.holds(answers)
        return demanded and all(answers.get(question) is None for question in self.questions)


@dataclass(frozen=True, init=False)
class Page:
    """One page of questions. Without a title, its only question is the heading."""

    slug: str
    questions: tuple[Question, ...]
    title: str
    when: Condition | None
    at_least_one: AtLeastOne | None

    def __init__(
        self,
        slug: str,
        *questions: Question,
        title: str = "",
        when: Condition | None = None,
        at_least_one: AtLeastOne | None = None,
    ) -> None:
        given = {
            "slug": slug,
            "questions": questions,
            "title": title,
            "when": when,
            "at_least_one": at_least_one,
        }
        for name, value in given.items():
            object.__setattr__(self, name, value)

    @property
    def heading(self) -> str:
        """The title, or the label of the first question."""
        return self.title or (self.questions[0].label if self.questions else "")

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that want an answer."""
        return tuple(question for question in self.questions if question.asks)


def ask(question: Question, *, when: Condition | None = None) -> Page:
    """A page of one question, called by the question's id: what most pages are."""
    return Page(question.id.replace("_", "-"), question, when=when)


@dataclass(frozen=True)
class Stop:
    """A page that ends the journey with advice. `{place.authority}` stands for part of an earlier answer."""

    slug: str
    title: str
    when: Condition
    guidance: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def heading(self) -> str:
        """The title."""
        return self.title


@dataclass(frozen=True, kw_only=True)
class Service:
    """Something one can ask the council for. `page_note` is shown on every page of it."""

    slug: str
    title: str
    lgsl: int
    kind: Kind
    department: str
    pages: tuple[Page | Stop, ...]
    deliver: tuple[To, ...]
    promise: Promise
    start: Start
    keep_for: Years
    urgent_when: Condition | None = None
    duplicates: Nearby | None = None
    submit_label: str = "Send report"
    page_note: str = ""

    def questions(self) -> Iterator[Question]:
        """Every question that wants an answer, in order."""
        for page in self.pages:
            if isinstance(page, Page):
                yield from page.asked
