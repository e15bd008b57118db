"""Finding out who a customer is, and beginning to help them: what to ask, what was right, why, and how they agreed."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.domain.contact import Contact
from selfservice.domain.marking import gettext_noop
from selfservice.domain.people import Channel, Role, Verification
from selfservice.domain.verifying import DOCUMENT_WORDS, PROOF_WORDS, QUESTION_WORDS, Document, Proof
from selfservice.operations import assisting, contacts, finding, verifying, verifying_by_code
from selfservice.operations.assisting import CannotHelp
from selfservice.operations.finding import Found, How
from selfservice.operations.verifying import Standing
from selfservice.web import standing
from selfservice.web.actors import staff_actor
from selfservice.web.desk import cannot, codes, onward
from selfservice.web.desk.room import agent_in, given, going, needed, service_of, turn
from selfservice.web.desk.telling_why import Why, asked_with, read
from selfservice.web.languages import _
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import installation

blueprint = Blueprint("desk_customer", __name__)

START, SKIP, CHECK = "start", "skip", "check"
NOTHING_CHECKED = gettext_noop(
    "This page had been open for a long time. Nothing was checked. Press the button once more."
)


@dataclass(frozen=True, slots=True)
class Looked:
    """What the page knows of a customer before they are verified, and how far the agent has come."""

    found: Found
    standing: Standing


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says beyond that: errors as pairs of html id and message, a notice, and its status."""

    errors: tuple[tuple[str, str], ...] = ()
    notice: str = ""
    status: int = 200


@blueprint.get("/desk/verify")
@open_to(Who.STAFF, Role.AGENT)
def again() -> ResponseReturnValue:
    """Lead to the page of the customer who is being helped, to find out more."""
    helped = standing.helping()
    if helped is None:
        return redirect("/desk/", 303)
    return redirect(f"/desk/customers/{helped.customer_id}" if helped.customer_id else "/desk/find", 303)


@blueprint.get("/desk/customers/<customer>")
@open_to(Who.STAFF, Role.AGENT)
def show(customer: str) -> ResponseReturnValue:
    """Who they may be, and what to ask them. That an agent looked is written down first."""
    contact = going()
    if contact is None:
        return redirect("/desk/", 303)
    agent = agent_in(contact)
    with installation().database.write() as session:
        if assisting.visible(session, agent, customer):
            assisting.note_view(
                session, agent, contact.council, "customer", clock.now(), customer_id=customer
            )
    return _page(contact, customer, asked_with(contact), Told())


@blueprint.post("/desk/customers/<customer>")
@open_to(Who.STAFF, Role.AGENT, csrf=Csrf.ASKED_AGAIN)
def take(customer: str) -> ResponseReturnValue:
    """Compare what they answered; begin to help them once that is enough, or where nothing need be known."""
    contact, pressed = going(), request.form.get("do", START)
    if contact is None:
        return redirect("/desk/", 303)
    if expired():
        return _page(contact, customer, read(contact), Told(notice=_(NOTHING_CHECKED), status=400))
    try:
        if pressed.startswith(codes.SEND):
            return codes.send(contact, customer, pressed.removeprefix(codes.SEND))
        if pressed == SKIP:
            return _begin(contact, customer, read(contact))
        return _judge(contact, customer, pressed)
    except CannotHelp as refused:
        return cannot.page(contact, customer, refused.why)


def _judge(contact: Contact, customer: str, pressed: str) -> ResponseReturnValue:
    why, told = read(contact), _answers()
    agent, now = agent_in(contact), clock.now()
    with installation().database.write() as session:
        judged = verifying.judge(session, agent, customer, told, now)
        reached = judged.standing
        wrong = [(str(proof), _not_it(proof)) for proof in judged.wrong]
        if code := request.form.get("code", "").strip():
            right, reached = verifying_by_code.check(
                session, agent, customer, code, installation().links, now
            )
            wrong += (
                [] if right else [("code", _("That is not the code that we sent last, or it is too old"))]
            )
        document = request.form.get("document", "")
        if document in list(Document) and contact.channel is Channel.FACE_TO_FACE:
            reached = verifying.documents_seen(session, agent, customer, Document(document), now)
    standing.look_again()
    if reached.locked_until:
        return _page(contact, customer, why, Told(status=422))
    said = Told(errors=tuple(wrong), status=422)
    if pressed == CHECK:
        return _came_back(contact, customer, said, reached)
    if not wrong and reached.level < max(needed(contact), Verification.BASIC):
        said = Told(((_first(reached), _not_enough(contact)),), status=422)
    return _page(contact, customer, why, said) if said.errors else _begin(contact, customer, why)


def _came_back(contact: Contact, customer: str, said: Told, reached: Standing) -> ResponseReturnValue:
    """After a check of somebody who is being helped already: back to the form once it is enough."""
    if not said.errors and reached.level >= needed(contact):
        return onward.to_draft() or redirect(f"/desk/customers/{customer}", 303)
    if said.errors:
        return _page(contact, customer, asked_with(contact), said)
    return redirect(f"/desk/customers/{customer}", 303)


def _begin(contact: Contact, customer: str, why: Why) -> ResponseReturnValue:
    if why.reason is None or why.consent is None:
        return _page(contact, customer, why, Told(why.errors, status=422))
    with installation().database.write() as session:
        contacts.help_customer(session, agent_in(contact), customer, why.reason, why.consent, clock.now())
    turn()
    return onward.to_form(contact, why.reason)


def _page(contact: Contact, customer: str, why: Why, told: Told) -> ResponseReturnValue:
    try:
        looked = _look(customer)
    except CannotHelp as refused:
        return cannot.page(contact, customer, refused.why)
    helped = standing.helping()
    return make_response(
        render_template(
            "desk/customer.html",
            **given(),
            contact=contact,
            found=looked.found,
            standing=looked.standing,
            needed=needed(contact),
            service=service_of(contact),
            questions=[
                (each, _(QUESTION_WORDS[each]))
                for each in looked.standing.questions
                if each not in looked.standing.proven
            ],
            proven=[_(PROOF_WORDS[each]) for each in looked.standing.proven],
            documents=_documents(contact),
            codes=codes.offered(customer, looked.standing),
            why=why,
            here_already=helped is not None and helped.customer_id == customer,
            errors=list(told.errors),
            notice=told.notice,
        ),
        told.status,
    )


def _look(customer: str) -> Looked:
    """Raises `CannotHelp`."""
    agent, now = staff_actor(), clock.now()
    with installation().database.read() as session:
        reached = verifying.standing(session, agent, customer, now)
        found = finding.again(session, agent, {customer: How.NAME})
    if not found:
        raise CannotHelp("unknown")
    return Looked(found[0], reached)


def _answers() -> Mapping[Proof, str]:
    return {proof: request.form.get(proof, "") for proof in QUESTION_WORDS}


def _documents(contact: Contact) -> list[tuple[str, str]]:
    if contact.channel is not Channel.FACE_TO_FACE:
        return []
    return [(each, _(words)) for each, words in DOCUMENT_WORDS.items()]


def _not_it(proof: Proof) -> str:
    return _("%(what)s: that is not what we hold", what=_(PROOF_WORDS[proof]))


def _first(reached: Standing) -> str:
    """The html id of the first thing that can still be asked."""
    left = [each for each in reached.questions if each not in reached.proven]
    return left[0] if left else "skip"


def _not_enough(contact: Contact) -> str:
    if needed(contact) is Verification.FULL:
        return _(
            "Not enough yet. This needs three right answers, with the date of birth or a code among them"
        )
    return _("Not enough yet. This needs two right answers, one of them neither name nor address")
