"""Messages to the owner of an account about the account itself. Nothing is opened by any of them."""

from datetime import datetime

from selfservice.domain.council import Council
from selfservice.domain.marking import gettext_noop
from selfservice.domain.messages import Medium, medium_of
from selfservice.domain.moments import clock, day
from selfservice.operations import notifying
from selfservice.store.accounts import AccountRow
from selfservice.store.base import new_id
from selfservice.store.notifications import NotificationRow

NOT_YOU = gettext_noop(
    "If it was not you, sign in, choose “Sign out everywhere” and then a new password; or call us."
)
NOT_YOU_BY_TEXT = gettext_noop("If it was not you, choose a new password or call us.")
SOME_BROWSER = gettext_noop("a browser that we cannot name")


def signed_in(account: AccountRow, browser: str, council: Council, now: datetime) -> NotificationRow:
    """The account was signed in to in a browser that had not been seen before."""
    told = gettext_noop(
        "Somebody signed in to your account on {day} at {clock}, in a browser that had not been used for it before: "
        "{browser}."
    ).format(day=day(now), clock=clock(now), browser=browser or SOME_BROWSER)
    return _message(
        account,
        council,
        "signed_in",
        gettext_noop("A new sign-in to your account"),
        (told, gettext_noop("If it was you, you need not do anything."), NOT_YOU),
        f"{told} {NOT_YOU_BY_TEXT}",
        now,
    )


def password_changed(account: AccountRow, council: Council, now: datetime) -> NotificationRow:
    """The account has a new password."""
    told = gettext_noop(
        "The password of your account was changed on {day} at {clock}. In every other browser you have been signed out."
    ).format(day=day(now), clock=clock(now))
    return _message(
        account,
        council,
        "password_changed",
        gettext_noop("Your password was changed"),
        (told, gettext_noop("If it was you, you need not do anything."), NOT_YOU),
        f"{told} {NOT_YOU_BY_TEXT}",
        now,
    )


def address_changed(
    account: AccountRow, council: Council, now: datetime, *, to: str | None = None
) -> NotificationRow:
    """Another address signs in to the account; `to` is the one that no longer does, which is told of it."""
    told = gettext_noop(
        "The email address or the mobile number by which you sign in to your account was changed on {day} at {clock}."
    ).format(day=day(now), clock=clock(now))
    not_you = gettext_noop("If it was not you, call us at once.")
    return _message(
        account,
        council,
        "address_changed",
        gettext_noop("How you sign in was changed"),
        (told, gettext_noop("If it was you, you need not do anything."), not_you),
        f"{told} {not_you}",
        now,
        to=to,
    )


def connected(account: AccountRow, label: str, council: Council, now: datetime) -> NotificationRow:
    """The account can be signed in to by an account elsewhere."""
    told = gettext_noop("Your account can now be signed in to by your account with {label}.").format(
        label=label
    )
    return _message(
        account,
        council,
        "connected",
        gettext_noop("A new way to sign in to your account"),
        (told, gettext_noop("If it was you, you need not do anything."), NOT_YOU),
        f"{told} {NOT_YOU_BY_TEXT}",
        now,
    )


def disconnected(account: AccountRow, label: str, council: Council, now: datetime) -> NotificationRow:
    """The account can no longer be signed in to by an account elsewhere."""
    told = gettext_noop(
        "Your account can no longer be signed in to by your account with {label}. In every other browser you have been "
        "signed out."
    ).format(label=label)
    return _message(
        account,
        council,
        "disconnected",
        gettext_noop("How you sign in was changed"),
        (told, gettext_noop("If it was you, you need not do anything."), NOT_YOU),
        f"{told} {NOT_YOU_BY_TEXT}",
        now,
    )


def second_factor_changed(account: AccountRow, told: str, council: Council, now: datetime) -> NotificationRow:
    """What the account is signed in by beside its first factor has changed; `told` says how."""
    when = gettext_noop("This was on {day} at {clock}.").format(day=day(now), clock=clock(now))
    return _message(
        account,
        council,
        "factor_changed",
        gettext_noop("How you sign in was changed"),
        (f"{told} {when}", gettext_noop("If it was you, you need not do anything."), NOT_YOU),
        f"{told} {when} {NOT_YOU_BY_TEXT}",
        now,
    )


def _message(
    account: AccountRow,
    council: Council,
    what: str,
    subject: str,
    paragraphs: tuple[str, ...],
    short: str,
    now: datetime,
    *,
    to: str | None = None,
) -> NotificationRow:
    """The message to where the account is signed in by: an e-mail where it has an address, else a text message."""
    recipient = to or account.email or account.phone or ""
    by_text = medium_of(recipient) is Medium.SMS
    return NotificationRow(
        id=new_id(),
        council=council.slug,
        customer_id=account.customer_id,
        what=what,
        medium=medium_of(recipient),
        recipient=recipient,
        subject=subject,
        body=(notifying.text_framed(council, short) if by_text else notifying.framed(council, paragraphs)),
        created_at=now,
    )
