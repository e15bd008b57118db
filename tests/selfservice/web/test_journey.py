"""A resident's way through fly-tipping: pages, errors, Back, Change, and every way to lose one's way."""

import re
from collections.abc import Callable

import pytest

from selfservice.installation import Installation
from tests.factories.reports import fly_tipping
from tests.journeys.visitor import Visitor

BOSTON = "PE21 6QR"
SPALDING = "PE11 1QD"
SLEAFORD = "NG34 7AP"


def whole(where: str = BOSTON, *, witnessed: bool = False) -> list[tuple[str, dict[str, object]]]:
    """A report with everything in it."""
    return list(fly_tipping(where=where, name="Ada Marsh", email="ada@example.org", witnessed=witnessed))


def at_check_answers(visitor: Visitor, where: str = BOSTON) -> None:
    """Bring a visitor to check answers."""
    visitor.begin("boston", "fly-tipping")
    visitor.fill_in(whole(where))
    assert visitor.path.endswith("/check-answers"), visitor.title


def test_every_page_is_answered_in_turn_and_the_reference_is_shown(visitor: Visitor) -> None:
    visitor.begin("boston", "fly-tipping")
    visitor.fill_in(whole(witnessed=True))
    reference = visitor.send()
    assert reference.startswith("BOS")
    assert "use your reference with the postcode <strong>PE21 6QR</strong>" in visitor.text
    assert "ada@example.org" in visitor.text


def test_a_wrong_answer_keeps_what_was_typed_and_says_what_is_wrong(visitor: Visitor) -> None:
    visitor.begin("boston", "fly-tipping")
    visitor.press({"place": "PE21 <nowhere>"})
    assert visitor.title.startswith("Error: ")
    assert "PE21 &lt;nowhere&gt;" in visitor.text
    assert 'href="#place"' in visitor.text


def test_what_is_wrong_is_told_at_an_address_that_reload_and_back_can_come_to(visitor: Visitor) -> None:
    visitor.begin("boston", "fly-tipping")
    where = visitor.path
    answer = visitor.press({"place": "PE21\0 nowhere"})
    assert answer.request.method == "GET"
    told = answer.request.full_path
    visitor.open(told)
    assert visitor.title.startswith("Error: ")
    assert 'value="PE21 nowhere"' in visitor.text
    visitor.open(where)
    assert not visitor.title.startswith("Error: ")
    assert 'value=""' in visitor.text or "value=" not in visitor.text.split('id="place"')[1].split(">")[0]
    visitor.press({"place": BOSTON})
    visitor.open(told)
    assert not visitor.title.startswith("Error: ")
    assert BOSTON in visitor.text


def test_a_page_that_is_not_on_the_way_leads_to_the_first_that_wants_an_answer(visitor: Visitor) -> None:
    visitor.begin("boston", "fly-tipping")
    first = visitor.path
    for slug in ("check-answers", "about-you", "statement", "no-such-page", "sent"):
        visitor.open(first.replace("/where", f"/{slug}"))
        assert visitor.path == first


def test_back_leads_one_page_back_and_from_the_first_to_the_start(visitor: Visitor) -> None:
    visitor.begin("boston", "fly-tipping")
    assert 'class="govuk-back-link"' in visitor.text
    assert back(visitor) == "/boston/fly-tipping/"
    where = visitor.path
    visitor.press({"place": BOSTON})
    assert back(visitor) == where


def back(visitor: Visitor) -> str:
    """Where the page's Back link leads."""
    found = re.search(r'href="([^"]+)" class="govuk-back-link"', visitor.text)
    assert found
    return found[1]


def test_change_comes_back_to_check_answers(visitor: Visitor) -> None:
    at_check_answers(visitor)
    check = visitor.path
    change = visitor.path.replace("check-answers", "size") + "?change=1"
    assert change in visitor.text
    visitor.open(change)
    assert back(visitor) == check
    visitor.press({"size": "tipper-lorry"})
    assert visitor.path == check
    assert "A tipper lorry full" in visitor.text


def test_change_comes_back_by_way_of_each_question_that_it_has_opened(visitor: Visitor) -> None:
    at_check_answers(visitor)
    check = visitor.path
    visitor.open(check.replace("check-answers", "witnessed") + "?change=1")
    visitor.press({"witnessed": "yes"})
    visitor.fill_in([page for page in whole(witnessed=True) if page[0] in ("when", "who", "registration")])
    visitor.fill_in([("statement", {"statement": "yes"})])
    assert visitor.path == check
    assert "AB12 CDE" in visitor.text


def test_a_changed_place_is_confirmed_before_check_answers(visitor: Visitor) -> None:
    at_check_answers(visitor)
    assert "We will send this to them" not in visitor.text
    visitor.open(visitor.path.replace("check-answers", "where") + "?change=1")
    visitor.press({"place": SPALDING})
    assert visitor.path.endswith("/exact-place")
    assert "PE11 1QD" in visitor.text
    visitor.press({"place_detail": "By the bridge"})
    assert visitor.path.endswith("/check-answers")


def test_a_change_that_ends_the_journey_says_so_and_can_be_taken_back(visitor: Visitor) -> None:
    at_check_answers(visitor)
    visitor.open(visitor.path.replace("check-answers", "land") + "?change=1")
    visitor.press({"land": "private-residential"})
    assert visitor.path.endswith("/private-land")
    assert "Nothing has been sent" in visitor.text


def test_a_place_outside_the_partnership_names_its_council_and_cannot_be_sent(visitor: Visitor) -> None:
    visitor.begin("boston", "fly-tipping")
    visitor.press({"place": SLEAFORD})
    assert visitor.path.endswith("/elsewhere")
    assert "North Kesteven" in visitor.text
    assert "https://" in re.search(r'href="(https://[^"]*kesteven[^"]*)"', visitor.text, re.I)[1]
    for slug in ("check-answers", "sent"):
        visitor.press(at=visitor.path.replace("/elsewhere", f"/{slug}"), csrf_token=token(visitor))
        assert visitor.path.endswith("/elsewhere")


def test_a_council_that_does_not_offer_the_service_is_named_and_nothing_is_sent(
    visitor: Visitor, installation: Installation
) -> None:
    offered = dict(installation.services)
    offered["south-holland"] = {}
    installation.services = offered
    visitor.begin("boston", "fly-tipping")
    where = visitor.path
    visitor.press({"place": SPALDING})
    assert "South Holland District Council does not take this online" in visitor.text
    assert "01632 960303" in visitor.text
    assert f'href="{where}"' in visitor.text
    visitor.press({"place_detail": ""}, csrf_token=token(visitor))
    assert "does not take this online" in visitor.text
    visitor.open(where)
    visitor.press({"place": BOSTON})
    assert visitor.title.startswith("Check the place")


def test_an_address_in_a_council_that_does_not_offer_the_service_can_be_changed(
    visitor: Visitor, installation: Installation
) -> None:
    offered = dict(installation.services)
    offered["boston"] = {}
    installation.services = offered
    by_hand = {"property-line1": "1 Example Street", "property-town": "Sampleton"}
    visitor.begin("south-holland", "missed-bin")
    where = visitor.path
    visitor.press({**by_hand, "property-postcode": BOSTON})
    assert "Boston Borough Council does not take this online" in visitor.text
    assert f'href="{where}"' in visitor.text
    visitor.open(where)
    assert "does not take this online" not in visitor.text
    visitor.press({**by_hand, "property-postcode": SPALDING})
    assert visitor.title.startswith("What was missed?")


def token(visitor: Visitor) -> str:
    """A token for posts from pages that have no form."""
    other = Visitor(visitor.client)
    other.open("/progress")
    return other.hidden()["csrf_token"]


def test_a_report_begun_at_boston_and_placed_in_spalding_goes_to_south_holland(visitor: Visitor) -> None:
    told = "in the area of South Holland District Council. We will send this to them."
    visitor.begin("boston", "fly-tipping")
    visitor.press({"place": SPALDING})
    assert told in visitor.text
    at_check_answers(visitor, SPALDING)
    assert told in visitor.text
    visitor.send()
    assert "South Holland" in visitor.text
    assert "in the area of South Holland" in visitor.text


def test_somebody_elses_draft_is_not_there_and_the_page_says_what_to_do(
    someone: Callable[[], Visitor],
) -> None:
    mine, other = someone(), someone()
    at_check_answers(mine)
    page = other.open(mine.path)
    assert page.status_code == 404
    assert "We cannot find your answers" in other.text
    assert "Ada Marsh" not in other.text


@pytest.mark.parametrize(
    "path", ["/lincoln/", "/boston/no-such-service/", "/lincoln/fly-tipping/", "/boston/x/y/z"]
)
def test_what_is_not_there_says_so_and_leads_on(visitor: Visitor, path: str) -> None:
    page = visitor.open(path)
    assert page.status_code == 404
    assert 'href="/progress"' in visitor.text


def test_a_token_that_is_too_old_loses_nothing_that_was_typed(visitor: Visitor) -> None:
    visitor.begin("boston", "fly-tipping")
    visitor.press({"place": BOSTON})
    page = visitor.press({"place_detail": "Behind the <old> mill"}, csrf_token="of long ago")
    assert page.status_code == 400
    assert "Behind the &lt;old&gt; mill" in visitor.text
    assert "still here" in visitor.text
    visitor.press({"place_detail": "Behind the <old> mill"})
    assert visitor.path.endswith("/land")


def test_a_post_from_another_website_does_nothing(visitor: Visitor) -> None:
    visitor.begin("boston", "fly-tipping")
    where = visitor.path
    sent = visitor.hidden() | {"place": BOSTON}
    for header in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        assert visitor.client.post(where, data=sent, headers=header).status_code == 400
    visitor.open(where.replace("/where", "/exact-place"))
    assert visitor.path == where


def test_starting_without_cookies_says_what_is_wrong(visitor: Visitor) -> None:
    page = visitor.client.post("/boston/fly-tipping/", data={"csrf_token": "none"})
    assert page.status_code == 400
    assert "cookies" in page.text


def test_a_question_page_asks_the_database_at_most_twice(visitor: Visitor, installation: object) -> None:
    import sqlalchemy as sa

    visitor.begin("boston", "fly-tipping")
    visitor.press({"place": BOSTON})
    asked: list[str] = []
    engine = installation.database.engine  # type: ignore[attr-defined]
    sa.event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    visitor.client.get(visitor.path)
    assert len(asked) <= 2, asked


@pytest.mark.parametrize("odd", ["%00", "x%00", "%0a", "%7f"])
def test_an_address_with_characters_that_nothing_of_ours_has_is_not_there(visitor: Visitor, odd: str) -> None:
    visitor.begin("boston", "fly-tipping")
    for path in (
        f"/boston/fly-tipping/{odd}/where",
        visitor.path.replace("/where", f"/{odd}"),
        visitor.path.replace("/where", f"/thumbnails/{odd}.jpg"),
        f"/{odd}/fly-tipping/",
    ):
        assert visitor.client.get(path).status_code == 404
        assert visitor.client.post(path).status_code in (404, 405)


def test_an_answer_that_no_longer_counts_demands_nothing(visitor: Visitor) -> None:
    begun = visitor.begin("boston", "fly-tipping").request.path.rpartition("/")[0]
    visitor.fill_in(whole(witnessed=True))  # a witness who would make a statement must give a name
    visitor.open(f"{begun}/about-you")
    assert "Full name (optional)" not in visitor.text
    visitor.open(f"{begun}/witnessed")
    visitor.press({"witnessed": "no"})
    visitor.open(f"{begun}/about-you")
    assert "Full name (optional)" in visitor.text
    visitor.press({"name": "", "email": "", "phone": ""})
    assert visitor.path.endswith("/check-answers"), visitor.title
