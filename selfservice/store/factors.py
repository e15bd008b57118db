"""Second factors: the apps, passkeys and recovery codes of an account or of a member of staff."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from selfservice.store.accounts import PasskeyRow, RecoveryCodeRow, TotpRow
from selfservice.store.base import one

Kind = type[PasskeyRow] | type[RecoveryCodeRow] | type[TotpRow]


def has_any(session: Session, account_id: str | None, staff_id: str | None) -> bool:
    """Whether there is a passkey, or an app that was confirmed. Recovery codes alone are none."""
    passkey = sa.exists().where(_of(PasskeyRow, account_id, staff_id))
    app = sa.exists().where(_of(TotpRow, account_id, staff_id), TotpRow.confirmed_at.is_not(None))
    return bool(session.scalar(sa.select(sa.or_(passkey, app))))


def app_of(
    session: Session, account_id: str | None, staff_id: str | None, *, lock: bool = False
) -> TotpRow | None:
    """The app of an owner, confirmed or not. `lock` keeps one code from being taken twice."""
    found = sa.select(TotpRow).where(_of(TotpRow, account_id, staff_id))
    return one(session, found, lock=lock)


def passkeys_of(session: Session, account_id: str | None, staff_id: str | None) -> Sequence[PasskeyRow]:
    """The passkeys of an owner, in the order in which they were added."""
    found = sa.select(PasskeyRow).where(_of(PasskeyRow, account_id, staff_id))
    return session.scalars(found.order_by(PasskeyRow.added_at, PasskeyRow.id)).all()


def passkey_by_credential(session: Session, credential_id: str, *, lock: bool = False) -> PasskeyRow | None:
    """The passkey with the id that its key goes by. `lock` keeps its count from being read twice."""
    found = sa.select(PasskeyRow).where(PasskeyRow.credential_id == credential_id)
    return one(session, found, lock=lock)


def codes_left(session: Session, account_id: str | None, staff_id: str | None) -> int:
    """How many recovery codes of an owner have not been used."""
    found = sa.select(sa.func.count()).select_from(RecoveryCodeRow)
    unused = found.where(_of(RecoveryCodeRow, account_id, staff_id), RecoveryCodeRow.used_at.is_(None))
    return session.scalar(unused) or 0


def use_code(
    session: Session, account_id: str | None, staff_id: str | None, code_hash: str, now: datetime
) -> bool:
    """Use up the recovery code with this hash; False when there is no such one. One statement: good once."""
    used = (
        sa.update(RecoveryCodeRow)
        .where(
            _of(RecoveryCodeRow, account_id, staff_id),
            RecoveryCodeRow.code_hash == code_hash,
            RecoveryCodeRow.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCodeRow.id)
    )
    return session.scalar(used, execution_options={"synchronize_session": False}) is not None


def replace_codes(
    session: Session, account_id: str | None, staff_id: str | None, hashes: Sequence[str], now: datetime
) -> None:
    """Keep these recovery codes, and none from before."""
    forget(session, RecoveryCodeRow, account_id, staff_id)
    session.add_all(
        RecoveryCodeRow(account_id=account_id, staff_id=staff_id, code_hash=each, made_at=now)
        for each in hashes
    )
    session.flush()


def forget(session: Session, kind: Kind, account_id: str | None, staff_id: str | None) -> None:
    """Delete what an owner has of one kind."""
    gone = sa.delete(kind).where(_of(kind, account_id, staff_id))
    session.execute(gone, execution_options={"synchronize_session": "fetch"})


def _of(kind: Kind, account_id: str | None, staff_id: str | None) -> sa.ColumnElement[bool]:
    return kind.account_id == account_id if account_id else kind.staff_id == staff_id
