"""Nobody learns at the door who has an account: the same answer, after the same work. `make same-answer` measures it
in earnest, with real passwords and a running web; this is the quick version of it."""

import statistics
import time
from collections.abc import Callable, Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient

from selfservice.installation import Installation
from tests.factories.door import SAM, ask_for_link, sams_account
from tests.journeys.visitor import Visitor
from tests.speed.same_answer import (
    EACH_TIME,
    FLOWS,
    TOKEN,
    Flow,
    Seen,
    addresses,
    measured,
    open_accounts,
    rank_test,
)

PAIRS = 60
APART = 15.0  # milliseconds
TIMES = 3  # a machine that does other things as well may be uneven once, or twice; what tells is so each time
NOBODY = "nobody.here@example.org"


def in_process(app: Flask) -> Callable[[str, str, Mapping[str, str] | None, str], Seen]:
    """Asks the application itself, in one browser, from whichever network is named."""
    app.test_client_class = FlaskClient
    client = app.test_client()

    def ask(method: str, path: str, fields: Mapping[str, str] | None, network: str) -> Seen:
        began = time.perf_counter()
        answer = client.open(path, method=method, data=fields, environ_base={"REMOTE_ADDR": network})
        spent = (time.perf_counter() - began) * 1000
        headers = sorted((name.lower(), value) for name, value in answer.headers.items())
        return Seen(
            answer.status_code,
            tuple(each for each in headers if each[0] not in EACH_TIME),
            answer.text,
            spent,
        )

    return ask


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
def test_an_answer_tells_nobody_who_has_an_account(
    app: Flask, installation: Installation, flow: Flow
) -> None:
    known, unknown = addresses(PAIRS * TIMES)
    open_accounts(installation.database, known, installation.passwords.hash("lantern tulip harbour"))
    apart = []
    for first in range(0, PAIRS * TIMES, PAIRS):
        some = slice(first, first + PAIRS)
        pairs = measured(in_process(app), flow, known[some], unknown[some], seed=first)
        for has, has_not in pairs:
            assert has.told == has_not.told
            assert has.status == (303 if flow.leads_on else 422)
        one, other = (statistics.median(pair[side].milliseconds for pair in pairs) for side in (0, 1))
        apart.append(round(abs(one - other), 1))
        if apart[-1] < APART:
            return
    raise AssertionError(f"each time the medians were far apart: {apart} ms")


@pytest.mark.parametrize("flow", [flow for flow in FLOWS if flow.leads_on], ids=lambda flow: flow.name)
def test_what_is_asked_for_later_changes_an_earlier_page_for_neither(
    app: Flask, installation: Installation, flow: Flow
) -> None:
    """Were a sign-up to take the place of a link to sign in where there is an account, the page would tell."""
    sams_account(installation)
    pages = []
    for address in (SAM, NOBODY):
        earlier, later = Visitor(app.test_client()), Visitor(app.test_client())
        ask_for_link(earlier, recipient=address)
        later.open(flow.path)
        later.press({"recipient": address, **flow.fields})
        page = earlier.client.get("/account/check-your-messages")
        body = TOKEN.sub("", page.text).replace(address, "")
        pages.append((page.status_code, body))
    assert pages[0] == pages[1]


def test_the_rank_test_tells_samples_apart_that_are_and_none_that_are_not() -> None:
    even, odd = [float(each) for each in range(0, 200, 2)], [float(each) for each in range(1, 200, 2)]
    assert rank_test(even, odd) > 0.5
    assert rank_test(even, [each + 40 for each in odd]) < 0.001
    assert rank_test([1.0] * 50, [1.0] * 50) == 1.0
