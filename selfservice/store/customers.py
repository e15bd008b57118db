"""Customers: the people whom councils serve, whether or not they ever sign in."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.store.base import Base, new_id, one


class CustomerRow(Base):
    """One person. A customer need not have an account.

    `name_key` is the name as it is searched for (lower case, no accents: `domain.naming`), `phone` and `other_phone`
    are E.164, `email` is in lower case, `postcode` in capitals without spaces and `uprn` without leading zeros; these
    are those of the current address, which is also in `customer_addresses`. `restricted` records open to an agent
    only with a supervisor's approval. `staff_id` says that this customer is also a member of staff.
    `verify_wrong` counts wrong answers to an agent's questions; after three, nobody can be verified until
    `verify_locked_until`. `forgotten_at` is set once the person asked us to forget them: nothing else is kept.
    """

    __tablename__ = "customers"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    name_key: Mapped[str] = mapped_column(sa.String(200), default="")
    email: Mapped[str | None] = mapped_column(sa.String(320))
    phone: Mapped[str | None] = mapped_column(sa.String(20))
    other_phone: Mapped[str | None] = mapped_column(sa.String(20))
    date_of_birth: Mapped[date | None] = mapped_column(sa.Date)
    postcode: Mapped[str | None] = mapped_column(sa.String(8))
    uprn: Mapped[str | None] = mapped_column(sa.String(12))
    preferred: Mapped[str] = mapped_column(sa.String(10), default="email", server_default="email")
    language: Mapped[str] = mapped_column(sa.String(10), default="en", server_default="en")
    needs: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    needs_words: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    household: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    restricted: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    staff_id: Mapped[str | None] = mapped_column(sa.ForeignKey("staff.id"), unique=True)
    verify_wrong: Mapped[int] = mapped_column(default=0, server_default="0")
    verify_locked_until: Mapped[datetime | None]
    created_by: Mapped[str] = mapped_column(sa.String(64))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    forgotten_at: Mapped[datetime | None]

    __table_args__ = (
        # Found by their beginnings too, whatever the database's collation.
        sa.Index(None, "email", postgresql_ops={"email": "varchar_pattern_ops"}),
        sa.Index(None, "postcode", postgresql_ops={"postcode": "varchar_pattern_ops"}),
        sa.Index(None, "phone"),
        sa.Index(None, "other_phone"),
        sa.Index(None, "uprn"),
        # On PostgreSQL by groups of three letters, so that a name is found by a part, a number by its end.
        sa.Index(
            "ix_customers_name_trigrams",
            "name_key",
            postgresql_using="gin",
            postgresql_ops={"name_key": "gin_trgm_ops"},
            postgresql_with={"fastupdate": "off"},
        ),
        sa.Index(
            "ix_customers_phone_trigrams",
            "phone",
            "other_phone",
            postgresql_using="gin",
            postgresql_ops={"phone": "gin_trgm_ops", "other_phone": "gin_trgm_ops"},
            postgresql_with={"fastupdate": "off"},
        ),
        # Each word of the name with any one letter left out: on PostgreSQL alone (step 0011).
        sa.Index(
            "ix_customers_name_marks",
            sa.text("name_marks(name_key)"),
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        ),
    )


class CustomerCouncilRow(Base):
    """That a customer is known to a council: by an address there, or by something begun, sent or told there.

    Staff see the customers of their own councils alone; who is known to none is known to all.
    """

    __tablename__ = "customer_councils"

    customer_id: Mapped[str] = mapped_column(
        sa.ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True
    )
    council: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    since: Mapped[datetime]

    __table_args__ = (sa.Index(None, "council", "customer_id"),)


class CustomerAddressRow(Base):
    """An address of a customer: by UPRN where it was chosen from a list. One of them is `current`."""

    __tablename__ = "customer_addresses"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    customer_id: Mapped[str] = mapped_column(sa.ForeignKey("customers.id", ondelete="CASCADE"))
    words: Mapped[str] = mapped_column(sa.String(300))
    postcode: Mapped[str] = mapped_column(sa.String(8))
    uprn: Mapped[str | None] = mapped_column(sa.String(12))
    council: Mapped[str | None] = mapped_column(sa.String(40))
    answer: Mapped[dict[str, Any]] = mapped_column(default=dict)
    current: Mapped[bool] = mapped_column(default=True)
    since: Mapped[datetime]

    __table_args__ = (sa.Index(None, "customer_id"), sa.Index(None, "uprn"))


class OwnedSubmissionRow(Base):
    """Whose a submission is: written as it is sent, or when it is claimed (`how`: "sent", "claimed")."""

    __tablename__ = "owned_submissions"

    submission_id: Mapped[str] = mapped_column(sa.ForeignKey("submissions.id"), primary_key=True)
    customer_id: Mapped[str] = mapped_column(sa.ForeignKey("customers.id"))
    council: Mapped[str] = mapped_column(sa.String(40))
    how: Mapped[str] = mapped_column(sa.String(10))
    since: Mapped[datetime]

    __table_args__ = (sa.Index(None, "customer_id", "since"),)


def by_id(session: Session, customer_id: str, *, lock: bool = False) -> CustomerRow | None:
    """The customer with this id who has not been forgotten."""
    found = sa.select(CustomerRow).where(CustomerRow.id == customer_id, CustomerRow.forgotten_at.is_(None))
    return one(session, found, lock=lock)


def by_ids(session: Session, ids: Collection[str]) -> dict[str, CustomerRow]:
    """These customers by id, but for those who have been forgotten."""
    if not ids:
        return {}
    found = sa.select(CustomerRow).where(CustomerRow.id.in_(ids), CustomerRow.forgotten_at.is_(None))
    return {row.id: row for row in session.scalars(found)}


def alike(
    session: Session,
    name_key: str,
    born: date | None,
    uprn: str | None,
    email: str | None,
    phone: str | None,
    limit: int,
) -> Sequence[CustomerRow]:
    """Customers who may be the person told of: by an address or a number of theirs, or by their name with the day they
    were born or the property where they live. Staff are none of them."""
    tests = [
        sa.and_(CustomerRow.name_key == name_key, CustomerRow.date_of_birth == born) if born else None,
        sa.and_(CustomerRow.name_key == name_key, CustomerRow.uprn == uprn) if uprn else None,
        CustomerRow.email == email if email else None,
        sa.or_(CustomerRow.phone == phone, CustomerRow.other_phone == phone) if phone else None,
    ]
    given = [test for test in tests if test is not None]
    if not given:
        return []
    found = sa.select(CustomerRow).where(
        sa.or_(*given), CustomerRow.forgotten_at.is_(None), CustomerRow.staff_id.is_(None)
    )
    return session.scalars(found.order_by(CustomerRow.changed_at.desc(), CustomerRow.id).limit(limit)).all()


def of_staff(session: Session, staff_id: str, email: str) -> Sequence[CustomerRow]:
    """The records of a member of staff as a customer: the one connected to them, and those with their address."""
    found = sa.select(CustomerRow).where(sa.or_(CustomerRow.staff_id == staff_id, CustomerRow.email == email))
    return session.scalars(found).all()


def by_email(session: Session, email: str) -> Sequence[CustomerRow]:
    """The customers of whom this e-mail address (lower case) is kept, but for those who have been forgotten."""
    found = sa.select(CustomerRow).where(CustomerRow.email == email, CustomerRow.forgotten_at.is_(None))
    return session.scalars(found.with_for_update()).all()


def councils_of(session: Session, customer_id: str) -> frozenset[str]:
    """The slugs of the councils that know this customer."""
    found = sa.select(CustomerCouncilRow.council).where(CustomerCouncilRow.customer_id == customer_id)
    return frozenset(session.scalars(found))


def councils_of_each(session: Session, ids: Collection[str]) -> dict[str, frozenset[str]]:
    """The slugs of the councils that know these customers, by the customer's id; of who is known to none, nothing."""
    if not ids:
        return {}
    found = sa.select(CustomerCouncilRow.customer_id, CustomerCouncilRow.council)
    known: dict[str, frozenset[str]] = {}
    for customer_id, council in session.execute(found.where(CustomerCouncilRow.customer_id.in_(ids))):
        known[customer_id] = known.get(customer_id, frozenset()) | {council}
    return known


def known_to(session: Session, customer_id: str, council: str, now: datetime) -> None:
    """Remember that a council (slug) knows this customer; nothing where it did already."""
    kept = {"customer_id": customer_id, "council": council}
    if session.get(CustomerCouncilRow, kept) is None:
        session.add(CustomerCouncilRow(**kept, since=now))
        session.flush()


def owner_of(session: Session, submission_id: str) -> str | None:
    """The id of the customer whose submission this is; None while it is nobody's."""
    found = sa.select(OwnedSubmissionRow.customer_id)
    return session.scalar(found.where(OwnedSubmissionRow.submission_id == submission_id))


def owned(session: Session, submission_id: str, *, lock: bool = False) -> OwnedSubmissionRow | None:
    """Whose a submission is, how it became so and since when; None while it is nobody's."""
    found = sa.select(OwnedSubmissionRow).where(OwnedSubmissionRow.submission_id == submission_id)
    return one(session, found, lock=lock)
