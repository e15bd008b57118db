"""What a connector is asked to open, or to add: one part of a submission, no more of it than that part may know."""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from selfservice.domain.case import (
    CLOSED,
    CaseRequest,
    Contact,
    CustomerUpdate,
    GivenAnswer,
    Helper,
    UpdateKind,
)
from selfservice.domain.files import Scan
from selfservice.domain.people import Channel, Verification
from selfservice.domain.places import Place
from selfservice.links import Links
from selfservice.operations import sealing
from selfservice.operations.delivering import Claim
from selfservice.seals import Seals
from selfservice.store import cases, deliveries, files, interactions, messages, submissions

SameOffice = Callable[[str, str], bool]


def request_for(
    session: Session,
    held: Claim,
    links: Links,
    seals: Seals,
    same_office: SameOffice = lambda _council, _connector: True,
) -> CaseRequest:
    """What the connector is asked to open, as values. Raises `Unopenable` when an answer cannot be opened.

    `same_office` says whether a council's connector may stand at this one's back office.
    """
    row = submissions.by_id(session, held.submission_id)
    if row is None:
        raise LookupError(held.submission_id)
    photo_links, held_back = _files(session, row.file_ids, links)
    return CaseRequest(
        delivery_id=held.delivery_id,
        reference=row.reference,
        council=held.council,
        service=row.service,
        service_title=row.service_title,
        service_code=held.service_code,
        channel=Channel(row.channel),
        submitted_at=row.submitted_at,
        urgent=row.urgent,
        place=Place.from_json(row.place) if row.place else None,
        contact=Contact(**row.contact),
        answers=_answers(session, seals, row, held),
        photo_links=photo_links,
        files_held_back=held_back,
        helper=_helper(row),
        part=held.title if row.parts > 1 else "",
        siblings=_siblings(session, held, same_office),
    )


def update_for(session: Session, held: Claim, links: Links) -> tuple[str, CustomerUpdate]:
    """The reference of the case that the connector is asked to add to, and what. Raises LookupError without a case."""
    row, message = (
        submissions.by_id(session, held.submission_id),
        messages.by_id(session, held.message_id or ""),
    )
    part = deliveries.part_of(session, held.delivery_id)
    if row is None or message is None or part is None or part.case_reference is None:
        raise LookupError(held.delivery_id)
    case = cases.opened_by(session, part.id)
    file_links, held_back = _files(session, message.file_ids, links)
    return part.case_reference, CustomerUpdate(
        id=held.delivery_id,
        reference=row.reference,
        kind=UpdateKind(message.kind),
        words=message.words,
        at=message.at,
        contact=Contact(**row.contact),
        file_links=file_links,
        files_held_back=held_back,
        case_closed=case is not None and case.status in CLOSED,
        helper=_writer(session, message),
    )


def _writer(session: Session, message: messages.MessageRow) -> Helper | None:
    """The member of staff who wrote a message for the customer, if one did."""
    going = (
        interactions.acting_by_id(session, message.acting_session_id) if message.acting_session_id else None
    )
    if going is None:
        return None
    verification = Verification(going.verification)
    return Helper(going.staff_id, going.staff_name, Channel(going.channel), verification)


def _helper(row: submissions.SubmissionRow) -> Helper | None:
    if row.helper_id is None:
        return None
    return Helper(
        row.helper_id,
        row.helper_name or "",
        Channel(row.helper_channel or Channel.PHONE),
        Verification(row.verification or Verification.NONE),
    )


def _answers(
    session: Session, seals: Seals, row: submissions.SubmissionRow, held: Claim
) -> tuple[GivenAnswer, ...]:
    opened = sealing.answers_of_submission(session, seals, row)
    return tuple(answer for answer in opened if answer.id not in held.withheld)


def _siblings(session: Session, held: Claim, same_office: SameOffice) -> tuple[str, ...]:
    """The service codes of the other parts there: a case of theirs could be taken for this one's."""
    others = (part for part in deliveries.parts(session, held.submission_id) if part.id != held.delivery_id)
    return tuple(part.service_code for part in others if same_office(part.council, part.connector))


def _files(session: Session, file_ids: Sequence[str], links: Links) -> tuple[tuple[str, ...], int]:
    """The links of files that had no virus, and how many of those are still to be scanned."""
    scans = files.scans_of(session, file_ids)
    given = [file_id for file_id in file_ids if scans.get(file_id) != Scan.INFECTED]
    return tuple(map(links.photo, given)), sum(scan == Scan.WAITING for scan in scans.values())
