"""A case as one text, for back offices that keep a description: what may be published, and nothing about people."""

from collections.abc import Iterator
from typing import Any

from integrations.held_back import held_back
from selfservice.domain.case import CaseRequest, CustomerUpdate, UpdateKind


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


def said(update: CustomerUpdate) -> str:
    """What a customer says of an opened case, as one text; it is never empty."""
    disputed = ["The customer says that this is not fixed."] if update.kind is UpdateKind.DISPUTE else []
    words = [update.words] if update.words else []
    number = len(update.file_links)
    files = [f"Files that the customer added: {number}."] if number else []
    held = [held_back(update)] if update.files_held_back else []
    return "\n\n".join([*disputed, *words, *files, *held, f"Our reference: {update.reference}"])
