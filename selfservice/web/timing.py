"""How long a page may lie unused, the warning two minutes before, and the address that says "I am still here".

Without JavaScript there is no warning: a form that comes too late is shown again with all that was typed.
"""

from typing import Any

from flask import Blueprint, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from selfservice.web.begun import Begun
from selfservice.web.security import Who, csrf_token, open_to

blueprint = Blueprint("timing", __name__)

IDLE_SECONDS = 60 * 60
WARNED_SECONDS = 2 * 60
# What is shown of the time that is left, in seconds: each until the next is reached.
STEPS = (120, 60, 30, 10)
# A form is good a little longer than its page, so that what was typed can still be saved as the page closes.
FORM_SECONDS = IDLE_SECONDS + 10 * 60


@blueprint.get("/stay")
@open_to(Who.ANYONE)
def stay() -> ResponseReturnValue:
    """A fresh token for the forms of a page whose reader is still there. Other websites cannot read it."""
    return jsonify(token=csrf_token())


def warning(begun: Begun) -> dict[str, object]:
    """What the dialog of a journey's page is given. `unsaved`: what stands on the page is not kept yet."""
    parts: dict[str, Any] = {
        "council": begun.council.slug,
        "service": begun.service.slug,
        "draft": begun.draft.id,
    }
    return {
        "stay_url": url_for("timing.stay"),
        "kept_url": url_for("saving.kept", **parts),
        "idle": IDLE_SECONDS,
        "warned": WARNED_SECONDS,
        "steps": STEPS,
        "unsaved": request.method == "POST",
    }
