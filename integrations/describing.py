"""A case as one text, for back offices that keep a description: what may be published, and nothing about people."""

from collections.abc import Iterator
from typing import Any

from integrations.held_back import held_back
from selfservice.domain.case import CaseRequest


def not_contact(request: CaseRequest) -> Iterator[Any]:
    """The answers but for name, e-mail and telephone: descriptions may be published."""
    theirs = {request.contact.name, request.contact.email, request.contact.phone}
    for answer in request.answers:
        if answer.id not in ("name", "email", "phone") and answer.value not in ("", *theirs):
            yield answer


def _asked(question: str) -> str:
    return question if question.endswith("?") else f"{question}:"


def description(request: CaseRequest) -> str:
    """All that was told, as one text for back offices that keep a description; it may be published."""
    told = [f"{_asked(answer.question)} {answer.shown}" for answer in not_contact(request) if answer.shown]
    where = [f"Where: {request.place.words}"] if request.place else []
    urgent = ["Urgent."] if request.urgent else []
    held = [held_back(request)] if request.files_held_back else []
    last = [*where, *held, f"Our reference: {request.reference}"]
    return "\n\n".join([request.service_title, *urgent, *told, *last])
