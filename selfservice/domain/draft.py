"""Answers so far, not sent: a draft as operations and pages handle it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


class DraftGone(LookupError):
    """There is no such draft, or it is somebody else's: the two are told apart to nobody."""


class DraftSent(Exception):
    """The draft was submitted already, so that its answers no longer change."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One person's answers to one service, so far.

    `council` and `service` are slugs; `council` is the one on whose page the draft began. `answers` maps a
    question's id to its value as plain JSON. `submission_key` is the one-time key that makes a second click
    give the first's reference. `submission_id` is set once the draft was sent.
    """

    id: str
    council: str
    service: str
    answers: Mapping[str, Any]
    submission_key: str
    submission_id: str | None
    started_at: datetime

    @property
    def sent(self) -> bool:
        """Whether the draft has become a submission."""
        return self.submission_id is not None
