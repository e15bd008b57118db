"""Members of staff sign in by e-mail address and password, and out again. Who is one shows in no answer."""

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms.kit.contacts import Email
from forms.kit.questions import Refused as NotTaken
from forms.kit.typed import one_line
from selfservice import clock
from selfservice.operations import limiting, staff_entry
from selfservice.operations.locking import Standing
from selfservice.operations.staff_entry import LOCK, Try
from selfservice.operations.staff_letters import Told
from selfservice.web import standing
from selfservice.web.actors import staff_actor
from selfservice.web.errors import Refused
from selfservice.web.guarding import STAFF_SIGN_IN
from selfservice.web.languages import _, gettext_noop
from selfservice.web.next_page import next_here, with_next
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import address, installation
from selfservice.web.staff import entering
from selfservice.web.staff.entering import HOME
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("staff_sign_in", __name__)

SIGN_OUT = "/staff/sign-out"
LONGEST = 1000  # of what is read of a password: those that may be chosen are shorter
EMAIL = Email(id="email", label="Email address", missing=gettext_noop("Enter your email address"))
MISSING = gettext_noop("Enter your password")
WRONG = gettext_noop("This password does not fit this email address")
SHUT = gettext_noop(
    "A wrong password was entered %(most)s times in a row. Wait %(minutes)s minutes, or choose a new password"
)


@blueprint.get(STAFF_SIGN_IN)
@open_to(Who.ANYONE)
def ask() -> ResponseReturnValue:
    """Ask who they are."""
    member = standing.staff_signed_in()
    if member is not None and member.whole:
        return redirect(next_here() or HOME, 303)
    return page()


@blueprint.post(STAFF_SIGN_IN)
@open_to(Who.ANYONE, csrf=Csrf.ASKED_AGAIN)
def sign_in() -> ResponseReturnValue:
    """Take the first factor, and lead on to the second."""
    if expired():
        return page(notice=_(PRESS_AGAIN), status=400)
    email, wrong = read_email()
    typed = request.form.get("password", "")[:LONGEST]
    errors = [("email", wrong)] if wrong else []
    if not typed:
        errors.append(("password", _(MISSING)))
    return page(errors, status=422) if errors else _by_password(email, typed)


@blueprint.get(SIGN_OUT)
@open_to(Who.ANYONE)
def ask_to_sign_out() -> ResponseReturnValue:
    """The button to sign out, for whoever follows the link at the top of every page."""
    if standing.staff_signed_in() is None:
        return redirect(STAFF_SIGN_IN, 303)
    return make_response(render_template("staff/sign_out.html", action=SIGN_OUT, home=HOME))


@blueprint.post(SIGN_OUT)
@open_to(Who.ANYONE)
def sign_out() -> ResponseReturnValue:
    """Sign out of this browser, wherever in signing in they are."""
    member = standing.staff_signed_in()
    if member is not None:
        with installation().database.write() as session:
            staff_entry.leave(session, staff_actor(), member.id, clock.now())
        standing.let_out()
    return redirect(f"{STAFF_SIGN_IN}?out=1", 303)


def page(
    errors: list[tuple[str, str]] | None = None, notice: str | None = None, status: int = 200
) -> ResponseReturnValue:
    """The page, with what was typed but for the password."""
    here = installation()
    out = request.args.get("out") == "1" and request.method == "GET"
    return make_response(
        render_template(
            "staff/sign_in.html",
            email=_typed_email(),
            provider=here.staff_sign_in.provider if here.staff_sign_in else None,
            errors=errors or [],
            notice=notice or (_("You have signed out.") if out else None),
            next=next_here(),
            action=with_next(STAFF_SIGN_IN, next_here()),
        ),
        status,
    )


def read_email() -> tuple[str, str]:
    """The e-mail address that was typed, in lower case; or "" and what is wrong with it."""
    typed = _typed_email()
    if not typed:
        return "", _(EMAIL.missing)
    try:
        return str(EMAIL.parse(typed)).lower(), ""
    except NotTaken as wrong:
        return "", wrong.told(_)


def _typed_email() -> str:
    return one_line(request.form.get("email", "")[:320])


def _by_password(email: str, typed: str) -> ResponseReturnValue:
    here = installation()
    with here.database.write() as session:
        tried = staff_entry.try_password(session, email, address(), clock.now())
    if tried is None:
        raise too_many_tries(limiting.STAFF_TRIES.minutes)
    secret = _entered(tried, typed) if here.passwords.matches(tried.kept, typed) else None
    if secret is not None:
        return entering.let_in(secret, next_here())
    if tried.standing is Standing.LAST:
        _tell_shut(tried)
    words = _(SHUT, most=LOCK.most, minutes=LOCK.minutes) if tried.shut else _(WRONG)
    return page([("password", words)], status=422)


def _entered(tried: Try, typed: str) -> str | None:
    """The secret of a half sign-in by a password that was right; its hash is made anew where that is due."""
    here = installation()
    rehashed = here.passwords.hash(typed) if here.passwords.wants_rehash(tried.kept or "") else None
    with here.database.write() as session:
        return staff_entry.was_right(
            session, tried, entering.browser(), entering.here_before(), clock.now(), rehashed=rehashed
        )


def _tell_shut(tried: Try) -> None:
    here = installation()
    with here.database.write() as session:
        made = staff_entry.ask_for_reset(
            session,
            tried.email,
            Told.SHUT,
            entering.first_council(),
            entering.asker(),
            here.links,
            clock.now(),
        )
    here.doorbell.ring_soon(made.delivery_ids if made else ())


def too_many_tries(minutes: int) -> Refused:
    """For a network from which too much was tried."""
    words = _("Wait %(minutes)s minutes before you try again.", minutes=minutes)
    return Refused(429, _("You have tried too many times"), (words,), retry_after=minutes * 60)
