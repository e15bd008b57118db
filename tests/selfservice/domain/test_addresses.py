"""Addresses kept in capitals, written for people."""

import pytest

from selfservice.domain.addresses import ListedAddress, in_order, lines_of, uprn_of, written


@pytest.mark.parametrize(
    ("capitals", "people"),
    [
        ("12A HIGH STREET", "12A High Street"),
        ("ST. MARY'S LANE", "St. Mary's Lane"),
        ("O’NEILL-SMITH HOUSE", "O’Neill-Smith House"),
        ("KIRTON IN HOLLAND", "Kirton in Holland"),
        ("THE OLD RECTORY", "The Old Rectory"),
        ("UNIT 4B 1-3 WYBERTON WAY", "Unit 4B 1-3 Wyberton Way"),
        ("CAFÉ ŁÓDŹ", "Café Łódź"),
        ("", ""),
    ],
)
def test_words_are_written_as_people_write_them(capitals: str, people: str) -> None:
    assert written(capitals) == people


def test_a_number_goes_with_its_street_and_the_postcode_is_left_out() -> None:
    assert lines_of("2, EXAMPLE ROAD, , KIRTON, PE20 1AA", "PE20 1AA") == ("2 Example Road", "Kirton")
    assert lines_of("1-3, EXAMPLE ROAD", "PE20 1AA") == ("1-3 Example Road",)
    assert lines_of("PE20 1AA", "PE20 1AA") == ()


def test_a_street_is_walked_along_in_the_order_of_its_numbers() -> None:
    street = [
        ListedAddress(str(n), (line,), "PE20 1AA")
        for n, line in enumerate(("10 A", "2 A", "2B A", "Hall", "1 A"))
    ]
    assert [each.lines[0] for each in in_order(street)] == ["1 A", "2 A", "2B A", "10 A", "Hall"]


@pytest.mark.parametrize(
    ("text", "uprn"),
    [
        ("000123", "123"),
        (" 123 ", "123"),
        ("123456789012", "123456789012"),
        ("1234567890123", None),
        ("0", None),
        ("x", None),
        ("١٢", None),
    ],
)
def test_a_uprn_is_text_without_leading_noughts(text: str, uprn: str | None) -> None:
    assert uprn_of(text) == uprn
