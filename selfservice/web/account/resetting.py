"""A new password: asked for by whoever has forgotten theirs, and chosen by whoever has signed in a moment ago."""

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms.kit.questions import Refused
from integrations.identity.passwords import weakness
from selfservice import clock
from selfservice.operations import account_changes, accounts, sign_ins
from selfservice.web import recipients, standing
from selfservice.web.account import arriving
from selfservice.web.account.arriving import HOME
from selfservice.web.account.proving import fresh, prove_first
from selfservice.web.actors import actor
from selfservice.web.languages import _, gettext_noop
from selfservice.web.next_page import next_here, with_next
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import installation
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("resetting", __name__)

PATH, CHOOSE = "/account/reset", "/account/password"
LONGEST_TYPED = 1000
MISSING = gettext_noop("Enter a new password")
OPENED = gettext_noop("Your account is open. You can choose a password now.")


@blueprint.get(PATH)
@open_to(Who.ANYONE, while_acting=False)
def ask() -> ResponseReturnValue:
    """Ask for the address."""
    return _ask()


@blueprint.post(PATH)
@open_to(Who.ANYONE, csrf=Csrf.ASKED_AGAIN, while_acting=False)
def send() -> ResponseReturnValue:
    """Send a link and a code, by which a new password can be chosen."""
    if expired():
        return _ask(notice=_(PRESS_AGAIN), status=400)
    try:
        recipient = arriving.read_recipient()
    except Refused as wrong:
        return _ask([arriving.wrong_recipient(wrong)], status=422)
    here = installation()
    with here.database.write() as session:
        made = accounts.ask_to_reset(
            session,
            recipient.address,
            arriving.council(),
            arriving.asker(),
            here.links,
            clock.now(),
            next_page=next_here(),
        )
    return arriving.sent(made)


@blueprint.get(CHOOSE)
@open_to(Who.ACCOUNT, while_acting=False)
def choose() -> ResponseReturnValue:
    """Ask for a new password, once they have proven who they are."""
    if not fresh():
        return prove_first(with_next(CHOOSE, next_here()))
    return _choose(notice=_(OPENED) if request.args.get("opened") == "1" else None)


@blueprint.post(CHOOSE)
@open_to(Who.ACCOUNT, csrf=Csrf.ASKED_AGAIN, while_acting=False)
def change() -> ResponseReturnValue:
    """Take the new password; in other browsers they are signed out, and this one has a new secret."""
    person = standing.signed_in()
    if person is None or not fresh():
        return prove_first(with_next(CHOOSE, next_here()))
    if expired():
        return _choose(notice=_(PRESS_AGAIN), status=400)
    here, typed = installation(), request.form.get("password", "")[:LONGEST_TYPED]
    with here.database.read() as reading:
        details = account_changes.sign_in_details(reading, actor())
    weak = weakness(typed, [details.name, *details.addresses]) if typed else MISSING
    if weak:
        return _choose([("password", _(weak))], status=422)
    kept = here.passwords.hash(typed)
    with here.database.write() as session:
        told = account_changes.set_password(
            session, actor(), kept, person.id, arriving.council(), clock.now()
        )
        secret = sign_ins.renew(session, person.id, accounts.PASSWORD, clock.now())
    if secret is not None:
        standing.renewed(standing.ACCOUNT, secret)
    here.doorbell.ring_soon(told)
    return redirect(with_next("/account/password-changed", next_here()), 303)


@blueprint.get("/account/password-changed")
@open_to(Who.ACCOUNT, while_acting=False)
def changed() -> ResponseReturnValue:
    """Say that it was changed."""
    return render_template("account/password_changed.html", next=next_here() or HOME)


def _ask(
    errors: list[tuple[str, str]] | None = None, notice: str | None = None, status: int = 200
) -> ResponseReturnValue:
    return make_response(
        render_template(
            "account/reset.html",
            recipient=recipients.typed(),
            texts=installation().texts_offered,
            errors=errors or [],
            notice=notice,
            action=with_next(PATH, next_here()),
            back_url=with_next("/account/sign-in", next_here()),
        ),
        status,
    )


def _choose(
    errors: list[tuple[str, str]] | None = None, notice: str | None = None, status: int = 200
) -> ResponseReturnValue:
    with installation().database.read() as session:
        details = account_changes.sign_in_details(session, actor())
    return make_response(
        render_template(
            "account/password.html",
            has_password=details.has_password,
            username=details.addresses[0] if details.addresses else "",
            errors=errors or [],
            notice=notice,
            action=with_next(CHOOSE, next_here()),
            next=next_here() or HOME,
        ),
        status,
    )
