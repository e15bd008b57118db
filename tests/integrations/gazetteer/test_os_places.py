"""OS Places: what it lists, what it costs to ask, and that its failures keep nobody from writing by hand."""

from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from integrations.gazetteer import os_places
from integrations.gazetteer.os_places import OsPlaces
from integrations.http import Limits
from selfservice.domain.addresses import ListedAddress

KEY = "a-key-of-the-tests"
PATH = "/search/places/v1/postcode"


def dpa(uprn: str, address: str, **more: Any) -> dict[str, Any]:
    """A postal address as OS Places gives it."""
    told = {"UPRN": uprn, "ADDRESS": address, "X_COORDINATE": 532700.0, "Y_COORDINATE": 344100.0}
    return {"DPA": told | more}


def answering(*results: dict[str, Any], total: int | None = None) -> dict[str, Any]:
    """An answer with these results, or without any."""
    header = {"totalresults": len(results) if total is None else total}
    return {"header": header, "results": list(results)} if results else {"header": header}


def places(httpserver: HTTPServer) -> OsPlaces:
    """OS Places as it is at this server."""
    limits = Limits(connect=0.5, read=0.5)
    return OsPlaces(httpserver.url_for("").rstrip("/"), KEY, allow_private=True, limits=limits)


def test_addresses_are_listed_for_people(httpserver: HTTPServer) -> None:
    asked = {"postcode": "PE21 6RY", "dataset": "DPA,LPI", "output_srs": "EPSG:27700", "key": KEY}
    httpserver.expect_request(
        PATH, query_string=asked | {"maxresults": "100", "offset": "0"}
    ).respond_with_json(
        answering(
            dpa("000200001", "10, EXAMPLE STREET, BOSTON, PE21 6RY"),
            dpa("200002", "FLAT 2A, ST BOTOLPH’S HOUSE, 3, EXAMPLE STREET, BOSTON, PE21 6RY"),
            {"LPI": {"UPRN": "200001", "ADDRESS": "10 EXAMPLE STREET, BOSTON, BOSTON, PE21 6RY"}},
            {
                "LPI": {
                    "UPRN": "200003",
                    "ADDRESS": "SUBSTATION ADJACENT 10, EXAMPLE STREET, BOSTON, PE21 6RY",
                }
            },
        )
    )
    found = places(httpserver).addresses("PE21 6RY")
    assert ListedAddress("200001", ("10 Example Street", "Boston"), "PE21 6RY", 532700.0, 344100.0) in found
    assert {each.uprn for each in found} == {"200001", "200002", "200003"}
    flat = next(each for each in found if each.uprn == "200002")
    assert flat.lines == ("Flat 2A", "St Botolph’s House", "3 Example Street", "Boston")


def test_a_postcode_without_addresses_has_no_results_at_all(httpserver: HTTPServer) -> None:
    httpserver.expect_request(PATH).respond_with_json(answering())
    assert places(httpserver).addresses("PE21 9ZZ") == []


def test_more_than_a_hundred_are_asked_for_page_by_page(httpserver: HTTPServer) -> None:
    for offset, count in ((0, 100), (100, 20)):
        each = [dpa(str(offset + n + 1), f"{offset + n + 1}, EXAMPLE STREET, BOSTON") for n in range(count)]
        httpserver.expect_ordered_request(PATH).respond_with_json(answering(*each, total=120))
    assert len(places(httpserver).addresses("PE21 6RY")) == 120
    httpserver.check_assertions()


def test_a_postcode_is_asked_for_once_in_some_minutes(httpserver: HTTPServer) -> None:
    httpserver.expect_request(PATH).respond_with_json(answering(dpa("1", "1, EXAMPLE STREET, BOSTON")))
    known = places(httpserver)
    assert known.addresses("PE21 6RY") == known.addresses("PE21 6RY")
    assert len(httpserver.log) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 503])
def test_whatever_fails_is_an_empty_list_and_is_asked_again(
    httpserver: HTTPServer, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    httpserver.expect_oneshot_request(PATH).respond_with_data(f"no: {KEY}", status=status)
    httpserver.expect_request(PATH).respond_with_json(answering(dpa("1", "1, EXAMPLE STREET, BOSTON")))
    known = places(httpserver)
    assert known.addresses("PE21 6RY") == ()
    said = " ".join(
        record.getMessage() for record in caplog.records if record.name.startswith("integrations")
    )
    assert said
    assert KEY not in said
    assert "PE21" not in said
    assert len(known.addresses("PE21 6RY")) == 1


@pytest.mark.parametrize(
    "body", ["", "<html>", "[]", '"no"', '{"results": 3}', '{"results": [{"DPA": {"UPRN": 1}}]}']
)
def test_an_answer_that_is_none_is_an_empty_list(httpserver: HTTPServer, body: str) -> None:
    httpserver.expect_request(PATH).respond_with_data(body, content_type="application/json")
    assert not places(httpserver).addresses("PE21 6RY")


def test_nobody_waits_long_for_it() -> None:
    away = OsPlaces("http://127.0.0.1:9", KEY, allow_private=True, limits=Limits(connect=0.3, read=0.3))
    assert away.addresses("PE21 6RY") == ()


def test_what_is_paid_for_cannot_be_spent_by_one_visitor(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os_places, "MOST_A_MINUTE", 3)
    monkeypatch.setattr(os_places.time, "monotonic", lambda: 1000.0)
    httpserver.expect_request(PATH).respond_with_json(answering(dpa("1", "1, EXAMPLE STREET, BOSTON")))
    known = places(httpserver)
    found = [known.addresses(f"PE21 {number}RY") for number in range(5)]
    assert [len(each) for each in found] == [1, 1, 1, 0, 0]
