"""Sign-ins: who is signed in, in which browser. A row on the server; the browser has its secret alone."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.store import owners
from selfservice.store.base import Base, new_id, one


class SignInRow(Base):
    """One browser in which a customer or a member of staff is signed in.

    `secret_hash` is how the cookie's secret is told. Whenever the standing changes a new row begins and the old one
    ends, so that no secret from before is good after. `standing` is "second_factor" while only the first was
    given, "whole" after. `method` is what was signed in by. `proved_at` is when they last proved themselves
    by a factor, for what wants a fresh proof. `browser` is what the list of sessions calls it.
    """

    __tablename__ = "sign_ins"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    secret_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    account_id: Mapped[str | None] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"))
    staff_id: Mapped[str | None] = mapped_column(sa.ForeignKey("staff.id"))
    standing: Mapped[str] = mapped_column(sa.String(20))
    method: Mapped[str] = mapped_column(sa.String(20))
    browser: Mapped[str] = mapped_column(sa.String(100), default="")
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    proved_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str] = mapped_column(sa.String(20), default="", server_default="")

    __table_args__ = (
        sa.CheckConstraint("(account_id IS NULL) <> (staff_id IS NULL)", name="one_owner"),
        sa.CheckConstraint("standing IN ('second_factor', 'whole')", name="standing_known"),
        sa.Index(None, "account_id"),
        sa.Index(None, "staff_id"),
        sa.Index(None, "seen_at"),
    )


def by_secret(session: Session, secret_hash: str, *, lock: bool = False) -> SignInRow | None:
    """The sign-in of this secret that has not been ended; whether it is too old is the caller's to say."""
    found = sa.select(SignInRow).where(SignInRow.secret_hash == secret_hash, SignInRow.ended_at.is_(None))
    return one(session, found, lock=lock)


def going(session: Session, sign_in_id: str, *, lock: bool = False) -> SignInRow | None:
    """The sign-in with this id that has not been ended."""
    found = sa.select(SignInRow).where(SignInRow.id == sign_in_id, SignInRow.ended_at.is_(None))
    return one(session, found, lock=lock)


def held(session: Session, sign_in_id: str) -> SignInRow | None:
    """The sign-in with this id that has not been ended, and its owner, for this unit of work alone.

    First the owner, as `end_all` does: what follows on this sign-in is there before all are ended, or this one is over.
    """
    row = going(session, sign_in_id)
    if row is None:
        return None
    owners.hold(session, row.account_id, row.staff_id)
    return going(session, sign_in_id, lock=True)


def going_of_account(session: Session, account_id: str) -> Sequence[SignInRow]:
    """The sign-ins of an account that have not been ended, the latest used first."""
    found = sa.select(SignInRow).where(SignInRow.account_id == account_id, SignInRow.ended_at.is_(None))
    return session.scalars(found.order_by(SignInRow.seen_at.desc(), SignInRow.id)).all()


def end_all(
    session: Session,
    now: datetime,
    why: str,
    *,
    account_id: str | None = None,
    staff_id: str | None = None,
    but: str | None = None,
) -> None:
    """End every sign-in of an account or of a member of staff, but for the one with the id `but`.

    Whoever is just giving one of them a new secret is waited for, so that the new one ends as well.
    """
    owners.hold(session, account_id, staff_id)
    owner = SignInRow.account_id == account_id if account_id else SignInRow.staff_id == staff_id
    going = sa.update(SignInRow).where(owner, SignInRow.ended_at.is_(None))
    if but:
        going = going.where(SignInRow.id != but)
    session.execute(
        going.values(ended_at=now, ended_why=why), execution_options={"synchronize_session": "fetch"}
    )


def forget_before(session: Session, moment: datetime) -> None:
    """Delete every sign-in that nobody has used since `moment`, ended or not."""
    gone = sa.delete(SignInRow).where(SignInRow.seen_at < moment)
    session.execute(gone, execution_options={"synchronize_session": False})
