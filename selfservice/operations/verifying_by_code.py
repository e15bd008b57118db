"""A code that goes to a customer's own phone or e-mail address, for them to tell the agent: one of the proofs."""

from datetime import datetime

from sqlalchemy.orm import Session

from forms.kit.contacts import mobile_number
from selfservice.domain.challenge import Purpose
from selfservice.domain.council import Council
from selfservice.domain.marking import gettext_noop
from selfservice.domain.messages import Medium
from selfservice.domain.people import Actor
from selfservice.domain.verifying import Proof, is_locked
from selfservice.links import Links, hashed
from selfservice.operations import assisting, challenging, verifying
from selfservice.operations.assisting import CannotHelp
from selfservice.operations.challenge_letters import Wording
from selfservice.operations.challenging import Asker, Made, Wanted
from selfservice.operations.verifying import Standing
from selfservice.store import contact_record, customers, interactions, timeline
from selfservice.store.interactions import InteractionRow

SENT = "code_sent"
_SHORT = gettext_noop(
    "Your code is {code}. Tell it only to the person at the council whom you are talking to now. "
    "If you are talking to nobody, somebody may be using your name: call us."
)


def send(
    session: Session,
    actor: Actor,
    customer_id: str,
    medium: Medium,
    council: Council,
    links: Links,
    now: datetime,
) -> Made | None:
    """Send a code to the customer's own address by this medium; None when too many went there, or there is none.

    Ring for the delivery ids after the commit; commit in any case. Raises `CannotHelp`.
    """
    assisting.may_help(session, actor, customer_id, now)
    contact, customer = _contact(session, actor), customers.by_id(session, customer_id)
    if customer is None or is_locked(customer.verify_locked_until, now):
        return None
    address = mobile_number(customer.phone or "") if medium is Medium.SMS else customer.email
    if not address:
        return None
    wanted = Wanted(Purpose.VERIFY, medium, address, staff_id=actor.id)
    asker = Asker(browser=_asker(actor, contact))
    made = challenging.make(session, wanted, _wording(), council, asker, links, now)
    if made is not None:
        timeline.write_line(
            session, actor, contact.council, None, SENT, "", now, {"challenge": made.id, "by": medium},
            customer_id=customer_id, interaction_id=contact.id,
        )  # fmt: skip
    return made


def check(
    session: Session, actor: Actor, customer_id: str, typed: str, links: Links, now: datetime
) -> tuple[bool, Standing]:
    """Whether this is the code that was sent to the customer last in this contact, and where that leaves the agent.

    A wrong one counts as a wrong answer. Commit in any case. Raises `CannotHelp`.
    """
    assisting.may_help(session, actor, customer_id, now)
    contact = _contact(session, actor)
    customer = customers.by_id(session, customer_id, lock=True)
    if customer is None:
        raise CannotHelp("unknown")
    challenge = last_sent(session, contact.id, customer_id)
    right = False
    if challenge is not None and not is_locked(customer.verify_locked_until, now):
        told = challenging.answer_code(session, challenge, _asker(actor, contact), typed, links, now)
        right = told.opened is not None
        verifying.note(session, actor, contact, customer, Proof.CODE, right, now)
    return right, verifying.renew(session, actor, contact, customer, now)


def last_sent(session: Session, contact_id: str, customer_id: str) -> str | None:
    """The challenge (its id) of the code that was sent last to this customer in a contact."""
    lines = contact_record.lines(session, contact_id, [SENT], customer_id=customer_id)
    return str(lines[-1].detail["challenge"]) if lines else None


def was_sent(session: Session, actor: Actor, customer_id: str) -> bool:
    """Whether a code was sent to this customer in the contact that the agent has going."""
    contact = interactions.active_of(session, actor.id)
    return contact is not None and last_sent(session, contact.id, customer_id) is not None


def _wording() -> Wording:
    return Wording(
        "verify_code",
        gettext_noop("Your code, to tell to the council"),
        (
            gettext_noop("Your code is: {code}"),
            gettext_noop(
                "You are talking to somebody at the council, who has asked for it to be sure that it is you. "
                "Tell it to nobody else. It works once, for 15 minutes."
            ),
            gettext_noop("If you are talking to nobody, somebody may be using your name: call us."),
        ),
        _SHORT,
    )


def _asker(actor: Actor, contact: InteractionRow) -> str:
    """What stands for the browser of somebody who asks for another: the agent, in this contact."""
    return hashed(f"{actor.id} {contact.id}")


def _contact(session: Session, actor: Actor) -> InteractionRow:
    contact = interactions.active_of(session, actor.id)
    if contact is None:
        raise CannotHelp("no_contact")
    return contact
