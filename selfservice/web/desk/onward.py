"""Where an agent goes on once somebody is being helped: to the form of the contact, the record, or the services."""

from flask import redirect
from flask.typing import ResponseReturnValue

from selfservice.domain.acting import Reason
from selfservice.domain.contact import Contact
from selfservice.domain.people import Verification
from selfservice.domain.permissions import NotVerified
from selfservice.operations import contacts
from selfservice.operations.contacts import Resumed
from selfservice.web import beginning, begun, saving, standing
from selfservice.web.actors import staff_actor
from selfservice.web.desk.room import service_of
from selfservice.web.session import installation


def to_form(contact: Contact, reason: Reason) -> ResponseReturnValue:
    """To the first page of what the contact is about; where it is about nothing, or something else is wanted, to the
    customer's record, or as long as nobody knows who they are to the council's services."""
    service = service_of(contact)
    if service is not None and reason is Reason.NEW_REQUEST:
        here, asked = begun.council_and_service(contact.council, service.slug)
        started = beginning.begin(here, asked)
        return redirect(started.url(started.resume_at()), 303)
    helped = standing.helping()
    known = helped is not None and helped.customer_id and helped.verification >= Verification.BASIC
    if known and reason is not Reason.NEW_REQUEST:
        return redirect("/account/", 303)
    return redirect(f"/{contact.council}/", 303)


def to_draft() -> ResponseReturnValue | None:
    """To where the draft stands that was last worked on for the customer; None where there is none."""
    with installation().database.look() as session:
        draft = contacts.draft_at_hand(session, staff_actor())
    return _to(draft) if draft else None


def to_where_it_was(resumed: Resumed) -> ResponseReturnValue:
    """To where a contact stood when it was paused."""
    if resumed.draft and resumed.acting_id:
        return _to(resumed.draft)
    return redirect("/desk/", 303)


def _to(draft: tuple[str, str, str]) -> ResponseReturnValue:
    try:
        held = begun.load_if_sure(*draft)
    except NotVerified:  # what was proven has run out: find out again who it is, which leads back to it
        return redirect("/desk/verify", 303)
    return redirect(held.url(begun.SENT) if held.draft.sent else saving.resume_url(held), 303)
