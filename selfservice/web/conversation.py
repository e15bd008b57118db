"""The conversation about a submission, as its pages show it: what was said, and the form by which more is said.

It stands on two pages: that of the signed link, and the request's own in My Account. A `Way` says by which of them
somebody came.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import request

from selfservice import clock
from selfservice.domain.case import UpdateKind
from selfservice.domain.conversation import LONGEST_MESSAGE, Passing, Speaker
from selfservice.domain.files import CALLED, JPEG, Scan, size_in_words
from selfservice.operations import conversations, corresponding, enclosing, uploading
from selfservice.operations.conversations import Conversation, Said
from selfservice.operations.corresponding import NotTheirs
from selfservice.operations.uploading import Kept
from selfservice.web.actors import actor
from selfservice.web.languages import _, gettext_noop
from selfservice.web.parts import part_name
from selfservice.web.session import installation
from selfservice.web.standing import helping, staff_signed_in

DISPUTE, MESSAGE = "dispute", "message"
EVERY_PART = "all"
ABOUT_WORDS = {
    UpdateKind.DISPUTE: gettext_noop("This is not fixed"),
    UpdateKind.FILES: gettext_noop("Files added"),
}
PASSING_WORDS = {
    Passing.ON_ITS_WAY: gettext_noop("On its way to the team"),
    Passing.THERE: gettext_noop("The team has it"),
    Passing.BY_HAND: gettext_noop("A member of staff is passing it on"),
}
SAID_WORDS = {
    DISPUTE: gettext_noop("Thank you. We have opened this again and are telling the team."),
    MESSAGE: gettext_noop("Thank you. We are passing this on to the team."),
}


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody came to a submission: by its signed link or to their own, and the address of its page."""

    submission_id: str
    address: str
    by_link: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the form, or nothing yet. `key` is the one-time key of the message that comes of it."""

    words: str = ""
    about: str = ""
    to: str = ""
    key: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said, in the reader's language. `ours` says that it is from the customer's side."""

    who: str
    ours: bool
    at: datetime
    words: str
    about: str = ""
    parts: tuple[str, ...] = ()
    passing: str = ""
    files: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the templates are given. `to` are the parts that can be chosen: value and name.

    `until` is the last moment at which it can be said that it is not fixed, `too_late` the last at which it could
    have been. `said` is what is told after something was written.
    """

    lines: tuple[Line, ...]
    action: str
    back: str
    typed: Typed
    to: tuple[tuple[str, str], ...]
    until: datetime | None
    too_late: datetime | None
    files: tuple[dict[str, Any], ...] = ()
    said: str = ""
    longest: int = LONGEST_MESSAGE
    most: int = enclosing.MOST
    megabytes: int = uploading.MOST_BYTES // uploading.MEGABYTE


def conversation_of(submission_id: str, reference: str) -> Shown | None:
    """For the request's page in My Account; None for whoever may not read it."""
    return shown(own_way(submission_id, reference))


def own_way(submission_id: str, reference: str) -> Way:
    """The way of a submission's owner, and of the agent who helps them."""
    return Way(submission_id, f"/account/requests/{reference}", by_link=False)


def link_way(council: str, token: str) -> Way | None:
    """The way of whoever has the signed link; None where the token is none of ours, or of another council's."""
    here = installation()
    submission_id = here.links.read_progress(token)
    if submission_id is None:
        return None
    with here.database.look() as session:
        went_to = corresponding.council_of(session, submission_id)
    return Way(submission_id, f"/{council}/progress/{token}", by_link=True) if went_to == council else None


def shown(way: Way) -> Shown | None:
    """The conversation for a page with nothing typed; None for whoever may not read it, such as staff who are
    helping nobody."""
    if staff_signed_in() is not None and helping() is None:
        return None
    try:
        found = read(way)
    except NotTheirs:
        return None
    return with_form(way, found, Typed(), ())


def read(way: Way) -> Conversation:
    """All that was said. Raises `NotTheirs`."""
    with installation().database.read() as session:
        return conversations.conversation(
            session, actor(), way.submission_id, clock.now(), by_link=way.by_link
        )


def with_form(way: Way, found: Conversation, typed: Typed, waiting: Sequence[Kept]) -> Shown:
    """The conversation with what was typed, and the files that wait to go with it."""
    parts = [(part.id, part_name(part)) for part in found.parts]
    return Shown(
        lines=tuple(_line(way, each) for each in found.said),
        action=f"{way.address}/messages",
        back=way.address,
        typed=typed,
        to=((EVERY_PART, _("All of them")), *parts) if parts else (),
        until=found.until,
        too_late=found.too_late,
        files=tuple(_file(way, number, file) for number, file in enumerate(waiting, start=1)),
        said=_(SAID_WORDS[after]) if (after := request.args.get("said", "")) in SAID_WORDS else "",
    )


def _line(way: Way, said: Said) -> Line:
    return Line(
        who=_who(said),
        ours=said.speaker is not Speaker.TEAM,
        at=said.at,
        words=said.words,
        about=_(ABOUT_WORDS[said.kind]) if said.kind in ABOUT_WORDS else "",
        parts=tuple(part_name(part) for part in said.parts),
        passing=_(PASSING_WORDS[said.passing]) if said.passing else "",
        files=tuple(_file(way, number, file) for number, file in enumerate(said.files, start=1)),
    )


def _who(said: Said) -> str:
    """Who said it, as the customer reads it, or the agent who is helping them."""
    if said.speaker is Speaker.TEAM:
        return _("The team")
    helped = helping() is not None
    if said.speaker is Speaker.HELPER:
        return (
            _("%(name)s of Customer Services for the customer", name=said.name)
            if helped
            else _("%(name)s of Customer Services for you", name=said.name)
        )
    if said.speaker is Speaker.BY_LINK:
        return _("The customer, by the link that we sent") if helped else _("You, by the link that we sent")
    return _("The customer") if helped else _("You")


def _file(way: Way, number: int, file: Kept) -> dict[str, Any]:
    """What the page tells of one file: a name of ours, and beside it the customer's own."""
    picture = file.media_type == JPEG
    called = _("Photo %(number)s", number=number) if picture else _("File %(number)s", number=number)
    return {
        "id": file.id,
        "name": called,
        "kind": CALLED[file.media_type],
        "described": called
        if picture
        else f"{called} ({CALLED[file.media_type]}, {size_in_words(file.size)})",
        "own_name": file.name,
        "infected": file.scan is Scan.INFECTED,
        "thumbnail_url": f"{way.address}/thumbnails/{file.id}.jpg" if picture else None,
        "url": f"{way.address}/files/{file.id}",
    }
