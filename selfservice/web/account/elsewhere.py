"""Signing in by an account elsewhere: to the provider and back. Nothing is asked of it inside a transaction."""

import structlog
from flask import Blueprint, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from integrations.identity import openid
from integrations.identity.openid import Identity
from integrations.identity.provider import Provider, ProviderAway, SignInFailed
from selfservice import clock
from selfservice.operations import account_changes, elsewhere
from selfservice.web import standing
from selfservice.web.account import arriving, from_elsewhere
from selfservice.web.account.proving import fresh, prove_first
from selfservice.web.actors import actor
from selfservice.web.errors import Refused
from selfservice.web.languages import _
from selfservice.web.next_page import next_here, ours, with_next
from selfservice.web.security import Who, open_to
from selfservice.web.session import installation

blueprint = Blueprint("elsewhere", __name__)
log = structlog.get_logger("selfservice.web")

BEGUN = "openid"  # in the browser's session: what `openid.begin` gave, where to go on to, and to connect with what
CONNECT = "connect"
DETAILS = "/account/sign-in-details"


@blueprint.post("/account/openid/<provider>/begin")
@open_to(Who.ANYONE, while_acting=False)
def begin(provider: str) -> ResponseReturnValue:
    """Send them to the provider: to sign in, or to connect their account there with the one here."""
    chosen = _provider(provider)
    connecting = request.form.get("do") == CONNECT
    if connecting and not fresh():
        return prove_first(DETAILS)
    try:
        begun = openid.begin(chosen, _back(chosen))
    except (ProviderAway, SignInFailed) as error:
        raise _away(chosen, error) from None
    from_elsewhere.drop()
    session[BEGUN] = {"kept": begun.kept, "next": next_here(), CONNECT: connecting}
    # A page that leads on, for a form of ours may be sent to ourselves alone (form-action), redirects and all.
    page = make_response(
        render_template("account/to_provider.html", label=chosen.label, address=begun.address)
    )
    page.headers["Refresh"] = f"0; url={begun.address}"
    return page


@blueprint.get("/account/openid/<provider>/back")
@open_to(Who.ANYONE, while_acting=False)
def back(provider: str) -> ResponseReturnValue:
    """Take whom the provider says has come."""
    chosen = _provider(provider)
    begun = session.pop(BEGUN, None) or {}
    try:
        identity = openid.finish(chosen, _back(chosen), begun.get("kept", {}), request.args)
    except SignInFailed as error:
        if error.denied:
            return redirect(with_next("/account/sign-in", ours(begun.get("next"))), 303)
        raise _failed(chosen, error) from None
    except ProviderAway as error:
        raise _away(chosen, error) from None
    if begun.get(CONNECT):
        return _connect(chosen, identity)
    return _enter(chosen, identity, ours(begun.get("next")))


def _enter(chosen: Provider, identity: Identity, wanted: str) -> ResponseReturnValue:
    with installation().database.write() as writing:
        entered = elsewhere.enter(
            writing,
            identity,
            chosen.label,
            chosen.trusts_email,
            arriving.arrival(),
            arriving.council(),
            clock.now(),
            next_page=wanted,
        )
        if entered is not None:
            arriving.end_staff(writing)
    if entered is not None:
        return arriving.let_in(entered)
    from_elsewhere.keep(identity, chosen.label)
    return redirect(with_next("/account/sign-up", wanted), 303)


def _connect(chosen: Provider, identity: Identity) -> ResponseReturnValue:
    person = standing.signed_in()
    if person is None or not person.whole:
        return redirect(with_next("/account/sign-in", DETAILS), 303)
    kept = elsewhere.as_kept(identity, chosen.label)
    with installation().database.write() as writing:
        told = account_changes.connect_elsewhere(writing, actor(), kept, arriving.council(), clock.now())
    if told is None:
        raise Refused(
            409,
            _("This account is connected already"),
            (
                _("Your account with %(label)s signs in to another account here.", label=chosen.label),
                _("Sign in with it, and disconnect it there first."),
            ),
            link=(_("How you sign in"), DETAILS),
        )
    installation().doorbell.ring_soon(told)
    return redirect(f"{DETAILS}?changed=1", 303)


def _provider(name: str) -> Provider:
    for each in installation().resident_providers:
        if each.name == name:
            return each
    raise NotFound


def _back(chosen: Provider) -> str:
    return f"{installation().settings.base_url}/account/openid/{chosen.name}/back"


def _away(chosen: Provider, error: Exception) -> Refused:
    log.warning("provider_away", provider=chosen.name, words=str(error))
    return Refused(
        503,
        _("We cannot reach %(label)s at the moment", label=chosen.label),
        (_("Try again in a few minutes, or sign in in another way."),),
        retry_after=60,
        link=(_("Sign in"), "/account/sign-in"),
    )


def _failed(chosen: Provider, error: Exception) -> Refused:
    log.warning("provider_refused", provider=chosen.name, words=str(error))
    return Refused(
        400,
        _("You have not been signed in"),
        (
            _("We could not match the answer from %(label)s to your sign-in here.", label=chosen.label),
            _("This happens when a page is opened twice, or after a long time. Sign in again."),
        ),
        link=(_("Sign in"), "/account/sign-in"),
    )
