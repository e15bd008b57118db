"""What the whole of a submission is called, whose parts stand differently."""

import pytest

from selfservice.domain.case import CaseStatus
from selfservice.domain.progress import STATUS_WORDS, overall

OPEN, PLANNED, WAITING = CaseStatus.OPEN, CaseStatus.PLANNED, CaseStatus.WAITING_FOR_CUSTOMER
RESOLVED, CANCELLED = CaseStatus.RESOLVED, CaseStatus.CANCELLED


@pytest.mark.parametrize("status", [None, *CaseStatus])
def test_one_part_is_the_whole(status: CaseStatus | None) -> None:
    assert overall([status])[0] == STATUS_WORDS[status]


@pytest.mark.parametrize(
    ("statuses", "words", "closed"),
    [
        ([], "Received", False),
        ([None, RESOLVED], "Received", False),
        ([RESOLVED, OPEN, PLANNED], "With the team", False),
        ([PLANNED, RESOLVED], "Work planned", False),
        ([None, WAITING, OPEN], "Waiting for you", False),
        ([RESOLVED, RESOLVED], "Resolved", True),
        ([RESOLVED, CANCELLED], "Closed", True),
    ],
)
def test_the_whole_is_as_far_as_the_part_that_is_furthest_behind(
    statuses: list[CaseStatus | None], words: str, closed: bool
) -> None:
    assert overall(statuses) == (words, closed)
