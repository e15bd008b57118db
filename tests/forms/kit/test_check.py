"""Each kind of mistake in a declaration is found at start-up, and says where it is."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from forms.catalogue import SERVICES
from forms.kit.check import mistakes_in
from forms.kit.chosen import Checkboxes, Radios, YesNo
from forms.kit.comparing import Before, MoreThan
from forms.kit.conditions import Answered, AnswerTo, Includes, Is, OneOf
from forms.kit.dates import Date
from forms.kit.located import PlaceQuestion
from forms.kit.questions import Choice, Information
from forms.kit.service import (
    AtLeastOne,
    Kind,
    Page,
    Promise,
    Service,
    Start,
    Stop,
    To,
    Topic,
    WorkingDays,
    Years,
    ask,
)
from forms.kit.whereabouts import InArea, OutsidePartnership
from forms.kit.written import Number, Text

COLOURS = (Choice("red", "Red"), Choice("blue", "Blue"))
SURE = ask(YesNo("sure", "Are you sure?", missing="Select yes if you are sure"))
WHY = ask(Text("why", "Why?", missing="Enter why"))
COLOUR = ask(Radios("colour", "Which colour?", choices=COLOURS, missing="Select a colour"))
WHAT = ask(Checkboxes("what", "What?", choices=COLOURS, missing="Select what"))
BINS = ask(Number("bins", "How many?", missing="Enter how many"))
PLACE = ask(PlaceQuestion("place", "Where?", missing="Say where"))
IN = ask(Date("moved_in", "When in?", missing="Enter when"))
OUT = ask(Date("moved_out", "When out?", missing="Enter when"))


def service(*pages: Page | Stop, **changes: Any) -> Service:
    whole = Service(
        slug="bins",
        title="Bins",
        lgsl=524,
        kind=Kind.REPORT,
        topic=Topic.RUBBISH,
        department="waste",
        pages=pages or (SURE,),
        deliver=(To("waste", "BIN"),),
        promise=Promise(WorkingDays(1), WorkingDays(5)),
        start=Start(("your bin",), 2, ("We come.",)),
        keep_for=Years(1),
    )
    return replace(whole, **changes)


def only(slug: str, when: Any) -> Page:
    return Page(slug, Text(slug, "More?", missing="Enter more"), when=when)


def stop(when: Any, *guidance: str) -> Stop:
    return Stop("no-further", "No further", when, guidance or ("Go elsewhere.",))


@pytest.mark.parametrize("well", SERVICES.values(), ids=list(SERVICES))
def test_every_service_is_without_mistakes(well: Service) -> None:
    assert mistakes_in(well) == []


@pytest.mark.parametrize(
    "well",
    [
        service(SURE, only("more", Is("sure", "yes"))),
        service(COLOUR, WHAT, only("more", OneOf("colour", "red") & Includes("what", "blue", "red"))),
        service(WHAT, only("more", Includes("what", "red") & Includes("what", "blue"))),
        service(BINS, only("more", MoreThan("bins", 6))),
        service(IN, OUT, only("more", Before("moved_in", AnswerTo("moved_out")))),
        service(IN, only("more", ~Before("moved_in", date(2026, 4, 1)))),
        service(
            PLACE,
            stop(OutsidePartnership("place"), "It is in {place.authority}."),
            only("x", InArea("place", "y")),
        ),
        service(SURE, stop(Is("sure", "no")), only("more", Is("sure", "yes"))),
    ],
)
def test_a_good_service_has_no_mistakes(well: Service) -> None:
    assert mistakes_in(well) == []


@pytest.mark.parametrize(
    ("wrong", "mistake"),
    [
        (service(slug="Bins"), "slug 'Bins': must be small letters"),
        (service(title=""), "title: is missing"),
        (service(lgsl=0), "lgsl: must be"),
        (service(deliver=()), "deliver: nobody would hear of it"),
        (
            service(SURE, deliver=(To("waste", "W", without=("sure", "why")),)),
            "deliver to waste: without names 'why', which is no question of this service",
        ),
        (service(start=Start((), 0, ())), "start: must say"),
        (service(promise=Promise(WorkingDays(5), WorkingDays(1))), "promise: cannot be resolved before"),
        (service(SURE, SURE), "page sure: there are 2 pages with this slug"),
        (service(SURE, Page("other", *SURE.questions)), "question sure: there are 2 questions with this id"),
        (service(Page("Where?", *SURE.questions)), "page Where?: the slug must be"),
        (service(Page("check-answers", *SURE.questions)), "page check-answers: the slug must be"),
        (service(Page("empty")), "page empty: has no questions"),
        (
            service(Page("both", *SURE.questions, *WHY.questions)),
            "page both: has several questions and no title",
        ),
        (service(SURE, Stop("end", "End", Is("sure", "no"))), "page end: has no guidance"),
        (service(ask(Text("Why", "Why?", missing="x"))), "question Why: the id must be"),
        (service(ask(Text("why", "", missing="x"))), "page why, question why: has no label"),
        (service(ask(Text("why", "Why?"))), "question why: has no error message for a missing answer"),
        (
            service(SURE, ask(Text("why", "Why?", optional=True, required_when=Is("sure", "no")))),
            "question why: has no error message",
        ),
        (service(SURE, Page("told", Information("told", "Told"))), "question told: has no text"),
        (
            service(ask(Radios("one", "One?", choices=COLOURS[:1], missing="x"))),
            "must have at least two choices",
        ),
        (
            service(ask(Radios("one", "One?", choices=COLOURS + COLOURS, missing="x"))),
            "question one: the choice 'red' is there 2 times",
        ),
        (
            service(ask(Radios("one", "One?", choices=(Choice("A b", "A"), *COLOURS), missing="x"))),
            "the choice 'A b' must be small letters",
        ),
        (
            service(ask(Checkboxes("one", "One?", choices=COLOURS, exclusive="none", missing="x"))),
            "exclusive names 'none', which is none of its choices",
        ),
        (
            service(Page("two", *WHY.questions, at_least_one=AtLeastOne(("why", "who"), "Enter one"))),
            "page two: at_least_one names why, which is no optional question of this page",
        ),
        (
            service(SURE, only("more", Is("certain", "yes"))),
            "page more: when looks at 'certain', which is no question of this service",
        ),
        (
            service(only("more", Is("sure", "yes")), SURE),
            "page more: when looks at 'sure', which is asked later",
        ),
        (
            service(SURE, only("more", Is("sure", "maybe"))),
            "page more: when looks for 'maybe', which is none of the choices of 'sure'",
        ),
        (
            service(WHAT, only("more", OneOf("what", "red"))),
            "page more: when needs one choice, and 'what' is a Checkboxes",
        ),
        (
            service(SURE, only("more", Includes("sure", "yes"))),
            "needs several choices, and 'sure' is a YesNo",
        ),
        (service(SURE, only("more", MoreThan("sure", 1))), "needs a number, and 'sure' is a YesNo"),
        (
            service(SURE, only("more", Before("sure", date(2026, 1, 1)))),
            "needs a date, and 'sure' is a YesNo",
        ),
        (service(SURE, only("more", OutsidePartnership("sure"))), "needs a place, and 'sure' is a YesNo"),
        (
            service(BINS, SURE, only("more", MoreThan("bins", AnswerTo("sure")))),
            "needs a number, and 'sure' is a YesNo",
        ),
        (service(urgent_when=Is("sure", "perhaps")), "urgent_when looks for 'perhaps'"),
        (service(urgent_when=Answered("nothing")), "urgent_when looks at 'nothing'"),
        (
            service(
                ask(Text("why", "Why?", optional=True, missing="x", required_when=Is("sure", "no"))), SURE
            ),
            "page why, question why: required_when looks at 'sure', which is asked later",
        ),
        (
            service(SURE, stop(Is("sure", "no"), "It is in {place.authority}.")),
            "page no-further: {place.authority} stands for no part of an earlier place",
        ),
        (
            service(PLACE, stop(OutsidePartnership("place"), "It is in {place.town}.")),
            "page no-further: {place.town} stands for no part of an earlier place",
        ),
        (
            service(SURE, only("more", Is("sure", "yes") & Is("sure", "no"))),
            "page more: no answers lead to it",
        ),
        (
            service(SURE, stop(Is("sure", "no")), only("more", Is("sure", "no"))),
            "page more: no answers lead to it",
        ),
        (
            service(SURE, stop(Is("sure", "no") | Is("sure", "yes"))),
            "pages: no answers lead to the end, so nothing could ever be sent",
        ),
    ],
)
def test_a_mistake_is_named(wrong: Service, mistake: str) -> None:
    found = mistakes_in(wrong)
    assert any(mistake in line for line in found), found


def test_all_mistakes_are_told_at_once() -> None:
    wrong = service(SURE, only("more", Is("certain", "yes")), ask(Text("why", "Why?")), title="", lgsl=0)
    assert len(mistakes_in(wrong)) == 4


def test_many_questions_that_decide_are_checked_quickly() -> None:
    """Forty questions, each deciding about the next page alone: only what still matters is kept."""
    pages = [
        ask(YesNo(f"q{n}", "Q?", missing="x"), when=Is(f"q{n - 1}", "yes") if n else None) for n in range(40)
    ]
    assert mistakes_in(service(*pages)) == []


def test_a_page_that_cannot_be_reached_is_told_beside_other_mistakes() -> None:
    wrong = service(SURE, only("more", Is("sure", "yes") & Is("sure", "no")), title="")
    assert mistakes_in(wrong) == ["title: is missing", "page more: no answers lead to it"]
