"""Addresses: found by postcode and chosen, or written by hand, here and abroad."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.kit.addresses import Address, Property
from forms.kit.questions import Refused, Unchosen
from tests.forms.kit.tried import STREET, asking, read, reads_back, refused

HOME = Address("it", "It")
PROPERTY = Property("it", "It")


@pytest.mark.parametrize(
    "postcode", ["PE21 6RY", "pe216ry", " PE21\u00a06RY ", "ＰＥ２１ ６ＲＹ", "pe 21 6ry"]
)
def test_one_of_the_addresses_at_a_postcode_is_chosen_by_its_uprn(postcode: str) -> None:
    kept = read(HOME, postcode=postcode, uprn="100000000002")
    assert (kept["uprn"], kept["lines"]) == ("100000000002", ["Flat 2", "3 Example Street", "Boston"])
    assert kept["council"] == "boston"
    assert kept["words"] == "Flat 2, 3 Example Street, Boston, PE21 6RY"
    assert not kept["by_hand"]
    assert HOME.lines(kept) == ("Flat 2", "3 Example Street", "Boston", "PE21 6RY")


def test_a_postcode_alone_wants_one_to_be_chosen() -> None:
    for uprn in ("", "no-such", "100000000009"):
        with pytest.raises(Unchosen) as asked:
            read(HOME, postcode="PE21 6RY", uprn=uprn)
        assert str(asked.value) == "Select your address from the list, or enter it by hand"
        assert asked.value.parts == ("uprn",)
    assert HOME.found({"postcode": ("PE21 6RY",)}, asking()) == STREET


def test_a_postcode_without_a_list_leads_to_writing_it_by_hand() -> None:
    with pytest.raises(Unchosen) as asked:
        read(HOME, postcode="PE11 1AA")
    assert asked.value.parts == ("line1",)


@pytest.mark.parametrize(
    ("typed", "words", "part"),
    [
        ({"postcode": "PE21"}, "Enter a full UK postcode", "postcode"),
        ({"postcode": "nowhere"}, "Enter a full UK postcode", "postcode"),
        ({"postcode": "PE21 9ZZ"}, "We do not know that postcode", "postcode"),
        ({"line2": "Fishtoft"}, "Enter address line 1, typically the building and street", "line1"),
        ({"line1": "1 Example Street"}, "Enter town or city", "town"),
        (
            {"line1": "x" * 101, "town": "Boston"},
            "Each line of the address must be 100 characters or fewer",
            "line1",
        ),
    ],
)
def test_what_is_wrong_with_an_address_is_told_beside_its_input(
    typed: dict[str, str], words: str, part: str
) -> None:
    assert refused(HOME, **typed) == (words, (part,))


def test_a_property_here_always_has_a_postcode() -> None:
    assert refused(PROPERTY, line1="1 Example Street", town="Boston") == (
        "Enter a full UK postcode",
        ("postcode",),
    )


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ({"line1": "Złota 44", "town": "00-120 Warszawa"}, ("Złota 44", "00-120 Warszawa")),
        ({"line1": "Ringstraße 1", "town": "Köln", "postcode": "50667"}, ("Ringstraße 1", "Köln", "50667")),
        ({"line1": "東京都千代田区1-1", "town": "日本"}, ("東京都千代田区1-1", "日本")),
        (
            {"line1": "The Old Rectory", "line2": "O’Neill’s Lane", "town": "Boston"},
            ("The Old Rectory", "O’Neill’s Lane", "Boston"),
        ),
        (
            {"line1": "BFPO 801", "town": "Akrotiri", "postcode": "BF1 2AT!"},
            ("BFPO 801", "Akrotiri", "BF1 2AT!"),
        ),
    ],
)
def test_an_address_abroad_or_without_a_postcode_is_taken_by_hand(
    typed: dict[str, str], lines: tuple[str, ...]
) -> None:
    kept = read(HOME, **typed)
    assert HOME.lines(kept) == lines
    assert kept["by_hand"]
    assert kept["council"] is None
    assert kept["uprn"] == ""


def test_an_address_by_hand_lies_where_its_postcode_does() -> None:
    kept = read(PROPERTY, line1="1 Example Street", town="Sleaford", postcode="ng347aa")
    assert kept["postcode"] == "NG34 7AA" or kept["postcode"] == "ng347aa"
    assert kept["council"] is None
    assert kept["authority"] == "North Kesteven District Council"


def test_nothing_typed_is_no_address() -> None:
    assert read(HOME, postcode=" ", line1="\u00a0") is None


def test_a_chosen_and_a_written_address_read_back_the_same() -> None:
    assert reads_back(HOME, read(HOME, postcode="PE21 6RY", uprn="100000000001"))
    assert reads_back(PROPERTY, read(PROPERTY, postcode="PE21 6RY", line1="1 New Road", town="Boston"))


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30), st.text(max_size=12))
def test_whatever_is_typed_is_refused_or_reads_back_the_same(
    one: str, two: str, town: str, postcode: str
) -> None:
    try:
        kept = read(HOME, line1=one, line2=two, town=town, postcode=postcode)
    except Refused:
        return
    assert kept is None or reads_back(HOME, kept)


@pytest.mark.parametrize(
    "changed",
    [{"lines": [7]}, {"postcode": None}, {"words": []}, {"council": ["boston"]}, {"easting": "far"}],
)
def test_an_address_whose_parts_are_of_another_kind_is_asked_again(changed: dict[str, object]) -> None:
    kept = read(HOME, postcode="PE21 6RY", uprn="100000000001")
    assert HOME.accepts(kept)
    assert not HOME.accepts({**kept, **changed})
