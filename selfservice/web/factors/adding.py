"""Setting up an app that shows codes, and adding a passkey: the pages of both, and what follows."""

import structlog
from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms.kit.typed import one_line
from selfservice import clock
from selfservice.operations import factor_changes, factors, passkeys
from selfservice.operations.factor_changes import Changed
from selfservice.operations.factors import APP, PASSKEY, NewApp
from selfservice.operations.passkeys import BadPasskey, TooMany
from selfservice.web import browser_name, standing
from selfservice.web.errors import Refused
from selfservice.web.factors import keys
from selfservice.web.factors.room import Room, issuer
from selfservice.web.languages import _
from selfservice.web.session import installation

log = structlog.get_logger("selfservice.web")

LONGEST_TYPED = 200


def begin_app(room: Room) -> ResponseReturnValue:
    """Make a secret for an app, and lead to the page that shows it."""
    here, owner = installation(), room.owner()
    with here.database.write() as session:
        name = factor_changes.called(session, owner)
        factors.begin_app(session, room.actor(), owner, name, issuer(room), here.seals, clock.now())
    return redirect(f"{room.base}/app", 303)


def show_app(room: Room, wrong: str | None = None) -> ResponseReturnValue:
    """The secret to be taken up by an app, and the question for a first code."""
    shown = _begun(room)
    if shown is None:
        return redirect(room.base, 303)
    drawn = render_template(
        "factors/app.html",
        app=shown,
        typed_secret=" ".join(shown.secret[at : at + 4] for at in range(0, len(shown.secret), 4)),
        issuer=issuer(room),
        action=f"{room.base}/app",
        back_url=room.base,
        errors=[("code", wrong)] if wrong else [],
    )
    return make_response(drawn, 422 if wrong else 200)


def confirm_app(room: Room) -> ResponseReturnValue:
    """Have the app count, if this is its code."""
    typed = request.form.get("code", "")[:LONGEST_TYPED]
    if not typed.strip():
        return show_app(room, _("Enter the six-digit code that the app shows"))
    here = installation()
    with here.database.write() as session:
        changed = factor_changes.add_app(
            session,
            room.actor(),
            room.owner(),
            room.person().id,
            typed,
            here.seals,
            room.council(),
            clock.now(),
        )
    if changed is None:
        return show_app(
            room, _("This is not the code that the app shows now. Wait for the next one and enter that")
        )
    return _go_on(room, "app_added", APP, changed)


def ask_for_passkey(room: Room, wrong: str | None = None, name: str | None = None) -> ResponseReturnValue:
    """The page that adds a passkey, where scripts run."""
    keys.here()
    suggested = browser_name.named(request.headers.get("User-Agent", ""))
    drawn = render_template(
        "factors/passkey.html",
        name=suggested if name is None else name,
        action=f"{room.base}/passkey",
        back_url=room.base,
        errors=[("passkey", wrong)] if wrong else [],
    )
    return make_response(drawn, 422 if wrong else 200)


def passkey_options(room: Room) -> ResponseReturnValue:
    """Ask the browser for a new passkey."""
    site, owner = keys.here(), room.owner()
    try:
        with installation().database.look() as session:
            name = factor_changes.called(session, owner)
            asked = passkeys.begin_adding(session, room.actor(), owner, name, issuer(room), site, clock.now())
    except TooMany:
        raise _too_many() from None
    return keys.ask(asked, keys.ADD)


def add_passkey(room: Room) -> ResponseReturnValue:
    """Keep the passkey that the browser made."""
    site, name = keys.here(), one_line(request.form.get("name", "")[:LONGEST_TYPED])
    try:
        asked = keys.asked(keys.ADD)
        with installation().database.write() as session:
            changed = factor_changes.add_passkey(
                session,
                room.actor(),
                room.owner(),
                room.person().id,
                name or _("Passkey"),
                keys.answer(),
                asked,
                site,
                room.council(),
                clock.now(),
            )
    except BadPasskey as bad:
        log.warning("passkey_refused", words=str(bad))
        return ask_for_passkey(
            room, _("This passkey was not accepted. Try again, or choose another way"), name
        )
    except TooMany:
        raise _too_many() from None
    return _go_on(room, "passkey_added", PASSKEY, changed)


def show_codes(room: Room, codes: tuple[str, ...], added: str = "") -> ResponseReturnValue:
    """The recovery codes, this once; `added` is what was set up just before."""
    return make_response(
        render_template(
            "factors/codes.html", codes=codes, after=room.after, of_staff=room.of_staff, added=added
        )
    )


def _go_on(room: Room, what: str, method: str, changed: Changed) -> ResponseReturnValue:
    """Show the recovery codes, where there are new ones. At first sign-in that is whole from now on."""
    installation().doorbell.ring_soon(changed.delivery_ids)
    secret = room.completes(method) if room.completes else None
    if secret is not None:
        standing.renewed(room.kind, secret)
    return (
        show_codes(room, changed.codes, what) if changed.codes else redirect(f"{room.base}?done={what}", 303)
    )


def _begun(room: Room) -> NewApp | None:
    here, owner = installation(), room.owner()
    with here.database.look() as session:
        name = factor_changes.called(session, owner)
        return factors.app_begun(session, owner, name, issuer(room), here.seals)


def _too_many() -> Refused:
    words = _("You have %(most)s passkeys. Remove one that you no longer use first.", most=passkeys.MOST)
    return Refused(409, _("You have as many passkeys as you can"), (words,))
