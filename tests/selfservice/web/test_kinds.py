"""Every kind of question in a journey: answered, refused, changed, added to, removed from and looked up."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from forms.catalogue import SERVICES
from forms.kit import Ago, Before, Kind, Page, Price, Radios, Stop, Text, Topic, YesNo, ask
from forms.kit.fields import name_of
from forms.kit.samples import SAMPLES, Sample
from forms.kit.service import Service
from selfservice.app import create_app
from selfservice.database import Database
from tests.factories.installations import make_installation, make_settings
from tests.journeys.visitor import Visitor
from tests.judge import JudgingClient

ASKED = tuple(each for each in SAMPLES if each.question.asks and each.question.answers_as != "files")
BY_ID = {each.question.id: each for each in ASKED}
POSTCODE = "PE11 1QD"  # in South Holland; the made-up gazetteer lists 14 addresses there


def service_of(*pages: Page | Stop, **more: object) -> Service:
    """A service of these pages."""
    whole = replace(SERVICES["fly-tipping"], slug="every-kind", title="Every kind", pages=pages)
    return replace(
        whole, kind=Kind.APPLICATION, topic=Topic.COUNCIL, urgent_when=None, duplicates=None, **more
    )


EVERY_KIND = service_of(*(ask(each.question) for each in ASKED if each.question.answers_as != "place"))
AGENTS = service_of(
    Page(
        "about",
        Text("thing", "What?"),
        Radios("waived", "Is it waived?", choices=(), of="agent"),
        title="About",
    ),
    Page("desk", YesNo("seen_proof", "Have you seen proof?", of="agent")),
)
LATE = service_of(
    ask(replace(BY_ID["moved"].question, past=True)),
    Stop("too-late", "You moved long ago", when=Before("moved", Ago(days=30)), guidance=("Call us.",)),
    ask(Text("why", "Why?")),
)
PRICED = service_of(
    ask(replace(BY_ID["people"].question, id="items", each="Item")),
    prices=(Price("first", "First item", 4200), Price("more", "Each more", 500, each="items", beyond=1)),
    by_phone="We will ring you to take payment",
)


@pytest.fixture
def visit(database: Database, tmp_path: Path) -> Callable[[Service], Visitor]:
    """Somebody at the first question of a service."""

    def begin(service: Service) -> Visitor:
        settings = make_settings(home=tmp_path, redis_url="", redis_prefix="none")
        services = {slug: {service.slug: service} for slug in ("boston", "east-lindsey", "south-holland")}
        app = create_app(make_installation(settings=settings, database=database, services=services))
        app.test_client_class = JudgingClient
        visitor = Visitor(app.test_client())
        visitor.begin("boston", service.slug)
        return visitor

    return begin


def only(sample: Sample) -> Service:
    """A service that asks this and then something else."""
    return service_of(ask(sample.question), ask(Text("last", "Anything else?", optional=True)))


def typed(sample: Sample) -> dict[str, object]:
    """What somebody types for the sample's own answer, by the names of the inputs."""
    question, kept = sample.question, sample.kept
    if question.id == "people":
        return people(("Ada Marsh", "1 3 1990", "no"), ("Ben Fenn", "30 11 2005", "yes"))
    if question.id in ("home", "property"):
        return {f"{question.id}-postcode": POSTCODE, f"{question.id}-uprn": first_uprn()}
    return {name_of(question, part): [*texts] for part, texts in question.typed(kept).items()}


def people(*each: tuple[str, str, str], named: str = "people") -> dict[str, object]:
    """What is typed for several people: name, date of birth, and whether they study."""
    told: dict[str, object] = {f"{named}-count": str(len(each))}
    for number, (name, born, student) in enumerate(each, 1):
        days = dict(zip(("day", "month", "year"), born.split() or ("", "", "")))
        told[f"{named}-{number}-name"] = name
        told |= {f"{named}-{number}-born-{part}": text for part, text in days.items()}
        told[f"{named}-{number}-student"] = student
    return told


def first_uprn() -> str:
    from tests.factories.installations import _places

    return str(_places().addresses(POSTCODE)[0].uprn)


@pytest.mark.parametrize("sample", ASKED, ids=lambda each: type(each.question).__name__)
def test_an_answer_is_taken_shown_on_check_answers_and_can_be_changed(
    visit: Callable[[Service], Visitor], sample: Sample
) -> None:
    visitor = visit(only(sample))
    first = visitor.path
    visitor.press(typed(sample))
    visitor.press({"last": ""})
    assert visitor.path.endswith("/check-answers"), visitor.title
    assert sample.question.label in visitor.text
    visitor.open(f"{first}?change=1")
    assert not visitor.title.startswith("Error")
    visitor.press(posted_again(visitor.text))
    assert visitor.path.endswith("/check-answers"), visitor.title


def posted_again(html: str) -> dict[str, object]:
    """What a browser posts of a page that was left as it is."""
    told: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]+>", html):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="([^"]+)"', tag)
        unticked = kind and kind[1] in ("radio", "checkbox") and " checked" not in tag
        if name and not unticked:
            told.setdefault(name[1], []).append(value[1] if value else "")
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        told[name] = [chosen[1] if chosen else ""]
    for name, text in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', html):
        told[name] = [text]
    told.pop("csrf_token", None)
    return dict(told)


@pytest.mark.parametrize("sample", ASKED, ids=lambda each: type(each.question).__name__)
def test_no_answer_is_refused_beside_its_question(
    visit: Callable[[Service], Visitor], sample: Sample
) -> None:
    visitor = visit(only(sample))
    visitor.press({})
    assert visitor.title.startswith("Error: ")


@pytest.mark.parametrize(
    "sample", [each for each in ASKED if each.wrong], ids=lambda each: type(each.question).__name__
)
def test_a_wrong_answer_is_told_beside_its_input_and_kept(
    visit: Callable[[Service], Visitor], sample: Sample
) -> None:
    visitor = visit(only(sample))
    visitor.press({name_of(sample.question, part): text for part, text in sample.wrong.items()})
    assert visitor.title.startswith("Error: ")
    for text in sample.wrong.values():
        assert text in visitor.text


def test_every_kind_is_answered_in_turn_and_sent(visit: Callable[[Service], Visitor]) -> None:
    visitor = visit(EVERY_KIND)
    while not visitor.path.endswith("/check-answers"):
        before = visitor.path
        visitor.press(typed(BY_ID[before.rpartition("/")[2].replace("-", "_")]))
        assert visitor.path != before, visitor.title
    assert "20-00-00" not in visitor.text
    assert visitor.send()


# --- several ---


def test_one_more_keeps_what_was_typed_judges_nothing_and_begins_at_the_new_one(
    visit: Callable[[Service], Visitor],
) -> None:
    visitor = visit(only(BY_ID["people"]))
    answer = visitor.press(people(("Ada Marsh", "31 2 1990", "")), do="add:people")
    assert not visitor.title.startswith("Error")
    assert "Person 2" in visitor.text
    assert 'value="Ada Marsh"' in visitor.text
    assert answer.history[-1].location.endswith("wrong=1#people-2-name")
    visitor.press(people(("Ada Marsh", "31 2 1990", "no"), ("Ben", "1 1 2000", "no")))
    assert visitor.title.startswith("Error: ")
    assert "Person 1: Date of birth must be a real date" in visitor.text


def test_one_fewer_takes_that_one_away_alone(visit: Callable[[Service], Visitor]) -> None:
    visitor = visit(only(BY_ID["people"]))
    three = people(("Ada", "1 1 1990", "no"), ("Ben", "2 2 1991", "yes"), ("Cy", "3 3 1992", "no"))
    visitor.press(three, do="remove:people:2")
    assert 'value="Ada"' in visitor.text
    assert 'value="Ben"' not in visitor.text
    assert 'name="people-2-name" type="text" spellcheck="false" value="Cy"' in visitor.text
    visitor.press(posted_again(visitor.text))
    visitor.press({"last": ""})
    assert "1. Ada, 1 January 1990, No<br>2. Cy, 3 March 1992, No" in visitor.text


def test_the_least_and_the_most_have_no_button(visit: Callable[[Service], Visitor]) -> None:
    visitor = visit(only(BY_ID["people"]))
    assert "remove:people" not in visitor.text
    visitor.press(people(*[("Ada", "1 1 1990", "no")] * 4), do="add:people")
    assert "add:people" not in visitor.text
    assert "You can add up to 5 here" in visitor.text
    assert "remove:people:5" in visitor.text
    visitor.press(people(*[("Ada", "1 1 1990", "no")] * 5), do="add:people")
    assert "Person 6" not in visitor.text


@pytest.mark.parametrize(
    "pressed", ["add:", "add:nothing", "remove:people:x", "find:nothing", "no-such-thing"]
)
def test_a_button_that_is_none_of_ours_counts_as_continue(
    visit: Callable[[Service], Visitor], pressed: str
) -> None:
    visitor = visit(only(BY_ID["people"]))
    visitor.press(people(("Ada", "1 1 1990", "no")), do=pressed)
    assert visitor.path.endswith("/last")


# --- addresses ---


def test_a_postcode_is_looked_up_and_one_of_its_addresses_chosen(visit: Callable[[Service], Visitor]) -> None:
    visitor = visit(only(BY_ID["home"]))
    answer = visitor.press({"home-postcode": "pe111qd"}, do="find:home")
    assert not visitor.title.startswith("Error")
    assert "14 addresses found" in visitor.text
    assert answer.history[-1].location.endswith("#home-uprn")
    visitor.press({"home-postcode": "pe111qd", "home-uprn": ""})
    assert "Select your address from the list, or enter it by hand" in visitor.text
    visitor.press({"home-postcode": "pe111qd", "home-uprn": first_uprn()})
    visitor.press({"last": ""})
    assert "1 Example Street<br>Spalding<br>PE11 1QD" in visitor.text


def test_continue_with_a_postcode_alone_asks_for_the_address(visit: Callable[[Service], Visitor]) -> None:
    visitor = visit(only(BY_ID["home"]))
    visitor.press({"home-postcode": POSTCODE})
    assert visitor.title.startswith("Error: ")
    assert 'href="#home-uprn">Select your address from the list, or enter it by hand</a>' in visitor.text


def test_a_postcode_without_a_list_opens_the_way_by_hand(visit: Callable[[Service], Visitor]) -> None:
    visitor = visit(only(BY_ID["home"]))
    assert "<details" in visitor.text
    assert "open>" not in visitor.text
    visitor.press({"home-postcode": "NG34 7AP"}, do="find:home")
    assert not visitor.title.startswith("Error")
    assert "We have no list of addresses for NG34 7AP" in visitor.text
    assert " open>" in visitor.text
    visitor.press({"home-postcode": "NG34 7AP", "home-line1": "2 Other Road", "home-town": "Sleaford"})
    visitor.press({"last": ""})
    assert "2 Other Road<br>Sleaford<br>NG34 7AP" in visitor.text


def test_half_a_postcode_is_told_as_a_mistake_when_it_is_looked_up(
    visit: Callable[[Service], Visitor],
) -> None:
    visitor = visit(only(BY_ID["home"]))
    visitor.press({"home-postcode": "PE21"}, do="find:home")
    assert visitor.title.startswith("Error: ")
    assert 'href="#home-postcode"' in visitor.text


def test_an_address_within_several_is_looked_up_too(visit: Callable[[Service], Visitor]) -> None:
    people_with_homes = replace(
        BY_ID["people"].question, questions=(Text("name", "Name"), replace(BY_ID["home"].question, own=False))
    )
    visitor = visit(service_of(ask(people_with_homes)))
    visitor.press({"people-count": "2", "people-2-home-postcode": POSTCODE}, do="find:people-2-home")
    assert not visitor.title.startswith("Error")
    assert 'id="people-2-home-uprn"' in visitor.text
    assert 'id="people-1-home-uprn"' not in visitor.text


def test_browsers_fill_in_the_readers_own_address_and_no_other(visit: Callable[[Service], Visitor]) -> None:
    assert 'autocomplete="postal-code"' in visit(only(BY_ID["home"])).text
    assert "autocomplete" not in visit(only(BY_ID["property"])).text


# --- Enter ---


@pytest.mark.parametrize("question", ["people", "home"])
def test_the_first_button_of_a_page_with_buttons_is_the_one_that_goes_on(
    visit: Callable[[Service], Visitor], question: str
) -> None:
    visitor = visit(only(BY_ID[question]))
    first = re.search(r"<main.*?(<button [^>]+>)", visitor.text, re.DOTALL)
    assert first
    assert "name=" not in first[1]
    assert 'aria-hidden="true"' in first[1]
    assert 'tabindex="-1"' in first[1]


# --- agents, the day, and money ---


def test_a_resident_is_not_asked_what_agents_are(visit: Callable[[Service], Visitor]) -> None:
    visitor = visit(AGENTS)
    assert "Is it waived?" not in visitor.text
    with capture_logs() as logged:
        visitor.press({"thing": "A bin", "waived": "yes, all of it", "seen_proof": "yes"})
    assert visitor.path.endswith("/check-answers")
    assert "waived" not in visitor.text
    lines = [line for line in logged if line["event"] == "agent_question_posted"]
    assert [line["question"] for line in lines] == ["seen_proof", "waived"]
    assert "all of it" not in str(logged)
    assert visitor.send()


def test_conditions_know_the_day(visit: Callable[[Service], Visitor]) -> None:
    visitor = visit(LATE)
    visitor.press({"moved-day": "1", "moved-month": "1", "moved-year": "2020"})
    assert visitor.path.endswith("/too-late")


def test_what_there_is_to_pay_is_told_before_it_is_sent(visit: Callable[[Service], Visitor]) -> None:
    visitor = visit(PRICED)
    visitor.open("/boston/every-kind/")
    assert "£42" in visitor.text
    assert "We will ring you to take payment" in visitor.text
    visitor.begin("boston", "every-kind")
    visitor.press(people(("Sofa", "1 1 1990", "no"), ("Chair", "2 2 1991", "yes"), named="items"))
    assert "£47" in visitor.text
    assert "We will ring you to take payment" in visitor.text
    visitor.send()
    assert "We will ring you to take payment" in visitor.text
