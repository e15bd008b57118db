"""How a customer signs in: their addresses, password and accounts elsewhere, and changing each."""

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms.kit.questions import Refused
from selfservice import clock
from selfservice.domain.messages import Medium
from selfservice.operations import account_changes
from selfservice.operations.account_changes import LastWay
from selfservice.web import recipients
from selfservice.web.account import arriving
from selfservice.web.account.proving import fresh, prove_first
from selfservice.web.actors import actor
from selfservice.web.languages import _
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import installation
from selfservice.web.standing import signed_in
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("sign_in_details", __name__)

PATH, NEW_ADDRESS = "/account/sign-in-details", "/account/sign-in-details/address"


@blueprint.get(PATH)
@open_to(Who.ACCOUNT, while_acting=False)
def show() -> ResponseReturnValue:
    """How they sign in, with ways to change it."""
    changed = _("How you sign in has been changed.") if request.args.get("changed") == "1" else None
    return _page(notice=changed)


@blueprint.post(PATH)
@open_to(Who.ACCOUNT, csrf=Csrf.ASKED_AGAIN, while_acting=False)
def take_away() -> ResponseReturnValue:
    """Let an address, or an account elsewhere, sign in no longer."""
    if expired():
        return _page(notice=_(PRESS_AGAIN), status=400)
    if not fresh():
        return prove_first(PATH)
    try:
        told = _take_away(request.form.get("remove", ""))
    except LastWay:
        return _page(notice=_("This is your only way to sign in. Add another first."), status=409)
    installation().doorbell.ring_soon(told)
    return redirect(f"{PATH}?changed=1", 303)


@blueprint.get(NEW_ADDRESS)
@open_to(Who.ACCOUNT, while_acting=False)
def ask() -> ResponseReturnValue:
    """Ask for the address that they want to sign in by."""
    return _ask() if fresh() else prove_first(NEW_ADDRESS)


@blueprint.post(NEW_ADDRESS)
@open_to(Who.ACCOUNT, csrf=Csrf.ASKED_AGAIN, while_acting=False)
def send() -> ResponseReturnValue:
    """Have the new address confirmed; until then the one before stays."""
    if not fresh():
        return prove_first(NEW_ADDRESS)
    if expired():
        return _ask(notice=_(PRESS_AGAIN), status=400)
    try:
        recipient = arriving.read_recipient()
    except Refused as wrong:
        return _ask([arriving.wrong_recipient(wrong)], status=422)
    here = installation()
    with here.database.write() as session:
        made = account_changes.ask_new_address(
            session,
            actor(),
            recipient.address,
            arriving.council(),
            arriving.asker(),
            here.links,
            clock.now(),
        )
    return arriving.sent(made)


def _take_away(what: str) -> tuple[str, ...]:
    """In a unit of work that is undone where it was the last way in."""
    person = signed_in()
    assert person is not None, "a page of an account without one: guarding must have refused it"
    council, now = arriving.council(), clock.now()
    with installation().database.write() as session:
        if what in (Medium.EMAIL, Medium.SMS):
            return account_changes.remove_address(session, actor(), Medium(what), person.id, council, now)
        return account_changes.disconnect(session, actor(), what[:36], person.id, council, now)


def _ask(
    errors: list[tuple[str, str]] | None = None, notice: str | None = None, status: int = 200
) -> ResponseReturnValue:
    return make_response(
        render_template(
            "account/new_address.html",
            recipient=recipients.typed(),
            texts=installation().texts_offered,
            errors=errors or [],
            notice=notice,
            action=NEW_ADDRESS,
            back_url=PATH,
        ),
        status,
    )


def _page(notice: str | None = None, status: int = 200) -> ResponseReturnValue:
    here = installation()
    with here.database.read() as session:
        details = account_changes.sign_in_details(session, actor())
    connected = {each.issuer for each in details.connected}
    return make_response(
        render_template(
            "account/sign_in_details.html",
            details=details,
            phone=recipients.shown(Medium.SMS, details.phone) if details.phone else "",
            texts=here.texts_offered,
            providers=[each for each in here.resident_providers if each.issuer not in connected],
            notice=notice,
            action=PATH,
            address_url=NEW_ADDRESS,
        ),
        status,
    )
