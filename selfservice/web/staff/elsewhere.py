"""Members of staff sign in by their organisation's own provider, which says by its groups what they may do here."""

import structlog
from flask import Blueprint, abort, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from integrations.identity import openid
from integrations.identity.openid import Identity
from integrations.identity.provider import ProviderAway, SignInFailed
from selfservice import clock
from selfservice.operations import staff_entry
from selfservice.operations.staff_entry import OPENID, Came
from selfservice.sign_in_file import StaffSignIn
from selfservice.web import standing
from selfservice.web.errors import Refused
from selfservice.web.guarding import STAFF_SIGN_IN
from selfservice.web.languages import _, gettext_noop
from selfservice.web.next_page import next_here, ours
from selfservice.web.security import Who, open_to
from selfservice.web.session import installation
from selfservice.web.staff import entering

blueprint = Blueprint("staff_elsewhere", __name__)
log = structlog.get_logger("selfservice.web")

BEGUN = "staff_openid"  # in the browser's session: what `openid.begin` gave, and where to go on to
NOT_LET_IN = {
    "no_role": gettext_noop("You are in no group that is let in here. Ask your supervisor."),
    "disabled": gettext_noop("Your staff account here is shut. Ask your supervisor."),
    "no_email": gettext_noop("It does not tell us your email address, which we need."),
    "address_taken": gettext_noop(
        "Another account here has your email address already. Ask whoever looks after the staff accounts."
    ),
}


@blueprint.post("/staff/openid/begin")
@open_to(Who.ANYONE)
def begin() -> ResponseReturnValue:
    """Send them to the provider."""
    chosen = _configured()
    try:
        begun = openid.begin(chosen.provider, _back())
    except (ProviderAway, SignInFailed) as error:
        raise _away(chosen, error) from None
    session[BEGUN] = {"kept": begun.kept, "next": next_here()}
    # A page that leads on, for a form of ours may be sent to ourselves alone (form-action), redirects and all.
    page = make_response(
        render_template("account/to_provider.html", label=chosen.provider.label, address=begun.address)
    )
    page.headers["Refresh"] = f"0; url={begun.address}"
    return page


@blueprint.get("/staff/openid/back")
@open_to(Who.ANYONE)
def back() -> ResponseReturnValue:
    """Take whom the provider says has come."""
    chosen, begun = _configured(), session.pop(BEGUN, None) or {}
    try:
        identity = openid.finish(chosen.provider, _back(), begun.get("kept", {}), request.args)
    except SignInFailed as error:
        if error.denied:
            return redirect(STAFF_SIGN_IN, 303)
        raise _failed(chosen, error) from None
    except ProviderAway as error:
        raise _away(chosen, error) from None
    return _enter(chosen, identity, ours(begun.get("next")))


def _enter(chosen: StaffSignIn, identity: Identity, wanted: str) -> ResponseReturnValue:
    provider, roles, now = chosen.provider, chosen.roles_of(identity.groups), clock.now()
    whole = chosen.second_factor_done(identity.amr)
    begin_sign_in = staff_entry.begin_whole if whole else staff_entry.begin
    secret: str | None = None
    with installation().database.write() as writing:
        came = staff_entry.by_provider(writing, identity, roles, provider.label, provider.trusts_email, now)
        if came.staff_id:
            secret = begin_sign_in(
                writing, came.staff_id, OPENID, entering.browser(), entering.here_before(), now
            )
    if secret is None:
        raise _not_let_in(chosen, came)
    if not whole:
        return entering.let_in(secret, wanted)
    standing.let_in(standing.STAFF_COOKIE, secret)
    return redirect(wanted or entering.home_of(roles), 303)


def _configured() -> StaffSignIn:
    found = installation().staff_sign_in
    if found is None:
        abort(404)
    return found


def _back() -> str:
    return f"{installation().settings.base_url}/staff/openid/back"


def _not_let_in(chosen: StaffSignIn, came: Came) -> Refused:
    log.warning("staff_not_let_in", why=came.why)
    return Refused(
        403,
        _("You have not been signed in"),
        (
            _("You signed in with %(label)s, but we cannot let you in.", label=chosen.provider.label),
            _(NOT_LET_IN.get(came.why, NOT_LET_IN["disabled"])),
        ),
        link=(_("Sign in"), STAFF_SIGN_IN),
    )


def _away(chosen: StaffSignIn, error: Exception) -> Refused:
    log.warning("provider_away", provider=chosen.provider.name, words=str(error))
    return Refused(
        503,
        _("We cannot reach %(label)s at the moment", label=chosen.provider.label),
        (_("Try again in a few minutes."),),
        retry_after=60,
        link=(_("Sign in"), STAFF_SIGN_IN),
    )


def _failed(chosen: StaffSignIn, error: Exception) -> Refused:
    log.warning("provider_refused", provider=chosen.provider.name, words=str(error))
    return Refused(
        400,
        _("You have not been signed in"),
        (
            _(
                "We could not match the answer from %(label)s to your sign-in here.",
                label=chosen.provider.label,
            ),
            _("This happens when a page is opened twice, or after a long time. Sign in again."),
        ),
        link=(_("Sign in"), STAFF_SIGN_IN),
    )
