"""By whom the form on a page is held, which says by what ways its page can be left."""

from selfservice.operations import handing_over
from selfservice.web.actors import actor
from selfservice.web.begun import Begun
from selfservice.web.session import installation
from selfservice.web.standing import helping

SELF, AGENT, HANDED = "self", "agent", "handed"


def held_by(begun: Begun) -> str:
    """Whether the person has it, an agent, or an agent to whom it was handed over and who can give it back."""
    if helping() is None:
        return SELF
    with installation().database.look() as session:
        return HANDED if handing_over.is_handed_over(session, actor(), begun.draft.id) else AGENT
