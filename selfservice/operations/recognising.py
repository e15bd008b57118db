"""Saying who somebody without a name is: the acting session goes on as this customer's, and its drafts with it."""

from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain import acting
from selfservice.domain.people import PARTNERSHIP, Actor
from selfservice.operations import assisting, holding, verifying
from selfservice.operations.assisting import CannotHelp
from selfservice.store import interactions, timeline
from selfservice.store.interactions import ActingSessionRow


def recognise(session: Session, actor: Actor, customer_id: str, now: datetime) -> None:
    """Say which customer it is whom the agent is helping without a name, as sure as this contact has made us of them.

    What was handed over stays with the agent, and goes back to whoever handed it over. Raises what `assisting.may_help`
    raises, and `CannotHelp` ("named") where nobody without a name is being helped.
    """
    customer = assisting.may_help(session, actor, customer_id, now)
    going = interactions.acting_of(session, actor.id, lock=True)
    if going is None or going.customer_id is not None or acting.over(going.until, going.seen_at, now):
        raise CannotHelp("named")
    approval = assisting.leave_to_open(session, actor, customer, going.council, now)
    reached = verifying.so_far(session, going.interaction_id, customer.id, now)
    holding.name_customer(session, going, customer.id)
    going.customer_id = going.subject = customer.id
    going.approval_id = approval.id if approval else None
    going.until = assisting.no_longer_than(approval, going.until)
    going.verification, going.verified_by = reached.level, list(reached.by)
    interactions.name_customer(session, going.interaction_id, customer.id)
    _write_down(session, going, now)


def _write_down(session: Session, going: ActingSessionRow, now: datetime) -> None:
    session.flush()
    timeline.write_line(
        session, holding.acting_in(going), going.council or PARTNERSHIP, None, "helping_named", "", now,
        {"reason": going.reason, "verification": going.verification},
        customer_id=going.customer_id, interaction_id=going.interaction_id,
    )  # fmt: skip
