"""All that is kept of one customer: read for a copy of it, and deleted when they leave."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from selfservice.store.accounts import AccountRow, IdentityRow, PasskeyRow, TotpRow
from selfservice.store.challenges import ChallengeRow
from selfservice.store.customers import (
    CustomerAddressRow,
    CustomerCouncilRow,
    CustomerRow,
    OwnedSubmissionRow,
)
from selfservice.store.deliveries import DeliveryAttemptRow, DeliveryRow
from selfservice.store.drafts import DraftRow
from selfservice.store.files import FileRow
from selfservice.store.handovers import HandoverRow
from selfservice.store.interactions import (
    ActingSessionRow,
    ApprovalRow,
    InteractionCustomerRow,
    InteractionRow,
)
from selfservice.store.messages import MessageRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.sign_ins import SignInRow
from selfservice.store.submissions import SubmissionRow
from selfservice.store.timeline import TimelineEventRow

NOT_IN_SESSION = {"synchronize_session": False}


def drafts_of(session: Session, customer_id: str) -> Sequence[DraftRow]:
    """Every draft that a customer has, or has lent to an agent at this moment, oldest first."""
    lent = sa.exists().where(
        HandoverRow.draft_id == DraftRow.id, HandoverRow.held_by == customer_id, HandoverRow.over_at.is_(None)
    )
    found = sa.select(DraftRow).where(sa.or_(DraftRow.holder == customer_id, lent))
    return session.scalars(found.order_by(DraftRow.started_at, DraftRow.id)).all()


def submissions_of(session: Session, customer_id: str) -> Sequence[tuple[SubmissionRow, OwnedSubmissionRow]]:
    """Every submission of a customer, oldest first, with how it came to be theirs."""
    found = (
        sa.select(SubmissionRow, OwnedSubmissionRow)
        .join(OwnedSubmissionRow, OwnedSubmissionRow.submission_id == SubmissionRow.id)
        .where(OwnedSubmissionRow.customer_id == customer_id)
        .order_by(SubmissionRow.submitted_at, SubmissionRow.id)
    )
    return [(row[0], row[1]) for row in session.execute(found)]


def lines_of(session: Session, ids: Collection[str]) -> Sequence[TimelineEventRow]:
    """What customers were told of these submissions, oldest first."""
    found = sa.select(TimelineEventRow).where(
        TimelineEventRow.submission_id.in_(ids), TimelineEventRow.words != ""
    )
    return session.scalars(found.order_by(TimelineEventRow.at, TimelineEventRow.id)).all()


def record_of(session: Session, customer_id: str) -> Sequence[TimelineEventRow]:
    """Every line of the record about a customer, oldest first."""
    found = sa.select(TimelineEventRow).where(TimelineEventRow.customer_id == customer_id)
    return session.scalars(found.order_by(TimelineEventRow.at, TimelineEventRow.id)).all()


def messages_of(session: Session, ids: Collection[str]) -> Sequence[MessageRow]:
    """The messages about these submissions, both ways, oldest first."""
    found = sa.select(MessageRow).where(MessageRow.submission_id.in_(ids))
    return session.scalars(found.order_by(MessageRow.at, MessageRow.id)).all()


def files_of(session: Session, ids: Collection[str]) -> Sequence[FileRow]:
    """These files, in the order in which they were added."""
    return session.scalars(sa.select(FileRow).where(FileRow.id.in_(ids)).order_by(FileRow.id)).all()


def letters_of(session: Session, customer_id: str, ids: Collection[str]) -> Sequence[NotificationRow]:
    """What was sent to a customer as such, and about these submissions, oldest first."""
    about = sa.or_(NotificationRow.customer_id == customer_id, NotificationRow.submission_id.in_(ids))
    found = sa.select(NotificationRow).where(about)
    return session.scalars(found.order_by(NotificationRow.created_at, NotificationRow.id)).all()


def sign_ins_of(session: Session, account_id: str) -> Sequence[SignInRow]:
    """Where an account was signed in to, the latest first."""
    found = sa.select(SignInRow).where(SignInRow.account_id == account_id)
    return session.scalars(found.order_by(SignInRow.started_at.desc(), SignInRow.id)).all()


def factors_of(session: Session, account_id: str) -> tuple[list[str], list[str], bool]:
    """What an account is signed in to by beside its address: names of passkeys, of accounts elsewhere, and whether
    there is an app."""
    passkeys = session.scalars(sa.select(PasskeyRow.name).where(PasskeyRow.account_id == account_id))
    elsewhere = session.scalars(sa.select(IdentityRow.label).where(IdentityRow.account_id == account_id))
    app = sa.select(TotpRow.id).where(TotpRow.account_id == account_id, TotpRow.confirmed_at.is_not(None))
    return list(passkeys), list(elsewhere), session.scalar(app.limit(1)) is not None


def forget_account(session: Session, customer_id: str) -> list[str]:
    """Delete the account of a customer with all it is signed in to by; the owners of data keys that went with it."""
    account = sa.select(AccountRow.id).where(AccountRow.customer_id == customer_id).scalar_subquery()
    owners = list(session.scalars(sa.select(TotpRow.id).where(TotpRow.account_id == account)))
    session.flush()
    session.execute(
        sa.delete(AccountRow).where(AccountRow.customer_id == customer_id), execution_options=NOT_IN_SESSION
    )
    return owners


def forget_messages(session: Session, customer_id: str, addresses: Collection[str]) -> None:
    """Delete what was sent to a customer as such, and every link and code that went to these addresses."""
    asked = sa.select(ChallengeRow.id).where(ChallengeRow.recipient.in_(addresses))
    about = sa.or_(NotificationRow.customer_id == customer_id, NotificationRow.challenge_id.in_(asked))
    messages = sa.select(NotificationRow.id).where(about)
    deliveries = sa.select(DeliveryRow.id).where(DeliveryRow.notification_id.in_(messages))
    for gone in (
        sa.delete(DeliveryAttemptRow).where(DeliveryAttemptRow.delivery_id.in_(deliveries)),
        sa.delete(DeliveryRow).where(DeliveryRow.notification_id.in_(messages)),
        sa.delete(NotificationRow).where(about),
        sa.delete(ChallengeRow).where(ChallengeRow.recipient.in_(addresses)),
    ):
        session.execute(gone, execution_options=NOT_IN_SESSION)


def forget_what_hangs_on(session: Session, customer_id: str) -> None:
    """Delete the addresses of a customer, which councils know them, and that submissions are theirs."""
    for kind in (CustomerAddressRow, CustomerCouncilRow, OwnedSubmissionRow):
        session.execute(
            sa.delete(kind).where(kind.customer_id == customer_id), execution_options=NOT_IN_SESSION
        )


def forget_words_about(session: Session, customer_id: str) -> None:
    """Delete what agents wrote of a customer in words of their own: notes of contacts, and why a record was asked for;
    and by what address they were to be told of being helped.

    A contact may have been with others too: its note goes all the same, for nobody can say of whom it tells.
    """
    contacts = sa.select(InteractionCustomerRow.interaction_id).where(
        InteractionCustomerRow.customer_id == customer_id
    )
    for emptied in (
        sa.update(InteractionRow).where(InteractionRow.id.in_(contacts)).values(note=""),
        sa.update(ApprovalRow).where(ApprovalRow.customer_id == customer_id).values(reason=""),
        sa.update(ActingSessionRow)
        .where(ActingSessionRow.customer_id == customer_id)
        .values(reached_by=sa.null()),
    ):
        session.execute(emptied, execution_options=NOT_IN_SESSION)


def empty(row: CustomerRow) -> None:
    """Leave nothing of a person in their row."""
    row.name = row.name_key = row.needs_words = ""
    row.email = row.phone = row.other_phone = row.postcode = row.uprn = None
    row.date_of_birth = row.staff_id = row.verify_locked_until = None
    row.needs, row.household, row.verify_wrong = [], [], 0
    row.preferred, row.language = "letter", "en"
