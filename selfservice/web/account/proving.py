"""Proving once more who one is, before what is worth a thief's while: by the password, or by a link or a code."""

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from selfservice import clock
from selfservice.domain.messages import medium_of
from selfservice.operations import account_changes, accounts, limiting, locking, password_sign_in, sign_ins
from selfservice.web import recipients, standing
from selfservice.web.account import arriving
from selfservice.web.account.arriving import HOME
from selfservice.web.actors import actor
from selfservice.web.languages import _, gettext_noop
from selfservice.web.next_page import next_here, with_next
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import address, installation
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("proving", __name__)

PATH = "/account/prove"
LONGEST_TYPED = 1000
MISSING = gettext_noop("Enter your password")
WRONG = gettext_noop("This is not your password")
SHUT = gettext_noop(
    "A wrong password was entered %(most)s times in a row. Wait %(minutes)s minutes, or have a link or a code sent"
)


def fresh() -> bool:
    """Whether the customer proved themselves a moment ago."""
    person = standing.signed_in()
    return person is not None and person.fresh(clock.now())


def prove_first(wanted: str) -> Response:
    """Lead to the page that asks for a proof, and from there to the page (a path of ours) that wanted one."""
    return redirect(with_next(PATH, wanted), 303)


@blueprint.get(PATH)
@open_to(Who.ACCOUNT, while_acting=False)
def ask() -> ResponseReturnValue:
    """Ask for the proof."""
    return _page()


@blueprint.post(PATH)
@open_to(Who.ACCOUNT, csrf=Csrf.ASKED_AGAIN, while_acting=False)
def prove() -> ResponseReturnValue:
    """Take the password, or send a link and a code to an address of theirs."""
    if expired():
        return _page(notice=_(PRESS_AGAIN), status=400)
    details = _details()
    if request.form.get("do") == "send":
        chosen = request.form.get("to", "")
        return _send(chosen if chosen in details.addresses else details.addresses[0])
    typed = request.form.get("password", "")[:LONGEST_TYPED]
    if not typed:
        return _page([("password", _(MISSING))], status=422)
    return _by_password(details.addresses[0], typed)


def renewed(method: str, wanted: str) -> ResponseReturnValue | None:
    """Give this browser a new secret for the sign-in whose owner has just proven themselves; None if it has ended."""
    person = standing.signed_in()
    if person is None:
        return None
    with installation().database.write() as session:
        secret = sign_ins.renew(session, person.id, method, clock.now())
    if secret is None:
        return None
    standing.renewed(standing.ACCOUNT, secret)
    return redirect(wanted or HOME, 303)


def _by_password(own: str, typed: str) -> ResponseReturnValue:
    here = installation()
    with here.database.write() as session:
        tried = password_sign_in.begin(session, own, address(), clock.now())
    if tried is None:
        raise arriving.too_many_tries(limiting.SIGN_IN_TRIES.minutes)
    if here.passwords.matches(tried.kept, typed):
        with here.database.write() as session:
            locking.forgive(session, locking.PASSWORD, own)
        return renewed(accounts.PASSWORD, next_here()) or redirect(
            with_next("/account/sign-in", next_here()), 303
        )
    if tried.standing is locking.Standing.LAST:
        with here.database.write() as session:
            made = password_sign_in.tell_shut(
                session, own, arriving.council(), arriving.asker(), here.links, clock.now()
            )
        here.doorbell.ring_soon(made.delivery_ids if made else ())
    lock = locking.PASSWORD
    words = _(SHUT, most=lock.most, minutes=lock.minutes) if tried.shut else _(WRONG)
    return _page([("password", words)], status=422)


def _send(to: str) -> ResponseReturnValue:
    here = installation()
    with here.database.write() as session:
        made = accounts.ask_to_sign_in(
            session, to, arriving.council(), arriving.asker(), here.links, clock.now(), next_page=next_here()
        )
    return arriving.sent(made)


def _details() -> account_changes.SignInDetails:
    with installation().database.read() as session:
        return account_changes.sign_in_details(session, actor())


def _page(
    errors: list[tuple[str, str]] | None = None, notice: str | None = None, status: int = 200
) -> ResponseReturnValue:
    details = _details()
    return make_response(
        render_template(
            "account/prove.html",
            has_password=details.has_password,
            username=details.addresses[0],
            addresses=[(each, recipients.shown(medium_of(each), each)) for each in details.addresses],
            errors=errors or [],
            notice=notice,
            action=with_next(PATH, next_here()),
        ),
        status,
    )
