"""How dates, times and telephone numbers are written, and what is said when a page cannot be shown."""

from datetime import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_REFUSALS: dict[int, tuple[str, tuple[str, ...]]] = {
    400: (
        "We could not read what was sent",
        ("Go back to the page before and try again.", "What you had saved is still there."),
    ),
    403: (
        "You cannot see this page",
        ("It belongs to somebody else, or the link to it is no longer good.",),
    ),
    404: (
        "Page not found",
        (
            "If you typed the address, check that it is right.",
            "If you pasted it, check that you copied all of it.",
        ),
    ),
    405: (
        "This page cannot be used that way",
        ("Go back to the page before and use its buttons.",),
    ),
    413: (
        "That is too large to send",
        ("Choose fewer or smaller files and try again.", "The answers that you have saved are still there."),
    ),
    429: (
        "Too many tries",
        ("For security we have to ask you to wait.", "Try again in a few minutes, or telephone us."),
    ),
    500: (
        "Sorry, something has gone wrong",
        (
            "It is our fault, not yours.",
            "The answers that you have saved are still there. Try again in a few minutes.",
        ),
    ),
    503: (
        "Sorry, this is not available just now",
        ("The answers that you have saved are still there. Try again in a few minutes.",),
    ),
}


def day(at: datetime) -> str:
    """The day in London, such as "Monday 3 March 2025". `at` is aware."""
    local = at.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B} {local.year}"


def moment(at: datetime) -> str:
    """Day and time in London, such as "3 March 2025 at 4:05pm". `at` is aware."""
    local = at.astimezone(LONDON)
    hour = local.hour % 12 or 12
    return f"{local.day} {local:%B} {local.year} at {hour}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def machine(at: datetime) -> str:
    """The moment as ISO 8601 with its offset in London, for the `datetime` of a `<time>`. `at` is aware."""
    return at.astimezone(LONDON).isoformat(timespec="seconds")


def tel(number: str) -> str:
    """The address that dials a telephone number: "tel:" and its digits."""
    return "tel:" + "".join(character for character in number if character.isdigit() or character == "+")


def refusal(status: int) -> tuple[str, tuple[str, ...]]:
    """Heading and sentences for the page of an HTTP status that is an error."""
    return _REFUSALS.get(status) or _REFUSALS[500 if status >= 500 else 400]
