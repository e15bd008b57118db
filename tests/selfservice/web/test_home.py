"""Finding a council by postcode, and each council's page."""

import pytest

from tests.journeys.visitor import Visitor


@pytest.mark.parametrize(
    ("postcode", "council"),
    [("PE21 6QR", "boston"), ("pe111qd", "south-holland"), ("PE25 2HA", "east-lindsey")],
)
def test_a_postcode_leads_to_its_council(visitor: Visitor, postcode: str, council: str) -> None:
    visitor.open("/")
    visitor.press({"postcode": postcode}, at="/")
    assert visitor.path == f"/{council}/"


def test_the_page_says_that_a_grid_reference_will_do_and_it_does(visitor: Visitor) -> None:
    visitor.open("/")
    assert "A grid reference will do too, such as TF 327 441" in visitor.text
    visitor.press({"postcode": ""}, at="/")
    assert "Enter a postcode or a grid reference" in visitor.text
    visitor.press({"postcode": "TF 327 441"}, at="/")
    assert visitor.path == "/boston/"


def test_a_postcode_of_others_names_them(visitor: Visitor) -> None:
    visitor.open("/")
    assert visitor.press({"postcode": "NG34 7AP"}, at="/").status_code == 200
    assert "North Kesteven" in visitor.text


@pytest.mark.parametrize("typed", ["", "nowhere <b>", "PE21", "ZZ99 9ZZ"])
def test_what_cannot_be_found_is_kept_and_said(visitor: Visitor, typed: str) -> None:
    visitor.open("/")
    assert visitor.press({"postcode": typed}, at="/").status_code == 422
    assert visitor.title.startswith("Error: ")
    assert "<b>" not in visitor.text


def test_each_council_shows_its_services_in_its_name(visitor: Visitor) -> None:
    for slug, name in (
        ("boston", "Boston"),
        ("east-lindsey", "East Lindsey"),
        ("south-holland", "South Holland"),
    ):
        visitor.open(f"/{slug}/")
        assert name in visitor.title
        assert f'href="/{slug}/fly-tipping/"' in visitor.text


def test_an_old_token_asks_to_press_again(visitor: Visitor) -> None:
    visitor.open("/")
    assert visitor.press({"postcode": "PE21 6QR", "csrf_token": "old"}, at="/").status_code == 400
    assert "PE21 6QR" in visitor.text


NOBODY_TYPES = (
    "x\x00\x01\x85\x7fy"  # signs that a program sends; the judge passes no page that gives them back
)


def test_signs_that_may_stand_in_no_page_are_not_given_back(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.press({"postcode": NOBODY_TYPES})
    assert 'value="xy"' in visitor.text
    visitor.open("/progress")
    visitor.press({"reference": NOBODY_TYPES, "postcode": NOBODY_TYPES})
    assert visitor.text.count('value="xy"') == 2
    visitor.open("/boston/?search=x%00%01%C2%85%7Fy")
    assert 'value="xy"' in visitor.text
    visitor.begin("boston", "fly-tipping")
    visitor.open(visitor.path.rpartition("/")[0] + "/save")
    visitor.press({"recipient": NOBODY_TYPES})
    assert 'value="xy"' in visitor.text
