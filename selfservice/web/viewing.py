"""Each look of an agent at something of a customer's is an event: it is written down before anything is shown."""

from selfservice import clock
from selfservice.domain.people import PARTNERSHIP
from selfservice.operations import assisting
from selfservice.web.actors import actor
from selfservice.web.session import installation
from selfservice.web.standing import helping


def note_look(what: str, council: str = PARTNERSHIP, submission_id: str | None = None) -> None:
    """Write down that an agent looks at `what` (a code) of the customer whom they help, and nothing of anybody else.

    `council` is the slug of the council whose it is. Where it cannot be written down, nothing is shown.
    """
    helped = helping()
    if helped is None:
        return
    with installation().database.write() as session:
        assisting.note_view(
            session, actor(), council, what, clock.now(),
            customer_id=helped.customer_id, submission_id=submission_id,
        )  # fmt: skip
