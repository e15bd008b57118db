"""Every way to say where ends in the same resolved place, in the right council, with words to confirm."""

import csv
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from forms.kit.questions import NotFound
from integrations.gazetteer import areas as area_files
from integrations.gazetteer.postcodes import Postcodes
from selfservice.configuration import load_councils
from selfservice.domain.places import Place, Precision
from selfservice.operations.placing import Places
from tests.factories.homes import KEPT, PARTNERSHIP

CONFIG = Path(__file__).resolve().parents[3] / "config"


@cache
def _postcodes() -> Postcodes:
    return Postcodes(PARTNERSHIP, KEPT)


@pytest.fixture(scope="module")
def places() -> Places:
    """The embedded default: no boundary loaded."""
    return Places(area_files.load(load_councils(CONFIG, {}), CONFIG, "ONS postcodes"), _postcodes())


@pytest.fixture(scope="module")
def drawn(shared_data: Path) -> Places:
    """With the boundaries and wards of real data."""
    councils = {
        slug: replace(
            council,
            boundary=str(shared_data / "districts.geojson"),
            wards=str(shared_data / f"wards_{slug.replace('-', '_')}_2013.geojson"),
        )
        for slug, council in load_councils(CONFIG, {}).items()
    }
    return Places(area_files.load(councils, CONFIG, "ONS postcodes"), _postcodes())


@pytest.mark.parametrize(
    "text", ["TF 32650 44120", "532650 344120", "52.9780442, -0.0258001", "tf3265044120"]
)
def test_a_grid_reference_coordinates_and_a_pin_are_equals(places: Places, text: str) -> None:
    typed, pinned = places.resolve(text), places.resolve_pin(52.9780442, -0.0258001)
    for place in (typed, pinned):
        assert (place.easting, place.northing) == pytest.approx((532650, 344120), abs=0.05)
        assert (place.council, place.postcode) == ("boston", "PE21 6NG")
        assert place.words.startswith("Near PE21 6NG, Boston. Grid reference TF 326")
    assert (typed.precision, pinned.precision) == (Precision.GRID_REFERENCE, Precision.PIN)


def test_a_postcode_is_a_place_like_any_other(places: Places) -> None:
    place = places.resolve(" pe216ry ")
    assert place.precision is Precision.POSTCODE
    assert (place.council, place.postcode, place.given) == ("boston", "PE21 6RY", "pe216ry")
    assert place.words == "Near PE21 6RY, Boston. Grid reference TF 33049 44511"


def test_how_closely_the_place_is_known_is_kept_and_said(places: Places) -> None:
    assert places.resolve("TF 326 441").within_metres == 100
    assert places.resolve("TF 326 441").words == "Near PE21 6NB, Boston. Grid reference TF 326 441"
    assert places.resolve("TF 32 44").within_metres == 1000


def test_without_a_boundary_the_answer_is_approximate_and_names_its_data(
    places: Places, drawn: Places
) -> None:
    told, known = places.resolve("PE21 6RY"), drawn.resolve("PE21 6RY")
    assert (told.approximate, told.source, told.ward) == (True, "ONS postcodes", None)
    assert (known.approximate, known.council) == (False, "boston")
    assert known.source.startswith("districts.geojson (file of ")
    assert known.ward


def test_sleaford_is_north_kestevens_and_says_where_to_go(places: Places, drawn: Places) -> None:
    for place in (places.resolve("NG34 7AA"), drawn.resolve("NG34 7AA"), places.resolve("TF 0685 4551")):
        assert place.council is None
        assert place.authority == "North Kesteven District Council"
        assert place.authority_website == "https://www.n-kesteven.gov.uk"
        assert "North Kesteven" in place.words


def test_spalding_is_south_hollands_whichever_page_asked(places: Places, drawn: Places) -> None:
    assert places.resolve("PE11 1QF").council == drawn.resolve("PE11 1QF").council == "south-holland"


def test_a_postcode_at_the_other_end_of_the_country_is_nobody_known_here(places: Places) -> None:
    place = places.resolve("SW1A 1AA")
    assert (place.council, place.authority, place.words) == (
        None,
        None,
        "Near SW1A 1AA. Grid reference TQ 29090 79645",
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Enter a full postcode like PE21 6RY, or a grid reference"),
        ("   ", "Enter a full postcode like PE21 6RY, or a grid reference"),
        ("the bins behind the pub", "We could not find that place. Enter a full postcode"),
        ("PE21", "PE21 is only part of a postcode"),
        ("pe21 6", "PE21 6 is only part of a postcode"),
        ("PE99 9ZZ", "There is no postcode PE99 9ZZ"),
        ("TF 3265 441", "the same number of figures twice"),
        ("48.8566, 2.3522", "not in Great Britain"),
        ("1" * 10_000, "We could not find that place"),
        ("<script>alert(1)</script>", "We could not find that place"),
    ],
)
def test_what_cannot_be_found_says_why_and_what_can_be_typed(places: Places, text: str, words: str) -> None:
    with pytest.raises(NotFound, match=words) as raised:
        places.resolve(text)
    assert len(raised.value.words) < 150
    assert "<" not in raised.value.words


@pytest.mark.parametrize("degrees", [(48.8566, 2.3522), (0.0, 0.0), (float("nan"), 0.0), (91.0, 500.0)])
def test_a_pin_outside_great_britain_is_refused(places: Places, degrees: tuple[float, float]) -> None:
    with pytest.raises(NotFound, match="not in Great Britain"):
        places.resolve_pin(*degrees)


def test_a_place_comes_back_from_json_as_it_was(places: Places) -> None:
    place = places.resolve("NG34 7AA")
    assert Place.from_json(place.to_json()) == place


@pytest.mark.parametrize("kind", ["places", "drawn"])
@pytest.mark.parametrize("by", ["postcode", "point"])
def test_every_postcode_of_the_sample_falls_where_it_should(
    request: pytest.FixtureRequest, shared_data: Path, kind: str, by: str
) -> None:
    chosen: Places = request.getfixturevalue(kind)
    with (shared_data / "postcodes_sample.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    counts: Counter[str] = Counter()
    wrong = []
    for row in rows:
        typed = row["postcode"] if by == "postcode" else f"{row['easting']} {row['northing']}"
        place = chosen.resolve(typed)
        due = chosen.areas.slugs.get(row["gss_code"])
        counts[due or "outside"] += 1
        if place.council != due or (due is None and by == "postcode" and place.authority is None):
            wrong.append((row["postcode"], due, place.council, place.margin_metres))
    told = f"{dict(counts)}, of which wrong: {len(wrong)} {wrong[:5]}"
    assert not wrong, told
    assert (len(rows), counts["outside"]) == (3600, 1200), told
