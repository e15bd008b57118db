"""How dates, times and telephone numbers are written, and what is said when a page cannot be shown."""

from datetime import datetime

from markupsafe import Markup

from selfservice.domain.moments import LONDON
from selfservice.domain.progress import ours_and_theirs
from selfservice.web.languages import _, gettext_noop, language

# In every other language the names come from CLDR, unless its translators say otherwise.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

PRESS_AGAIN = gettext_noop("This page had been open for a long time. Press the button once more.")

_REFUSALS: dict[int, tuple[str, tuple[str, ...]]] = {
    400: (
        gettext_noop("We could not read what was sent"),
        (
            gettext_noop("Go back to the page before and try again."),
            gettext_noop("What you had saved is still there."),
        ),
    ),
    403: (
        gettext_noop("You cannot see this page"),
        (gettext_noop("It belongs to somebody else, or the link to it is no longer good."),),
    ),
    404: (
        gettext_noop("Page not found"),
        (
            gettext_noop("If you typed the address, check that it is right."),
            gettext_noop("If you pasted it, check that you copied all of it."),
        ),
    ),
    405: (
        gettext_noop("This page cannot be used that way"),
        (gettext_noop("Go back to the page before and use its buttons."),),
    ),
    413: (
        gettext_noop("That is too large to send"),
        (
            gettext_noop("Choose fewer or smaller files and try again."),
            gettext_noop("The answers that you have saved are still there."),
        ),
    ),
    429: (
        gettext_noop("Too many tries"),
        (
            gettext_noop("For security we have to ask you to wait."),
            gettext_noop("Try again in a few minutes, or telephone us."),
        ),
    ),
    500: (
        gettext_noop("Sorry, something has gone wrong"),
        (
            gettext_noop("It is our fault, not yours."),
            gettext_noop("The answers that you have saved are still there. Try again in a few minutes."),
        ),
    ),
    503: (
        gettext_noop("Sorry, this is not available just now"),
        (gettext_noop("The answers that you have saved are still there. Try again in a few minutes."),),
    ),
}


def day(at: datetime) -> str:
    """The day in London, such as "Monday 3 March 2025", in the reader's language. `at` is aware."""
    local = at.astimezone(LONDON)
    return _(
        "%(weekday)s %(day)s %(month)s %(year)s",
        weekday=_(WEEKDAYS[local.weekday()]),
        day=local.day,
        month=_(MONTHS[local.month - 1]),
        year=local.year,
    )


def moment(at: datetime) -> str:
    """Day and time in London, such as "3 March 2025 at 4:05pm", in the reader's language. `at` is aware."""
    local = at.astimezone(LONDON)
    return _(
        # Translators may say %(hour24)s and leave out %(half)s.
        "%(day)s %(month)s %(year)s at %(hour)s:%(minute)s%(half)s",
        day=local.day,
        month=_(MONTHS[local.month - 1]),
        year=local.year,
        hour=local.hour % 12 or 12,
        hour24=f"{local.hour:02}",
        minute=f"{local.minute:02}",
        half=_("am") if local.hour < 12 else _("pm"),
    )


def told_on_timeline(words: str) -> str:
    """A line of the timeline, our own sentence of it in the reader's language; the back office's words follow as
    they came, marked as English where the page is not."""
    ours, theirs = ours_and_theirs(words)
    if language().is_english or not theirs:
        return " ".join(filter(None, (_(ours) if ours else "", theirs)))
    return Markup('{} <span lang="en" dir="ltr">{}</span>').format(_(ours) if ours else "", theirs)


def machine(at: datetime) -> str:
    """The moment as ISO 8601 with its offset in London, for the `datetime` of a `<time>`. `at` is aware."""
    return at.astimezone(LONDON).isoformat(timespec="seconds")


def tel(number: str) -> str:
    """The address that dials a telephone number: "tel:" and its digits."""
    return "tel:" + "".join(character for character in number if character.isdigit() or character == "+")


def refusal(status: int) -> tuple[str, tuple[str, ...]]:
    """Heading and sentences for the page of an HTTP status that is an error, in English."""
    return _REFUSALS.get(status) or _REFUSALS[500 if status >= 500 else 400]
