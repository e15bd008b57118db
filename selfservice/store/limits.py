"""How often something was tried in a window of time, for rate limits that every web process shares."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from selfservice.store.base import Base


class LimitRow(Base):
    """One bucket: a hashed key, the window it counts, and the count."""

    __tablename__ = "limits"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    window: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int]
