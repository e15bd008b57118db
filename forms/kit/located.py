"""The question where something is: a pin, a postcode, a grid reference or coordinates, as equals."""

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from forms.kit.questions import Asking, NotFound, Question, Refused, Translate
from forms.kit.typed import Typed, counted, first, one_line
from selfservice.domain.marking import gettext_noop
from selfservice.domain.places import Place, Precision, is_whereabouts, words_in

LONGEST_TEXT = 200
UNREADABLE_PIN = gettext_noop("Put the pin on the map again, or enter a postcode or a grid reference")


@dataclass(frozen=True, kw_only=True)
class PlaceQuestion(Question):
    """A place, resolved on the server and kept as `Place.to_json` writes it."""

    noun: str = "The place"

    answers_as: ClassVar[str] = "place"
    parts: ClassVar[tuple[str, ...]] = ("", "latitude", "longitude")

    def read(self, typed: Typed, asking: Asking) -> Any:
        """The place of the pin if one was put, else of the text. Left as it was, the place is kept."""
        text = one_line(first(typed))
        pin = (first(typed, "latitude")[:40].strip(), first(typed, "longitude")[:40].strip())
        if counted(text) > LONGEST_TEXT:
            raise Refused("{noun} must be {most} characters or fewer", "", noun=self.noun, most=LONGEST_TEXT)
        if not any(pin) and text == first(self.typed(asking.kept)):
            return asking.kept
        try:
            found = asking.lookups.resolve_pin(*_degrees(pin)) if any(pin) else None
            if found is None and text:
                found = asking.lookups.resolve(text)
        except NotFound as nowhere:
            raise Refused(nowhere.words, "", **nowhere.named) from nowhere
        return None if found is None else found.to_json()

    def typed(self, value: Any) -> Typed:
        if value is None or value["precision"] == Precision.PIN:
            return {}
        return {"": (value["given"],)}

    def accepts(self, value: Any) -> bool:
        try:
            place = Place.from_json(value)
        except (TypeError, ValueError, KeyError):
            return False
        known = place.easting is not None and place.northing is not None and is_whereabouts(value)
        return known and isinstance(place.given, str) and isinstance(place.words, str)

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
        return (words_in(value["words"], translate),)

    def schema(self) -> dict[str, Any]:
        number, text = {"type": "number"}, {"type": ["string", "null"]}
        return {
            "type": "object",
            "properties": {
                "easting": number,
                "northing": number,
                "words": text,
                "council": text,
                "ward": text,
            },
            "required": ["easting", "northing", "words"],
        }

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """A place in each council looked for, one in another, one outside them all."""
        councils = [*(slug for slug in mentioned if isinstance(slug, str)), "another", None]
        return tuple(
            Place(532650, 344120, Precision.POSTCODE, "PE21 6RY", "Near PE21 6RY", council=slug).to_json()
            for slug in councils
        )


def _degrees(pin: tuple[str, str]) -> tuple[float, float]:
    """The pin's latitude and longitude. Raises `Refused` when they are not degrees."""
    try:
        latitude, longitude = float(pin[0]), float(pin[1])
    except ValueError as odd:
        raise Refused(UNREADABLE_PIN, "") from odd
    if not (math.isfinite(latitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        raise Refused(UNREADABLE_PIN, "")
    return latitude, longitude
