"""Goes through a form until it is sent, reading labels, hints and error messages, and trying everything once.

Its dice are seeded. What it has tried on a control is remembered from one journey to the next, so that it goes
other ways each time and comes to every page that advises against going on.
"""

import io
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol

from flask.testing import FlaskClient
from PIL import Image

from tests.robot.page import Control, Page, example_in, words_of

# One of each of three neighbouring councils, and two of places outside them all.
POSTCODES = ("PE21 6RY", "LN11 9NQ", "PE11 1EX", "NG34 7TB", "LN1 1QG")
DAYS_AGO = (1, 0, 3, 40, 400, 8000, -30, -90)
DAYS_AHEAD = (-14, -90)
NUMBERS = ("2", "1", "0", "4", "12", "60", "600")
MONEY = ("120", "0", "7000", "17000")
TIMES = ("7:30pm", "6am", "midday")
MOST_TRIES = 12  # on one page
CAREFUL = (0.3, 0.7, 1.0)  # how often it keeps away from what led to a stop: another share on each journey
MOST_PAGES = 120  # on one journey
Fields = dict[str, Any]


@dataclass
class Journey:
    """How one journey ended: at a reference, or at the heading of a page that advises against going on."""

    reference: str | None
    stopped_at: str | None
    pages: list[str] = field(default_factory=list)


class Stuck(AssertionError):
    """The robot could not go on: the page, and what it said to the last try."""


class Hands(Protocol):
    """How a robot touches pages."""

    @property
    def path(self) -> str:
        """The address of the page in view, without host and without what follows a question mark."""
        ...

    @property
    def html(self) -> str:
        """The page in view."""
        ...

    def open(self, address: str) -> None:
        """Open an address, a path, and follow where it leads."""
        ...

    def press(self, page: Page, fields: Fields, button: tuple[str, str] | None) -> None:
        """Put `fields` into the form of the page, press the button of this name and value, and follow where it
        leads; without a button, the one to go on with."""
        ...


class HttpHands:
    """Hands that post forms, as a browser without scripts does."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    @property
    def path(self) -> str:
        """The address of the page in view."""
        return str(self._answer.request.path)

    @property
    def html(self) -> str:
        """The page in view."""
        return str(self._answer.get_data(as_text=True))

    def open(self, address: str) -> None:
        """Open an address."""
        self._shown(self.client.get(address, follow_redirects=True))

    def press(self, page: Page, fields: Fields, button: tuple[str, str] | None) -> None:
        """Post the form."""
        assert page.form is not None
        action = page.form.get("action") or self.path
        pressed = dict([button or page.button() or ("", "")])
        pressed.pop("", None)
        sent = self.client.post(action, data={**page.hidden(), **pressed, **fields}, follow_redirects=True)
        sent.request.environ["wsgi.input"].close()  # a large upload's own temporary file
        self._shown(sent)

    def _shown(self, answer: Any) -> None:
        self._answer = answer
        if answer.status_code >= 500 or answer.mimetype != "text/html":
            raise Stuck(f"{answer.request.path} answered {answer.status_code}")


class Robot:
    """One robot with its hands; `today` is the day that it takes for today.

    `look` is called with each page that it comes to, before anything is typed.
    """

    def __init__(self, hands: Hands, seed: int, today: date, look: Callable[[], None] = lambda: None) -> None:
        self.hands, self.today, self.look = hands, today, look
        self.dice = random.Random(seed)
        self.tried: Counter[tuple[str, str, str]] = Counter()
        self.blamed: Counter[tuple[str, str, str]] = Counter()  # what was last chosen before a stop
        self.last: list[tuple[str, str, str]] = []
        self.careful = 0.0
        self.only_to_the_end = False  # whether it keeps away from all that it knows to lead to a stop
        self.errors_seen: set[str] = set()

    def go_through(self, start: str) -> Journey:
        """Start a service at the address of its start page and go on until it is sent or stopped."""
        self.hands.open(start)
        self._shown()
        journey = Journey(None, None)
        self.careful = 1.0 if self.only_to_the_end else self.dice.choice(CAREFUL)
        self._press({})
        for _ in range(MOST_PAGES):
            page = self.page
            self.look()
            journey.pages.append(page.heading)
            if page.reference:
                journey.reference = page.reference
                return journey
            if page.form is None:
                journey.stopped_at = page.heading
                self.blamed.update(self.last)
                return journey
            self._answer()
        raise Stuck(f"{start}: no end after {MOST_PAGES} pages: {journey.pages[-5:]}")

    def _answer(self) -> None:
        """Fill in the page; where it is refused, read why and try again."""
        here, before, more = self.path, self.page.heading, ""
        for _ in range(MOST_TRIES):
            fields = self._filled(here)
            if self._add(fields):
                continue
            self._press(fields)
            if self.path != here or self.page.heading != before or self.page.form is None:
                return
            self.errors_seen |= set(self.page.errors().values())
            more = " / ".join(self.page.errors().values())
        raise Stuck(f"{here} ({before}) still says: {more}")

    def _add(self, fields: Fields) -> bool:
        """Now and then press "Add another", once for each page."""
        adders = self.page.adders()
        if not adders or self.tried[self._step, "add", ""] or self.dice.random() < 0.5:
            return False
        self.tried[self._step, "add", ""] += 1
        self._press(fields, adders[0])
        return True

    def _filled(self, here: str) -> Fields:
        """Something for each control, and what its form carries unseen."""
        errors, page = self.page.errors(), self.page
        self.last = []
        fields: Fields = {}
        dates: dict[str, date] = {}
        for control in page.controls():
            told = next((words for target, words in errors.items() if _is_for(target, control)), "")
            typed = self._typed(control, told, dates)
            if typed is not None:
                fields[control.name] = typed
        return fields

    def _typed(self, control: Control, told: str, dates: dict[str, date]) -> Any:
        kinds = {"radio": self._one, "select": self._one, "checkbox": self._some, "file": self._file}
        if control.kind in kinds:
            return kinds[control.kind](control, told)
        part = re.search(r"-(day|month|year)$", control.name)
        if part:
            return self._date(control, part[1], told, dates)
        return self._text(control, told)

    def _one(self, control: Control, told: str) -> Any:
        return (
            self._least_tried(control, [value for value, _ in control.options]) if control.options else None
        )

    def _some(self, control: Control, told: str) -> list[str]:
        """One of the boxes, or a few, or all; a single box is ticked."""
        values = [value for value, _ in control.options]
        if len(values) == 1:
            return values
        first = self._least_tried(control, values)
        if "or select" in told:  # "none of these" goes with no other
            return [first]
        more = self.dice.sample(values, self.dice.choice((0, 0, 2, len(values) - 1)))
        last = values[-1]
        # What stands last may be "none of these", which goes with no other.
        return [last] if last in (first, *more) else list(dict.fromkeys((first, *more)))

    def _file(self, control: Control, told: str) -> Any:
        """A picture, where one is asked for."""
        if not told:
            return None
        kept = io.BytesIO()
        Image.new("RGB", (8, 8), (90, 120, 90)).save(kept, "JPEG")
        return (io.BytesIO(kept.getvalue()), "picture.jpg")

    def _date(self, control: Control, part: str, told: str, dates: dict[str, date]) -> str:
        whole = control.name.removesuffix(f"-{part}")
        if whole not in dates:
            days = DAYS_AHEAD if "future" in told else (20,) if "past" in told else DAYS_AGO
            named = f"{whole} ahead" if "future" in told else whole
            ago = int(self._least_tried(control, [str(each) for each in days], named=named))
            dates[whole] = self.today - timedelta(ago)
        return str(getattr(dates[whole], part))

    def _text(self, control: Control, told: str) -> str:
        words = f"{control.words} {told}".lower()
        if control.value and "postcode" in words and "Select" in told:
            return control.value  # the list below is of its addresses
        for mark, texts in self._guesses(control, words):
            if mark:
                example = next(example_in(told), None)
                return (
                    example if example and texts is not POSTCODES else self._least_tried(control, list(texts))
                )
        example = next(example_in(told), None)
        return example or self.dice.choice(("Sample words", "O’Sample-Test", "By the gate"))

    def _guesses(self, control: Control, words: str) -> Iterator[tuple[bool, tuple[str, ...]]]:
        """What a control may want, told from its type, its autocomplete and its words, the surest first."""
        yield control.kind == "email" or control.autocomplete == "email", ("robot@example.org",)
        yield control.kind == "tel" or control.autocomplete == "tel", ("07700 900123",)
        yield "national insurance" in words, ("AB123456C",)
        yield "sort code" in words, ("30-94-30",)
        yield "account number" in words and control.numeric, ("31926819",)
        yield "council tax account" in words, ("20012345",)
        yield "postcode" in control.own, POSTCODES
        yield "£" in words or "amount" in words, MONEY
        yield "time" in words.split() and "7:30" in words, TIMES
        yield control.numeric, NUMBERS
        yield "registration" in words, ("AB12 CDE",)

    def _least_tried(self, control: Control, options: list[str], named: str = "") -> str:
        """One of the options that were tried least on this control of this page; more often than not, of those
        that led least often straight to a stop, so that it comes far into a form too."""
        key = (self._step, named or control.name)
        careful = self.dice.random() < self.careful

        def weight(option: str) -> tuple[float, int]:
            tried = self.tried[*key, option]
            return (self.blamed[*key, option] / tried if careful and tried else 0.0, tried)

        least = min(map(weight, options))
        option = self.dice.choice([option for option in options if weight(option) == least])
        self.tried[*key, option] += 1
        self.last.append((*key, option))
        return option

    @property
    def path(self) -> str:
        """The address of the page in view."""
        return self.hands.path

    @property
    def _step(self) -> str:
        """The page's own name in its address: the same in every journey."""
        return self.path.rpartition("/")[2]

    def _press(self, fields: Fields, button: tuple[str, str] | None = None) -> None:
        """Press the button of the form with these fields; one that looks something up first where there is one
        and nothing to choose from yet."""
        for name, value in self.page.finders():
            looked_for = value.rpartition(":")[2]
            if not any(control.name == f"{looked_for}-uprn" for control in self.page.controls()):
                button = button or (name, value)
        self.hands.press(self.page, fields, button)
        self._shown()

    def _shown(self) -> None:
        self.page = Page(self.hands.html)


def _is_for(target: str, control: Control) -> bool:
    """Whether an error's link leads to this control: to it, or to the first of its group."""
    return (
        target in (control.id, control.name)
        or target.rpartition("-")[0] == control.name.rpartition("-")[0] != ""
    )


__all__ = ["Journey", "Robot", "Stuck", "words_of"]
