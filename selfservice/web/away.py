"""A draft that is in other hands at the moment: who has it, since when, and what was typed here is given back.

For a resident that is a page like any other, and no error: an agent has their form because they asked for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import make_response, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from selfservice import clock
from selfservice.domain.handover import Stage
from selfservice.operations import saving, who_has_it
from selfservice.operations.who_has_it import Away, Standing
from selfservice.web import given_back
from selfservice.web.actors import actor
from selfservice.web.errors import Refused, lost_draft, not_for_them, went_elsewhere
from selfservice.web.languages import _
from selfservice.web.security import SAFE_METHODS
from selfservice.web.session import installation
from selfservice.web.standing import staff_signed_in
from selfservice.web.words import moment


@dataclass(frozen=True, slots=True)
class Said:
    """What a resident is told of a stage: a heading, and in a line who has the form."""

    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed on a page (its slug) whose form was no longer theirs; `changing` as in its address.

    `fields` are names and values to be sent again, `shown` those of the values that can be read.
    """

    page: str
    changing: bool
    fields: Sequence[tuple[str, str]]
    shown: Sequence[str]


def why_not(draft_id: str) -> HTTPException:
    """Why a draft is not whose turn it would be: what to raise. It may be with an agent, and then that is shown."""
    with installation().database.look() as session:
        found = who_has_it.away(session, actor(), draft_id, clock.now())
        elsewhere = found is None and saving.went_elsewhere(session, actor(), draft_id)
    if found is not None and found.with_customer:
        return _with_customer(found)
    if found is not None and found.stage is Stage.ELSEWHERE:
        return _gone_on_with()
    if found is not None:
        return HTTPException(response=_with_agent(found))
    if elsewhere:
        return went_elsewhere()
    return not_for_them() if staff_signed_in() else lost_draft()


def said(stage: Stage, agent: str) -> Said:
    """What a resident is told of a stage."""
    told = {
        Stage.NONE: Said(_("Get help with this form"), ""),
        Stage.WAITING: Said(_("Tell the agent this code"), _("Waiting for an agent")),
        Stage.RUN_OUT: Said(_("Your code has run out"), _("Nobody has opened your form")),
        Stage.WITH_AGENT: Said(
            _("An agent has your form at the moment"), _("%(name)s has your form now", name=agent)
        ),
        Stage.LEFT: Said(
            _("The agent has left your form"), _("%(name)s is not working on it any more", name=agent)
        ),
        Stage.SENT: Said(_("We have sent your form"), _("%(name)s has sent it for you", name=agent)),
        Stage.BACK: Said(_("You have your form again"), _("Back with you")),
        Stage.ELSEWHERE: Said(_("You went on with this on another device"), _("It is on another device")),
    }
    return told[stage]


def status_page(
    told: Standing, typed: Typed | None = None, notice: str | None = None, status: int = 200
) -> Response:
    """The page that says who has the form, and by what code; the same for every stage, so that a script can turn it."""
    parts = _parts()
    context: dict[str, Any] = {
        "told": told,
        "stage": told.stage,
        "said": said(told.stage, told.agent),
        "typed": typed,
        "notice": notice,
        "action": url_for("handing_over.help_page", **parts),
        "state_url": url_for("handing_over.state", **parts),
        "go_on_url": url_for("journey.show_page", page="check-answers", **parts),
        "errors": [],
    }
    return make_response(render_template("handing/status.html", **context), status)


def _with_agent(found: Away) -> Response:
    return status_page(Standing(found.stage, agent=found.agent, since=found.since), _typed())


def _typed() -> Typed | None:
    """What was just typed on a page of the form; None where nothing was."""
    again, page = given_back.typed(), (request.view_args or {}).get("page")
    if again is None or not page:
        return None
    fields = [pair for pair in again.fields if pair[0] not in given_back.GUARDS]
    return Typed(str(page), request.args.get("change") == "1", fields, again.shown)


def _with_customer(found: Away) -> HTTPException:
    """For an agent at a draft that the customer has: to look at it is no mistake, but nothing can be saved in it."""
    if request.method in SAFE_METHODS:
        page = render_template("handing/with_customer.html", since=found.since, sent=found.sent, errors=[])
        return HTTPException(response=make_response(page))
    return Refused(
        409,
        _("The customer has sent this form") if found.sent else _("The customer has this form now"),
        (
            _("They have had it since %(moment)s.", moment=moment(found.since)) if found.since else "",
            _("What you typed was not saved."),
        ),
        keeps_typed=True,
        link=(_("Go to your desk"), "/desk/"),
    )


def _gone_on_with() -> Refused:
    return Refused(
        410,
        _("You went on with this on another device"),
        (
            _("Somebody opened the link that Customer Services sent, and entered its code."),
            _("If it was you, go on there. If it was not you, call us, so that we can look into it."),
        ),
    )


def _parts() -> dict[str, Any]:
    """The council, the service and the draft of this address."""
    told = request.view_args or {}
    return {name: told[name] for name in ("council", "service", "draft")}
