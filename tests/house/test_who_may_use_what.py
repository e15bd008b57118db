"""Who may use which route: decided here a second time, by hand, for every route that there is and every standing.

A route that is not in `decided.DECIDED` fails the test: whoever adds one says there whom it is for.
"""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from selfservice.app import create_app
from selfservice.database import Database
from tests.factories.installations import make_installation, make_settings
from tests.house.decided import DECIDED
from tests.house.standings import STANDINGS, Stage

PARTS = {"council": "boston", "service": "fly-tipping", "page": "land", "filename": "one.jpg"}
NOBODYS = "0198f2a0-0000-7000-8000-000000000001"
REFUSED = (401, 403, 409)
SIGN_IN = ("/account/sign-in", "/staff/sign-in", "/account/second-factor", "/staff/second-factor")


@pytest.fixture
def stage(database: Database, tmp_path: Path) -> Stage:
    settings = make_settings(home=tmp_path, redis_url="", redis_prefix="none", METRICS_TOKEN="of-the-tests")
    installation = make_installation(settings=settings, database=database)
    return Stage(create_app(installation), installation)


def routes(app: Flask) -> list[tuple[Rule, str]]:
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
    ]


def named(rule: Rule, method: str) -> str:
    return f"{method} {rule.rule}"


def begun(browser: FlaskClient) -> str:
    """The id of a draft that this browser holds; nobody's where it may begin none."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/boston/fly-tipping/").text)
    answer = browser.post("/boston/fly-tipping/", data={"csrf_token": token[1] if token else ""})
    parts = answer.headers.get("Location", "").split("/")
    return parts[-2] if answer.status_code == 303 and len(parts) > 4 else NOBODYS


def refused(answer: TestResponse) -> bool:
    """Whether this answer let nobody in: it refuses, or leads to where one signs in."""
    leads = answer.headers.get("Location", "").split("?")[0] if answer.status_code in (302, 303) else ""
    return answer.status_code in REFUSED or leads.removeprefix("http://localhost") in SIGN_IN


def test_every_route_is_decided_and_no_decision_is_left_over(stage: Stage) -> None:
    there = {named(rule, method) for rule, method in routes(stage.app)}
    assert there - set(DECIDED) == set()
    assert set(DECIDED) - there == set()


@pytest.mark.parametrize("standing", sorted(STANDINGS))
def test_each_standing_may_use_what_was_decided_and_nothing_else(stage: Stage, standing: str) -> None:
    wrong = []
    browser = stage.browser(standing)
    own = {**PARTS, "draft": begun(browser)}
    for rule, method in routes(stage.app):
        parts = {name: own.get(name, NOBODYS) for name in rule.arguments}
        with stage.app.test_request_context():
            address = rule.build(parts)[1]  # type: ignore[index]
        answer = browser.open(address, method=method)
        let_in = not refused(answer)
        if let_in is not (standing in DECIDED[named(rule, method)]):
            wrong.append(f"{named(rule, method)}: {answer.status_code} {answer.headers.get('Location', '')}")
    assert wrong == []
