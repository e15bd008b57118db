"""What an agent typed into the one box, read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.kit.contacts import number_meant
from selfservice.domain.reference import make_reference
from selfservice.domain.sought import LONGEST_WORD, MOST_WORDS, Sought, in_area, read


def sought(query: str) -> Sought:
    return read(query, number_meant)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Smith", ("smith",)),
        ("SMITH, Mary-Anne", ("smith", "mary", "anne")),
        ("Mrs M. Smith", ("m", "smith")),
        ("Dr", ("dr",)),
        ("Siobhán O’Neill", ("siobhan", "oneill")),
        ("Sio\u00adbhán\u200b", ("siobhan",)),
        ("smith smith", ("smith",)),
        ("王秀英", ("王秀英",)),
        ("Smith 12/03/1962", ("smith",)),
        ("...", ()),
    ],
)
def test_names_are_read_as_they_are_kept(query: str, words: tuple[str, ...]) -> None:
    assert sought(query).words == words


@pytest.mark.parametrize(
    "query",
    [
        "pe21 8qr",
        "PE218QR",
        "pe2 18qr",
        "P E 2 1 8 Q R",
        "pe21-8qr",
        "PE21 8QR.",
        "  pe21   8qr ",
        "smith pe21 8qr j",
    ],
)
def test_a_postcode_is_read_however_it_is_spaced(query: str) -> None:
    assert sought(query).postcode == "PE218QR"


def test_letters_heard_for_the_digit_of_a_postcode_are_read_as_it() -> None:
    assert sought("pe21 oqr").postcode == "PE210QR"


@pytest.mark.parametrize(("query", "area"), [("smith pe21", "PE21"), ("smith pe218", "PE218"), ("m1", "M1")])
def test_the_beginning_of_a_postcode_is_an_area(query: str, area: str) -> None:
    assert (sought(query).area, sought(query).postcode) == (area, "")


def test_a_district_is_not_the_beginning_of_a_longer_one() -> None:
    assert in_area("PE2", "PE21AA")
    assert not in_area("PE2", "PE216RY")
    assert in_area("PE21", "PE216RY")
    assert in_area("PE216", "PE216RY")


@pytest.mark.parametrize(
    "query",
    [
        "07700 900123", "07700900123", "+44 7700 900123", "+44 (0)7700 900123", "0044 7700 900123", "44 7700 900123",
        "7700 900123", "(07700) 900-123", "07700.900.123", "smith 07700 900 123", "0 7 7 0 0 9 0 0 1 2 3",
    ],
)  # fmt: skip
def test_a_telephone_number_is_read_however_it_is_written(query: str) -> None:
    number = sought(query).number
    assert number is not None
    assert number.phone == "+447700900123"


def test_a_number_may_be_a_property_s_or_the_end_of_a_telephone_s() -> None:
    number = sought("000100030123").number
    assert number is not None
    assert number.uprn == "100030123"
    local = sought("960123").number
    assert local is not None
    assert local.is_phone("+441632960123")
    assert not local.is_phone("+441632960124")


@pytest.mark.parametrize(
    ("query", "email", "login"),
    [
        ("Mary.Smith@example.org", "mary.smith@example.org", ""),
        ("mailto:<mary@example.org>;", "mary@example.org", ""),
        ("smith mary@", "mary@", ""),
        ("mary77", "mary77", ""),
        ("mary.smith", "", "mary.smith"),
        ("mary smith", "", ""),
    ],
)
def test_an_address_or_its_beginning_is_read(query: str, email: str, login: str) -> None:
    assert (sought(query).email, sought(query).login) == (email, login)


def test_a_reference_is_read_with_letters_misheard_and_among_other_words() -> None:
    written = make_reference("BOS", lambda n: 7 % n)
    for typed in (written, written.lower(), written.replace("-", " "), f"smith {written.replace('-', ' ')}"):
        assert written in sought(typed).references


@given(st.text(max_size=500))
def test_whatever_is_typed_is_read_within_bounds(query: str) -> None:
    read_ = sought(query)
    assert len(read_.words) <= MOST_WORDS
    assert all(0 < len(word) <= LONGEST_WORD for word in read_.words)
    assert "\x00" not in f"{read_}"


def test_what_was_told_is_recorded_by_its_kind_alone() -> None:
    assert sought("Smith pe21 8qr 07700 900123 mary@").kinds == ("name", "email", "postcode", "number")
