"""A compiled page becomes components that show what was asked, what was typed and what is wrong."""

from datetime import UTC, datetime
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from forms.catalogue import SERVICES
from forms.kit.chosen import Checkboxes, Radios, YesNo
from forms.kit.compile import form_for
from forms.kit.contacts import Email, VehicleRegistration
from forms.kit.dates import Date, Moment
from forms.kit.located import PlaceQuestion
from forms.kit.questions import Choice, Information, NotFound, Question
from forms.kit.service import Page
from forms.kit.written import LongText, Number, Text
from selfservice.domain.places import Place, Precision
from selfservice.web.widgets import Look, compose

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
PLACE = Place(532_700, 344_100, Precision.PIN, "", "Near PE21 6RY, Boston", council="boston")
COLOURS = (Choice("red", "Red"), Choice("green", "Green", "Like grass"), Choice("none", "None of these"))


class NoLookups:
    def resolve(self, text: str) -> Place:
        raise NotFound(f"We cannot find {text}")

    def resolve_pin(self, latitude: float, longitude: float) -> Place:
        return PLACE


def look(
    *questions: Question, title: str = "", kept: dict[str, Any] | None = None, posted: Any = None
) -> Look:
    page = Page("page", *questions, title=title)
    form = form_for(page, kept or {}, None if posted is None else MultiDict(posted), NoLookups(), now=NOW)
    if posted is not None:
        form.validate()
    return compose(page, form)


def only(*questions: Question, **more: Any) -> Any:
    return look(*questions, **more).parts[0].params


def test_one_question_is_the_heading_of_its_page() -> None:
    shown = look(Text("name", "What is it called?"))
    assert not shown.heading_shown
    assert shown.heading == "What is it called?"
    assert shown.parts[0].params["label"]["isPageHeading"]


def test_several_questions_stand_under_the_pages_title() -> None:
    shown = look(Text("one", "One"), Radios("two", "Two", choices=COLOURS), title="Both")
    assert shown.heading_shown
    assert shown.heading == "Both"
    assert "isPageHeading" not in shown.parts[0].params["label"]
    assert "isPageHeading" not in shown.parts[1].params["fieldset"]["legend"]


def test_what_was_typed_comes_back_with_what_is_wrong() -> None:
    params = only(Email("email", "Email address", missing="Enter it"), posted={"email": "x@"})
    assert params["value"] == "x@"
    assert params["errorMessage"]["text"].startswith("Enter an email address")
    assert params["type"] == "email"
    assert params["autocomplete"] == "email"


def test_long_text_counts_characters() -> None:
    shown = look(LongText("more", "More", max_length=500, rows=3))
    assert shown.parts[0].component == "character_count"
    assert shown.parts[0].params["maxlength"] == 500
    assert shown.parts[0].params["rows"] == 3


def test_a_number_brings_up_the_keys_for_numbers() -> None:
    assert only(Number("count", "How many?"))["inputmode"] == "numeric"


def test_a_registration_is_spaced_and_not_corrected() -> None:
    params = only(VehicleRegistration("plate", "Registration"))
    assert "extra-letter-spacing" in params["classes"]
    assert params["spellcheck"] is False


def test_the_kept_choice_is_ticked() -> None:
    params = only(Radios("colour", "Colour", choices=COLOURS), kept={"colour": "green"})
    assert [item["checked"] for item in params["items"]] == [False, True, False]
    assert [item["id"] for item in params["items"]] == ["colour", "colour-2", "colour-3"]
    assert params["items"][1]["hint"] == {"text": "Like grass"}


def test_none_of_these_stands_apart_and_keeps_its_number() -> None:
    params = only(
        Checkboxes("colours", "Colours", choices=COLOURS, exclusive="none"), kept={"colours": ["red"]}
    )
    assert params["items"][2] == {"divider": "or"}
    assert params["items"][3]["behaviour"] == "exclusive"
    assert params["items"][3]["id"] == "colours-3"


def test_yes_and_no_stand_side_by_side() -> None:
    assert only(YesNo("sure", "Are you sure?"))["classes"] == "govuk-radios--inline"


def test_only_the_wrong_box_of_a_date_is_red() -> None:
    params = only(Date("day", "When?"), posted={"day-day": "3", "day-year": "2026"})
    red = [item["name"] for item in params["items"] if "govuk-input--error" in item["classes"]]
    assert red == ["month"]
    assert [item["value"] for item in params["items"]] == ["3", "", "2026"]


def test_the_error_of_a_time_stands_with_the_time() -> None:
    posted = {"seen-day": "1", "seen-month": "march", "seen-year": "2026", "seen-time": "x" * 60}
    params = only(Moment("seen", "When?"), posted=posted)
    assert params["time"]["errorMessage"]["text"].startswith("The time")
    assert "errorMessage" not in params["day"]


def test_a_place_brings_its_map_and_says_what_was_chosen() -> None:
    shown = look(PlaceQuestion("place", "Where?"), kept={"place": PLACE.to_json()})
    assert shown.has_map
    assert shown.parts[0].params["chosen"] == "Near PE21 6RY, Boston"
    assert shown.parts[0].params["id"] == "place"


def test_a_place_that_was_not_found_keeps_what_was_typed() -> None:
    params = only(PlaceQuestion("place", "Where?"), posted={"place": "Atlantis"})
    assert params["value"] == "Atlantis"
    assert params["chosen"] == ""
    assert params["errorMessage"] == {"text": "We cannot find Atlantis"}


def test_information_asks_nothing() -> None:
    shown = look(Information("told", "Told", text=("Some words",)), Text("one", "One"), title="Both")
    assert shown.parts[0].component == "information"
    assert shown.parts[0].params["paragraphs"] == ("Some words",)


def test_a_question_that_nothing_shows_is_refused() -> None:
    with pytest.raises(LookupError, match="no component shows a Question"):
        look(Question("odd", "Odd"))


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.slug)
def test_every_page_of_every_service_can_be_shown(service: Any) -> None:
    for page in service.pages:
        if isinstance(page, Page):
            form = form_for(page, {}, None, NoLookups(), now=NOW)
            assert compose(page, form).parts
