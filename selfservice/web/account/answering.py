"""What comes of a link or a code that was right: somebody is signed in, has proven themselves, or has a new address."""

from collections.abc import Callable
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.domain.challenge import Purpose
from selfservice.domain.council import Council
from selfservice.operations import account_changes, accounts, sign_ins
from selfservice.operations.challenging import Challenge
from selfservice.web import standing
from selfservice.web.account import arriving
from selfservice.web.account.arriving import HOME
from selfservice.web.next_page import with_next
from selfservice.web.session import installation

# What is to be answered to the browser, once the unit of work has been committed; None: there is nothing any more.
Respond = Callable[[], ResponseReturnValue] | None


def act_on(writing: Any, opened: Challenge, name: str = "") -> Respond:
    """Do what the challenge was for, in the unit of work in which it was answered. `name` was typed with the answer."""
    if opened.purpose is Purpose.NEW_ADDRESS:
        return _new_address(writing, opened)
    person = standing.signed_in()
    if person is not None and person.whole and accounts.has(writing, person.account_id, opened.address):
        secret = sign_ins.renew(writing, person.id, accounts.LINK, clock.now())
        if secret is not None:
            return lambda: _renewed(secret, _where(opened))
    entered = accounts.enter_by(writing, opened, arriving.arrival(), _council(opened), clock.now(), name=name)
    if entered is None:
        return None
    arriving.end_staff(writing)
    return lambda: arriving.let_in(entered, _where(opened))


def opens_account(found: Challenge) -> bool:
    """Whether its answer opens an account, as far as was known when it was made."""
    return found.purpose is Purpose.SIGN_UP and not found.detail.get("has_account")


def _where(opened: Challenge) -> str:
    """Where to go on: from a reset to the new password, and then to what was wanted.

    So too to a password of their own from an account that was opened in another browser than the one that asked: one
    that was typed there has not been kept.
    """
    wanted = str(opened.detail.get("next", ""))
    if opened.purpose is Purpose.RESET:
        return with_next("/account/password", wanted)
    if opens_account(opened) and not opened.here:
        return with_next("/account/password?opened=1", wanted)
    return wanted


def _renewed(secret: str, wanted: str) -> ResponseReturnValue:
    standing.renewed(standing.ACCOUNT, secret)
    return redirect(wanted or HOME, 303)


def _new_address(writing: Any, opened: Challenge) -> Respond:
    person = standing.signed_in()
    here = person.id if person is not None and person.account_id == opened.account_id else None
    told = account_changes.take_address(writing, opened, here, _council(opened), clock.now())
    if told is None:
        return None
    ids = told

    def respond() -> ResponseReturnValue:
        installation().doorbell.ring_soon(ids)
        return redirect(url_for("sign_in_details.show", changed=1), 303)

    return respond


def _council(opened: Challenge) -> Council:
    return installation().councils.get(opened.council) or arriving.council()
