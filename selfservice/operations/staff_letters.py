"""The messages to members of staff about their own signing in; none opens anything but by its link."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from selfservice.domain.challenge import GOOD_MINUTES
from selfservice.domain.council import Council
from selfservice.domain.marking import gettext_noop
from selfservice.domain.messages import Medium
from selfservice.domain.moments import clock, day
from selfservice.operations import notifying
from selfservice.operations.challenge_letters import Wording
from selfservice.operations.locking import Lock
from selfservice.operations.saving_letters import LINK
from selfservice.store.base import new_id
from selfservice.store.notifications import NotificationRow
from selfservice.store.staff import StaffRow

NOT_ASKED = gettext_noop("If you did not expect this, tell whoever looks after the staff accounts.")
NEWS = {
    "app_added": gettext_noop("An app that shows codes was set up."),
    "app_removed": gettext_noop("The app that shows codes was removed."),
    "passkey_added": gettext_noop("A passkey was added."),
    "passkey_removed": gettext_noop("A passkey was removed."),
    "codes_made": gettext_noop("New recovery codes were made. The ones from before no longer work."),
    "code_used": gettext_noop("Somebody signed in with one of your recovery codes."),
    "password_changed": gettext_noop("A new password was chosen."),
}


_ASKED = gettext_noop("Somebody asked for a new password for a staff account with this email address.")
_SHUT = gettext_noop(
    "A wrong password was typed {most} times for a staff account with this email address. For {minutes} minutes no "
    "password is taken."
)
_NOBODY = gettext_noop(
    "There is no such account. If it was you, try the address of your work. If not, you need not do anything."
)
_ELSEWHERE = gettext_noop("You sign in with your work account, and have no password here that could be lost.")


def invitation(name: str, until: datetime) -> Wording:
    """To choose a password, and set up a second factor."""
    by = gettext_noop("Choose a password here, by {time} on {day}:").format(time=clock(until), day=day(until))
    return _wording(
        "invite",
        gettext_noop("Your staff account"),
        gettext_noop("A staff account was made for you, {name}.").format(name=name),
        f"{by}\n{LINK}",
        gettext_noop(
            "You will also need a second way to show that it is you: an app on your phone that shows codes, or a "
            "passkey such as your fingerprint or a security key."
        ),
        gettext_noop(
            "If you did not expect this, you need not do anything. The link stops working by itself."
        ),
    )


class Told(StrEnum):
    """Why a letter about a password goes out."""

    ASKED = "asked"  # somebody asked for a new one
    SHUT = "shut"  # a wrong one was typed too often


def reset(told: Told, row: StaffRow | None, limit: Lock) -> Wording:
    """To whoever reads what goes to an address: a link to choose a new password, or why there is none.

    `row` is the member of staff who has the address, if one has.
    """
    opening = _ASKED if told is Told.ASKED else _SHUT.format(most=limit.most, minutes=limit.minutes)
    if row is None:
        return _wording("nobody", gettext_noop("No staff account has this email address"), opening, _NOBODY)
    if row.password_hash is None:
        return _wording(
            "elsewhere", gettext_noop("You have no password here"), opening, _ELSEWHERE, NOT_ASKED
        )
    return _wording(
        "reset",
        gettext_noop("Choose a new password"),
        opening,
        gettext_noop("If it was you, choose a new password here:") + f"\n{LINK}",
        gettext_noop(
            "The link works once, for {minutes} minutes. You will still be asked for your second factor."
        ).format(minutes=GOOD_MINUTES),
        gettext_noop("If it was not you, you need not do anything: your password stays as it is."),
    )


def _wording(what: str, subject: str, *paragraphs: str) -> Wording:
    return Wording(f"staff_{what}", subject, paragraphs, "")


def news(session: Session, row: StaffRow, what: str, council: Council, now: datetime) -> tuple[str, ...]:
    """Tell a member of staff of a change to how they sign in. Ring for these deliveries after the commit."""
    words = (
        gettext_noop("The way you sign in to your staff account has changed."),
        NEWS[what],
        gettext_noop("This was at {time} on {day}.").format(time=clock(now), day=day(now)),
        gettext_noop(
            "If it was not you, tell whoever looks after the staff accounts at once: they can shut the account."
        ),
    )
    message = NotificationRow(
        id=new_id(),
        council=council.slug,
        staff_id=row.id,
        what=f"staff_{what}",
        medium=Medium.EMAIL,
        recipient=row.email,
        subject=gettext_noop("Your staff account has changed"),
        body=notifying.framed(council, words),
        created_at=now,
    )
    return tuple(notifying.post(session, [message], now))
