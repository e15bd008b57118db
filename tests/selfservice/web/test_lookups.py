"""What the map asks for is small, kept by browsers, and holds nothing of anybody's."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from selfservice.configuration import load_councils
from selfservice.operations.placing import open_places
from selfservice.settings import ROOT, load_settings
from selfservice.web.lookups import lookups
from selfservice.web.security import Who, access_of
from tests.factories.homes import KEPT
from tests.factories.installations import SECRET

IN_BOSTON = {"west": -0.06, "south": 52.96, "east": 0.0, "north": 52.99}


def _client(home: Path, **boundary: str) -> FlaskClient:
    councils = {
        slug: replace(council, **boundary) for slug, council in load_councils(ROOT / "config", {}).items()
    }
    places = open_places(councils, load_settings({"SELFSERVICE_HOME": str(home), "SECRET_KEY": SECRET}))
    app = Flask(__name__)
    app.extensions["selfservice"] = SimpleNamespace(councils=councils, places=places)
    app.register_blueprint(lookups)
    return app.test_client()


@pytest.fixture(scope="module")
def home() -> Path:
    return KEPT


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[FlaskClient]:
    with _client(home) as client:
        yield client


@pytest.mark.parametrize("council", ["boston", "east-lindsey", "south-holland"])
def test_each_council_has_its_map(client: FlaskClient, council: str) -> None:
    response = client.get(f"/{council}/map.json")
    told = response.json
    assert told is not None
    assert len(response.data) < 60_000
    assert told["approximate"] is True
    assert told["outline"]
    others = load_councils(ROOT / "config", {}).keys() - {council}
    assert len(told["others"]) == len(others) >= 2
    assert {"Boston", "Skegness", "Spalding"} <= {name for name, *_ in told["landmarks"]}
    assert 52 < told["centre"][0] < 54
    assert response.headers["Cache-Control"] == "public, max-age=3600"


def test_with_a_boundary_the_outline_is_the_council_s_own(home: Path, shared_data: Path) -> None:
    client = _client(home, boundary=str(shared_data / "districts.geojson"))
    response = client.get("/east-lindsey/map.json")
    assert response.json is not None
    assert response.json["approximate"] is False
    assert 300 < sum(map(len, response.json["outline"])) <= 1_200
    assert len(response.data) < 60_000


def test_a_view_has_postcodes_and_grid_lines(client: FlaskClient) -> None:
    response = client.get("/boston/map-points.json", query_string=IN_BOSTON)
    told = response.json
    assert told is not None
    assert 100 < len(told["postcodes"]) <= 300
    assert all(
        52.95 < latitude < 53 and -0.07 < longitude < 0.01 for _, latitude, longitude in told["postcodes"]
    )
    assert ["easting", "320"] in [line[:2] for line in told["lines"]]
    assert len(response.data) < 30_000


def test_a_view_of_the_whole_county_is_no_larger(client: FlaskClient) -> None:
    wide = {"west": -1.2, "south": 52.2, "east": 1.2, "north": 54.0}
    assert len(client.get("/boston/map-points.json", query_string=wide).data) < 30_000


@pytest.mark.parametrize(
    "changed",
    [
        {"west": "here"},
        {"west": "nan"},
        {"east": "inf"},
        {"east": -1},
        {"south": 60},
        {"west": -40},
        {"north": ""},
    ],
)
def test_a_box_that_is_none_is_refused(client: FlaskClient, changed: dict[str, object]) -> None:
    assert client.get("/boston/map-points.json", query_string=IN_BOSTON | changed).status_code == 400


def test_a_box_outside_great_britain_is_empty(client: FlaskClient) -> None:
    paris = {"west": 2.3, "south": 48.8, "east": 2.4, "north": 48.9}
    assert client.get("/boston/map-points.json", query_string=paris).json == {"postcodes": [], "lines": []}


@pytest.mark.parametrize(
    "address", ["/nowhere/map.json", "/nowhere/map-points.json?west=0&south=1&east=1&north=2"]
)
def test_a_council_that_is_not_here_has_no_map(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_both_routes_say_that_anyone_may_use_them(client: FlaskClient) -> None:
    views = client.application.view_functions
    for name in ("lookups.describe_map", "lookups.describe_view"):
        access = access_of(views[name])
        assert access is not None
        assert access.who is Who.ANYONE
