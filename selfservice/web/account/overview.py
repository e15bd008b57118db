"""My Account's first pages: one timeline over all services and councils, and the whole of one request."""

from dataclasses import dataclass, replace
from datetime import datetime

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.domain.acting import Reason
from selfservice.domain.marking import gettext_noop
from selfservice.domain.people import Channel
from selfservice.domain.places import words_in
from selfservice.domain.progress import SENT_FOR_YOU
from selfservice.domain.visits import WHY_WORDS, Visit
from selfservice.operations import looking, timelines
from selfservice.operations.timelines import Sent, Shown, Unsent
from selfservice.web.actors import actor
from selfservice.web.banner import CHANNELS
from selfservice.web.begun import CHECK, as_written
from selfservice.web.languages import _, services_in_language
from selfservice.web.logging import bind_submission
from selfservice.web.parts import part_name
from selfservice.web.retelling import retold
from selfservice.web.security import Who, open_to
from selfservice.web.session import installation
from selfservice.web.viewing import note_look

blueprint = Blueprint("overview", __name__)

FILTERS = (
    (Shown.ALL, gettext_noop("All")),
    (Shown.OPEN, gettext_noop("Open")),
    (Shown.CLOSED, gettext_noop("Closed")),
)
WORKED_ON = gettext_noop("Customer Services worked on it with you.")
ADDED = gettext_noop("Added to your account. We told the address on it.")
HELPED = gettext_noop("Customer Services helped you with it.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the timeline as it is printed: in the reader's language, with the address it leads to ("" where
    there is none). Of a `draft` `until` is when it is forgotten; of the others `due` and so on are as in `Sent`."""

    draft: bool
    title: str
    council: str
    url: str
    helper: str
    at: datetime
    until: datetime | None = None
    reference: str = ""
    status: str = ""
    closed: bool = False
    due: datetime | None = None
    looked_at: bool = False
    late: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """One visit of staff to a record, as its customer reads it."""

    began_at: datetime
    team: str
    channel: str
    reason: str
    done: tuple[str, ...]


@blueprint.get("/account/")
@open_to(Who.ACCOUNT, while_acting=True)
def timeline() -> ResponseReturnValue:
    """What is still to be sent, and what was sent, newest first."""
    note_look("timeline")
    wanted = request.args.get("show", "")
    shown = Shown(wanted) if wanted in [*Shown] else Shown.ALL
    here = installation()
    with here.database.read() as session:
        listed = timelines.timeline(session, actor(), shown, page_number(), clock.now())
    return render_template(
        "account/timeline.html",
        listed=listed,
        entries=[_draft(each) if isinstance(each, Unsent) else _sent(each) for each in listed.entries],
        shown=shown,
        filters=[(value, _(words)) for value, words in FILTERS],
        councils=[
            each for each in here.councils.values() if not actor().acting or each.slug in actor().councils
        ],
    )


@blueprint.get("/account/requests/<reference>")
@open_to(Who.ACCOUNT, while_acting=True)
def whole(reference: str) -> ResponseReturnValue:
    """All of one request: how far it has come, what was told, and who helped."""
    here = installation()
    with here.database.read() as session:
        found = timelines.whole(session, actor(), reference, here.seals)
    if found is None:
        abort(404)
    note_look("request", found.council, found.submission_id)
    bind_submission(found.submission_id)
    progress = found.progress
    service = here.services.get(progress.council, {}).get(found.service)
    return render_template(
        "account/request.html",
        whole=found,
        progress=replace(
            progress,
            service_title=_(progress.service_title),
            place_words=words_in(progress.place_words, _),
        ),
        rows=retold(as_written(here.councils[progress.council], service), found.rows)
        if service
        else found.rows,
        sent_to=here.councils[progress.council],
        part_name=part_name,
        now=clock.now(),
        notice=_(ADDED) if request.args.get("added") == "1" else None,
    )


@blueprint.get("/account/who-looked")
@open_to(Who.ACCOUNT, while_acting=False)
def who_looked() -> ResponseReturnValue:
    """Who of staff looked at the customer's record, and why."""
    with installation().database.read() as session:
        found = looking.who_looked(session, actor(), page_number())
    return render_template(
        "account/who_looked.html",
        looked={
            "visits": [_looked(each) for each in found.visits],
            "number": found.number,
            "pages": found.pages,
        },
    )


def page_number() -> int:
    """The page of a long list that is asked for, from 1."""
    wanted = request.args.get("page", "")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 1


def _draft(each: Unsent) -> Entry:
    service = (
        services_in_language(each.council).get(each.service)
        if each.council in installation().councils
        else None
    )
    return Entry(
        draft=True,
        title=service.title if service else _("A form that you began"),
        council=_council(each.council),
        url=f"/{each.council}/{each.service}/{each.id}/{CHECK}" if service else "",
        helper=_(WORKED_ON) if each.helper else "",
        at=each.changed_at,
        until=each.until,
    )


def _sent(each: Sent) -> Entry:
    return Entry(
        draft=False,
        title=_(each.service_title),
        council=_council(each.council),
        url=f"/account/requests/{each.reference}",
        helper=_(SENT_FOR_YOU.get(each.helper, HELPED)) if each.helper else "",
        at=each.submitted_at,
        reference=each.reference,
        status=_(each.status),
        closed=each.closed,
        due=each.due,
        looked_at=each.looked_at,
        late=each.late,
        why=each.why,
    )


def _looked(visit: Visit) -> Looked:
    team = _("Customer Services, %(council)s", council=_council(visit.council)) if visit.council else ""
    return Looked(
        began_at=visit.began_at,
        team=team or _("Customer Services"),
        channel=_(CHANNELS[Channel(visit.channel)]) if visit.channel else "",
        reason=_(WHY_WORDS[Reason(visit.reason)]) if visit.reason in [*Reason] else "",
        done=tuple(_(words) for words in visit.done),
    )


def _council(slug: str) -> str:
    council = installation().councils.get(slug)
    return council.name if council else slug
