"""What wrapping up a contact asks: on a page of its own, and beside what was just sent."""

from selfservice.domain.contact import OUTCOME_WORDS, Contact, Outcome
from selfservice.domain.permissions import NotVerified
from selfservice.operations import contacts, drafting
from selfservice.seals import Unopenable
from selfservice.web import standing
from selfservice.web.actors import actor
from selfservice.web.languages import _
from selfservice.web.session import installation


def outcomes() -> list[tuple[str, str]]:
    """What can have come of a contact: codes and words."""
    return [(each, _(words)) for each, words in OUTCOME_WORDS.items()]


def likely(contact: Contact) -> str:
    """What came of a contact as far as it can be told before its agent says: that a form was sent, where the one last
    worked on for whoever is helped in it was; else ""."""
    helped = standing.helping()
    if helped is None or helped.interaction_id != contact.id:
        return ""
    here, agent = installation(), actor()
    with here.database.look() as session:
        at_hand = contacts.draft_at_hand(session, agent)
        try:
            draft = drafting.find(session, agent, at_hand[-1], here.seals) if at_hand else None
        except (NotVerified, Unopenable):
            return ""
    return Outcome.SENT if draft and draft.sent else ""


def offered() -> dict[str, object] | None:
    """The form for the contact in which somebody is being helped; None where nobody is."""
    helped = standing.helping()
    return {"contact_id": helped.interaction_id, "outcomes": outcomes()} if helped else None
