"""Naughty strings through the whole product: typed by a visitor, carried by a worker, read in the back office."""

import pytest
from flask.testing import FlaskClient

from selfservice.web import sending
from tests.factories.reports import fly_tipping
from tests.journeys.conftest import Running, wait_for
from tests.journeys.visitor import Visitor
from tests.naughty.naughty import STRINGS, typed


def test_strings_arrive_in_the_back_office_as_they_were_typed(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)
    app = running.visitor.client.application
    # Not the client that judges: it rightly stops at "None" on a page, which is among the strings.
    visitor, sent = Visitor(FlaskClient(app, app.response_class)), {}
    several = [text for text in (typed(each, lines=False) for each in STRINGS[::3]) if text]
    assert len(several) > 150
    for number in range(0, len(several), 30):
        words = several[number : number + 30]
        visitor.begin("boston", "fly-tipping")
        for slug, fields in fly_tipping(where="PE21 6QR", name="Ada Marsh", email="", witnessed=True):
            told = {"who": "\n".join(words)} if slug == "who" else {}
            given = {"phone": "01632 960001"} if slug == "about-you" else {}
            visitor.fill_in([(slug, {**fields, **told, **given})])
        sent[visitor.send()] = words
    cases = wait_for(lambda: len(running.cases("boston")) == len(sent) and running.cases("boston"), 60)
    for reference, words in sent.items():
        [case] = [each for each in cases if reference in str(each["description"])]
        assert f"Who did it? {chr(10).join(words)}\n" in case["description"].replace("\r\n", "\n")
