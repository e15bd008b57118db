"""Exporting: all that is held of a customer, for them to read and to take away; for nobody else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from selfservice.domain.case import GivenAnswer
from selfservice.domain.people import PARTNERSHIP, Actor
from selfservice.domain.permissions import Action, NotAllowed, Thing, may
from selfservice.domain.progress import overall
from selfservice.operations import notifying, profiles, sealing, tracking
from selfservice.operations.timelines import NOT_SHOWN
from selfservice.seals import Seals
from selfservice.store import accounts, leaving, overview, timeline
from selfservice.store.customers import OwnedSubmissionRow
from selfservice.store.drafts import DraftRow
from selfservice.store.submissions import SubmissionRow

Held = dict[str, Any]
Of = TypeVar("Of")
TAKEN_OVER = "claimed"


def everything(session: Session, actor: Actor, seals: Seals) -> Held:
    """All that is held of the actor, by headings: values that JSON knows, dates and moments.

    It takes as many queries for one submission as for a hundred. Raises `NotAllowed` for whoever acts for another,
    and `Unopenable` when sealed answers cannot be opened.
    """
    if not may(actor, Action.EXPORT, Thing(PARTNERSHIP, actor.customer)):
        raise NotAllowed(Action.EXPORT)
    found = profiles.profile(session, actor)
    if found is None:
        raise profiles.NoProfile(actor.customer)
    details = asdict(found)
    homes = details.pop("homes")
    sent = leaving.submissions_of(session, actor.customer)
    ids = [row.id for row, _owned in sent]
    return {
        "details": details,
        "addresses": [
            {part: home[part] for part in ("words", "uprn", "council", "current", "since")} for home in homes
        ],
        "account": _account(session, actor.customer),
        "drafts": _drafts(session, leaving.drafts_of(session, actor.customer), seals),
        "requests": _requests(session, sent, seals),
        "record": _record(session, actor.customer),
        "letters": _letters(session, actor.customer, ids),
    }


def note(session: Session, actor: Actor, now: datetime) -> None:
    """Write down that a copy of everything was made."""
    timeline.write_line(session, actor, PARTNERSHIP, None, "exported", "", now, customer_id=actor.customer)


def _account(session: Session, customer_id: str) -> Held | None:
    row = accounts.of_customer(session, customer_id)
    if row is None:
        return None
    passkeys, elsewhere, app = leaving.factors_of(session, row.id)
    return {
        "email": row.email,
        "phone": row.phone,
        "opened_at": row.created_at,
        "password": row.password_hash is not None,
        "passkeys": passkeys,
        "app": app,
        "accounts_elsewhere": elsewhere,
        "sign_ins": [
            {"browser": each.browser, "by": each.method, "from": each.started_at, "last": each.seen_at}
            for each in leaving.sign_ins_of(session, row.id)
        ],
    }


def _record(session: Session, customer_id: str) -> list[Held]:
    return [
        {
            "at": line.at,
            "what": line.what,
            "words": line.words,
            "by": line.actor_kind,
            "council": line.council,
        }
        for line in leaving.record_of(session, customer_id)
    ]


def _letters(session: Session, customer_id: str, submission_ids: Sequence[str]) -> list[Held]:
    return [
        {"at": each.created_at, "to": each.recipient, "by": each.medium, "subject": each.subject}
        for each in leaving.letters_of(session, customer_id, submission_ids)
    ]


def _drafts(session: Session, rows: Sequence[DraftRow], seals: Seals) -> list[Held]:
    unsent = [row for row in rows if row.submission_id is None]
    answers = sealing.answers_of_drafts(session, seals, unsent)
    return [
        {
            "council": row.council,
            "service": row.service,
            "begun_at": row.started_at,
            "changed_at": row.changed_at,
            "answers": answers[row.id],
        }
        for row in unsent
    ]


def _requests(
    session: Session, sent: Sequence[tuple[SubmissionRow, OwnedSubmissionRow]], seals: Seals
) -> list[Held]:
    rows, ids = [row for row, _owned in sent], [row.id for row, _owned in sent]
    shown = [row for row, owned in sent if owned.how != TAKEN_OVER]
    opened = sealing.answers_of_submissions(session, seals, shown)
    statuses = _by_submission(
        (str(told.submission_id), tracking.standing_of(told, case))
        for told, case in overview.parts(session, ids)
    )
    told = _by_submission(
        (str(line.submission_id), {"at": line.at, "words": line.words})
        for line in leaving.lines_of(session, ids)
    )
    messages = _by_submission(
        (each.submission_id, {"at": each.at, "by": each.written_by, "words": each.words})
        for each in leaving.messages_of(session, ids)
    )
    names = _names_of_files(session, rows)
    return [
        {
            **_request(row, _answers(row, opened)),
            "status": overall(statuses[row.id])[0],
            "claimed": row.id not in opened,
            "files": [names[each] for each in row.file_ids if each in names],
            "told": told[row.id],
            "messages": messages[row.id],
        }
        for row in rows
    ]


def _names_of_files(session: Session, rows: Sequence[SubmissionRow]) -> dict[str, str]:
    """What the customer calls each file that went with these, by its id."""
    ids = [each for row in rows for each in row.file_ids]
    return {file.id: file.name for file in leaving.files_of(session, ids)}


def _request(row: SubmissionRow, answers: list[Held]) -> Held:
    return {
        "reference": row.reference,
        "council": row.council,
        "service": row.service_title,
        "sent_at": row.submitted_at,
        "by": row.channel,
        "helped": notifying.helped_words(row),
        "answers": answers,
    }


def _answers(row: SubmissionRow, opened: Mapping[str, Sequence[GivenAnswer]]) -> list[Held]:
    """What was told. Of what was taken over after it was sent, the sensitive answers stay shut."""
    if row.id in opened:
        return [{"question": given.question, "answer": given.shown} for given in opened[row.id]]
    return [
        {"question": kept["question"], "answer": NOT_SHOWN if kept.get("sensitive") else kept["shown"]}
        for kept in row.answers
    ]


def _by_submission(found: Iterable[tuple[str, Of]]) -> defaultdict[str, list[Of]]:
    """What belongs to each submission, by its id, in the order found."""
    grouped: defaultdict[str, list[Of]] = defaultdict(list)
    for submission_id, each in found:
        grouped[submission_id].append(each)
    return grouped
