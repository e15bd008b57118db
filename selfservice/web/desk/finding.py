"""Finding whoever is in the contact: one box for what they can tell, and whom that found, masked."""

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.domain.contact import Contact
from selfservice.domain.marking import gettext_noop
from selfservice.domain.people import Role, Verification
from selfservice.operations import desks
from selfservice.operations.desks import Searched
from selfservice.operations.finding import How
from selfservice.web.actors import staff_actor
from selfservice.web.desk.room import agent_in, given, going, needed
from selfservice.web.desk.telling_why import Why, asked_with
from selfservice.web.languages import _
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import installation

blueprint = Blueprint("desk_find", __name__)

LONGEST_QUERY = 200
SEARCH_AGAIN = gettext_noop("This page had been open for a long time. Press “Search” once more.")
HOW_WORDS = {
    How.EVERYTHING: gettext_noop("all of it fits"),
    How.REFERENCE: gettext_noop("by their reference"),
    How.WITHOUT_ACCOUNT: gettext_noop("by a reference"),
    How.PHONE: gettext_noop("by their phone number"),
    How.UPRN: gettext_noop("by their property’s number"),
    How.EMAIL: gettext_noop("by their email address"),
    How.EMAIL_BEGINNING: gettext_noop("by the beginning of their email address"),
    How.POSTCODE: gettext_noop("by their postcode"),
    How.POSTCODE_BEGINNING: gettext_noop("by the beginning of their postcode"),
    How.NAME: gettext_noop("by their name"),
    How.NICKNAME: gettext_noop("by another form of their name"),
    How.NAME_PART: gettext_noop("by part of their name"),
    How.NAME_LIKE: gettext_noop("by a name like it"),
}


@blueprint.get("/desk/find")
@open_to(Who.STAFF, Role.AGENT)
def show() -> ResponseReturnValue:
    """The box, and whom the last search of this contact found."""
    contact = going()
    if contact is None:
        return redirect("/desk/", 303)
    with installation().database.read() as session:
        searched = desks.last_search(session, staff_actor(), contact.id)
    return _page(contact, searched)


@blueprint.post("/desk/find")
@open_to(Who.STAFF, Role.AGENT, csrf=Csrf.ASKED_AGAIN)
def look() -> ResponseReturnValue:
    """Search, and show whom that found."""
    contact = going()
    if contact is None:
        return redirect("/desk/", 303)
    typed = request.form.get("q", "").strip()[:LONGEST_QUERY]
    if expired():
        return _page(contact, None, typed, notice=_(SEARCH_AGAIN), status=400)
    if not typed:
        return _page(contact, None, error=_("Enter a name, phone number, email, postcode or reference"))
    return search(typed) or redirect("/desk/find", 303)


def search(query: str) -> ResponseReturnValue | None:
    """Search in the contact that is going on; the page that says that nobody was found, or None: they are shown where
    the box is, at an address of its own."""
    contact = going()
    if contact is None or not query:
        return None
    with installation().database.write() as session:
        found = desks.search(session, agent_in(contact), contact.id, query, clock.now())
    return None if found else _page(contact, Searched((), 0), query, status=200)


def page_again(contact: Contact, why: Why) -> ResponseReturnValue:
    """The page once more, for what is missing of helping somebody without a name."""
    with installation().database.read() as session:
        searched = desks.last_search(session, staff_actor(), contact.id)
    return _page(contact, searched, why=why, status=422)


def _page(
    contact: Contact,
    searched: Searched | None,
    typed: str = "",
    *,
    why: Why | None = None,
    error: str = "",
    notice: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    why = why or asked_with(contact)
    return make_response(
        render_template(
            "desk/find.html",
            **given(),
            contact=contact,
            searched=searched,
            typed=typed,
            hows={how: _(words) for how, words in HOW_WORDS.items()},
            nameless=needed(contact) is Verification.NONE,
            why=why,
            errors=[("q", error)] if error else list(why.errors),
            notice=notice,
        ),
        422 if error else status,
    )
