"""The one way a connector speaks HTTP: limits, where it may go, and what each failure means.

One question decides what a failure of `send` is called: was a connection made? If not (name not found,
refused, connect time-out, TLS not trusted) nothing was said: `Unavailable`. If it was, the request may have
arrived, so every silence, reset or half a reply is `Unconfirmed`. A `read` changes nothing, so whatever fails
is `Unavailable`.
Bodies, headers and query strings are never logged.
"""

import json
import re
import socket
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from integrations.contract import Rejected, Unavailable, Unconfirmed
from integrations.lines import NotConnected, guarded, public

LONGEST_WAIT = 6 * 3600.0  # seconds; a Retry-After beyond it is cut to it
LARGEST_ANSWER = 8 * 1024 * 1024  # bytes
WORDS_KEPT = 300  # characters of a back office's own words

Pairs = Sequence[tuple[str, str]]
Outcome = Rejected | Unavailable | Unconfirmed


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, seconds to wait for the answer (and for all of its body), bytes it may have."""

    connect: float = 3.0
    read: float = 20.0
    largest: int = LARGEST_ANSWER


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said. `headers` are by lower-case name."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def parsed(self) -> Any:
        """The body as JSON. Raises ValueError when it is not."""
        return json.loads(self.body.decode("utf-8-sig"))


Judge = Callable[[Answer], Outcome | None]


def judge(answer: Answer) -> Outcome | None:
    """What a status code means where the protocol says no more; None when the request was taken.

    429 and 503 did not take it. 401, 403, 404 and 405 are about our key or address, not about this request:
    mended, the same request goes through, so they are `Unavailable` too, as are 307 and 308, which ask to be
    told elsewhere and are never followed. Any other redirect may follow a taken request, and any other 5xx
    may come after it was applied: `Unconfirmed`. What is left of 4xx is a refusal of this request.
    """
    code = answer.status
    if 200 <= code < 300:
        return None
    if code in (429, 503):
        return Unavailable(f"It answered {code}: it is too busy or away.", retry_after(answer))
    if code in (307, 308, 401, 403, 404, 405, 407, 408, 421, 425):
        return Unavailable(f"It answered {code}: the address or the key in the configuration does not serve.")
    if 400 <= code < 500:
        return Rejected(f"It answered {code}: {plain_words(answer)}")
    return Unconfirmed(f"It answered {code}, which does not say whether it took this.")


def retry_after(answer: Answer) -> float | None:
    """The seconds that the answer's Retry-After asks for, cut to six hours; None if it names none."""
    told = answer.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdigit():
        return min(float(told[:9]), LONGEST_WAIT)
    until = _moment(told)
    if until is None:
        return None
    # Their own Date is the better "now": the two clocks then need not agree.
    asked = _moment(answer.headers.get("date", ""))
    return min(max(until - (time.time() if asked is None else asked), 0.0), LONGEST_WAIT)


def _moment(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None


def plain_words(answer: Answer) -> str:
    """The answer's body as one short line for an operator, tags left out; "no words" when it has none."""
    text = re.sub(r"<[^>]*>", " ", answer.body[: WORDS_KEPT * 20].decode("utf-8", "replace"))
    return one_line(text) or "no words"


def one_line(text: str) -> str:
    """`text` as at most 300 characters on one line, e-mail addresses and telephone numbers masked."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    line = re.sub(r"[^\s@<>:,;\"']+@[^\s@<>,;\"']+", "[e-mail]", line)
    line = re.sub(r"\+?\d[\d ()-]{8,}\d", "[number]", line)
    return line if len(line) <= WORDS_KEPT else line[: WORDS_KEPT - 1] + "…"


class Http:
    """One connector's line to one host. `base` is the only place it ever speaks to.

    `private` in `send` and `secrets` here are words that must never come back in an error's words.
    """

    def __init__(
        self,
        base: str,
        *,
        allow_private: bool = False,
        limits: Limits | None = None,
        secrets: Iterable[str] = (),
    ) -> None:
        self._base = base.rstrip("/")
        self._allow_private = allow_private
        self._limits = limits or Limits()
        self._secrets = tuple(secrets)
        self._session = guarded(allow_private)
        self._session.headers["User-Agent"] = "selfservice"

    def send(
        self,
        path: str,
        *,
        form: Pairs | None = None,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        judged_by: Judge = judge,
        private: Iterable[str] = (),
    ) -> Answer:
        """POST what must not happen twice: a form, or a JSON body. Raises any of the three errors."""
        content = {"data": list(form)} if form is not None else {"json": body}
        try:
            answer = self._call("POST", path, headers, content)
        except NotConnected as failed:
            raise Unavailable(f"Nothing was sent: {failed}.") from None
        except (requests.RequestException, HTTPError, OSError) as failed:
            raise Unconfirmed(f"It was sent, but no whole answer came ({type(failed).__name__}).") from None
        outcome = judged_by(answer)
        if outcome is not None:
            raise self._masked(outcome, private)
        return answer

    def read(self, path: str, params: Pairs = (), headers: Mapping[str, str] | None = None) -> Any:
        """GET something as JSON; it changes nothing, so whatever fails is `Unavailable`."""
        try:
            answer = self._call("GET", path, headers, {"params": list(params)})
        except NotConnected as failed:
            raise Unavailable(f"It could not be asked: {failed}.") from None
        except (requests.RequestException, HTTPError, OSError) as failed:
            raise Unavailable(f"It gave no whole answer ({type(failed).__name__}).") from None
        outcome = judge(answer)
        if outcome is not None:
            raise Unavailable(str(self._masked(outcome, ())), retry_after(answer))
        try:
            return answer.parsed()
        except ValueError:
            raise Unavailable("It answered with something that is not JSON.") from None

    def _call(
        self, method: str, path: str, headers: Mapping[str, str] | None, content: dict[str, Any]
    ) -> Answer:
        self._refuse_private()
        limits = self._limits
        until = time.monotonic() + limits.connect + limits.read
        with self._session.request(
            method,
            f"{self._base}/{path}",
            headers=headers,
            timeout=(limits.connect, limits.read),
            allow_redirects=False,
            stream=True,
            verify=True,
            **content,
        ) as response:
            told = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, told, self._body(response, until))

    def _body(self, response: requests.Response, until: float) -> bytes:
        body = bytearray()
        for chunk in response.iter_content(65536):
            body += chunk
            if len(body) > self._limits.largest:
                raise requests.RequestException("the answer is too large")
            if time.monotonic() > until:
                raise requests.Timeout("the answer took too long")
        return bytes(body)

    def _refuse_private(self) -> None:
        if self._allow_private:
            return
        parts = urlsplit(self._base)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise NotConnected("its name is not known") from None
        if not all(public(str(address[4][0])) for address in found):
            raise NotConnected("it resolves to a private address, which its options do not allow")

    def _masked(self, outcome: Outcome, private: Iterable[str]) -> Outcome:
        words = str(outcome)
        for word in sorted({*self._secrets, *private}, key=len, reverse=True):
            if len(word) > 1:
                words = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "[…]", words, flags=re.IGNORECASE)
        if isinstance(outcome, Unavailable):
            return Unavailable(words, outcome.retry_after)
        return type(outcome)(words)
