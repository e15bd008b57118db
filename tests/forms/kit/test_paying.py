"""What there is to pay: fixed, for each of a number or a list, and only for some of what was added."""

from dataclasses import replace
from typing import Any

import pytest

from forms.kit import AddAnother, Choice, Is, Number, Price, Radios, Service, ask
from forms.kit.check import mistakes_in
from forms.kit.paying import due, in_pounds, to_pay
from forms.services.fly_tipping import SERVICE as FLY_TIPPING

ITEM = Radios(
    "item",
    "What is it?",
    choices=(Choice("sofa", "Sofa"), Choice("lamp", "Lamp")),
    missing="Select what it is",
)
HOW_MANY = Number("how_many", "How many?", missing="Enter how many")
THINGS = AddAnother(
    "things", "What shall we take?", questions=(ITEM, HOW_MANY), missing="Add what we shall take"
)
BINS = Number("bins", "How many bins?", missing="Enter how many bins")
TWO_SOFAS, THREE_LAMPS = {"item": "sofa", "how_many": 2}, {"item": "lamp", "how_many": 3}
SOFAS = Price("sofas", "Sofas", 2_000, each="things", number="how_many", only=Is("item", "sofa"))


def priced(*prices: Price) -> Service:
    """A service with a list, a number and these prices."""
    pages = (ask(THINGS), ask(BINS), *FLY_TIPPING.pages)
    return replace(FLY_TIPPING, pages=pages, prices=prices, by_phone="We ring you.")


@pytest.mark.parametrize(
    ("price", "answers", "pence"),
    [
        (Price("all", "The collection", 4_200), {}, 4_200),
        (Price("one", "Each", 1_000, each="bins"), {"bins": 3}, 3_000),
        (Price("more", "Each after the first", 1_000, each="bins", beyond=1), {"bins": 3}, 2_000),
        (Price("more", "Each after the first", 1_000, each="bins", beyond=1), {"bins": 0}, 0),
        (Price("kind", "Each kind", 500, each="things"), {"things": [TWO_SOFAS, THREE_LAMPS]}, 1_000),
        (SOFAS, {"things": [TWO_SOFAS, THREE_LAMPS, TWO_SOFAS]}, 8_000),
        (SOFAS, {"things": [THREE_LAMPS]}, 0),
        (SOFAS, {"things": None}, 0),
        (replace(SOFAS, number=None), {"things": [TWO_SOFAS, THREE_LAMPS]}, 2_000),
        (replace(SOFAS, only=None, beyond=3), {"things": [TWO_SOFAS, THREE_LAMPS]}, 4_000),
    ],
)
def test_a_price_counts_what_it_is_for(price: Price, answers: dict[str, Any], pence: int) -> None:
    assert due(price, answers) == pence
    assert to_pay(priced(price, price), answers) == 2 * pence


@pytest.mark.parametrize(
    ("pence", "words"), [(0, "Nothing"), (4_200, "£42"), (4_250, "£42.50"), (123_450, "£1,234.50")]
)
def test_an_amount_is_told_in_pounds(pence: int, words: str) -> None:
    assert in_pounds(pence) == words


def test_prices_that_count_a_list_are_in_order() -> None:
    assert mistakes_in(priced(SOFAS)) == []


@pytest.mark.parametrize(
    ("price", "mistake"),
    [
        (
            Price("x", "X", 1, each="land"),
            "each names 'land', which is no number or list of this service",
        ),
        (replace(SOFAS, each="bins"), "number and only are for a price with each, of a list"),
        (replace(SOFAS, each=None), "number and only are for a price with each, of a list"),
        (replace(SOFAS, number="item"), "number names 'item', which is no number asked of each"),
        (
            replace(SOFAS, only=Is("item", "bed")),
            "only looks for 'bed', which is none of the choices of 'item'",
        ),
        (
            replace(SOFAS, only=Is("land", "road")),
            "only looks at 'land', which is no question of this service",
        ),
    ],
)
def test_a_price_that_counts_what_is_not_there_is_a_mistake(price: Price, mistake: str) -> None:
    assert f"price {price.id}: {mistake}" in mistakes_in(priced(price))
