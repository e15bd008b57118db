"""Making a customer whom nobody knew: the questions, those who are alike, and "It is none of these"."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from forms.kit.compile import PageForm, form_for
from selfservice import clock
from selfservice.domain.contact import Contact
from selfservice.domain.people import Role
from selfservice.domain.profile import Preferred
from selfservice.operations import customers, desks, finding
from selfservice.operations.customers import New
from selfservice.operations.finding import Found, How
from selfservice.web import autofill, widgets
from selfservice.web.actors import staff_actor
from selfservice.web.desk.new_customer import questions
from selfservice.web.desk.room import agent_in, given, going
from selfservice.web.languages import _
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import installation
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("desk_create", __name__)

FIND, ANYWAY = "find:", "anyway"


@blueprint.get("/desk/create")
@open_to(Who.STAFF, Role.AGENT)
def show() -> ResponseReturnValue:
    """What is asked of a customer whom nobody knew; only once they have been looked for."""
    contact = going()
    if contact is None or not _was_looked_for(contact):
        return redirect("/desk/find" if contact else "/desk/", 303)
    return _page(_form(None))


@blueprint.post("/desk/create")
@open_to(Who.STAFF, Role.AGENT, csrf=Csrf.ASKED_AGAIN)
def create() -> ResponseReturnValue:
    """Make the customer, unless somebody is alike: then the agent says that it is none of these."""
    contact, pressed = going(), request.form.get("do", "")
    if contact is None or not _was_looked_for(contact):
        return redirect("/desk/find" if contact else "/desk/", 303)
    form = _form(request.form)
    if expired():
        return _page(form, notice=_(PRESS_AGAIN), status=400)
    if pressed.startswith(FIND):
        return _found_addresses(form, pressed.removeprefix(FIND))
    if not form.validate():
        return _page(form, status=422)
    new = _new(form.read())
    agent, now = agent_in(contact), clock.now()
    with installation().database.write() as session:
        alike = customers.alike(session, agent, new)
        none_of = request.form.getlist("none_of") if pressed == ANYWAY else []
        if set(alike) <= set(none_of):
            made = customers.create(session, agent, new, alike, now)
            return redirect(f"/desk/customers/{made}", 303)
        shown = finding.again(session, agent, dict.fromkeys(alike, How.EVERYTHING))
    return _page(form, alike=shown)


def _page(
    form: PageForm, *, alike: Sequence[Found] = (), notice: str = "", status: int = 200
) -> ResponseReturnValue:
    look = widgets.compose(form.page, form)
    # The questions are made anew for each request, so that nothing drawn of them is found again.
    parts = tuple(replace(part, kept=None) for part in look.parts)
    return make_response(
        render_template(
            "desk/create.html",
            **given(),
            look=autofill.shut(replace(look, parts=parts)),
            errors=form.errors_in_order(),
            alike=alike,
            notice=notice,
        ),
        status,
    )


def _found_addresses(form: PageForm, name: str) -> ResponseReturnValue:
    """The addresses of a postcode, or what is wrong with the postcode; the rest is not judged yet."""
    form.validate()
    field = next((each for each in form if each.question.id == name), None)
    if field is not None and field.errors and not field.unchosen:
        return _page(form, status=422)
    return _page(_form(MultiDict(form.typed())))


def _was_looked_for(contact: Contact) -> bool:
    with installation().database.look() as session:
        return desks.last_search(session, staff_actor(), contact.id) is not None


def _form(posted: Any) -> PageForm:
    return form_for(questions(), {}, posted, installation().places, now=clock.now(), translate=_)


def _new(told: Mapping[str, Any]) -> New:
    born = told["date_of_birth"]
    return New(
        name=told["name"],
        date_of_birth=date.fromisoformat(born) if born else None,
        email=told["email"],
        phone=told["phone"],
        preferred=Preferred(told["preferred"]),
        address=told["address"],
    )
