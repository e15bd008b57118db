"""What a service is made of: pages in order, the promise, and to whom it is passed on. All frozen."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from forms.kit.conditions import Answers, Condition
from forms.kit.questions import Question
from selfservice.domain.marking import gettext_noop
from selfservice.domain.people import Verification


class Kind(StrEnum):
    """What somebody does by a service."""

    REPORT = "report"
    REQUEST = "request"
    APPLICATION = "application"
    CHANGE = "change"


class Topic(StrEnum):
    """Under what people look for it on a council's page; in the order shown."""

    RUBBISH = gettext_noop("Rubbish and recycling")
    STREETS = gettext_noop("Streets, parking and the environment")
    ANIMALS = gettext_noop("Animals and pests")
    COUNCIL_TAX = gettext_noop("Council tax")
    BENEFITS = gettext_noop("Benefits and support")
    HOUSING = gettext_noop("Housing")
    MOVING = gettext_noop("Moving home and changes in your life")
    PLANNING = gettext_noop("Planning and building")
    LICENCES = gettext_noop("Licences, business and events")
    COUNCIL = gettext_noop("Your council")


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
    """A department that must hear of it, and its code for this; the council says by which connector.

    It hears only where `when` holds. Of which council: that in whose area the answer to `at` lies (an Address, a
    Property or a place), else the one that the whole goes to. `title` is what the customer knows it by, such as
    "Council tax"; it is shown where several hear of one submission. It is not told the answers to the questions
    named by `without`.
    """

    department: str
    service_code: str
    when: Condition | None = None
    at: str | None = None
    title: str = ""
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Price:
    """Something to pay, in pence, told before and after; paid where `when` holds, nothing where it does not.

    With `each`, the answer to that question multiplies it: a Number, or how many were added; those up to
    `beyond` are not counted. Of what was added, only those of which `only` holds count, each so many times as its
    own `number` says: `Price("large", "Large items", 2_000, each="items", number="how_many", only=Is(…))`.
    """

    id: str
    words: str
    pence: int
    when: Condition | None = None
    each: str | None = None
    beyond: int = 0
    number: str | None = None
    only: Condition | None = None


@dataclass(frozen=True)
class Duty:
    """That somebody else looks after this, such as the county. The start page says so and points there, unless
    the council has agreed to pass it on (`forwarded`)."""

    authority: str
    why: str
    address: str
    forwarded: bool = False


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


# What the button says that sends it, where a service does not say.
SEND = {
    Kind.REPORT: "Send report",
    Kind.REQUEST: "Send request",
    Kind.APPLICATION: "Send application",
    Kind.CHANGE: "Send changes",
}


@dataclass(frozen=True, kw_only=True)
class Service:
    """Something one can ask the council for. `page_note` is shown on every page of it.

    `by_phone` says what the council will ring about, such as to take payment and agree a day; it stands on the
    start page, on check answers and on the confirmation. `description` is its line on the council's page; `also` are
    words that people search for it by, and that stand nowhere.
    `verified` is how sure an agent must be of who the customer is before they send it for them.
    """

    slug: str
    title: str
    lgsl: int
    kind: Kind
    topic: Topic
    department: str
    pages: tuple[Page | Stop, ...]
    deliver: tuple[To, ...]
    promise: Promise
    start: Start
    keep_for: Years
    urgent_when: Condition | None = None
    duplicates: Nearby | None = None
    submit_label: str = ""
    page_note: str = ""
    description: str = ""
    also: tuple[str, ...] = ()
    prices: tuple[Price, ...] = ()
    by_phone: str = ""
    duty: Duty | None = None
    verified: Verification = Verification.NONE

    @property
    def signposted(self) -> bool:
        """Whether its start page points elsewhere, so that it cannot be begun."""
        return self.duty is not None and not self.duty.forwarded

    @property
    def button(self) -> str:
        """What the button says that sends it."""
        return self.submit_label or SEND[self.kind]

    def questions(self) -> Iterator[Question]:
        """Every question that wants an answer, in order."""
        for page in self.pages:
            if isinstance(page, Page):
                yield from page.asked
