"""The page of a council: its services by topic, a search that needs no script, and those that others look after."""

from dataclasses import replace
from pathlib import Path

import pytest

from forms.catalogue import SERVICES, for_council
from forms.kit import Duty, Topic
from selfservice.app import create_app
from selfservice.configuration import load_councils
from selfservice.database import Database
from selfservice.settings import ROOT
from selfservice.web import listing
from tests.factories.installations import make_installation, make_settings
from tests.journeys.visitor import Visitor
from tests.judge import JudgingClient

FLY_TIPPING = SERVICES["fly-tipping"]
COUNTY = Duty("Lincolnshire County Council", "Roads are the county’s.", "https://county.example.org/potholes")
POTHOLE = replace(FLY_TIPPING, also=(), slug="hole", title="Tell of a hole", topic=Topic.STREETS, duty=COUNTY)
PASSED_ON = replace(POTHOLE, slug="lamp", title="Tell of a lamp", duty=replace(COUNTY, forwarded=True))
BINS = replace(
    FLY_TIPPING,
    also=(),
    slug="bins",
    title="Get another bin",
    description="New bins, and bins for broken ones",
)
AT_BOSTON = for_council(load_councils(ROOT / "config", {})["boston"])
OFFERED = {each.slug: each for each in (POTHOLE, FLY_TIPPING, PASSED_ON, BINS)}


@pytest.fixture
def visitor(database: Database, tmp_path: Path) -> Visitor:
    """Somebody on the page of a council with four services."""
    settings = make_settings(home=tmp_path, redis_url="", redis_prefix="none")
    app = create_app(make_installation(settings=settings, database=database, services={"boston": OFFERED}))
    app.test_client_class = JudgingClient
    made = Visitor(app.test_client())
    made.open("/boston/")
    return made


def shown(visitor: Visitor) -> list[str]:
    """The services on the page, in its order."""
    order = {slug: visitor.text.find(f'href="/boston/{slug}/"') for slug in OFFERED}
    return sorted((slug for slug, place in order.items() if place > 0), key=order.__getitem__)


def test_services_stand_under_their_topics_and_links_lead_to_each(visitor: Visitor) -> None:
    assert shown(visitor) == ["fly-tipping", "bins", "hole", "lamp"]
    assert 'href="#rubbish">Rubbish and recycling</a>' in visitor.text
    assert 'id="streets">Streets, parking and the environment</h2>' in visitor.text
    assert 'id="housing"' not in visitor.text


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("bin", ["bins"]),
        ("Bins broken", ["bins"]),
        ("RUBBISH", ["fly-tipping", "bins"]),
        ("hole", ["hole"]),
        ("  ", None),
        ("bins hole", []),
        ("%", []),
        ("<script>", []),
    ],
)
def test_a_search_leaves_those_that_have_every_word(
    visitor: Visitor, search: str, found: list[str] | None
) -> None:
    visitor.page = visitor.client.get("/boston/", query_string={"search": search})
    assert shown(visitor) == (["fly-tipping", "bins", "hole", "lamp"] if found is None else found)
    if found == []:
        assert "0 services found" in visitor.text
        assert "Ask us another way" in visitor.text
    assert "<script>" not in visitor.text.replace("<script ", "")


def test_a_word_that_begins_no_word_is_looked_for_within_words(visitor: Visitor) -> None:
    visitor.open("/boston/?search=tipp")
    assert shown(visitor) == ["fly-tipping"]
    visitor.open("/boston/?search=ytipping")
    assert shown(visitor) == ["fly-tipping"], "as in a language that writes no spaces"


EVERYDAY = {
    "mattress": {"fly-tipping", "bulky-waste"},
    "sofa": {"fly-tipping", "bulky-waste"},
    "washing machine": {"bulky-waste"},
    "dumped rubbish": {"fly-tipping"},
    "flytipping": {"fly-tipping"},
    "rubble": {"fly-tipping"},
    "street cleaning": {"litter"},
    "bin not collected": {"missed-bin"},
    "missed bin": {"missed-bin"},
    "overflowing bin": {"full-bin"},
    "lost bin": {"new-bin"},
    "burnt out car": {"abandoned-vehicle"},
    "pot hole": {"pothole"},
    "street lamp": {"street-light"},
    "dog poo": {"dog-fouling"},
    "lost dog": {"stray-dog"},
    "roadkill": {"dead-animal"},
    "loud music": {"noise"},
    "mouse": {"pest-control"},
    "spray paint": {"graffiti"},
    "tree": {"overgrown-hedge", "tree-works"},
    "moving house": {"moving-home"},
    "death": {"someone-has-died"},
}


@pytest.mark.parametrize(("search", "right"), EVERYDAY.items(), ids=EVERYDAY)
def test_an_everyday_word_finds_the_right_service_at_boston(search: str, right: set[str]) -> None:
    topics = listing.by_topic("boston", AT_BOSTON, search)
    assert {each.url for topic in topics for each in topic.services} == {f"/boston/{slug}/" for slug in right}


def test_who_else_looks_after_it_is_said_on_the_list_and_on_its_page(visitor: Visitor) -> None:
    assert "Lincolnshire County Council looks after this" in visitor.text
    visitor.open("/boston/hole/")
    assert "Roads are the county’s." in visitor.text
    assert 'href="https://county.example.org/potholes"' in visitor.text
    assert "Start now" not in visitor.text
    assert "Other ways to contact us" in visitor.text


def test_what_others_look_after_cannot_be_begun(visitor: Visitor) -> None:
    visitor.open("/boston/fly-tipping/")
    visitor.press(at="/boston/hole/")
    assert visitor.path == "/boston/hole/"
    assert "Roads are the county’s." in visitor.text


def test_what_is_passed_on_to_them_can_be(visitor: Visitor) -> None:
    visitor.open("/boston/lamp/")
    assert "We pass on to them what you tell us" in visitor.text
    visitor.press()
    assert visitor.path.endswith("/where")
