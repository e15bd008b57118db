"""Tables to take away: whatever stands in a cell, no spreadsheet takes it for a formula, and nothing is lost."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from selfservice.web.supervise import downloads
from selfservice.web.supervise.downloads import FORMULA, harmless

CELLS = st.text() | st.sampled_from(
    ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "\u00a0=1", "\n-1"]
)


@given(CELLS)
@example('=HYPERLINK("http://example.org")')
def test_no_cell_begins_as_a_formula_does_and_the_words_are_kept(text: str) -> None:
    cell = harmless(text)
    assert cell[:1] not in FORMULA
    assert cell.lstrip()[:1] not in FORMULA
    assert cell in (text, f"'{text}")


@pytest.mark.parametrize("sign", ["\ufeff", "\u200b", "\x00", "\u202e "])
def test_signs_that_nobody_sees_hide_no_formula(sign: str) -> None:
    assert harmless(f"{sign}=1+1") == f"'{sign}=1+1"
    assert harmless(f"{sign}one") == f"{sign}one"


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=5))
def test_a_file_is_read_back_as_what_was_written_every_cell_in_quotation_marks(rows: list[list[str]]) -> None:
    written = downloads.lines(rows)
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert read == [[harmless(cell) for cell in row] for row in rows]
    assert written.startswith('"')
    assert written.endswith('"\r\n')


@pytest.mark.parametrize(
    ("value", "cell"), [(None, ""), (12, "12"), (-3, "-3"), (0.5, "0.5"), ("plain", "plain")]
)
def test_numbers_stay_numbers_and_nothing_stays_empty(value: object, cell: str) -> None:
    assert harmless(value) == cell


def test_a_download_is_a_file_that_no_browser_opens_as_a_page() -> None:
    response = downloads.download("time", [["Größe"], [1]])
    assert response.get_data().decode("utf-8-sig") == '"Größe"\r\n"1"\r\n'
    assert response.get_data().startswith(b"\xef\xbb\xbf")
    assert response.headers["Content-Disposition"] == 'attachment; filename="time.csv"'
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
