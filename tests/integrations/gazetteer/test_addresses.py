"""A council's own file of addresses: read once, asked by postcode, every mistake told by its line."""

import csv
import time
from pathlib import Path

import pytest

from integrations.gazetteer.addresses import UnusableAddresses, open_file
from selfservice.domain.addresses import ListedAddress

WRITTEN = """UPRN,Address,Postcode,Easting,Northing,Classification
000100030001,"10, EXAMPLE STREET, BOSTON",PE21 6RY,532700.5,344100,RD
100030002,"2, EXAMPLE STREET, BOSTON",pe216ry,,,RD
100030003,"FLAT 1, THE O’NEILL HALL, 4 EXAMPLE STREET, BOSTON",PE21 6RY,532701,344101,RD
,,,,,
100030004,"1 Other Road, Spalding",PE11 1QD,1,2,RD
"""


def file(folder: Path, text: str = WRITTEN) -> Path:
    """A file of addresses as it is handed in: with the mark that spreadsheets put before it."""
    path = folder / "addresses.csv"
    path.write_text("\ufeff" + text, encoding="utf-8")
    return path


def test_addresses_are_listed_as_one_walks_along_the_street(tmp_path: Path) -> None:
    found = open_file(file(tmp_path), tmp_path / "home").addresses("PE21 6RY")
    assert [each.lines[0] for each in found] == ["2 Example Street", "Flat 1", "10 Example Street"]
    assert found[2] == ListedAddress(
        "100030001", ("10 Example Street", "Boston"), "PE21 6RY", 532700.5, 344100.0
    )
    assert found[1].lines == ("Flat 1", "The O’Neill Hall", "4 Example Street", "Boston")
    assert found[0].easting is None


def test_a_postcode_that_has_none_is_empty(tmp_path: Path) -> None:
    assert open_file(file(tmp_path), tmp_path).addresses("PE21 9ZZ") == []


def test_lines_may_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    text = "uprn,postcode,line1,line2,line3\n1,PE21 6RY,The Old Rectory,,Boston\n"
    [found] = open_file(file(tmp_path, text), tmp_path).addresses("PE21 6RY")
    assert found.lines == ("The Old Rectory", "Boston")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("postcode,address\n", "addresses.csv: has no column uprn"),
        ("uprn,postcode\n", "addresses.csv: has no column address or line1"),
        ("", "addresses.csv: has no column uprn, no column postcode, no column address or line1"),
        (
            "uprn,postcode,address\nx,PE21 6RY,1 A\n",
            "addresses.csv: line 2: 'x' is not a UPRN of up to 12 digits",
        ),
        ("uprn,postcode,address\n1,PE21,1 A\n", "addresses.csv: line 2: 'PE21' is not a postcode"),
        ("uprn,postcode,address\n1,PE21 6RY,\n", "addresses.csv: line 2: the address is empty"),
        (
            "uprn,postcode,address,easting\n1,PE21 6RY,1 A,nan\n",
            "addresses.csv: line 2: easting 'nan' is not a number",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_told_by_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UnusableAddresses) as wrong:
        open_file(file(tmp_path, text), tmp_path)
    assert wrong.value.mistakes == [told]
    assert not list(tmp_path.glob("*.sqlite3*"))


def test_many_mistakes_are_counted_and_not_all_told(tmp_path: Path) -> None:
    text = "uprn,postcode,address\n" + "x,y,z\n" * 50
    with pytest.raises(UnusableAddresses) as wrong:
        open_file(file(tmp_path, text), tmp_path)
    assert len(wrong.value.mistakes) == 21
    assert wrong.value.mistakes[-1] == "addresses.csv: and 30 more"


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "addresses.csv"
    path.write_bytes("uprn,postcode,address\n1,PE21 6RY,Köln\n".encode("latin-1"))
    with pytest.raises(UnusableAddresses, match="cannot be read as CSV in UTF-8"):
        open_file(path, tmp_path)


def test_a_big_file_is_read_once_and_a_changed_one_again(tmp_path: Path) -> None:
    path = tmp_path / "addresses.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["uprn", "postcode", "address"])
        rows.writerows([n, f"PE21 {n % 10}RY", f"{n} EXAMPLE STREET, BOSTON"] for n in range(1, 20_001))
    open_file(path, tmp_path)
    begun = time.perf_counter()
    again = open_file(path, tmp_path)
    assert time.perf_counter() - begun < 0.1
    assert len(again.addresses("PE21 6RY")) == 2_000
    path.write_text(WRITTEN, encoding="utf-8")
    assert len(open_file(path, tmp_path).addresses("PE21 6RY")) == 3
