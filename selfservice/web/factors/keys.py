"""Passkeys between our pages and a browser: what it is asked goes out as JSON, its answer comes back in a form.

What was asked is kept in the browser's own session, for one purpose, until the answer comes; it is answered once.
"""

from datetime import datetime

from flask import jsonify, request, session
from flask.wrappers import Response

from selfservice.operations import passkeys
from selfservice.operations.passkeys import Asked, BadPasskey, Site
from selfservice.web.errors import Refused
from selfservice.web.languages import _
from selfservice.web.session import installation

KEPT = "passkey"
FIELD = "answer"
ADD, PROVE, SIGN_IN = "add", "prove", "sign_in"


def offered() -> Site | None:
    """Where our pages stand, as a passkey knows it; None where browsers have none, as on a bare IP address."""
    return passkeys.site(installation().settings.base_url)


def here() -> Site:
    """The same. Raises `Refused` where browsers have no passkeys."""
    found = offered()
    if found is None:
        raise Refused(404, _("Passkeys cannot be used here"), (_("Choose another way."),))
    return found


def ask(asked: Asked, purpose: str) -> Response:
    """Hand the question to the page's script, and keep what tells its answer."""
    session[KEPT] = {"for": purpose, "challenge": asked.challenge, "at": asked.at.isoformat()}
    answer = jsonify()
    answer.set_data(asked.options)
    return answer


def answer() -> str:
    """What the browser answered; "" where nothing came."""
    return request.form.get(FIELD, "")


def asked(purpose: str) -> Asked:
    """What the browser was asked for this purpose, which is forgotten with that. Raises `BadPasskey`."""
    kept = session.pop(KEPT, None)
    if not isinstance(kept, dict) or kept.get("for") != purpose:
        raise BadPasskey("nothing was asked")
    return Asked(str(kept["challenge"]), datetime.fromisoformat(str(kept["at"])))
