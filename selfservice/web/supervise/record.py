"""The record for auditors: its lines by who, about whom, what and when; whether it holds; and the same to download."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from flask import Blueprint, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.domain.figures import Period
from selfservice.domain.people import Role
from selfservice.domain.record import Wanted
from selfservice.operations import reading_record
from selfservice.operations.reading_record import MOST_AT_ONCE, MOST_CHECKED, Line
from selfservice.operations.supervising import NotTheirs
from selfservice.web.languages import _
from selfservice.web.security import Who, open_to
from selfservice.web.session import installation
from selfservice.web.supervise import asking
from selfservice.web.supervise.downloads import download
from selfservice.web.supervise.room import council_name, given, supervisor

blueprint = Blueprint("supervise_record", __name__)

LONGEST = 64
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
KIND = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
FILTERS = ("staff", "customer", "what", "day")
HEADINGS = (
    "number", "at", "what", "kind", "actor", "name", "on_behalf_of", "customer", "submission", "interaction",
    "channel", "detail",
)  # fmt: skip


@blueprint.get("/supervise/record")
@open_to(Who.STAFF, Role.AUDITOR)
def show() -> ResponseReturnValue:
    """A page of lines, the latest first. That they were read is a line itself; where nothing can be asked for by what
    was typed, none is read, and nothing of it is written down."""
    here, actor, now = installation(), supervisor(), clock.now()
    wanted, errors = _wanted(), _errors()
    with here.database.read() as session:
        standing = reading_record.standing(session, actor, here.councils, wanted.council)
        kinds = reading_record.kinds(session, actor, here.councils, wanted.council, now)
        members = reading_record.members(session, actor, here.councils, wanted.council)
    lines, below = ([], None) if errors else _read(wanted)
    page = render_template(
        "supervise/record.html",
        **given("record"),
        lines=lines,
        detail=detail_words,
        older=_address(before=_marked(*below)) if below else None,
        newest=_address() if "before" in request.args else None,
        file=None if errors else f"/supervise/record.csv?{_query()}",
        standing=standing,
        kinds=[each for each in {*kinds, wanted.what or ""} if each],
        members=members,
        records=[(slug, council_name(slug)) for slug in reading_record.councils(actor, here.councils)],
        chosen=wanted.council,
        asked={name: _asked(name) for name in FILTERS},
        said=request.args.get("said", ""),
        most=MOST_AT_ONCE,
        most_checked=MOST_CHECKED,
        errors=errors,
    )
    return make_response(page, 422 if errors else 200)


@blueprint.get("/supervise/record.csv")
@open_to(Who.STAFF, Role.AUDITOR)
def file() -> ResponseReturnValue:
    """The lines that are asked for, as many as are given at once, to take away."""
    here, wanted = installation(), _wanted()
    if _errors():
        return redirect(_address(), 303)
    with here.database.write() as session:
        lines, _below = reading_record.read(
            session, supervisor(), here.councils, wanted, clock.now(), limit=MOST_AT_ONCE
        )
    return download(f"record-{wanted.council}", [HEADINGS, *map(_cells, lines)])


@blueprint.post("/supervise/record/check")
@open_to(Who.STAFF, Role.AUDITOR)
def check() -> ResponseReturnValue:
    """Prove the record, and lead back to where it is said what came of it."""
    here, actor, council = installation(), supervisor(), request.form.get("council", "")[:LONGEST]
    try:
        with here.database.read() as session:
            checked = reading_record.check(session, actor, here.councils, council, clock.now())
    except NotTheirs:
        abort(404)
    if checked is not None:
        with here.database.write() as session:
            reading_record.note_check(session, actor, council, checked)
    said = "checked" if checked else "too-long"
    return redirect("/supervise/record?" + urlencode({"council": council, "said": said}), 303)


def detail_words(line: Line) -> str:
    """The codes and ids of a line, each with its name: "reason: progress · verification: 1"."""
    return " · ".join(
        f"{name}: {_written(value)}" for name, value in sorted(line.detail.items()) if value not in (None, "")
    )


def _read(wanted: Wanted) -> tuple[list[Line], tuple[datetime, str] | None]:
    here = installation()
    with here.database.write() as session:
        return reading_record.read(
            session, supervisor(), here.councils, wanted, clock.now(), before=_before()
        )


def _errors() -> list[tuple[str, str]]:
    """What is wrong with what was typed, by html id. Of what is asked for a line is written that stays for ever: ids
    and codes alone, and no name."""
    customer = _asked("customer")
    if not customer or ID.fullmatch(customer):
        return []
    return [("customer", _("Enter the customer’s id, such as it stands in a line of the record"))]


def _as_chosen() -> bool:
    """Whether the lists of the form can have given what the address says: an id of staff, and a kind of line."""
    staff, what = _asked("staff"), _asked("what")
    return bool((not staff or ID.fullmatch(staff)) and (not what or KIND.fullmatch(what)))


def _wanted() -> Wanted:
    """Which lines the address asks for. A record that is not theirs to read is not found."""
    theirs = reading_record.councils(supervisor(), installation().councils)
    council = _asked("council") or theirs[0]
    if council not in theirs or not _as_chosen():
        abort(404)
    day = asking.day_in("day")
    whole = Period(day, day) if day else None
    return Wanted(
        council,
        actor_id=_asked("staff") or None,
        customer_id=_asked("customer").lower() or None,
        what=_asked("what") or None,
        since=whole.since if whole else None,
        until=whole.until if whole else None,
    )


def _asked(name: str) -> str:
    return request.args.get(name, "").strip()[:LONGEST]


def _query(**more: str) -> str:
    told = {name: _asked(name) for name in ("council", *FILTERS)} | more
    return urlencode({name: value for name, value in told.items() if value})


def _address(**more: str) -> str:
    return f"/supervise/record?{_query(**more)}"


def _marked(at: datetime, id_: str) -> str:
    """A place between two lines, as an address holds it."""
    microseconds = (at - datetime.fromtimestamp(0, UTC)) // timedelta(microseconds=1)
    return f"{microseconds}.{id_}"


def _before() -> tuple[datetime, str] | None:
    microseconds, _dot, id_ = request.args.get("before", "")[:80].partition(".")
    if not (microseconds.isdecimal() and microseconds.isascii() and len(microseconds) < 18 and id_):
        return None
    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=int(microseconds)), id_


def _cells(line: Line) -> tuple[object, ...]:
    return (
        line.number,
        line.at.isoformat(),
        line.what,
        line.kind,
        line.actor_id,
        line.name,
        line.on_behalf_of,
        line.customer_id,
        line.submission_id,
        line.interaction_id,
        line.channel,
        detail_words(line),
    )


def _written(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {_written(each)}" for name, each in sorted(value.items()))
    return str(value)
