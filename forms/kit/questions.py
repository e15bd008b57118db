"""Questions: what every kind can do.

A kind is declared in code and frozen. It reads what a person typed (`read`), says whether a kept value still
answers it (`accepts`), and shows a value again (`lines`, `typed`). Its WTForms field is made in compile.py. The
kinds are in the modules beside this one: written, chosen, dates, contacts, accounts, located, addresses, files
and several; authors of services take all of them from `forms.kit`.
"""

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal, Protocol

from forms.kit.conditions import Answers, Condition
from forms.kit.typed import Typed
from selfservice.domain.marking import Saying
from selfservice.domain.places import Place

Translate = Callable[[str], str]


class Refused(Exception):
    """What was typed cannot be taken: `words` say why to the person, `parts` which inputs are wrong.

    `words` is a pattern such as "{noun} must be a real date"; `named` values take the places of its names once
    it has been put into the reader's language.
    """

    def __init__(self, words: str, *parts: str, **named: object) -> None:
        super().__init__(words)
        self.words = words
        self.parts = parts
        self.named = named

    def __str__(self) -> str:
        return self.told()

    def told(self, translate: Translate = str) -> str:
        """The whole sentence, in the language that `translate` speaks."""
        return translate(self.words).format(**self.named) if self.named else translate(self.words)


class Unchosen(Refused):
    """More has to be chosen from what was found, such as one address of several: asked for, not a mistake,
    while the person has only pressed the button that looks."""


class NotFound(Saying):
    """No place is known by what was typed; `told` says so to the person."""


class Lookups(Protocol):
    """What the forms kit asks of the gazetteer; the web supplies it. All raise `NotFound`."""

    def resolve(self, text: str) -> Place:
        """The place told by a postcode, a grid reference, easting and northing, or latitude and longitude."""

    def resolve_pin(self, latitude: float, longitude: float) -> Place:
        """The place of a pin; WGS84 degrees."""

    def addresses(self, postcode: str) -> Sequence["KnownAddress"]:
        """The properties at a postcode, in the order of their street; empty where no list of them is loaded."""


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """A property of the gazetteer: its UPRN (text, no leading zeros), its lines without the postcode, and its
    place (EPSG:27700 metres) where that is known, of its own or of its postcode."""

    uprn: str
    lines: tuple[str, ...]
    postcode: str
    place: Place | None = None

    @property
    def words(self) -> str:
        """The address on one line."""
        return ", ".join((*self.lines, self.postcode))


@dataclass(frozen=True)
class Asking:
    """What reading leans on besides what was typed: the moment in UTC, look-ups, the answer kept so far."""

    now: datetime
    lookups: Lookups
    kept: Any = None
    translate: Translate = str


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose. `value` is kept for ever; the words may change."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Question:
    """What every kind has.

    `missing` is the error when it is not answered. `noun` begins its other errors: "The date" in "The date
    must be in the past". An `optional` question must still be answered when `required_when` holds. One that is
    `of="agent"` is asked by agents alone: a resident never sees it, and what they post for it is dropped. What
    answers a `sensitive` one is encrypted at rest and never stands in a notification.
    """

    id: str
    label: str
    _: KW_ONLY
    hint: str = ""
    missing: str = ""
    noun: str = "Your answer"
    optional: bool = False
    required_when: Condition | None = None
    of: Literal["anyone", "agent"] = "anyone"
    sensitive: bool = False

    answers_as: ClassVar[str] = "text"  # what conditions may do with it: see conditions.Mention
    asks: ClassVar[bool] = True  # Information asks nothing
    parts: ClassVar[tuple[str, ...]] = ("",)
    autocomplete: ClassVar[str] = ""

    def required(self, answers: Answers) -> bool:
        """Whether it must be answered, given the answers before it."""
        return not self.optional or (self.required_when is not None and self.required_when.holds(answers))

    def read(self, typed: Typed, asking: Asking) -> Any:
        """The answer as JSON, or None when it was left blank. Raises `Refused`."""
        raise NotImplementedError

    def typed(self, value: Any) -> Typed:
        """What to put back into the inputs for a kept answer."""
        return {"": (str(value),)}

    def accepts(self, value: Any) -> bool:
        """Whether a kept value still answers the question as it is asked today."""
        return isinstance(value, str)

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
        """A kept answer as it is shown, line by line; words that are the kit's own as `translate` gives them."""
        return (str(value),)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of its answers."""
        return {"type": "string"}

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """Answers that differ in every way that conditions looking for the `mentioned` values can tell."""
        return ("An answer", "Another answer")


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a list, told only where `when` holds."""

    words: str
    when: Condition | None = None


@dataclass(frozen=True, kw_only=True)
class Information(Question):
    """Something told in the midst of questions. `{place.words}` stands for a part of an earlier answer.

    `points` are a list below the text; each is told only where its condition holds, such as the evidence that
    these answers call for.
    """

    text: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    asks: ClassVar[bool] = False
    parts: ClassVar[tuple[str, ...]] = ()

    def told(self, answers: Answers) -> tuple[str, ...]:
        """The points that hold of these answers."""
        return tuple(point.words for point in self.points if point.when is None or point.when.holds(answers))
