"""Sensitive answers: sealed before they are kept, and opened for whoever holds them and the back office alone.

A draft and the submission that it becomes share one data key, whose row is made with the first sensitive answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from selfservice.domain.case import GivenAnswer
from selfservice.domain.draft import Mistyped
from selfservice.seals import SEALED, DataKey, Seals, Unopenable, Wrapped, is_sealed
from selfservice.store import keys
from selfservice.store.drafts import DraftRow
from selfservice.store.submissions import SubmissionRow

NO_LONGER_KEPT = "(no longer kept)"
REWRAPPED_AT_ONCE = 200

# What a ciphertext is a part of. Kept for ever, like the ids of questions.
ANSWER, MISTYPED, SHOWN, VALUE = "answer", "mistyped", "shown", "value"


class Envelope:
    """The data key of one owner, fetched when it is first wanted: what holds nothing sealed costs no query."""

    def __init__(self, session: Session, seals: Seals, council: str, owner: str) -> None:
        self._session = session
        self._seals = seals
        self._council = council
        self._owner = owner
        self._key: DataKey | None = None
        self._fetched = False

    @classmethod
    def of_draft(cls, session: Session, seals: Seals, row: DraftRow) -> "Envelope":
        """That of a draft."""
        return cls(session, seals, row.council, row.submission_key)

    def key(self) -> DataKey | None:
        """The data key; None when there is none, or none any more. Raises `Unopenable`."""
        if self._key is None and not self._fetched:
            self._take(keys.by_owner(self._session, self._owner))
        return self._key

    def key_or_new(self, now: datetime) -> DataKey:
        """The data key, made where there is none. Raises `Unopenable`."""
        found = self.key()
        if found is not None:
            return found
        made = self._seals.new_data_key(self._council, self._owner)
        key_id, wrapped = self._seals.wrap(made)
        row = keys.DataKeyRow(
            owner=self._owner, council=self._council, key_id=key_id, wrapped=wrapped, created_at=now
        )
        try:
            with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError:  # another click was quicker: its key counts
            found = self.key()
            if found is None:
                raise
            return found
        self._key = made
        return made

    def fetched(self, row: keys.DataKeyRow | None) -> "Envelope":
        """This one, with the row of its data key fetched already: only for reading. Raises `Unopenable`."""
        self._fetched = True
        self._take(row)
        return self

    def _take(self, row: keys.DataKeyRow | None) -> None:
        wrapped = row and Wrapped(row.key_id, row.wrapped)
        self._key = self._seals.unwrap(self._council, self._owner, wrapped) if wrapped else None


def keep_answers(
    envelope: Envelope, row: DraftRow, given: Mapping[str, Any], seals: Seals, now: datetime
) -> None:
    """Put the answers `given` beside those of the draft, with every sensitive one sealed."""
    answers = {**row.answers, **given}
    sensitive = seals.sensitive_in(row.service)
    to_seal = {name for name in sensitive & answers.keys() if answers[name] is not None}
    to_seal = {name for name in to_seal if not is_sealed(answers[name])}
    if to_seal:
        answers = _without_lost(envelope, answers)
        key = envelope.key_or_new(now)
        answers |= {name: key.seal(name, ANSWER, answers[name]) for name in to_seal}
    row.answers = answers


def keep_mistyped(envelope: Envelope, row: DraftRow, mistyped: Mistyped, seals: Seals, now: datetime) -> None:
    """Keep what was typed on a page; sealed as a whole in a service that has any sensitive question."""
    kept = asdict(mistyped)
    if seals.sensitive_in(row.service):
        row.answers = _without_lost(envelope, row.answers)
        key = envelope.key_or_new(now)
        kept = {"page": mistyped.page, **key.seal(mistyped.page, MISTYPED, kept)}
    row.mistyped = kept


def answers_of_draft(envelope: Envelope, row: DraftRow) -> dict[str, Any]:
    """The draft's answers, opened. One whose data key is gone is left out: it is asked for again.

    Raises `Unopenable`.
    """
    answers = _without_lost(envelope, row.answers)
    key = envelope.key() if any(map(is_sealed, answers.values())) else None
    return {
        name: key.open(name, ANSWER, value) if key and is_sealed(value) else value
        for name, value in answers.items()
    }


def mistyped_of_draft(envelope: Envelope, row: DraftRow) -> Mistyped | None:
    """What was typed last and could not be taken, opened. Raises `Unopenable`."""
    kept = row.mistyped
    if kept and SEALED in kept:
        key = envelope.key()
        kept = key.open(kept["page"], MISTYPED, kept) if key else None
    return Mistyped(**kept) if kept else None


def in_the_clear(row: DraftRow) -> dict[str, Any]:
    """The draft's answers that are not sealed, for whoever needs no others."""
    return {name: value for name, value in row.answers.items() if not is_sealed(value)}


def sealed_for_submission(
    envelope: Envelope, answers: Iterable[GivenAnswer], now: datetime
) -> list[dict[str, Any]]:
    """The answers as rows of a submission: what was shown and given of a sensitive one is sealed."""
    return [_sealed(envelope, answer, now) if answer.sensitive else asdict(answer) for answer in answers]


def answers_of_submission(
    session: Session, seals: Seals, row: SubmissionRow, *, when_gone: str | None = None
) -> tuple[GivenAnswer, ...]:
    """The answers of a submission, opened.

    `when_gone` stands for those whose data key was deleted; without it that raises `Unopenable`, as whatever
    else cannot be opened does.
    """
    envelope = Envelope(session, seals, row.begun_at_council, row.submission_key)
    return tuple(_opened(envelope, GivenAnswer(**kept), when_gone) for kept in row.answers)


def answers_of_submissions(
    session: Session, seals: Seals, rows: Sequence[SubmissionRow]
) -> dict[str, tuple[GivenAnswer, ...]]:
    """The answers of several submissions, by their ids, opened; their data keys are fetched at once.

    Those whose data key was deleted say so. Raises `Unopenable` for whatever else cannot be opened.
    """
    found = keys.by_owners(session, [row.submission_key for row in rows])
    envelopes = {
        row.id: Envelope(session, seals, row.begun_at_council, row.submission_key).fetched(
            found.get(row.submission_key)
        )
        for row in rows
    }
    return {
        row.id: tuple(_opened(envelopes[row.id], GivenAnswer(**kept), NO_LONGER_KEPT) for kept in row.answers)
        for row in rows
    }


def answers_of_drafts(session: Session, seals: Seals, rows: Sequence[DraftRow]) -> dict[str, dict[str, Any]]:
    """The answers of several drafts, by their ids, opened as `answers_of_draft` opens them."""
    found = keys.by_owners(session, [row.submission_key for row in rows])
    return {
        row.id: answers_of_draft(
            Envelope.of_draft(session, seals, row).fetched(found.get(row.submission_key)), row
        )
        for row in rows
    }


class Rewrapped(NamedTuple):
    """One step of a rotation: how many data keys it wrapped anew, which failed, and where the next begins.

    `after` is None when there are no more.
    """

    done: int
    failed: tuple[str, ...]
    after: str | None


def rewrap(session: Session, seals: Seals, after: str = "") -> Rewrapped:
    """Wrap up to `REWRAPPED_AT_ONCE` data keys under the newest sealing key; what they sealed stays as it is.

    Whatever stops it, each data key is under one key or the other: the next time goes on with the rest.
    """
    rows = keys.not_under(session, seals.newest, after, REWRAPPED_AT_ONCE)
    failed = []
    for row in rows:
        try:
            key = seals.unwrap(row.council, row.owner, Wrapped(row.key_id, row.wrapped))
        except Unopenable as error:
            failed.append(str(error))
        else:
            row.key_id, row.wrapped = seals.wrap(key)
    session.flush()
    return Rewrapped(len(rows) - len(failed), tuple(failed), rows[-1].owner if rows else None)


def data_keys_by_sealing_key(session: Session) -> dict[str, int]:
    """How many data keys are wrapped under each sealing key, by its id."""
    return keys.counts(session)


def shred(session: Session, owners: Iterable[str]) -> int:
    """Delete the data keys of these owners (`submission_key`): what they sealed is lost for good, in every copy
    of the database that is made from now on. How many there were."""
    return keys.forget(session, list(owners))


def _without_lost(envelope: Envelope, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers but for sealed ones whose data key is gone: those can be opened by nobody."""
    lost = any(map(is_sealed, answers.values())) and envelope.key() is None
    return {name: value for name, value in answers.items() if not (lost and is_sealed(value))}


def _sealed(envelope: Envelope, answer: GivenAnswer, now: datetime) -> dict[str, Any]:
    key = envelope.key_or_new(now)
    return asdict(answer) | {
        SHOWN: key.seal(answer.id, SHOWN, answer.shown),
        VALUE: key.seal(answer.id, VALUE, answer.value),
    }


def _opened(envelope: Envelope, kept: GivenAnswer, when_gone: str | None) -> GivenAnswer:
    if not (is_sealed(kept.shown) or is_sealed(kept.value)):
        return kept
    key = envelope.key()
    if key is None and when_gone is None:
        raise Unopenable("the data key of these answers was deleted")
    if key is None:
        return replace(kept, shown=str(when_gone), value=None)
    shown: Any = kept.shown
    value: Any = kept.value
    return replace(kept, shown=key.open(kept.id, SHOWN, shown), value=key.open(kept.id, VALUE, value))
