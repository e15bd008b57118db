"""What every response carries, who may use what, and what is refused before a view is asked."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from selfservice.app import create_app
from selfservice.database import Database
from selfservice.web.security import access_of
from tests.factories.installations import make_installation, make_settings
from tests.journeys.visitor import Visitor

PAGES = (
    "/",
    "/boston/",
    "/boston/fly-tipping/",
    "/progress",
    "/nothing/",
    "/health/live",
    "/boston/theme.css",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_response_carries_the_headers(visitor: Visitor, path: str) -> None:
    headers = visitor.client.get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Permissions-Policy"].startswith("geolocation=(self)")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == ("public, max-age=3600" if path.endswith(".css") else "no-store")


def test_static_files_carry_them_too_and_may_be_kept(visitor: Visitor, app: Flask) -> None:
    from selfservice.web.assets import asset

    with app.app_context():
        served = visitor.client.get(asset("selfservice.css"))
    assert served.status_code == 200
    assert "immutable" in served.headers["Cache-Control"]
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in served.headers
    served.close()


def test_an_address_that_only_looks_static_is_not_kept(visitor: Visitor) -> None:
    page = visitor.open("/progress/account.css")
    assert page.status_code == 404
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost@evil.example", ""])
def test_another_host_name_is_refused(visitor: Visitor, host: str) -> None:
    page = visitor.client.get("/progress", headers={"Host": host})
    assert page.status_code == 400
    assert "evil" not in page.text


def test_a_proxy_is_believed_only_when_there_is_one(visitor: Visitor, app: Flask) -> None:
    page = visitor.client.get("/progress", headers={"X-Forwarded-Host": "evil.example"})
    assert page.status_code == 200
    assert "evil" not in page.text
    metrics = visitor.client.get(
        "/metrics", headers={"X-Forwarded-For": "127.0.0.1"}, environ_base={"REMOTE_ADDR": "192.0.2.1"}
    )
    assert metrics.status_code == 404


def test_every_view_declares_who_may_use_it(app: Flask) -> None:
    assert [name for name, view in app.view_functions.items() if access_of(view) is None] == []


def test_a_view_that_declares_nothing_is_shut(app: Flask) -> None:
    app.add_url_rule("/forgotten/by/its/author/entirely", "forgotten", lambda: "secret")
    page = app.test_client().get("/forgotten/by/its/author/entirely")
    assert page.status_code == 403
    assert "secret" not in page.text


@pytest.fixture
def secure(database: Database, tmp_path: Path) -> Flask:
    """An application that residents reach by https, behind one proxy."""
    settings = make_settings(
        home=tmp_path,
        redis_url="",
        redis_prefix="none",
        BASE_URL="https://forms.example.org",
        METRICS_TOKEN="a token",
        PROXIES="1",
    )
    return create_app(make_installation(settings=settings, database=database))


def test_with_https_the_cookie_is_bound_to_the_host(secure: Flask) -> None:
    page = secure.test_client().get("/progress", base_url="https://forms.example.org")
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-selfservice=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    assert page.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_metrics_ask_for_their_token(secure: Flask) -> None:
    client, base = secure.test_client(), "https://forms.example.org"
    assert client.get("/metrics", base_url=base).status_code == 404
    given = {"Authorization": "Bearer a token"}
    assert client.get("/metrics", base_url=base, headers=given).status_code == 200
    given = {"Authorization": "Bearer another"}
    assert client.get("/metrics", base_url=base, headers=given).status_code == 404


def test_a_form_with_far_too_many_parts_is_refused(visitor: Visitor) -> None:
    visitor.open("/progress")
    parts = {f"part{number}": "x" for number in range(300)} | visitor.hidden()
    page = visitor.client.post("/progress", data=parts, content_type="multipart/form-data")
    assert page.status_code == 413


def test_the_page_of_errors_is_plain_when_even_it_fails(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfservice.web.errors.render_template", lambda *_a, **_k: 1 / 0)
    page = FlaskClient(app, app.response_class).get("/nothing/")
    assert page.status_code == 404
    assert "ZeroDivision" not in page.text
