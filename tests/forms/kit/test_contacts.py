"""Names in any script, telephones of any country, e-mail addresses as they are copied, plates as they were seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.kit.contacts import Email, Name, Phone, VehicleRegistration, mobile_number, number_shown
from forms.kit.questions import Question, Refused
from tests.forms.kit.tried import read, reads_back, refused

NAME = Name("it", "It")
EMAIL = Email("it", "It")
PHONE = Phone("it", "It")
PLATE = VehicleRegistration("it", "It")


@pytest.mark.parametrize(
    "name",
    [
        "Siobhán O’Neill-Smith",
        "D'Arcy",
        "Madonna",
        "X Æ A-12",
        "李小龍",
        "محمد عبد الله",
        "Владимир Ильич",
        "María José de la Cruz y Ortega",
        "Nguyễn Thị Minh Khai",
        "Ng",
        "O",
        "Dr Ada Marsh (Mrs)",
        "Jean‑Luc",
        "Ŵyn ap Rhys",
        "Van der Berg, Jan",
        "ᏣᎳᎩ",
        "Null",
        "Test",
    ],
)
def test_a_name_is_whatever_people_are_called(name: str) -> None:
    assert read(NAME, f" {name}\u00a0") == name
    assert reads_back(NAME, name)


def test_a_name_that_is_too_long_says_how_long_it_may_be() -> None:
    assert refused(NAME, "x" * 101)[0] == "Your name must be 100 characters or fewer"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ada@example.org", "ada@example.org"),
        (" Ada@EXAMPLE.org\u00a0", "Ada@example.org"),
        ("mailto:ada@example.org", "ada@example.org"),
        ("<ada@example.org>,", "ada@example.org"),
        ("o'neill+bins@example.org", "o'neill+bins@example.org"),
        ("ada@bücher.example.org", "ada@bücher.example.org"),
        ("\u202aada@example.org\u202c", "ada@example.org"),
    ],
)
def test_an_email_address_is_taken_as_it_is_copied(typed: str, kept: str) -> None:
    assert read(EMAIL, typed) == kept


@pytest.mark.parametrize(
    "typed", ["ada", "ada@", "@example.org", "ada example.org", "ada@example", "a@b@example.org", "a@.org"]
)
def test_what_is_no_email_address_is_told_the_format(typed: str) -> None:
    assert refused(EMAIL, typed)[0] == "Enter an email address in the correct format, like name@example.com"


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("01632 960001", "+441632960001", "01632 960001"),
        ("(01632) 960-001", "+441632960001", "01632 960001"),
        ("+44 (0) 1632 960 001", "+441632960001", "01632 960001"),
        ("07700\u00a0900\u00a0982", "+447700900982", "07700 900982"),
        ("０７７００ ９００９８２", "+447700900982", "07700 900982"),
        ("07700–900–982", "+447700900982", "07700 900982"),
        ("+353 1 234 5678", "+35312345678", "+353 1 234 5678"),
        ("0048 22 123 45 67", "+48221234567", "+48 22 123 45 67"),
        ("+1 (212) 555-0123", "+12125550123", "+1 212-555-0123"),
        ("tel:+441632960001", "+441632960001", "01632 960001"),
    ],
)
def test_a_telephone_number_of_any_country_is_kept_with_its_code(typed: str, kept: str, shown: str) -> None:
    assert read(PHONE, typed) == kept
    assert PHONE.lines(kept) == (shown,)
    assert reads_back(PHONE, kept)


@pytest.mark.parametrize("typed", ["12", "call me", "0163296000100000", "+999 1", "none"])
def test_what_is_no_telephone_number_is_told_what_one_looks_like(typed: str) -> None:
    assert refused(PHONE, typed)[0].startswith("Enter a phone number, like 01632 960 001")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("07700 900982", "+447700900982"),
        ("+44 (0) 7700 900 982", "+447700900982"),
        ("0044 7700-900-982", "+447700900982"),
        ("07624 900123", "+447624900123"),  # the Isle of Man
        ("01632 960001", None),
        ("070 0090 0982", None),
        ("07600 900982", None),
        ("07700 90098", None),
        ("07700 900 98 21", None),
        ("+33 6 12 34 56 78", None),
        ("ada@example.org", None),
        ("", None),
    ],
)
def test_a_mobile_of_this_country_is_told_from_other_numbers(typed: str, number: str | None) -> None:
    assert mobile_number(typed) == number
    assert number is None or number_shown(number).startswith("07")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ab12cde", "AB12 CDE"),
        (" AB12\u00a0CDE ", "AB12 CDE"),
        ("ＡＢ１２ＣＤＥ", "AB12 CDE"),
        ("Q123 ABC", "Q123 ABC"),
        ("A1", "A1"),
        ("1 a", "1 A"),
        ("w-ab 1234", "W-AB 1234"),
        ("AB12 ???", "AB12 ???"),
        ("bright red van", "BRIGHT RED VAN"),
        ("WÜ-XY 12", "WÜ-XY 12"),
        ("12-345-67", "12-345-67"),
        ("А123ВС77", "А123ВС77"),
        ("101 D 123", "101 D 123"),
    ],
)
def test_no_plate_is_refused(typed: str, kept: str) -> None:
    assert read(PLATE, typed) == kept
    assert reads_back(PLATE, kept)


@given(st.sampled_from([NAME, EMAIL, PHONE, PLATE]), st.text(max_size=40))
def test_whatever_is_typed_is_refused_or_reads_back_the_same(question: Question, text: str) -> None:
    try:
        kept = read(question, text)
    except Refused:
        return
    assert kept is None or reads_back(question, kept)


@pytest.mark.parametrize("kept", ["+0012345", "+99999999999", "01632 960001", 441632960001])
def test_a_kept_number_that_cannot_be_shown_is_asked_again(kept: object) -> None:
    assert not PHONE.accepts(kept)
