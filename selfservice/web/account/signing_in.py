"""Signing in: by password, or by a link or a code that is sent. Who has an account shows in neither."""

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms.kit.questions import Refused
from selfservice import clock
from selfservice.operations import accounts, limiting, locking, password_sign_in
from selfservice.operations.accounts import Entered
from selfservice.operations.password_sign_in import Try
from selfservice.web import recipients, standing
from selfservice.web.account import arriving
from selfservice.web.account.arriving import HOME
from selfservice.web.languages import _, gettext_noop
from selfservice.web.next_page import next_here, with_next
from selfservice.web.recipients import Recipient
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import address, installation
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("signing_in", __name__)

PATH = "/account/sign-in"
SEND = "send"  # the button that asks for a link or a code
LONGEST = 1000  # of what is read of a password: those that may be chosen are shorter
MISSING = gettext_noop("Enter your password, or choose “Send me a link or a code”")
WRONG = gettext_noop("This password does not fit this email address or mobile number")
SHUT = gettext_noop(
    "A wrong password was entered %(most)s times in a row. "
    "Wait %(minutes)s minutes, or choose “Send me a link or a code”"
)


@blueprint.get(PATH)
@open_to(Who.ANYONE, while_acting=False)
def ask() -> ResponseReturnValue:
    """Ask how they want to sign in."""
    person = standing.signed_in()
    if person is not None and person.whole:
        return redirect(next_here() or HOME, 303)
    return page()


@blueprint.post(PATH)
@open_to(Who.ANYONE, csrf=Csrf.ASKED_AGAIN, while_acting=False)
def sign_in() -> ResponseReturnValue:
    """Sign in by password, or send a link and a code."""
    if expired():
        return page(notice=_(PRESS_AGAIN), status=400)
    by_message = request.form.get("do") == SEND
    typed = request.form.get("password", "")[:LONGEST]
    errors = []
    recipient: Recipient | None = None
    try:
        recipient = arriving.read_recipient()
    except Refused as wrong:
        errors.append(arriving.wrong_recipient(wrong))
    if not by_message and not typed:
        errors.append(("password", _(MISSING)))
    if recipient is None or errors:
        return page(errors, status=422)
    return _send(recipient) if by_message else _by_password(recipient, typed)


def page(
    errors: list[tuple[str, str]] | None = None, notice: str | None = None, status: int = 200
) -> ResponseReturnValue:
    """The page, with what was typed but for the password."""
    here = installation()
    return make_response(
        render_template(
            "account/sign_in.html",
            recipient=recipients.typed(),
            texts=here.texts_offered,
            providers=here.resident_providers,
            errors=errors or [],
            notice=notice,
            next=next_here(),
            action=with_next(PATH, next_here()),
            sign_up_url=with_next("/account/sign-up", next_here()),
            reset_url=with_next("/account/reset", next_here()),
            passkey_url=with_next("/account/sign-in/passkey", next_here()),
        ),
        status,
    )


def _send(recipient: Recipient) -> ResponseReturnValue:
    here = installation()
    with here.database.write() as session:
        made = accounts.ask_to_sign_in(
            session,
            recipient.address,
            arriving.council(),
            arriving.asker(),
            here.links,
            clock.now(),
            next_page=next_here(),
        )
    return arriving.sent(made)


def _by_password(recipient: Recipient, typed: str) -> ResponseReturnValue:
    here = installation()
    with here.database.write() as session:
        tried = password_sign_in.begin(session, recipient.address, address(), clock.now())
    if tried is None:
        raise arriving.too_many_tries(limiting.SIGN_IN_TRIES.minutes)
    entered = _entered(tried, typed) if here.passwords.matches(tried.kept, typed) else None
    if entered is not None:
        return arriving.let_in(entered)
    if tried.standing is locking.Standing.LAST:
        _tell_shut(tried)
    lock = locking.PASSWORD
    words = _(SHUT, most=lock.most, minutes=lock.minutes) if tried.shut else _(WRONG)
    return page([("password", words)], status=422)


def _entered(tried: Try, typed: str) -> Entered | None:
    """The sign-in by a password that was right; its hash is made anew where more work is asked for today."""
    here = installation()
    rehashed = here.passwords.hash(typed) if here.passwords.wants_rehash(tried.kept or "") else None
    with here.database.write() as session:
        entered = password_sign_in.was_right(
            session,
            tried,
            arriving.arrival(),
            arriving.council(),
            clock.now(),
            rehashed=rehashed,
            next_page=next_here(),
        )
        if entered is not None:
            arriving.end_staff(session)
        return entered


def _tell_shut(tried: Try) -> None:
    here = installation()
    with here.database.write() as session:
        made = password_sign_in.tell_shut(
            session, tried.address, arriving.council(), arriving.asker(), here.links, clock.now()
        )
    here.doorbell.ring_soon(made.delivery_ids if made else ())
