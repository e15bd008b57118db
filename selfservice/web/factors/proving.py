"""Being asked for a second factor: the page with a code and a passkey, and whether what was given is right."""

from dataclasses import dataclass

import structlog
from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from selfservice import clock
from selfservice.operations import factors, passkeys
from selfservice.operations.factors import PASSKEY, Held, TooManyTries
from selfservice.operations.passkeys import BadPasskey
from selfservice.web.errors import Refused
from selfservice.web.factors import keys
from selfservice.web.factors.room import Room
from selfservice.web.languages import _
from selfservice.web.session import installation

log = structlog.get_logger("selfservice.web")

FIELD = "code"
LONGEST_CODE = 100


@dataclass(frozen=True, slots=True)
class Given:
    """What came of what was given: the factor's name; or None, and what is wrong with it, by the id of its control."""

    method: str | None
    wrong: tuple[str, str] | None = None


def held(room: Room) -> Held:
    """What whoever is there can be asked for."""
    with installation().database.look() as session:
        return factors.held(session, room.owner())


def given(room: Room) -> Given:
    """Look at what was posted: a passkey's answer, or a code. Raises `Refused` (429) after too many codes."""
    return _passkey(room) if keys.answer() else _code(room)


def options(room: Room) -> Response:
    """Ask the browser for a passkey of whoever is there."""
    site = keys.here()
    with installation().database.look() as session:
        asked = passkeys.begin_sign_in(session, room.owner(), site, clock.now())
    if asked is None:
        raise Refused(404, _("You have no passkey here"), (_("Choose another way."),))
    return keys.ask(asked, keys.PROVE)


def page(
    room: Room,
    action: str,
    words: str,
    *,
    wrong: tuple[str, str] | None = None,
    notice: str | None = None,
    cancel: str = "",
) -> ResponseReturnValue:
    """The page that asks. `words` say what for; `cancel` posts to where one signs out instead."""
    kept = held(room)
    passkey = bool(kept.passkeys) and keys.offered() is not None
    drawn = render_template(
        "factors/prove.html",
        held=kept,
        passkey=passkey,
        words=words,
        action=action,
        errors=[wrong] if wrong else [],
        notice=notice,
        cancel=cancel,
    )
    return make_response(drawn, 422 if wrong else 400 if notice else 200)


def _code(room: Room) -> Given:
    typed = request.form.get(FIELD, "")[:LONGEST_CODE].strip()
    if not any(sign.isalnum() for sign in typed):
        return Given(None, (FIELD, _("Enter a code")))
    here = installation()
    try:
        with here.database.write() as session:
            method = factors.check(session, room.actor(), room.owner(), typed, here.seals, clock.now())
    except TooManyTries as many:
        raise too_many(many) from None
    if method is None:
        return Given(None, (FIELD, _("This code is not right. Codes of an app change every 30 seconds")))
    return Given(method)


def _passkey(room: Room) -> Given:
    site = keys.here()
    try:
        asked = keys.asked(keys.PROVE)
        with installation().database.write() as session:
            passkeys.sign_in(session, keys.answer(), asked, site, clock.now(), owner=room.owner())
    except BadPasskey as bad:
        log.warning("passkey_refused", words=str(bad))
        return Given(None, ("passkey", _("This passkey was not accepted. Try again, or choose another way")))
    return Given(PASSKEY)


def too_many(many: TooManyTries) -> Refused:
    """The refusal after too many wrong codes."""
    if many.minutes > 60:
        words = _("Try again tomorrow, or use a passkey if you have one.")
    else:
        words = _("Wait %(minutes)s minutes before you try again.", minutes=many.minutes)
    back = (_("Go back to the page that asks for the code"), request.full_path.rstrip("?"))
    return Refused(
        429, _("You have tried too many codes"), (words,), retry_after=many.minutes * 60, link=back
    )
