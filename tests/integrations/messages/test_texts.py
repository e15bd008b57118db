"""Text messages: what Notify is told, what each failure is named, and that one can be found before it is sent again."""

import json
import logging
import socket
from collections.abc import Callable
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from integrations.contract import Rejected, Unavailable, Unconfirmed
from integrations.http import Limits
from integrations.messages.texts import Text, Texter
from tests.factories.phones import NOTIFY_KEY, TEMPLATE
from tests.integrations.conftest import Running

TEXT = Text("0198f2a0-0000-7000-8000-000000000001", "+447700900123", "Boston: Your code is: 482 913")
SEND, LIST = "/v2/notifications/sms", "/v2/notifications"

Answering = Callable[[bytes | None], str]


def texter(address: str, read: float = 5) -> Texter:
    return Texter(address, NOTIFY_KEY, TEMPLATE, limits=Limits(connect=2, read=read))


def test_a_message_arrives_word_for_word_under_our_reference(running: Running) -> None:
    sends = texter(running.address)
    assert not sends.find(TEXT.reference)
    sends.send(TEXT)
    [kept] = running.simulator.memory.mails()
    assert (kept.medium, kept.message_id, kept.recipient) == ("sms", TEXT.reference, TEXT.to)
    assert kept.body == TEXT.words
    assert sends.find(TEXT.reference)
    assert not sends.find("another")


def test_notify_is_told_the_number_the_template_and_the_words_and_no_more(httpserver: HTTPServer) -> None:
    httpserver.expect_request(SEND).respond_with_json({"id": "1"}, 201)
    texter(httpserver.url_for("/")).send(TEXT)
    [(request, _)] = httpserver.log
    assert json.loads(request.data) == {
        "phone_number": TEXT.to,
        "template_id": TEMPLATE,
        "personalisation": {"message": TEXT.words},
        "reference": TEXT.reference,
    }
    assert request.headers["Authorization"].startswith("Bearer ")
    assert NOTIFY_KEY[-36:] not in str(request.headers)


def errors(*words: str) -> dict[str, Any]:
    return {"status_code": 400, "errors": [{"error": "BadRequestError", "message": each} for each in words]}


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, Rejected),
        (401, Unavailable),
        (403, Unavailable),
        (429, Unavailable),
        (500, Unconfirmed),
        (502, Unconfirmed),
        (503, Unavailable),
    ],
)
def test_each_answer_has_its_name(httpserver: HTTPServer, status: int, error: type[Exception]) -> None:
    httpserver.expect_request(SEND).respond_with_json(errors("No"), status)
    with pytest.raises(error) as caught:
        texter(httpserver.url_for("")).send(TEXT)
    assert type(caught.value) is error


def test_a_refusal_is_told_in_their_words_with_no_number_in_them(httpserver: HTTPServer) -> None:
    httpserver.expect_request(SEND).respond_with_json(
        errors("Template not found", f"No service for {TEXT.to}"), 400
    )
    with pytest.raises(Rejected) as caught:
        texter(httpserver.url_for("")).send(TEXT)
    assert str(caught.value) == "It answered 400: Template not found; No service for [number]"


def test_they_may_say_when_to_come_again(httpserver: HTTPServer) -> None:
    httpserver.expect_request(SEND).respond_with_json(errors("Too many"), 429, {"Retry-After": "7"})
    with pytest.raises(Unavailable) as caught:
        texter(httpserver.url_for("")).send(TEXT)
    assert caught.value.retry_after == 7


@pytest.mark.parametrize("body", ["<html>", "[]", '{"id": ""}', "null"])
def test_an_answer_without_an_id_proves_nothing(httpserver: HTTPServer, body: str) -> None:
    httpserver.expect_request(SEND).respond_with_data(body, 201)
    with pytest.raises(Unconfirmed):
        texter(httpserver.url_for("")).send(TEXT)


@pytest.mark.parametrize("status", [302, 307])
def test_what_it_is_told_goes_nowhere_else(httpserver: HTTPServer, status: int) -> None:
    elsewhere = {"Location": httpserver.url_for("/elsewhere")}
    httpserver.expect_request(SEND).respond_with_data("", status, elsewhere)
    with pytest.raises((Unconfirmed, Unavailable)):
        texter(httpserver.url_for("")).send(TEXT)
    assert [request.path for request, _ in httpserver.log] == [SEND]


def test_one_that_is_away_was_not_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    sends = texter(f"http://127.0.0.1:{port}")
    with pytest.raises(Unavailable, match="refused the connection"):
        sends.send(TEXT)
    with pytest.raises(Unavailable, match="could not be asked"):
        sends.find(TEXT.reference)


@pytest.mark.parametrize("said", [None, b"HTTP/1.1 201 CREATED\r\nContent-Length: 90\r\n\r\n{"])
def test_a_line_that_breaks_may_have_carried_a_message(answering: Answering, said: bytes | None) -> None:
    with pytest.raises(Unconfirmed, match="no whole answer"):
        texter(answering(said)).send(TEXT)


def test_silence_may_be_a_message_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        sends = texter(f"http://127.0.0.1:{silent.getsockname()[1]}", read=0.2)
        with pytest.raises(Unconfirmed, match="no whole answer"):
            sends.send(TEXT)
        with pytest.raises(Unavailable):
            sends.find(TEXT.reference)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, "{}"),
        (403, "{}"),
        (404, "not here"),
        (200, "<html>"),
        (200, "[]"),
        (200, '{"notifications": 1}'),
    ],
)
def test_a_look_up_that_gives_no_list_says_nothing_of_the_message(
    httpserver: HTTPServer, status: int, body: str
) -> None:
    httpserver.expect_request(LIST).respond_with_data(body, status)
    with pytest.raises(Unavailable):
        texter(httpserver.url_for("")).find(TEXT.reference)


def test_only_the_very_reference_counts_as_found(httpserver: HTTPServer) -> None:
    listed = {"notifications": [{"reference": "another"}, {"reference": None}]}
    httpserver.expect_request(LIST).respond_with_json(listed)
    assert not texter(httpserver.url_for("")).find(TEXT.reference)


def test_neither_words_nor_number_are_told_in_a_log_or_an_error(
    httpserver: HTTPServer, caplog: pytest.LogCaptureFixture
) -> None:
    told = errors(f"{TEXT.to} cannot be told: {TEXT.words}")
    httpserver.expect_request(SEND).respond_with_json(told, 403)
    with caplog.at_level(logging.DEBUG), pytest.raises(Unavailable) as caught:
        texter(httpserver.url_for("")).send(TEXT)
    assert TEXT.to not in caplog.text + str(caught.value) + repr(TEXT)
    assert TEXT.words not in caplog.text + str(caught.value) + repr(TEXT)
    assert caught.value.__suppress_context__
