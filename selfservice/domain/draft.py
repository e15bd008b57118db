"""Answers so far, not sent: a draft as operations and pages handle it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


class DraftGone(LookupError):
    """There is no such draft, or it is somebody else's: the two are told apart to nobody."""


class DraftSent(Exception):
    """The draft was submitted already, so that its answers no longer change."""


@dataclass(frozen=True, slots=True)
class Mistyped:
    """What was typed on a page and could not be taken, kept so that the page can be shown again with it.

    `typed` maps the name of each input to the texts in it. `told` is what was wrong where that cannot be told
    from what was typed: with a file, which is not kept. It is not `judged` where the person has only pressed a
    button within the page, such as the one that adds another.
    """

    page: str
    typed: Mapping[str, list[str]] = field(default_factory=dict)
    told: Sequence[str] = ()
    judged: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """One person's answers to one service, so far.

    `council` and `service` are slugs; `council` is the one on whose page the draft began. `answers` maps a
    question's id to its value as plain JSON. `submission_key` is the one-time key that makes a second click
    give the first's reference. `submission_id` is set once the draft was sent. `mistyped` is what
    could not be taken last, until something is. `prefilled` maps the id of a question to where its answer came from,
    for as long as the person has not answered it differently: "account". It is `from_before` for an agent who has had
    no hand in it while helping this time.
    """

    id: str
    council: str
    service: str
    answers: Mapping[str, Any]
    submission_key: str
    submission_id: str | None
    started_at: datetime
    changed_at: datetime
    mistyped: Mistyped | None = None
    form_version: str | None = None
    prefilled: Mapping[str, str] = field(default_factory=dict)
    from_before: bool = False

    @property
    def sent(self) -> bool:
        """Whether the draft has become a submission."""
        return self.submission_id is not None
