"""The messages that go with challenges, each as an e-mail and in a text message's few words.

A message holds {link} and {code} where they go: they are put in as it is sent (operations/saving_letters.py).
Whether somebody is known by an address is told there, and nowhere else.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from selfservice.domain.challenge import GOOD_MINUTES
from selfservice.domain.council import Council
from selfservice.domain.marking import gettext_noop
from selfservice.domain.messages import Medium
from selfservice.domain.moments import clock
from selfservice.operations import notifying
from selfservice.operations.saving_letters import CODE, LINK
from selfservice.store.base import new_id
from selfservice.store.challenges import ChallengeRow
from selfservice.store.notifications import NotificationRow

OR_CODE = gettext_noop("Or enter this code on the page where you asked for it. Your code is: {code}")
GOOD_ONCE = gettext_noop(
    "Both work once, until {until}. Nobody from the council will ever ask you for the code."
)
BY_TEXT = gettext_noop("It works once, until {until}. Nobody from the council will ever ask you for it.")
NOT_YOU = gettext_noop("If you did not ask for this, you need not do anything.")


@dataclass(frozen=True, slots=True)
class Wording:
    """What a message says. `what` names its kind, `paragraphs` are the e-mail and `short` the text message.

    `short` must fit in a text message with its link filled in, beside the name of a council.
    """

    what: str
    subject: str
    paragraphs: tuple[str, ...]
    short: str


def written(row: ChallengeRow, wording: Wording, council: Council, now: datetime) -> NotificationRow:
    """The message about a challenge, to where that goes and by its medium."""
    by_text = row.medium == Medium.SMS
    return NotificationRow(
        id=new_id(),
        council=row.council,
        challenge_id=row.id,
        what=wording.what,
        medium=row.medium,
        recipient=row.recipient,
        subject=wording.subject,
        body=(
            notifying.text_framed(council, wording.short)
            if by_text
            else notifying.framed(council, wording.paragraphs)
        ),
        created_at=now,
    )


def sign_up(now: datetime) -> Wording:
    """Confirm the address of an account that is to be opened."""
    return _good_once(
        "sign_up",
        gettext_noop("Confirm your email address"),
        (
            gettext_noop("You asked to open an account with this email address."),
            gettext_noop("Confirm that it is yours here:\n{link}"),
            OR_CODE,
            GOOD_ONCE,
            gettext_noop(
                "If you did not ask for this, somebody may have mistyped their own address. You need not do "
                "anything: there is no account before the address is confirmed."
            ),
        ),
        gettext_noop("To open your account, your code is: {code}"),
        now,
    )


def already(now: datetime) -> Wording:
    """Somebody asked to open an account, and has one."""
    return _good_once(
        "sign_up",
        gettext_noop("You already have an account"),
        (
            gettext_noop(
                "You asked to open an account with this email address. You already have one, so you can use that."
            ),
            gettext_noop("Sign in to it here:\n{link}"),
            OR_CODE,
            GOOD_ONCE,
            gettext_noop("Once you have signed in you can choose a new password, if you have forgotten it."),
            gettext_noop(
                "If you did not ask for this, you need not do anything. We told whoever asked nothing about you."
            ),
        ),
        gettext_noop("You already have an account with this number. To sign in to it, your code is: {code}"),
        now,
    )


def sign_in(now: datetime) -> Wording:
    """Sign in without a password."""
    return _good_once(
        "sign_in",
        gettext_noop("Sign in to your account"),
        (
            gettext_noop("You asked to sign in to your account."),
            gettext_noop("Sign in here:\n{link}"),
            OR_CODE,
            GOOD_ONCE,
            NOT_YOU,
        ),
        gettext_noop("To sign in to your account, your code is: {code}"),
        now,
    )


def reset(now: datetime) -> Wording:
    """Choose a new password."""
    return _good_once(
        "reset",
        gettext_noop("Choose a new password"),
        (
            gettext_noop("You asked to choose a new password for your account."),
            gettext_noop("Go on here:\n{link}"),
            OR_CODE,
            GOOD_ONCE,
            gettext_noop(
                "If you did not ask for this, you need not do anything. Your password stays as it is."
            ),
        ),
        gettext_noop("To choose a new password for your account, your code is: {code}"),
        now,
    )


def nobody(what: str) -> Wording:
    """Somebody asked to sign in, or for a new password, with an address that no account has."""
    return Wording(
        what,
        gettext_noop("There is no account with this email address"),
        (
            gettext_noop(
                "Somebody, perhaps you, tried to sign in with this email address. There is no account with it."
            ),
            gettext_noop(
                "If it was you, try another address or a mobile number that you may have given us. If you have no "
                "account yet, go back to the page where you were and choose “Open an account”."
            ),
            NOT_YOU,
        ),
        gettext_noop(
            "Somebody, perhaps you, tried to sign in with this number. There is no account with it. If it was you, "
            "try your email address, or open an account. If not, you need not do anything."
        ),
    )


def locked(most: int, minutes: int, now: datetime) -> Wording:
    """A wrong password was entered too often."""
    told = gettext_noop(
        "A wrong password for your account was entered {most} times in a row. For {minutes} minutes we take no "
        "password for it, not even the right one. Nobody has seen anything of yours."
    ).format(most=most, minutes=minutes)
    return _good_once(
        "password_locked",
        gettext_noop("A wrong password was entered many times"),
        (
            told,
            gettext_noop("If it was you, you can sign in here without a password, until {until}:\n{link}"),
            gettext_noop(
                "If it was not you, you need not do anything. If your password is short or you use it elsewhere too, "
                "choose a better one when you next sign in."
            ),
        ),
        f"{told}\n" + gettext_noop("If it was you, sign in here instead:\n{link}"),
        now,
        by_text="",
    )


def locked_nobody(most: int) -> Wording:
    """A password was entered too often for an address that no account has."""
    told = gettext_noop(
        "Somebody entered a password {most} times in a row to sign in with this {{what}}. There is no account with "
        "it, so nobody could. If it was you, check which address you gave us. If not, you need not do anything."
    ).format(most=most)
    return Wording(
        "password_locked",
        gettext_noop("A wrong password was entered many times"),
        (told.format(what=gettext_noop("email address")),),
        told.format(what=gettext_noop("number")),
    )


def new_address(now: datetime) -> Wording:
    """Confirm the address that is to take the place of another, or to be added."""
    return _good_once(
        "new_address",
        gettext_noop("Confirm your new email address"),
        (
            gettext_noop("You asked to sign in to your account with this email address from now on."),
            gettext_noop("Confirm that it is yours here:\n{link}"),
            OR_CODE,
            GOOD_ONCE,
            gettext_noop(
                "If you did not ask for this, somebody may have mistyped their own address. You need not do anything."
            ),
        ),
        gettext_noop("To sign in with this number from now on, your code is: {code}"),
        now,
    )


def taken() -> Wording:
    """Somebody wants to sign in by an address that another account has."""
    return Wording(
        "new_address",
        gettext_noop("This email address has an account already"),
        (
            gettext_noop(
                "Somebody, perhaps you, asked to sign in to another account with this email address. It has an account "
                "of its own already, so nothing was changed."
            ),
            gettext_noop("If it was you, sign in with this address, or use a different one."),
            NOT_YOU,
        ),
        gettext_noop(
            "Somebody, perhaps you, asked to sign in to another account with this number. It has an account already, "
            "so nothing was changed. If it was not you, you need not do anything."
        ),
    )


def _good_once(
    what: str, subject: str, paragraphs: tuple[str, ...], short: str, now: datetime, by_text: str = BY_TEXT
) -> Wording:
    """The wording of a message that opens something, with until when it does."""
    until = clock(now + timedelta(minutes=GOOD_MINUTES))
    filled = [each.format(link=LINK, code=CODE, until=until) for each in (*paragraphs, short, by_text)]
    return Wording(what, subject, tuple(filled[:-2]), "\n".join(each for each in filled[-2:] if each))
