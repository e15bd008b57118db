"""Files of areas: repaired and said so, refused with every mistake, never dropped in silence."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from integrations.gazetteer.areas import UnusableLayers, load, read_layer
from selfservice.domain.council import Contacts, Council, Landmark

SQUARE = [[[532000, 344000], [533000, 344000], [533000, 345000], [532000, 345000], [532000, 344000]]]
BOW_TIE = [[[532000, 344000], [533000, 345000], [533000, 344000], [532000, 345000], [532000, 344000]]]
METRES = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}


def _council(**changed: Any) -> Council:
    return Council(
        slug="boston",
        name="Boston Borough Council",
        prefix="BOS",
        gss_code="E07000136",
        colour="#0b4f6c",
        contacts=Contacts("01632 960301", "", "boston@example.org", ""),
        website="https://boston.example.org",
        privacy_url="https://boston.example.org/privacy",
        email_from="boston@example.org",
        services=(),
        centre=Landmark("Boston", 532960, 343900),
        **changed,
    )


def _written(file: Path, *features: Any, **more: Any) -> Path:
    file.write_text(
        json.dumps({"type": "FeatureCollection", "features": list(features), **more}), encoding="utf-8"
    )
    return file


def _feature(rings: Any, **properties: Any) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": rings} if rings else None
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def test_the_file_says_in_which_coordinates_it_is(tmp_path: Path) -> None:
    file = _written(
        tmp_path / "metres.geojson", _feature(SQUARE, gss_code="E07000136", name="Boston"), crs=METRES
    )
    hit = read_layer(file).at(532500, 344500)
    assert hit is not None
    assert hit.area.name == "Boston"


def test_degrees_are_turned_into_metres(tmp_path: Path) -> None:
    rings = [[[-0.03, 52.97], [-0.02, 52.97], [-0.02, 52.98], [-0.03, 52.98], [-0.03, 52.97]]]
    file = _written(tmp_path / "degrees.geojson", _feature(rings, LAD25CD="E07000136", LAD25NM="Boston"))
    hit = read_layer(file).at(532650, 344120)
    assert hit is not None
    assert hit.area.code == "E07000136"


def test_the_data_s_own_name_and_date_are_kept(tmp_path: Path) -> None:
    square = _feature(SQUARE, gss_code="E07000136", name="Boston")
    file = _written(tmp_path / "a.geojson", square, crs=METRES, source="ONS districts", date="December 2025")
    assert read_layer(file).areas[0].source == "ONS districts (December 2025)"
    plain = _written(tmp_path / "b.geojson", square, crs=METRES)
    assert read_layer(plain).areas[0].source.startswith("b.geojson (file of 20")


def test_an_invalid_polygon_is_repaired_and_its_name_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = _written(tmp_path / "bow.geojson", _feature(BOW_TIE, code="E05000001", name="Bow Tie"), crs=METRES)
    with caplog.at_level(logging.WARNING):
        layer = read_layer(file)
    assert layer.repaired == ("Bow Tie",)
    assert "Bow Tie (E05000001)" in caplog.text
    assert layer.areas[0].shape.is_valid


def test_districts_as_published_are_repaired_and_none_is_dropped(
    shared_data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        layer = read_layer(shared_data / "districts_as_published_invalid.geojson")
    assert len(layer.areas) == 13
    assert len(layer.repaired) == 12
    assert all(area.shape.is_valid and area.shape.area > 10_000_000 for area in layer.areas)
    assert all(name in caplog.text for name in layer.repaired)


def test_valid_districts_are_left_alone(shared_data: Path) -> None:
    layer = read_layer(shared_data / "districts.geojson")
    assert (len(layer.areas), layer.repaired) == (8, ())


def test_every_mistake_in_every_file_is_told(tmp_path: Path) -> None:
    _written(
        tmp_path / "boundary.geojson",
        _feature(None, gss_code="E07000136", name="Nothing"),
        _feature(SQUARE, gss_code="E07000137"),
        _feature([[[0, 0], [1, 0], [0, 0]]], gss_code="E07000138", name="Flat"),
        _feature(SQUARE, gss_code="E07000139", name="Metres called degrees"),
    )
    (tmp_path / "wards.geojson").write_text("not json", encoding="utf-8")
    (tmp_path / "authorities.toml").write_text(
        '[E07000139]\nname = "N"\nwebsite = "nowhere"\n', encoding="utf-8"
    )
    with pytest.raises(UnusableLayers) as raised:
        load({"boston": _council(boundary="boundary.geojson", wards="wards.geojson")}, tmp_path)
    told = "\n".join(raised.value.mistakes)
    for words in (
        "boundary.geojson: feature 1: has no geometry",
        "boundary.geojson: feature 2: has no code and name",
        "boundary.geojson: feature 3: ",
        "boundary.geojson: feature 4: has points outside Great Britain",
        "wards.geojson: cannot be read as GeoJSON",
        "authorities.toml: E07000139: title: ",
        "authorities.toml: E07000139: website: ",
    ):
        assert words in told


def test_a_boundary_file_without_the_council_is_a_mistake(tmp_path: Path) -> None:
    _written(tmp_path / "b.geojson", _feature(SQUARE, gss_code="E07000999", name="Elsewhere"), crs=METRES)
    with pytest.raises(UnusableLayers, match="no area has the code E07000136"):
        load({"boston": _council(boundary="b.geojson")}, tmp_path)


def test_a_county_in_the_file_does_not_cover_its_districts(tmp_path: Path) -> None:
    _written(
        tmp_path / "b.geojson",
        _feature(SQUARE, gss_code="E07000136", name="Boston"),
        _feature(SQUARE, gss_code="E10000019", name="Lincolnshire"),
        crs=METRES,
    )
    areas = load({"boston": _council(boundary="b.geojson")}, tmp_path)
    assert [area.name for area in areas.boundaries.areas] == ["Boston"]


def test_a_missing_file_is_a_mistake_and_no_files_are_none(tmp_path: Path) -> None:
    with pytest.raises(UnusableLayers, match=r"gone\.geojson"):
        load({"boston": _council(boundary="gone.geojson")}, tmp_path)
    areas = load({"boston": _council()}, tmp_path)
    assert (areas.boundaries.areas, areas.wards.areas, areas.slugs) == ((), (), {"E07000136": "boston"})


def test_the_neighbours_of_the_partnership_are_named() -> None:
    config = Path(__file__).resolve().parents[3] / "config"
    authorities = load({}, config).authorities
    names = {authority.name for authority in authorities.values()}
    assert {
        "North Kesteven",
        "South Kesteven",
        "West Lindsey",
        "Lincoln",
        "Fenland",
        "King's Lynn and West Norfolk",
        "Peterborough",
        "North East Lincolnshire",
        "North Lincolnshire",
        "Rutland",
    } <= names
    assert all(authority.website.startswith("https://") for authority in authorities.values())
