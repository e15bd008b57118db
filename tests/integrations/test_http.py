"""What each failure of a call is named, where a connector may go, and what it never tells."""

import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from integrations import http, lines
from integrations.contract import Rejected, Unavailable, Unconfirmed

Answering = Callable[[bytes | None], str]
FORM = [("description", "tyres"), ("email", "ann@example.org")]


def line(address: str, **options: Any) -> http.Http:
    options.setdefault("allow_private", True)
    options.setdefault("limits", http.Limits(connect=2, read=5, largest=100_000))
    return http.Http(address, **options)


def send(address: str, **options: Any) -> http.Answer:
    return line(address, **options).send("requests.json", form=FORM)


def test_a_refused_connection_was_surely_not_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unavailable, match="refused the connection"):
        send(f"http://127.0.0.1:{port}")


def test_an_unknown_name_was_surely_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    for private in (True, False):
        with pytest.raises(Unavailable, match="name is not known"):
            send("http://crm.example.org", allow_private=private)


def test_a_connect_timeout_was_surely_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise TimeoutError("timed out")

    monkeypatch.setattr(socket.socket, "connect", never)
    with pytest.raises(Unavailable, match="did not answer in time"):
        send("http://127.0.0.1:9")


def test_an_untrusted_certificate_was_surely_not_told(answering: Answering) -> None:
    address = answering(b"this is not TLS").replace("http://", "https://")
    with pytest.raises(Unavailable, match="SSLError"):
        send(address)


@pytest.mark.parametrize(
    "answer",
    [
        None,  # a reset
        b"",  # the end, without a word
        b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{"service_req',
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[{}",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 200_000,  # more than it may be
        b"SSH-2.0-something\r\n",
    ],
)
def test_once_sent_anything_but_a_whole_answer_is_unconfirmed(
    answering: Answering, answer: bytes | None
) -> None:
    with pytest.raises(Unconfirmed):
        send(answering(answer))
    with pytest.raises(Unavailable):
        line(answering(answer)).read("requests.json")


def test_a_read_timeout_is_unconfirmed() -> None:
    # Nobody accepts: the system completes the connection, and then there is silence.
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Unconfirmed, match="ReadTimeout"):
        send(f"http://127.0.0.1:{silent.getsockname()[1]}", limits=http.Limits(connect=2, read=0.2))


def test_an_answer_that_drips_is_cut_off(httpserver: HTTPServer) -> None:
    def drip() -> Iterator[bytes]:
        for _ in range(8):
            time.sleep(0.1)
            yield b"x" * 65536

    httpserver.expect_request("/requests.json").respond_with_handler(lambda _: Response(drip()))
    with pytest.raises(Unconfirmed, match="Timeout"):
        send(httpserver.url_for(""), limits=http.Limits(connect=0.1, read=0.3))
    time.sleep(0.6)  # the server finishes before the next test begins


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, Rejected), (409, Rejected), (413, Rejected), (422, Rejected),
        (401, Unavailable), (403, Unavailable), (404, Unavailable), (408, Unavailable), (429, Unavailable),
        (503, Unavailable), (307, Unavailable), (308, Unavailable),
        (302, Unconfirmed), (303, Unconfirmed), (500, Unconfirmed), (502, Unconfirmed), (504, Unconfirmed),
    ],
)  # fmt: skip
def test_each_status_has_its_error(httpserver: HTTPServer, status: int, error: type[Exception]) -> None:
    httpserver.expect_request("/requests.json").respond_with_data("No such size", status=status)
    with pytest.raises(error):
        send(httpserver.url_for(""))
    with pytest.raises(Unavailable):
        line(httpserver.url_for("")).read("requests.json")


def test_a_refusal_keeps_their_words_but_nothing_personal_or_secret(httpserver: HTTPServer) -> None:
    said = (
        "<p>Ann\x07 O'Brien (ann@example.org, 01632 960123): size\n &quot;huge&quot; is wrong, key s3cret</p>"
        + "x" * 900
    )
    httpserver.expect_request("/requests.json").respond_with_data(said, status=422)
    with pytest.raises(Rejected) as refused:
        line(httpserver.url_for(""), secrets=["s3cret"]).send(
            "requests.json", form=FORM, private=["ann", "O'Brien"]
        )
    words = str(refused.value)
    assert "is wrong" in words
    assert len(words) < 400
    assert "\n" not in words
    for private in ("O'Brien", "ann@", "960123", "s3cret", "<p>"):
        assert private not in words


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": "99999999999"}, 6 * 3600),
        ({"Retry-After": "Wed, 03 Jun 2026 13:10:00 GMT", "Date": "Wed, 03 Jun 2026 13:05:00 GMT"}, 300),
        ({"Retry-After": "Wed, 03 Jun 2026 13:00:00 GMT", "Date": "Wed, 03 Jun 2026 13:05:00 GMT"}, 0),
        ({"Retry-After": "soon"}, None),
        ({}, None),
    ],
)
def test_retry_after_is_honoured_up_to_six_hours(headers: dict[str, str], seconds: float | None) -> None:
    told = {name.lower(): value for name, value in headers.items()}
    for status in (429, 503):
        away = http.judge(http.Answer(status, told, b""))
        assert isinstance(away, Unavailable)
        assert away.retry_after == seconds


def test_it_never_follows_a_redirect(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/requests.json").respond_with_data(
        status=307, headers={"Location": "/elsewhere"}
    )
    with pytest.raises(Unavailable):
        send(httpserver.url_for(""))
    assert [request.path for request, _ in httpserver.log] == ["/requests.json"]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.1.2.3", "192.168.1.1", "169.254.169.254"]
)
def test_private_addresses_are_refused_before_anything_connects(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("it connected"))
    with pytest.raises(Unavailable, match="private address"):
        send(f"http://{host}:9", allow_private=False)


def test_a_name_that_turns_private_after_the_check_hears_nothing(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    httpserver.expect_request("/requests.json").respond_with_data("[]")
    monkeypatch.setattr(http.Http, "_refuse_private", lambda _: None)
    with pytest.raises(Unavailable, match="private address"):
        send(httpserver.url_for(""), allow_private=False)
    assert httpserver.log == []


@pytest.mark.parametrize(
    "address", ["::ffff:127.0.0.1", "224.0.0.1", "0.0.0.0", "fe80::1%eth0", "100.64.0.1"]
)
def test_other_spellings_of_private_addresses_are_private_too(address: str) -> None:
    assert not lines.public(address)
    assert lines.public("8.8.8.8")


def test_the_machines_environment_changes_nothing(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    httpserver.expect_request("/requests.json", method="POST").respond_with_json([{"token": "t"}])
    assert send(httpserver.url_for("")).parsed() == [{"token": "t"}]
