"""What the web writes down of each request: one line of JSON, with ids and codes and nothing personal.

Addresses are written as their route, never as they were asked for: a query may hold a postcode and a path may
hold a signed link. An error is written as its kind and where it arose; its words may quote what was typed.
"""

import io
import logging as standard
import re
import secrets
import sys
import time
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO, cast

import structlog
from flask import Flask, g, request
from flask.wrappers import Response

from selfservice.settings import ROOT

SANE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
SHOWN_PARTS = ("council", "service", "page", "draft", "connector")
SANE_PART = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")

log = structlog.get_logger("selfservice.web")


def configure(level: str) -> None:
    """Write JSON, one event a line, to standard output, from our own loggers and from libraries' alike."""
    least = standard.getLevelNamesMapping().get(level, standard.INFO)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.WriteLoggerFactory(cast(TextIO, _Output())),
        cache_logger_on_first_use=False,
    )
    handler = standard.StreamHandler(_Output())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                _without_words,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = standard.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(least, standard.WARNING))  # libraries quote what they were given below that


class _Output(io.TextIOBase):
    """Standard output as it is at the moment of writing, so that it may be replaced."""

    def write(self, text: str) -> int:
        """Write there."""
        return sys.stdout.write(text)

    def flush(self) -> None:
        """Let it go at once."""
        sys.stdout.flush()


def _without_words(_logger: object, _name: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Leave out tracebacks and what a library quotes in them; keep the kind of the error."""
    broken = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if isinstance(broken, tuple) and isinstance(broken[1], BaseException):
        event.update(told(broken[1]))
    return event


def install(app: Flask) -> None:
    """Give each request an id, and write one line when it has been answered."""
    app.before_request(_begin)
    app.after_request(_end)


def bind_submission(submission_id: str) -> None:
    """Name the submission that this request is about in every line that is still to come."""
    structlog.contextvars.bind_contextvars(submission=submission_id)


def told(error: BaseException) -> dict[str, Any]:
    """An error as it may be written down: its kind, its causes' kinds and where it arose, never its words."""
    frames = traceback.extract_tb(error.__traceback__)
    kinds = [type(error).__name__]
    cause = error.__cause__ or error.__context__
    while cause is not None and len(kinds) < 5:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    return {"error": kinds, "where": [_spot(frame) for frame in frames[-12:]]}


def _spot(frame: traceback.FrameSummary) -> str:
    """The file, line and function of a frame, without the folders of this machine."""
    name = frame.filename.removeprefix(f"{ROOT}/").rpartition("site-packages/")[2]
    return f"{name}:{frame.lineno} {frame.name}"


def _begin() -> None:
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if SANE_ID.fullmatch(given) else secrets.token_hex(12)
    g.began = time.monotonic()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.request_id)


def _end(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.request_id
    parts = request.view_args or {}
    shown = {
        name: parts[name] for name in SHOWN_PARTS if name in parts and SANE_PART.fullmatch(str(parts[name]))
    }
    log.info(
        "answered",
        method=request.method if request.method in {"GET", "HEAD", "POST"} else "other",
        route=request.url_rule.rule if request.url_rule else None,
        **shown,
        status=response.status_code,
        milliseconds=round((time.monotonic() - g.began) * 1000, 1),
    )
    return response
