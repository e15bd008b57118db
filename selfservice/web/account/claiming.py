"""Adding to an account what was sent without it: a reference, a code to the address on it, and a way to undo it.

Whatever the reference, the same pages follow: they tell nobody whether there is such a thing.
"""

from flask import Blueprint, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from forms.kit.typed import one_line
from selfservice import clock
from selfservice.domain.challenge import GOOD_MINUTES
from selfservice.operations import claiming
from selfservice.operations.challenging import Asker
from selfservice.web.actors import actor
from selfservice.web.errors import Refused
from selfservice.web.languages import _, gettext_noop
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import holder, installation
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("claiming", __name__)

PATH, CODE = "/account/claim", "/account/claim/code"
CLAIM = "claim"  # in the browser's session: the id of the claim that it asked for last
NO_REFERENCE = gettext_noop("Enter the reference")
NO_CODE = gettext_noop("Enter the six-digit code that we sent")
WRONG = gettext_noop("This code is wrong or no longer works. Check it, or ask for a new one")


@blueprint.get(PATH)
@open_to(Who.ACCOUNT, while_acting=False)
def ask() -> ResponseReturnValue:
    """Ask for the reference."""
    return _ask()


@blueprint.post(PATH)
@open_to(Who.ACCOUNT, csrf=Csrf.ASKED_AGAIN, while_acting=False)
def send() -> ResponseReturnValue:
    """Send a code to the address on it, if there is such; the same answer in any case."""
    if expired():
        return _ask(notice=_(PRESS_AGAIN), status=400)
    reference = _typed("reference")
    if not reference:
        return _ask([("reference", _(NO_REFERENCE))], status=422)
    here, now = installation(), clock.now()
    with here.database.write() as writing:
        allowed = claiming.may_ask(writing, actor(), reference, now)
    if not allowed:
        raise _too_often()
    with here.database.write() as writing:
        asked = claiming.ask(
            writing, actor(), reference, here.councils, Asker(holder()), here.links, now,
            texts_offered=here.texts_offered,
        )  # fmt: skip
    here.doorbell.ring_soon(asked.delivery_ids)
    session[CLAIM] = asked.id
    return redirect(CODE, 303)


@blueprint.get(CODE)
@open_to(Who.ACCOUNT, while_acting=False)
def ask_code() -> ResponseReturnValue:
    """Ask for the code."""
    return _code() if CLAIM in session else redirect(PATH, 303)


@blueprint.post(CODE)
@open_to(Who.ACCOUNT, csrf=Csrf.ASKED_AGAIN, while_acting=False)
def take() -> ResponseReturnValue:
    """Add it to the account if the code is right."""
    if CLAIM not in session:
        return redirect(PATH, 303)
    if expired():
        return _code(notice=_(PRESS_AGAIN), status=400)
    typed = _typed("code")
    if not typed:
        return _code([("code", _(NO_CODE))], status=422)
    here, now = installation(), clock.now()
    with here.database.write() as writing:
        allowed = claiming.may_try(writing, actor(), now)
    if not allowed:
        raise _too_often()
    with here.database.write() as writing:
        taken = claiming.take(
            writing, actor(), str(session[CLAIM]), holder(), typed, here.councils, here.links, now,
            texts_offered=here.texts_offered,
        )  # fmt: skip
    if taken is None:
        return _code([("code", _(WRONG))], status=422)
    reference, delivery_ids = taken
    here.doorbell.ring_soon(delivery_ids)
    session.pop(CLAIM, None)
    return redirect(f"/account/requests/{reference}?added=1", 303)


@blueprint.get("/account/unclaim/<token>")
@open_to(Who.LINK, while_acting=False)
def ask_undo(token: str) -> ResponseReturnValue:
    """Tell whoever reads what goes to the address on a submission what was claimed, and ask whether to undo it."""
    told = installation().links.read_unclaim(token)
    with installation().database.look() as looking:
        found = claiming.look(looking, *told, clock.now()) if told else None
    if found is None:
        raise _no_longer()
    return render_template(
        "account/unclaim.html",
        claim=found,
        title=_(found.service_title),
        action=request.path,
        at=installation().councils[found.council],
    )


@blueprint.post("/account/unclaim/<token>")
@open_to(Who.LINK, while_acting=False)
def undo(token: str) -> ResponseReturnValue:
    """Take it out of the account."""
    told = installation().links.read_unclaim(token)
    with installation().database.write() as writing:
        undone = claiming.undo(writing, *told, clock.now()) if told else False
    if not undone:
        raise _no_longer()
    return render_template("account/unclaimed.html")


def _typed(name: str) -> str:
    return one_line(request.form.get(name, "")[:200])[:40]


def _ask(
    errors: list[tuple[str, str]] | None = None, notice: str | None = None, status: int = 200
) -> ResponseReturnValue:
    return make_response(
        render_template(
            "account/claim.html",
            reference=_typed("reference"),
            errors=errors or [],
            notice=notice,
            action=PATH,
        ),
        status,
    )


def _code(
    errors: list[tuple[str, str]] | None = None, notice: str | None = None, status: int = 200
) -> ResponseReturnValue:
    return make_response(
        render_template(
            "account/claim_code.html",
            errors=errors or [],
            notice=notice,
            action=CODE,
            ask_url=PATH,
            minutes=GOOD_MINUTES,
            texts=installation().texts_offered,
        ),
        status,
    )


def _too_often() -> Refused:
    return Refused(
        429,
        _("You have tried too many times"),
        (
            _("Wait an hour before you try again."),
            _("You can always check progress with your reference and postcode."),
        ),
        retry_after=3600,
    )


def _no_longer() -> Refused:
    return Refused(
        410,
        _("This link no longer works"),
        (
            _("It works for 14 days after something was added to an account, and once."),
            _("If you think that somebody else sees what you sent, call the council."),
        ),
    )
