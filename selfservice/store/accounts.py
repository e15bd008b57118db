"""Accounts: how customers sign in to My Account, and what they prove themselves by."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.store.base import Base, new_id, one

ONE_OWNER = "(account_id IS NULL) <> (staff_id IS NULL)"


class AccountRow(Base):
    """The sign-in of one customer, by an e-mail address or a mobile number that was confirmed, or both.

    There is none before its address was confirmed. Wrong passwords are counted by what was typed, whether or not there
    is an account (operations/locking.py).
    """

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    customer_id: Mapped[str] = mapped_column(sa.ForeignKey("customers.id"), unique=True)
    email: Mapped[str | None] = mapped_column(sa.String(320), unique=True)
    phone: Mapped[str | None] = mapped_column(sa.String(20), unique=True)
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    created_at: Mapped[datetime]
    signed_in_at: Mapped[datetime | None]

    __table_args__ = (sa.CheckConstraint("email IS NOT NULL OR phone IS NOT NULL", name="reachable"),)


class IdentityRow(Base):
    """An account elsewhere (OpenID: `issuer` and `subject`) by which somebody signs in here."""

    __tablename__ = "identities"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    account_id: Mapped[str | None] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"))
    staff_id: Mapped[str | None] = mapped_column(sa.ForeignKey("staff.id"))
    issuer: Mapped[str] = mapped_column(sa.String(300))
    subject: Mapped[str] = mapped_column(sa.String(255))
    label: Mapped[str] = mapped_column(sa.String(100))
    added_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("issuer", "subject"),
        sa.CheckConstraint(ONE_OWNER, name="one_owner"),
        sa.Index(None, "account_id"),
        sa.Index(None, "staff_id"),
    )


class PasskeyRow(Base):
    """A passkey: its public key, never anything secret (all base64url). `name` is its owner's word for it."""

    __tablename__ = "passkeys"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    account_id: Mapped[str | None] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"))
    staff_id: Mapped[str | None] = mapped_column(sa.ForeignKey("staff.id"))
    credential_id: Mapped[str] = mapped_column(sa.String(1400), unique=True)
    public_key: Mapped[str] = mapped_column(sa.Text)
    sign_count: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    transports: Mapped[list[Any]] = mapped_column(default=list)
    name: Mapped[str] = mapped_column(sa.String(60))
    added_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    __table_args__ = (
        sa.CheckConstraint(ONE_OWNER, name="one_owner"),
        sa.Index(None, "account_id"),
        sa.Index(None, "staff_id"),
    )


class TotpRow(Base):
    """The secret of an app that shows codes, sealed under the data key of this row's id.

    It counts as a second factor once `confirmed_at` is set. `last_step` is the step of the last code taken: none
    is taken twice.
    """

    __tablename__ = "totps"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    account_id: Mapped[str | None] = mapped_column(
        sa.ForeignKey("accounts.id", ondelete="CASCADE"), unique=True
    )
    staff_id: Mapped[str | None] = mapped_column(sa.ForeignKey("staff.id"), unique=True)
    sealed: Mapped[dict[str, Any]]
    last_step: Mapped[int | None] = mapped_column(sa.BigInteger)
    added_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]

    __table_args__ = (sa.CheckConstraint(ONE_OWNER, name="one_owner"),)


class RecoveryCodeRow(Base):
    """One of the codes for whoever has lost their second factor; kept as a hash, good once."""

    __tablename__ = "recovery_codes"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    account_id: Mapped[str | None] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"))
    staff_id: Mapped[str | None] = mapped_column(sa.ForeignKey("staff.id"))
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    __table_args__ = (
        sa.CheckConstraint(ONE_OWNER, name="one_owner"),
        sa.Index(None, "account_id"),
        sa.Index(None, "staff_id"),
    )


def by_id(session: Session, account_id: str, *, lock: bool = False) -> AccountRow | None:
    """The account with this id."""
    found = sa.select(AccountRow).where(AccountRow.id == account_id)
    return one(session, found, lock=lock)


def of_customer(session: Session, customer_id: str, *, lock: bool = False) -> AccountRow | None:
    """The account of this customer, if there is one."""
    found = sa.select(AccountRow).where(AccountRow.customer_id == customer_id)
    return one(session, found, lock=lock)


def by_address(session: Session, address: str, *, lock: bool = False) -> AccountRow | None:
    """The account that is signed in to by this e-mail address (lower case) or mobile number (E.164)."""
    column = AccountRow.email if "@" in address else AccountRow.phone
    found = sa.select(AccountRow).where(column == address)
    return one(session, found, lock=lock)
