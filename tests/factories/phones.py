"""A telephone that keeps the text messages it is sent, and refuses one that would cost more than we allow."""

from typing import Any

from selfservice import clock
from selfservice.domain.messages import MOST_PARTS, Medium, text_parts
from selfservice.installation import Installation
from selfservice.operations import saving
from tests.factories.submitted import BOSTON, RESIDENT, a_draft

NUMBER = "+447700900123"

NOTIFY_KEY = "tests-0198f2a0-1111-4000-8000-000000000001-0198f2a0-2222-4000-8000-000000000002"
TEMPLATE = "0198f2a0-3333-4000-8000-000000000003"
# What an installation is told that offers text messages; a test puts a `Handset` in the place of what sends.
TEXTS = {"NOTIFY_URL": "http://127.0.0.1:9", "NOTIFY_API_KEY": NOTIFY_KEY, "NOTIFY_TEMPLATE_ID": TEMPLATE}


def fits(words: str) -> str:
    """The words of a text message as they are sent. AssertionError when they need more than three parts."""
    parts = text_parts(words)
    assert parts <= MOST_PARTS, f"{len(words)} signs are sent in {parts} parts: {words}"
    for gap in ("{link}", "{code}"):
        assert gap not in words, f"sent as it was kept: {words}"
    return words


class Handset:
    """Takes the place of what sends text messages; `texts` are those that it was given.

    `answers` are raised one after another, None being none. What was sent is found by its reference,
    also where the answer to it was an error, if that is in `taken_anyway`.
    """

    def __init__(self, *answers: Exception | None, taken_anyway: tuple[type[Exception], ...] = ()) -> None:
        self.texts: list[Any] = []
        self._answers, self._taken_anyway = list(answers), taken_anyway

    def send(self, text: Any) -> None:
        """Keep it, or fail as told."""
        answer = self._answers.pop(0) if self._answers else None
        fits(text.words)
        if answer is None or isinstance(answer, self._taken_anyway):
            self.texts.append(text)
        if answer is not None:
            raise answer

    def find(self, reference: str) -> bool:
        """Whether it has one of this reference."""
        return any(text.reference == reference for text in self.texts)


def saved_by_text(one: Installation) -> Installation:
    """The same installation with a draft that was saved by text message to `NUMBER`, which waits to be sent."""
    with one.database.write() as session:
        draft, now = a_draft(session, clock.now()), clock.now()
        title = "Report fly-tipping"
        saving.save(session, RESIDENT, draft.id, NUMBER, BOSTON, title, one.links, now, medium=Medium.SMS)
    return one
