"""What was sent, as its reader may see it: whoever sent it all of it, an agent nothing that is sensitive."""

from dataclasses import dataclass

from selfservice.operations import certainty, confirming
from selfservice.operations.confirming import Confirmation
from selfservice.operations.timelines import NOT_SHOWN
from selfservice.web.actors import actor
from selfservice.web.begun import Begun
from selfservice.web.errors import lost_draft
from selfservice.web.session import installation
from selfservice.web.viewing import note_look


@dataclass(frozen=True, slots=True)
class Seen:
    """A submission as it is shown. `progress_url` is the signed link to follow it by, "" for who may not have it: an
    agent passes on that of what they have just sent, and of nothing else."""

    sent: Confirmation
    progress_url: str


def seen(begun: Begun) -> Seen:
    """What was sent from a draft. That an agent looks at what they did not send is written down first.

    Raises `Refused` (404) when nothing was sent.
    """
    here, who, submission_id = installation(), actor(), begun.draft.submission_id or ""
    with here.database.read() as session:
        sent = confirming.confirmation(
            session, submission_id, None if who.acting else here.seals, instead=NOT_SHOWN
        )
        own = certainty.sent_by(session, who, submission_id)
    if sent is None:
        raise lost_draft()
    if not own:
        note_look("request", sent.council, submission_id)
    return Seen(sent, here.links.progress(sent.council, submission_id) if own else "")
