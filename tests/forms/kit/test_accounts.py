"""Numbers that others gave out, however they are copied from a letter or a card."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.kit.accounts import BankAccount, CouncilTaxAccount, NationalInsuranceNumber
from tests.forms.kit.tried import read, reads_back, refused

NINO = NationalInsuranceNumber("it", "It")
TAX = CouncilTaxAccount("it", "It")
SHAPED = CouncilTaxAccount("it", "It", shapes=("A#######", "#########"))
BANK = BankAccount("it", "It")
GIVEN = {"name": "Ada Marsh", "sort_code": "309430", "number": "12345678"}


@pytest.mark.parametrize(
    "typed",
    [
        "AA000001A",
        "aa000001a",
        "AA 00 00 01 A",
        "AA-00-00-01-A",
        " AA 00\u00a000 01 A ",
        "ＡＡ０００００１Ａ",
        "A A 0 0 0 0 0 1 A",
        "AA.00.00.01.A",
    ],
)
def test_a_national_insurance_number_is_kept_without_its_spaces(typed: str) -> None:
    assert read(NINO, typed) == "AA000001A"
    assert NINO.lines("AA000001A") == ("AA 00 00 01 A",)


@pytest.mark.parametrize(
    "typed",
    [
        "QQ123456C",
        "AA000001E",
        "AA000001",
        "AO000001A",
        "BG000001A",
        "ZZ000001A",
        "DA000001A",
        "AA00000lA",
        "1",
    ],
)
def test_what_was_never_given_out_is_refused(typed: str) -> None:
    assert (
        refused(NINO, typed)[0]
        == "Enter a National Insurance number in the correct format, like QQ 12 34 56 C"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "20012345",
        " 2001 2345 ",
        "20012345/123",
        "20012345 / 123",
        "2001-2345/1",
        "２００１２３４５",
        "2001\u00a02345",
        "2001–2345",
    ],
)
def test_a_council_tax_number_is_kept_without_its_ending(typed: str) -> None:
    assert read(TAX, typed) == "20012345"


@pytest.mark.parametrize("typed", ["2001234", "200123456", "A0012345", "2001234O", "/123", "²0012345x"])
def test_a_council_tax_number_of_another_shape_is_refused(typed: str) -> None:
    assert refused(TAX, typed)[0] == "Enter your council tax account number as it is on your bill"


def test_a_council_says_what_its_numbers_look_like() -> None:
    assert read(SHAPED, "b 1234567/9") == "B1234567"
    assert read(SHAPED, "123456789") == "123456789"
    assert refused(SHAPED, "12345678")


@pytest.mark.parametrize(
    "sort_code",
    ["309430", "30-94-30", "30 94 30", "30–94–30", "３０９４３０", "30.94.30", " 30\u00a094\u00a030"],
)
@pytest.mark.parametrize("number", ["12345678", "1234 5678", "１２３４５６７８", "1234-5678"])
def test_a_bank_account_is_kept_as_digits(sort_code: str, number: str) -> None:
    assert read(BANK, name=" Ada  Marsh ", sort_code=sort_code, number=number) == GIVEN


def test_an_account_number_of_six_digits_has_noughts_before_it() -> None:
    assert read(BANK, name="Ada Marsh", sort_code="309430", number="345678")["number"] == "00345678"


@pytest.mark.parametrize(
    ("name", "sort_code", "number", "words", "part"),
    [
        ("", "309430", "12345678", "Enter the name on the account", "name"),
        ("x" * 101, "309430", "12345678", "Name on the account must be 100 characters or fewer", "name"),
        ("Ada", "", "12345678", "Enter a sort code", "sort-code"),
        ("Ada", "3094", "12345678", "Enter a valid sort code like 309430", "sort-code"),
        ("Ada", "30943O", "12345678", "Enter a valid sort code like 309430", "sort-code"),
        ("Ada", "309430", "", "Enter an account number", "number"),
        ("Ada", "309430", "12345", "Account number must be between 6 and 8 digits", "number"),
        ("Ada", "309430", "GB29 NWBK", "Account number must be between 6 and 8 digits", "number"),
    ],
)
def test_what_is_wrong_with_an_account_is_told_beside_its_input(
    name: str, sort_code: str, number: str, words: str, part: str
) -> None:
    assert refused(BANK, name=name, sort_code=sort_code, number=number) == (words, (part,))


def test_nothing_typed_is_no_account() -> None:
    assert read(BANK, name=" ", sort_code="", number="\u00a0") is None


@given(st.from_regex(r"[0-9]{6}", fullmatch=True), st.from_regex(r"[0-9]{8}", fullmatch=True))
def test_every_account_reads_back_the_same(sort_code: str, number: str) -> None:
    if sort_code.isascii() and number.isascii():
        assert reads_back(BANK, {"name": "Siobhán O’Neill-Smith", "sort_code": sort_code, "number": number})


@given(st.from_regex(r"A[A-C][0-9]{6}[A-D]", fullmatch=True), st.from_regex(r"[0-9]{8}", fullmatch=True))
def test_every_number_reads_back_the_same(nino: str, tax: str) -> None:
    if nino.isascii() and tax.isascii():
        assert reads_back(NINO, nino)
        assert reads_back(TAX, tax)


@pytest.mark.parametrize("question", [NINO, BANK])
def test_what_tells_who_somebody_is_is_sealed(question: NationalInsuranceNumber | BankAccount) -> None:
    assert question.sensitive
