"""How often something was tried in a window of time, for rate limits that every web process shares."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.store.base import Base


class LimitRow(Base):
    """One bucket: a hashed key, the window it counts, and the count."""

    __tablename__ = "limits"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    window: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int]


def count_one_more(session: Session, key: str, window: datetime) -> int:
    """Count one more try in a bucket and say how many now: one statement, so that two at once both count."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    one = dialect.insert(LimitRow).values(key=key, window=window, count=1)
    more = one.on_conflict_do_update(
        index_elements=[LimitRow.key, LimitRow.window], set_={"count": LimitRow.count + 1}
    ).returning(LimitRow.count)
    return int(session.scalars(more, execution_options={"populate_existing": True}).one())


def forget(session: Session, *keys: str) -> None:
    """Drop every bucket of these keys."""
    gone = sa.delete(LimitRow).where(LimitRow.key.in_(keys))
    session.execute(gone, execution_options={"synchronize_session": False})


def counted_since(session: Session, key: str, moment: datetime) -> int:
    """How many tries were counted in buckets of this key whose windows began after `moment`."""
    found = sa.select(sa.func.coalesce(sa.func.sum(LimitRow.count), 0))
    return int(session.scalar(found.where(LimitRow.key == key, LimitRow.window > moment)) or 0)


def forget_before(session: Session, moment: datetime) -> None:
    """Drop the buckets of windows that began before `moment`."""
    session.execute(sa.delete(LimitRow).where(LimitRow.window < moment))
