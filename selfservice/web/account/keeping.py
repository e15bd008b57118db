"""Keeps in the account what was told in a form, when the person says so on its confirmation."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.operations import homes, prefilling, profiles
from selfservice.web import prefilled
from selfservice.web.actors import actor
from selfservice.web.begun import SENT, load
from selfservice.web.errors import Refused
from selfservice.web.languages import _
from selfservice.web.security import Who, open_to
from selfservice.web.session import installation

blueprint = Blueprint("keeping", __name__)


@blueprint.post("/<council>/<service>/<draft>/sent/account")
@open_to(Who.HOLDER)
def keep(council: str, service: str, draft: str) -> ResponseReturnValue:
    """Keep in the account what differs from it, and lead back to the confirmation."""
    begun = load(council, service, draft)
    if not begun.draft.sent:
        return redirect(begun.url(begun.resume_at()), 303)
    told = {each: value for each, (_question, value) in prefilled.told_in(begun).items()}
    try:
        with installation().database.write() as session:
            prefilling.keep(session, actor(), told, clock.now())
    except homes.TooMany:
        raise Refused(
            409,
            _("There are many addresses in the account already"),
            (_("Remove one of them first."),),
            link=(_("See the details"), "/account/profile"),
        ) from None
    except profiles.NoProfile:
        return redirect(begun.url(SENT), 303)
    return redirect(begun.url(SENT) + "?kept=1", 303)
