"""The British National Grid reads what people type, and says clearly when it cannot."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfservice.domain import grid

CORNER = (532650.0, 344120.0)


@pytest.mark.parametrize(
    "text",
    [
        "TF3265044120",
        "tf 32650 44120",
        "Tf 3 2 6 5 0 4 4 1 2 0",
        "532650 344120",
        "532650,344120",
        "E 532650 N 344120",
        "Easting: 532650, Northing: 344120",
        "52.9780442, -0.0258001",
        "-0.0258001 52.9780442",
        "52.9780442 N, 0.0258001 W",
        "Latitude 52.9780442 Longitude -0.0258001",
        "52°58'40.959\"N 0°1'32.880\"W",
    ],
)
def test_every_way_of_writing_a_point_tells_the_same_point(text: str) -> None:
    point = grid.read_point(text)
    assert point is not None
    assert (point.easting, point.northing) == pytest.approx(CORNER, abs=0.1)


@pytest.mark.parametrize(
    ("text", "easting", "northing", "within"),
    [
        ("TF 32 44", 532500, 344500, 1000),
        ("TF 326 441", 532650, 344150, 100),
        ("tf326441", 532650, 344150, 100),
        ("TF 3265 4412", 532655, 344125, 10),
        ("TF 32650 44120", 532650, 344120, 1),
        ("NN 166 712", 216650, 771250, 100),
        ("SV 00 00", 500, 500, 1000),
    ],
)
def test_a_grid_reference_means_the_middle_of_its_square(
    text: str, easting: float, northing: float, within: float
) -> None:
    point = grid._read_grid_reference(text)
    assert point == grid.Point(easting, northing, within)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("TF 3265 441", "same number of figures twice"),
        ("TF 32650 441 20 5", "same number of figures twice"),
        ("ZZ 123 456", "no grid square ZZ"),
        ("10.5, 20.5", "not in Great Britain"),
        ("48.8566, 2.3522", "not in Great Britain"),
        ("5000000 99999999", "six or seven figures"),
        ("999.5 12.25", None),
    ],
)
def test_what_looks_like_a_point_and_is_none_is_told_in_words(text: str, words: str | None) -> None:
    with pytest.raises(grid.Unreadable, match=words):
        grid.read_point(text)


@pytest.mark.parametrize(
    "text", ["", "hello", "PE21 6RY", "532650", "12 34", "nan nan", "1e9 5", "12 High Street"]
)
def test_what_is_no_point_at_all_is_left_to_others(text: str) -> None:
    assert grid.read_point(text) is None


@given(st.integers(0, 699_999), st.integers(0, 1_299_999))
def test_a_grid_reference_is_read_back_as_the_point_it_was_written_for(easting: int, northing: int) -> None:
    point = grid._read_grid_reference(grid.to_grid_reference(easting, northing))
    assert point == grid.Point(easting, northing)


@given(st.floats(490_000, 570_000), st.floats(300_000, 420_000))
def test_degrees_and_metres_agree_to_two_centimetres(easting: float, northing: float) -> None:
    point = grid.to_point(*grid.to_latitude_longitude(easting, northing))
    assert (point.easting, point.northing) == pytest.approx((easting, northing), abs=0.02)


def test_the_conversion_is_the_surveys_own() -> None:
    """Caister water tower, as Ordnance Survey publishes it for OSTN15 (ETRS89 and OSGB36)."""
    point = grid.to_point(52.658007833, 1.716073973)
    assert (point.easting, point.northing) == pytest.approx((651409.804, 313177.45), abs=0.02)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    with suppress(grid.Unreadable):
        grid.read_point(text)
    grid.read_postcode(text)
    grid.looks_like_part_of_a_postcode(text)


@pytest.mark.parametrize("text", ["TF" + "1 " * 100_000, "1" * 1_000_000, "°" * 100_000, "1.1 " * 50_000])
def test_long_text_costs_nothing(text: str) -> None:
    began = time.perf_counter()
    with suppress(grid.Unreadable):
        grid.read_point(text)
    assert time.perf_counter() - began < 0.2


@pytest.mark.parametrize("text", ["PE21 6RY", "pe216ry", " Pe21  6rY ", "PE21-6RY", "P E 2 1 6 R Y"])
def test_a_postcode_is_known_in_any_spacing_and_case(text: str) -> None:
    assert grid.read_postcode(text) == "PE21 6RY"


@pytest.mark.parametrize(
    ("text", "part"), [("PE21", True), ("pe21 6", True), ("PE", False), ("Boston", False)]
)
def test_the_beginning_of_a_postcode_is_known_for_what_it_is(text: str, part: bool) -> None:
    assert grid.looks_like_part_of_a_postcode(text) is part


def test_grid_lines_are_a_round_step_apart_and_few() -> None:
    lines = grid.lines(530_000, 340_000, 535_000, 345_000)
    assert [line.number for line in lines if line.counts == "easting"][:3] == ["300", "305", "310"]
    assert 10 < len(lines) <= 24
    assert grid.lines(0, 0, 700_000, 1_300_000, most=5) == []
