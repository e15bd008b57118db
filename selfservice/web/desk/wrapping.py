"""What wrapping up a contact asks: on a page of its own, and beside what was just sent."""

from selfservice.domain.contact import OUTCOME_WORDS
from selfservice.web import standing
from selfservice.web.languages import _


def outcomes() -> list[tuple[str, str]]:
    """What can have come of a contact: codes and words."""
    return [(each, _(words)) for each, words in OUTCOME_WORDS.items()]


def offered() -> dict[str, object] | None:
    """The form for the contact in which somebody is being helped; None where nobody is."""
    helped = standing.helping()
    return {"contact_id": helped.interaction_id, "outcomes": outcomes()} if helped else None
