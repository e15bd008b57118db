"""Accounts elsewhere (OpenID) by which customers and members of staff sign in here."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from selfservice.store.accounts import IdentityRow


def by_subject(session: Session, issuer: str, subject: str) -> IdentityRow | None:
    """Whose account elsewhere this is here."""
    found = sa.select(IdentityRow).where(IdentityRow.issuer == issuer, IdentityRow.subject == subject)
    return session.scalar(found)


def of(session: Session, account_id: str | None, staff_id: str | None) -> Sequence[IdentityRow]:
    """The accounts elsewhere of a customer's account or of a member of staff, in the order in which they were added."""
    owner = IdentityRow.account_id == account_id if account_id else IdentityRow.staff_id == staff_id
    found = sa.select(IdentityRow).where(owner).order_by(IdentityRow.added_at, IdentityRow.id)
    return session.scalars(found).all()


def forget(session: Session, account_id: str, identity_id: str) -> str | None:
    """Let an account elsewhere sign in to this account no longer: what it was called, None if it did not."""
    gone = (
        sa.delete(IdentityRow)
        .where(IdentityRow.id == identity_id, IdentityRow.account_id == account_id)
        .returning(IdentityRow.label)
    )
    return session.scalar(gone, execution_options={"synchronize_session": False})
