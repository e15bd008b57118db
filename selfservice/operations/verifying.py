"""Finding out who a customer is, in the contact that an agent has going: answers are compared here, and the agent is
told right or wrong, never what is kept.

What was proven is a line of the record, good for an hour within the same contact. Three wrong answers lock it for a
quarter of an hour, whichever agent asks. See docs/decisions/0026-the-desk.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from forms.kit.contacts import mobile_number
from selfservice.domain import verifying
from selfservice.domain.messages import Medium
from selfservice.domain.people import Actor, Channel, Verification
from selfservice.domain.verifying import LONGEST_ANSWER, QUESTIONS, Document, Proof
from selfservice.operations import assisting
from selfservice.operations.assisting import CannotHelp, Verified
from selfservice.store import addresses, contact_record, customers, interactions, timeline
from selfservice.store.customers import CustomerRow
from selfservice.store.interactions import InteractionRow

PROVED, NOT_PROVED = "proved", "not_proved"
REFERENCES = 5  # of what they sent last, of which any will do


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an agent has come in finding out who a customer is.

    `questions` are those that can be asked, for something is kept to compare with; `proven` what was proven in this
    contact. `codes` are the ways by which a code can be sent to them. Nothing that is kept is in here.
    """

    level: Verification
    proven: tuple[Proof, ...]
    questions: tuple[Proof, ...]
    locked_until: datetime | None
    codes: tuple[Medium, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of some answers, and where it leaves the agent. Those in neither list were not looked at."""

    right: tuple[Proof, ...]
    wrong: tuple[Proof, ...]
    standing: Standing


def standing(session: Session, actor: Actor, customer_id: str, now: datetime) -> Standing:
    """How far the agent has come with this customer. Raises `CannotHelp` where they may not help them."""
    customer = assisting.may_help(session, actor, customer_id, now)
    return _standing(session, actor, customer, now)


def judge(
    session: Session, actor: Actor, customer_id: str, told: Mapping[Proof, str], now: datetime
) -> Judged:
    """Compare what the caller answered with what is kept, and write down what was right and what wrong.

    Nothing is compared while it is locked. An acting session that goes on for them is renewed at the level reached.
    Commit in any case: it is the count that keeps others out. Raises as `standing` does.
    """
    assisting.may_help(session, actor, customer_id, now)
    contact, customer = _contact(session, actor), _locked_row(session, customer_id)
    proven = set(so_far(session, contact.id, customer_id, now).by)
    right: list[Proof] = []
    wrong: list[Proof] = []
    kept = _Kept(session, customer)
    for proof in QUESTIONS:
        answer = told.get(proof, "").strip()[:LONGEST_ANSWER]
        if not answer or proof in proven or proof not in kept.questions:
            continue
        if verifying.is_locked(customer.verify_locked_until, now):
            break
        is_right = kept.is_right(proof, answer)
        (right if is_right else wrong).append(proof)
        note(session, actor, contact, customer, proof, is_right, now)
    return Judged(tuple(right), tuple(wrong), renew(session, actor, contact, customer, now))


def documents_seen(
    session: Session, actor: Actor, customer_id: str, document: Document, now: datetime
) -> Standing:
    """Take what a customer showed face to face as proof of who they are. Raises `CannotHelp`, also by any other
    channel, where nobody sees a document."""
    assisting.may_help(session, actor, customer_id, now)
    contact, customer = _contact(session, actor), _locked_row(session, customer_id)
    if contact.channel != Channel.FACE_TO_FACE:
        raise CannotHelp("not_seen")
    note(session, actor, contact, customer, Proof.DOCUMENTS, True, now, document=document)
    return renew(session, actor, contact, customer, now)


def so_far(session: Session, contact_id: str, customer_id: str, now: datetime) -> Verified:
    """What a customer has proven in a contact and how sure that makes, as the record has it."""
    lines = contact_record.lines(session, contact_id, [PROVED], customer_id=customer_id)
    proven = {Proof(line.detail["by"]) for line in lines if now < line.at + verifying.GOOD_FOR}
    return Verified(verifying.level(proven), tuple(each for each in Proof if each in proven))


def note(
    session: Session,
    actor: Actor,
    contact: InteractionRow,
    customer: CustomerRow,
    proof: Proof,
    is_right: bool,
    now: datetime,
    **more: str,
) -> None:
    """Write down that something was proven or was not, and count what was not. `customer` is locked."""
    what = PROVED if is_right else NOT_PROVED
    timeline.write_line(
        session, actor, contact.council, None, what, "", now, {"by": proof, **more},
        customer_id=customer.id, interaction_id=contact.id,
    )  # fmt: skip
    if not is_right:
        customer.verify_wrong, locked = verifying.after_wrong(customer.verify_wrong, now)
        customer.verify_locked_until = locked or customer.verify_locked_until
    session.flush()


def renew(
    session: Session, actor: Actor, contact: InteractionRow, customer: CustomerRow, now: datetime
) -> Standing:
    """Where it stands after an answer; whoever is being helped is helped at the level that was reached."""
    contact.seen_at = now
    reached = so_far(session, contact.id, customer.id, now)
    if reached.level is Verification.FULL:
        customer.verify_wrong = 0
    going = interactions.acting_of(session, actor.id)
    if going is not None and going.customer_id == customer.id and going.verification < reached.level:
        assisting.step_up(session, actor, reached, now)
    return _standing(session, actor, customer, now)


def _standing(session: Session, actor: Actor, customer: CustomerRow, now: datetime) -> Standing:
    contact = _contact(session, actor)
    reached = so_far(session, contact.id, customer.id, now)
    until = customer.verify_locked_until
    codes = [Medium.SMS] if mobile_number(customer.phone or "") else []
    codes += [Medium.EMAIL] if customer.email else []
    return Standing(
        level=reached.level,
        proven=tuple(map(Proof, reached.by)),
        questions=_Kept(session, customer).questions,
        locked_until=until if verifying.is_locked(until, now) else None,
        codes=tuple(codes),
    )


class _Kept:
    """What is kept of a customer that their answers can be compared with."""

    def __init__(self, session: Session, customer: CustomerRow) -> None:
        self._customer = customer
        self._references = contact_record.references_of(session, customer.id, REFERENCES)
        homes = [each for each in addresses.of_customer(session, customer.id) if each.current]
        self._last_line = _last_line(homes[0].words, homes[0].answer) if homes else ""

    @property
    def questions(self) -> tuple[Proof, ...]:
        """What can be asked, in the order asked."""
        customer = self._customer
        kept = {
            Proof.BORN: customer.date_of_birth,
            Proof.POSTCODE: customer.postcode,
            Proof.NAME: customer.name,
            Proof.LAST_LINE: self._last_line,
            Proof.PHONE: customer.phone or customer.other_phone,
            Proof.REFERENCE: self._references,
        }
        return tuple(proof for proof in QUESTIONS if kept[proof])

    def is_right(self, proof: Proof, told: str) -> bool:
        """Whether an answer is right."""
        customer = self._customer
        if proof is Proof.BORN:
            return customer.date_of_birth is not None and verifying.same_day(customer.date_of_birth, told)
        if proof is Proof.POSTCODE:
            return verifying.same_postcode(customer.postcode or "", told)
        if proof is Proof.NAME:
            return verifying.same_name(customer.name, told)
        if proof is Proof.LAST_LINE:
            return verifying.same_line(self._last_line, told)
        if proof is Proof.REFERENCE:
            return verifying.same_reference(self._references, told)
        return any(
            verifying.same_last_digits(each or "", told) for each in (customer.phone, customer.other_phone)
        )


def _last_line(words: str, answer: Mapping[str, Any]) -> str:
    """The last line of an address before its postcode."""
    lines = answer.get("lines") or words.split(", ")[:-1]
    return next((line for line in reversed(lines) if line), "")


def _contact(session: Session, actor: Actor) -> InteractionRow:
    contact = interactions.active_of(session, actor.id)
    if contact is None:
        raise CannotHelp("no_contact")
    return contact


def _locked_row(session: Session, customer_id: str) -> CustomerRow:
    """The customer, locked, so that two agents' wrong answers are not counted as one."""
    customer = customers.by_id(session, customer_id, lock=True)
    if customer is None:
        raise CannotHelp("unknown")
    return customer
