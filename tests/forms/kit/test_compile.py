"""Pages compiled to WTForms, as the web posts to them and the templates read them."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms.catalogue import SERVICES
from forms.kit.chosen import Checkboxes, YesNo
from forms.kit.compile import PageForm, form_for
from forms.kit.conditions import Is
from forms.kit.dates import Date
from forms.kit.files import Photos
from forms.kit.questions import Choice, Information
from forms.kit.service import Page, Service, ask
from forms.kit.shared import about_you, where_is_it
from forms.kit.written import LongText, Text
from selfservice.domain.moments import LONDON
from tests.forms.conftest import BOSTON, FakeLookups

NOW = datetime(2026, 6, 6, 22, 30, tzinfo=LONDON)
COLOURS = (Choice("red", "Red"), Choice("blue", "Blue"))
TWO = Page(
    "two",
    YesNo("sure", "Are you sure?", missing="Select yes if you are sure"),
    Text(
        "why", "Why?", missing="Enter why", noun="The reason", optional=True, required_when=Is("sure", "no")
    ),
    title="Two things",
)
DATE = ask(Date("seen_on", "When?", missing="Enter the date", past=True))


def posted(page: Page, typed: dict[str, Any], answers: dict[str, Any] | None = None) -> PageForm:
    return form_for(page, answers or {}, MultiDict(typed), FakeLookups(), now=NOW)


def shown(page: Page, answers: dict[str, Any]) -> PageForm:
    return form_for(page, answers, None, FakeLookups(), now=NOW)


def test_a_field_carries_its_question_label_and_hint() -> None:
    form = shown(TWO, {})
    assert [field.question for field in form] == list(TWO.questions)
    assert [field.label.text for field in form] == ["Are you sure?", "Why? (optional)"]
    assert [field.name for field in form] == [field.id for field in form] == ["sure", "why"]
    assert form.heading == "Two things"
    assert not form.one_question


def test_the_only_question_is_the_heading() -> None:
    form = shown(DATE, {})
    assert (form.heading, form.one_question, DATE.slug) == ("When?", True, "seen-on")
    assert form["seen_on"].description == "For example, 27 3 2026"


def test_good_answers_are_read_as_json() -> None:
    form = posted(TWO, {"sure": "yes", "why": "  because "})
    assert form.validate()
    assert form.read() == {"sure": "yes", "why": "because"}


def test_a_blank_answer_is_read_as_none() -> None:
    form = posted(TWO, {"sure": "yes", "why": " "})
    assert form.validate()
    assert form.read() == {"sure": "yes", "why": None}


def test_an_empty_post_is_judged_as_a_post() -> None:
    form = posted(TWO, {}, {"sure": "yes", "why": None})
    assert not form.validate()
    assert form.errors_in_order() == [("sure", "Select yes if you are sure")]


def test_an_answer_on_the_same_page_can_demand_another() -> None:
    form = posted(TWO, {"sure": "no"})
    assert not form.validate()
    assert form.errors_in_order() == [("why", "Enter why")]


def test_what_was_typed_wrongly_is_kept_for_the_page() -> None:
    form = posted(DATE, {"seen_on-day": "31", "seen_on-month": "Febtober", "seen_on-year": "2026"})
    assert not form.validate()
    field = form["seen_on"]
    assert field.typed == {"day": "31", "month": "Febtober", "year": "2026"}
    assert field.bad_parts == ("month",)
    assert form.errors_in_order() == [("seen_on-month", "The date must be a real date")]


def test_signs_that_may_stand_in_no_page_are_not_given_back() -> None:
    form = posted(
        DATE, {"seen_on-day": "31", "seen_on-month": "\x00Feb\x01to\x85\x7fber", "seen_on-year": "2026"}
    )
    assert not form.validate()
    assert form["seen_on"].typed["month"] == "Febtober"
    assert form.typed()["seen_on-month"] == ["Febtober"]


def test_the_first_input_of_a_question_takes_the_error() -> None:
    form = posted(DATE, {})
    form.validate()
    assert form.errors_in_order() == [("seen_on-day", "Enter the date")]
    form = posted(ask(Checkboxes("what", "What?", choices=COLOURS, missing="Select what")), {})
    form.validate()
    assert form.errors_in_order() == [("what", "Select what")]


def test_a_kept_answer_fills_the_page() -> None:
    assert shown(DATE, {"seen_on": "2026-02-01"})["seen_on"].typed == {
        "day": "1",
        "month": "2",
        "year": "2026",
    }
    assert shown(TWO, {"sure": "no", "why": "so"})["sure"].chosen == ("no",)
    assert shown(TWO, {"sure": "no", "why": "so"})["why"].typed == {"": "so"}


def test_a_kept_answer_that_no_longer_fits_is_not_shown() -> None:
    assert shown(TWO, {"sure": "perhaps", "why": None})["sure"].chosen == ()


def test_every_ticked_box_is_kept_for_the_page() -> None:
    page = ask(Checkboxes("what", "What?", choices=COLOURS, missing="Select what", exclusive="blue"))
    form = posted(page, {"what": ["red", "blue"]})
    assert not form.validate()
    assert form["what"].chosen == ("red", "blue")


def test_a_very_long_text_is_cut_before_it_is_looked_at_and_refused() -> None:
    form = posted(ask(LongText("it", "It", missing="Enter it")), {"it": "x" * 1_000_000})
    assert not form.validate()
    assert form.errors_in_order() == [("it", "Your answer must be 2000 characters or fewer")]
    assert len(form["it"].typed[""]) == 20_000


def test_information_shows_part_of_an_earlier_answer_and_asks_nothing() -> None:
    exact = where_is_it("Where?")[2]
    assert isinstance(exact, Page)
    form = posted(exact, {"place_detail": "by the gate"}, {"place": BOSTON.to_json()})
    assert form["place_found"].paragraphs == ("Near PE21 6RY, Boston",)
    assert isinstance(form["place_found"].question, Information)
    assert form.validate()
    assert form.read() == {"place_detail": "by the gate"}


def test_a_place_that_nobody_knows_keeps_its_text() -> None:
    where = where_is_it("Where?")[0]
    assert isinstance(where, Page)
    form = posted(where, {"place": "ZZ99 9ZZ"})
    assert not form.validate()
    assert form.errors_in_order() == [("place", "We do not know that postcode")]
    assert form["place"].typed == {"": "ZZ99 9ZZ", "latitude": "", "longitude": ""}


def test_at_least_one_way_to_reach_a_witness_is_demanded() -> None:
    page = about_you(optional=True, required_when=Is("statement", "yes"))
    form = posted(page, {"name": "Fern Fictional"}, {"statement": "yes"})
    assert not form.validate()
    assert form.errors_in_order() == [("email", "Enter your email address or your phone number")]
    assert form["name"].required
    assert posted(page, {"name": "Fern Fictional", "phone": "01632 960001"}, {"statement": "yes"}).validate()
    assert posted(page, {}, {"statement": "no"}).validate()


def test_everything_a_page_still_needs_is_asked_for_at_once() -> None:
    page = about_you(optional=True, required_when=Is("statement", "yes"))
    form = posted(page, {}, {"statement": "yes"})
    assert not form.validate()
    assert form.errors_in_order() == [
        ("name", "Enter your full name"),
        ("email", "Enter your email address or your phone number"),
    ]
    form = posted(page, {"email": "nobody at all"}, {"statement": "yes"})
    assert not form.validate()
    assert [html_id for html_id, _ in form.errors_in_order()] == ["name", "email"]


def test_photos_are_counted_from_what_was_uploaded() -> None:
    page = ask(Photos("photos", "Photos", missing="Add a photo"))
    form = posted(page, {"photos": "forged"})
    assert not form.validate()
    assert form.errors_in_order() == [("photos", "Add a photo")]
    form = posted(page, {}, {"photos": ["uploaded"]})
    assert form.validate()
    assert form.read() == {"photos": ["uploaded"]}


def _with_inner(field: Any) -> list[Any]:
    """A field, and those of each that was added to it."""
    return [field, *(inner for item in getattr(field, "items", ()) for inner in item)]


def _as_posted(form: PageForm) -> MultiDict[str, str]:
    """What a browser would send back for a page just as it was shown."""
    inputs: MultiDict[str, str] = MultiDict()
    for field in (each for outer in form for each in _with_inner(outer)):
        for part, text in field.typed.items():
            name = f"{field.question.id}-{part}" if part else field.question.id
            inputs.setlist(name, list(field.chosen) if field.chosen else [text])
    return inputs


@pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))
@given(data=st.data())
def test_a_page_shown_and_sent_back_unchanged_changes_nothing(service: Service, data: st.DataObject) -> None:
    page = data.draw(st.sampled_from([page for page in service.pages if isinstance(page, Page)]))
    answers = {question.id: data.draw(st.sampled_from(question.examples())) for question in page.asked}
    again = form_for(page, answers, _as_posted(shown(page, answers)), FakeLookups(), now=NOW)
    assert again.validate(), again.errors_in_order()
    assert again.read() == answers


@pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))
@given(data=st.data())
def test_whatever_is_posted_is_taken_or_refused_in_words(service: Service, data: st.DataObject) -> None:
    page = data.draw(st.sampled_from([page for page in service.pages if isinstance(page, Page)]))
    names = [name for question in page.questions for name in _names(question)]
    typed = (
        data.draw(st.dictionaries(st.sampled_from(names), st.lists(st.text(), max_size=3))) if names else {}
    )
    form = form_for(page, {}, MultiDict(typed), FakeLookups(), now=NOW)
    if form.validate():
        assert all(v is None or form[i].question.accepts(v) for i, v in form.read().items())
    else:
        assert all(message for _, message in form.errors_in_order())
        assert form.errors_in_order()


def _names(question: Any) -> list[str]:
    return [f"{question.id}-{part}" if part else question.id for part in question.parts]


def test_what_is_told_names_parts_of_earlier_answers_in_its_heading_too() -> None:
    told = Information("told", "Tell {place.authority}", text=("It is near {place.words}.",))
    answers = {"place": {"authority": "North Kesteven District Council", "words": "Sleaford"}}
    form = shown(Page("p", told, title="A page"), answers)
    [field] = form
    assert field.label.text == "Tell North Kesteven District Council"
    assert field.paragraphs == ("It is near Sleaford.",)
