"""The addresses of a postcode: the first list that has any is believed, and each address lies where it says."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from selfservice.configuration import load_councils
from selfservice.domain.addresses import ListedAddress
from selfservice.domain.places import Place, Precision
from selfservice.operations.addressing import AddressBook
from selfservice.operations.placing import Places, UnusableLayers, open_places
from selfservice.settings import ROOT, load_settings
from tests.factories.installations import SECRET, _places

HERE = Place(1.0, 2.0, Precision.ADDRESS, "PE21 6RY", "Here")
OWN = ListedAddress("1", ("1 Example Street", "Boston"), "PE21 6RY", 532_700.0, 344_100.0)
BARE = ListedAddress("2", ("2 Example Street", "Boston"), "PE21 6RY")


class Listing:
    """A list that knows these at PE21 6RY, and notes what it is asked."""

    def __init__(self, *known: ListedAddress) -> None:
        self.known, self.asked = known, list[str]()

    def addresses(self, postcode: str) -> Sequence[ListedAddress]:
        self.asked.append(postcode)
        return self.known if postcode == "PE21 6RY" else ()


@pytest.fixture(scope="module")
def places() -> Places:
    """The three councils, with made-up addresses."""
    return _places()  # type: ignore[no-any-return]


def test_the_first_list_that_has_any_is_believed() -> None:
    empty, own, other = Listing(), Listing(OWN), Listing(BARE)
    book = AddressBook([empty, own, other])
    assert [each.uprn for each in book.at("pe216ry", lambda _: HERE)] == ["1"]
    assert (empty.asked, other.asked) == (["PE21 6RY"], [])


def test_only_an_address_that_says_where_it_lies_has_a_place_of_its_own() -> None:
    first, second = AddressBook([Listing(OWN, BARE)]).at("PE21 6RY", lambda _: HERE)
    assert (first.place, second.place) == (HERE, None)


@pytest.mark.parametrize("typed", ["", "PE21", "nowhere", "TF 327 441", "PE21 6RY and more"])
def test_what_is_no_postcode_asks_nobody(typed: str) -> None:
    listing = Listing(OWN)
    assert AddressBook([listing]).at(typed, lambda _: HERE) == ()
    assert listing.asked == []


def test_places_are_worked_out_once_and_anew_when_the_list_has_changed() -> None:
    listing, worked = Listing(OWN), list[str]()

    def place_of(listed: ListedAddress) -> Place:
        worked.append(listed.uprn)
        return HERE

    book = AddressBook([listing])
    for _ in range(3):
        book.at("PE21 6RY", place_of)
    assert worked == ["1"]
    listing.known = (replace(OWN, uprn="9"),)
    assert book.at("PE21 6RY", place_of)[0].uprn == "9"


def test_made_up_addresses_are_the_same_each_time_and_ours_alone(places: Places) -> None:
    found = places.addresses("pe11 1qd")
    assert found == places.addresses("PE11 1QD")
    assert found[0].lines == ("1 Example Street", "Spalding")
    assert len({each.uprn for each in found}) == len(found)
    assert all(each.uprn.startswith("9990") and len(each.uprn) == 12 for each in found)
    assert places.addresses("NG34 7AP") == ()  # Sleaford, in another district
    assert places.addresses("XX1 1XX") == ()  # there is none such


def test_a_live_installation_makes_up_none(tmp_path: Path) -> None:
    settings = load_settings({"SELFSERVICE_HOME": str(tmp_path), "SECRET_KEY": SECRET})
    assert open_places(load_councils(ROOT / "config", {}), settings).book.at("PE11 1QD", lambda _: HERE) == ()


def test_a_councils_own_file_is_believed_and_its_addresses_lie_where_it_says(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(
        "uprn,postcode,address,easting,northing\n77,PE21 6RY,1 New Road,532700,344100\n", encoding="utf-8"
    )
    councils = load_councils(ROOT / "config", {})
    councils["boston"] = replace(councils["boston"], addresses=str(tmp_path / "own.csv"))
    settings = load_settings(
        {"SELFSERVICE_HOME": str(tmp_path / "home"), "SECRET_KEY": SECRET, "DEMONSTRATION": "1"}
    )
    opened = open_places(councils, settings)
    [only] = opened.addresses("PE21 6RY")
    assert only.uprn == "77"
    assert only.place is not None
    assert (only.place.council, only.place.precision) == ("boston", Precision.ADDRESS)


def test_a_bad_file_is_told_at_start(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("uprn\n", encoding="utf-8")
    councils = load_councils(ROOT / "config", {})
    councils["boston"] = replace(councils["boston"], addresses=str(tmp_path / "own.csv"))
    settings = load_settings({"SELFSERVICE_HOME": str(tmp_path / "home"), "SECRET_KEY": SECRET})
    with pytest.raises(UnusableLayers, match=r"own\.csv: has no column postcode"):
        open_places(councils, settings)
