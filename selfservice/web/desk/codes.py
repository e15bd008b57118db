"""The codes that an agent can have sent to a customer: which, and the button that sends one."""

from dataclasses import dataclass

from flask import redirect
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.domain.contact import Contact
from selfservice.domain.messages import Medium
from selfservice.operations import verifying_by_code
from selfservice.operations.verifying import Standing
from selfservice.web.actors import staff_actor
from selfservice.web.desk.room import agent_in
from selfservice.web.errors import Refused
from selfservice.web.languages import _
from selfservice.web.session import installation

SEND = "send-code:"


@dataclass(frozen=True, slots=True)
class Codes:
    """The media by which a code can be sent, as values of a button, and whether one is on its way."""

    media: tuple[str, ...]
    sent: bool


def offered(customer: str, reached: Standing) -> Codes:
    """What the page of a customer offers."""
    here = installation()
    media = tuple(each for each in reached.codes if each is not Medium.SMS or here.texts_offered)
    with here.database.look() as session:
        sent = verifying_by_code.was_sent(session, staff_actor(), customer)
    return Codes(media, sent)


def send(contact: Contact, customer: str, told: str) -> ResponseReturnValue:
    """Send a code by the medium that was told, and lead back to the page. Raises `Refused` (429) after too many."""
    here, now = installation(), clock.now()
    if told in [each for each in Medium if each is not Medium.SMS or here.texts_offered]:
        with here.database.write() as session:
            made = verifying_by_code.send(
                session,
                agent_in(contact),
                customer,
                Medium(told),
                here.councils[contact.council],
                here.links,
                now,
            )
        if made is None:
            raise Refused(
                429,
                _("No code can be sent there now"),
                (_("Too many codes or links were sent to that address. Ask another question instead."),),
                link=(_("Go back to the questions"), f"/desk/customers/{customer}"),
            )
        here.doorbell.ring_soon(made.delivery_ids)
    return redirect(f"/desk/customers/{customer}#code", 303)
