"""Finding a customer while they are on the telephone: one box, whatever they can tell, best first, masked."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy.orm import Session

from forms.kit.contacts import number_meant
from selfservice.domain.likeness import Closeness, Fit, fit
from selfservice.domain.people import PARTNERSHIP, Actor
from selfservice.domain.permissions import Action, NotAllowed, Thing, may
from selfservice.domain.sought import INWARD, Sought, in_area, read
from selfservice.store import searching, timeline
from selfservice.store.searching import Candidate, Sent

MOST = 20
PHONE_END = 3
NO_FIT = Fit(0, Closeness.SAME, 0, 0)  # where no name was told


class How(StrEnum):
    """Why somebody was found."""

    EVERYTHING = "everything"  # of several things that were typed
    REFERENCE = "reference"
    WITHOUT_ACCOUNT = "without_account"  # a reference of what was sent by somebody without one
    PHONE = "phone"
    UPRN = "uprn"
    EMAIL = "email"
    EMAIL_BEGINNING = "email_beginning"
    POSTCODE = "postcode"
    POSTCODE_BEGINNING = "postcode_beginning"
    NAME = "name"
    NICKNAME = "nickname"
    NAME_PART = "name_part"
    NAME_LIKE = "name_like"


OF_NAMES = {
    Closeness.SAME: How.NAME,
    Closeness.FORM: How.NICKNAME,
    Closeness.PART: How.NAME_PART,
    Closeness.ALIKE: How.NAME_LIKE,
    Closeness.NONE: How.NAME_LIKE,
}


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who was found, masked: enough to tell two people of one name apart while the caller speaks, not enough
    to answer the questions by which a caller is verified.

    `name` is whole, `postcode` its district alone ("PE21"), `born` the year alone ("••/••/1962"), `phone_end` the last
    three digits; "" where nothing is known. Of a `restricted` record the name alone is told. `customer_id` is None
    for a submission that nobody has taken as their own; `submission_id` is told where a reference was typed.
    """

    customer_id: str | None
    name: str
    postcode: str
    born: str
    how: How
    has_account: bool
    restricted: bool
    phone_end: str
    submission_id: str | None = None


class _Weighed(NamedTuple):
    """How well a candidate fits; the smallest fits best."""

    amiss: int  # things told that do not fit
    unsure: int  # how little those that do fit tell
    far: bool  # in another district than the postcode told
    name: Fit
    age: float
    id: str


def find(
    session: Session,
    actor: Actor,
    query: str,
    now: datetime,
    *,
    limit: int = MOST,
    interaction_id: str | None = None,
) -> list[Found]:
    """The customers whom a member of staff may mean by what they typed, at most 20, best first; [] for none.

    Only those whom one of their councils knows, or none does at all. Whoever is found fits in all that was typed;
    where nobody does, in some of it. Writes the line of the record that somebody searched, and by what, never for
    whom: so the unit of work must be one that writes. Raises `NotAllowed`.
    """
    here = frozenset(each for each in actor.councils if may(actor, Action.FIND_CUSTOMER, Thing(each)))
    if not here:
        raise NotAllowed(Action.FIND_CUSTOMER)
    sought = read(query, number_meant)
    found = _by_reference(session, sought, here)
    by = ("reference",) if found else sought.kinds
    found = (found or _by_the_rest(session, sought, here))[: max(0, min(limit, MOST))]
    council = next(iter(here)) if len(here) == 1 else PARTNERSHIP
    detail = {"by": list(by), "found": len(found)}
    timeline.write_line(
        session, actor, council, None, "searched", "", now, detail, interaction_id=interaction_id
    )
    return found


def again(session: Session, actor: Actor, hows: Mapping[str, How]) -> list[Found]:
    """Customers (by id) who were found before, as they are now, each with why it was found; in that order, but for
    those whom the actor can no longer find."""
    candidates = {each.id: each for each in searching.by_ids(session, list(hows), actor.councils)}
    return [_shown(candidates[each], how, None) for each, how in hows.items() if each in candidates]


def _by_reference(session: Session, sought: Sought, councils: Collection[str]) -> list[Found]:
    """Whoever sent what has the reference; where it is nobody's own, what the submission itself tells of them."""
    if not sought.references:
        return []
    found = searching.by_references(session, sought.references, councils)
    return [
        _shown(candidate, How.REFERENCE, None, sent.id) if candidate else _of_nobody(sent)
        for sent, candidate in found
        if candidate or sent.owner is None
    ]


def _by_the_rest(session: Session, sought: Sought, councils: Collection[str]) -> list[Found]:
    whole = searching.whom_all_fits(session, sought, councils)
    return _best(whole, sought, whole=True) or _best(
        searching.whom_some_fits(session, sought, councils), sought, whole=False
    )


def _best(candidates: list[Candidate], sought: Sought, *, whole: bool) -> list[Found]:
    """Those of the candidates who do fit, best first."""
    weighed = []
    for each in candidates:
        name = fit(sought.words, each.name_key) if sought.words else NO_FIT
        hows = list(_fitting(each, sought, name, whole=whole))
        amiss = _told(sought) - len(hows)
        if hows and not (whole and amiss):
            how = How.EVERYTHING if len(hows) > 1 and not amiss else hows[0]
            far = bool(sought.postcode) and _district(each.postcode) != _district(sought.postcode)
            rank = _Weighed(amiss, _unsure(hows, sought), far, name, -each.changed_at.timestamp(), each.id)
            weighed.append((rank, _shown(each, how, sought)))
    return [found for _, found in sorted(weighed, key=lambda pair: pair[0])]


def _unsure(hows: list[How], sought: Sought) -> int:
    """How little is told by what fits: a number is one person's, a name of one word a thousand people's."""
    if not {How.PHONE, How.UPRN, How.EMAIL}.isdisjoint(hows):
        return 0
    if not set(OF_NAMES.values()).isdisjoint(hows):
        return 1 if len(sought.words) > 1 else 3
    return 2


def _told(sought: Sought) -> int:
    """How many things were told."""
    told = (sought.words, sought.email, sought.number, sought.postcode or sought.area)
    return sum(bool(each) for each in told)


def _fitting(each: Candidate, sought: Sought, name: Fit, *, whole: bool) -> Iterator[How]:
    """What of all that was told fits this customer: at most one for each thing told."""
    if sought.number is not None:
        if sought.number.uprn is not None and sought.number.uprn == each.uprn:
            yield How.UPRN
        elif _phone_meant(each, sought):
            yield How.PHONE
    emails = [email for email in (each.email, each.account_email) if email]
    if sought.email and any(email.startswith(sought.email) for email in emails):
        yield How.EMAIL if sought.email in emails else How.EMAIL_BEGINNING
    if sought.postcode and sought.postcode == each.postcode:
        yield How.POSTCODE
    if sought.area and in_area(sought.area, each.postcode):
        yield How.POSTCODE_BEGINNING
    if sought.words and (not name.missing or (name.alike and not whole)):
        yield OF_NAMES[name.worst] if not name.missing else How.NAME_LIKE
    elif sought.login and any(email.startswith(sought.login) for email in emails):
        yield How.EMAIL_BEGINNING


def _phone_meant(each: Candidate, sought: Sought | None) -> str:
    """The number of theirs that was typed, "" for none."""
    phones = (each.phone, each.other_phone, each.account_phone)
    number = sought.number if sought else None
    return next((phone for phone in phones if phone and number and number.is_phone(phone)), "")


def _shown(each: Candidate, how: How, sought: Sought | None, submission_id: str | None = None) -> Found:
    """What an agent is shown of a customer before they are verified."""
    hidden = each.restricted
    phone = _phone_meant(each, sought) or each.phone or each.other_phone or ""
    born = f"••/••/{each.date_of_birth.year}" if each.date_of_birth else ""
    return Found(
        customer_id=each.id,
        name=each.name,
        postcode="" if hidden else _district(each.postcode),
        born="" if hidden else born,
        how=how,
        has_account=each.account_id is not None,
        restricted=each.restricted,
        phone_end="" if hidden else phone[-PHONE_END:],
        submission_id=submission_id,
    )


def _of_nobody(sent: Sent) -> Found:
    """A submission that was sent without an account, as masked as a customer is."""
    phone = number_meant(str(sent.contact.get("phone") or "")) or ""
    return Found(
        customer_id=None,
        name=str(sent.contact.get("name") or ""),
        postcode=_district(next(iter(sent.lookup_postcodes), "")),
        born="",
        how=How.WITHOUT_ACCOUNT,
        has_account=False,
        restricted=False,
        phone_end=phone[-PHONE_END:],
        submission_id=sent.id,
    )


def _district(postcode: str | None) -> str:
    return postcode[:-INWARD] if postcode else ""
