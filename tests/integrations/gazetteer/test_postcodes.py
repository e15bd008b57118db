"""Postcodes are found, near ones fast, and the kept file is made anew whenever it cannot be used."""

import time
from pathlib import Path

import pytest

from integrations.gazetteer import postcodes as room
from integrations.gazetteer.postcodes import Postcodes

PARTNERSHIP = {"E07000136", "E07000137", "E07000140"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def postcodes(home: Path) -> Postcodes:
    return Postcodes(PARTNERSHIP, home)


def test_making_it_reads_nothing(home: Path) -> None:
    began = time.perf_counter()
    Postcodes(PARTNERSHIP, home)
    assert time.perf_counter() - began < 0.05


def test_a_postcode_has_its_point_and_district(postcodes: Postcodes) -> None:
    found = postcodes.find("PE21 6RY")
    assert found is not None
    assert (found.postcode, found.easting, found.northing, found.gss_code) == (
        "PE21 6RY",
        533049,
        344511,
        "E07000136",
    )


@pytest.mark.parametrize(("postcode", "code"), [("SW1A 1AA", "E09000033"), ("M1 1AE", "E08000003")])
def test_a_postcode_far_from_here_is_found_too(postcodes: Postcodes, postcode: str, code: str) -> None:
    found = postcodes.find(postcode)
    assert found is not None
    assert found.gss_code == code


@pytest.mark.parametrize("postcode", ["PE99 9ZZ", "ZZ1 1ZZ", "QQ1 1AA", "V1 1AA"])
def test_a_postcode_that_does_not_exist_is_not_found(postcodes: Postcodes, postcode: str) -> None:
    assert postcodes.find(postcode) is None


def test_a_postcode_without_a_point_is_not_found(postcodes: Postcodes) -> None:
    assert postcodes.find("JE2 3AB") is None


def test_the_nearest_is_the_nearest_of_all(postcodes: Postcodes) -> None:
    nearest = postcodes.nearest(532650, 344120)
    assert nearest is not None
    located, metres = nearest
    around = postcodes.in_box(532000, 343500, 533300, 344700, limit=10_000)
    far = min(((one.easting - 532650) ** 2 + (one.northing - 344120) ** 2) ** 0.5 for one in around)
    assert metres == pytest.approx(far)
    assert located in around


def test_the_nearest_passes_over_districts_it_is_told_to(postcodes: Postcodes) -> None:
    nearest = postcodes.nearest(506849, 345515, besides={"E07000139"})
    assert nearest is None or nearest[0].gss_code != "E07000139"


def test_in_the_north_sea_nothing_is_near(postcodes: Postcodes) -> None:
    assert postcodes.nearest(600_000, 400_000) is None


def test_a_view_has_no_more_than_asked_for(postcodes: Postcodes) -> None:
    assert len(postcodes.in_box(500_000, 300_000, 560_000, 400_000, limit=300)) == 300
    assert postcodes.in_box(600_000, 400_000, 600_001, 400_001) == []


def test_looking_for_the_nearest_takes_well_under_two_milliseconds(postcodes: Postcodes) -> None:
    postcodes.nearest(532650, 344120)
    began = time.perf_counter()
    for step in range(200):
        postcodes.nearest(532650 + step, 344120)
    assert (time.perf_counter() - began) / 200 < 0.002


def test_the_next_process_reads_the_kept_file(
    postcodes: Postcodes, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postcodes.find("PE21 6RY")
    monkeypatch.setattr(room, "_around", lambda _codes: pytest.fail("the data was unpacked again"))
    began = time.perf_counter()
    found = Postcodes(PARTNERSHIP, home).find("PE21 6RY")
    assert found == postcodes.find("PE21 6RY")
    assert time.perf_counter() - began < 0.5
    assert not list(home.glob("*.part"))


@pytest.mark.parametrize("spoilt", [b"", b"not a file of ours", b"PK\x03\x04 cut short"])
def test_a_spoilt_kept_file_is_made_anew(
    postcodes: Postcodes, tmp_path: Path, spoilt: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = postcodes._table
    monkeypatch.setattr(room, "_around", lambda _codes: table)
    again = Postcodes(PARTNERSHIP, tmp_path)
    assert again._file is not None
    again._file.write_bytes(spoilt)
    assert again.find("PE21 6RY") == postcodes.find("PE21 6RY")
    assert again._file.stat().st_size > 1_000_000


def test_only_what_is_around_is_kept(postcodes: Postcodes) -> None:
    assert 50_000 < len(postcodes._table.postcodes) < 120_000


def test_an_unwritable_home_costs_memory_and_nothing_else(
    postcodes: Postcodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = postcodes._table
    monkeypatch.setattr(room, "_around", lambda _codes: table)
    blocked = tmp_path / "a file, not a folder"
    blocked.touch()
    assert Postcodes(PARTNERSHIP, blocked).find("PE21 6RY") is not None


def test_a_district_nobody_has_heard_of_has_no_postcodes_around_it() -> None:
    assert len(room._around(frozenset({"E99999999"})).postcodes) == 0
