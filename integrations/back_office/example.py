"""The connector to copy: a back office that is a folder, with one JSON file a case, and one for what is added to it.

It speaks to nobody, so that it can be read in one go; a real one differs in `to_payload`, in `STATUSES`, and
in calling `integrations.http.Http` where this one writes a file. See docs/adding-a-connector.md.
"""

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from marshmallow import fields, validate

from integrations.contract import Health, Receipt, Rejected, Steps, Unavailable, WhenUnknown
from integrations.options import OptionsSchema, our_status
from selfservice.domain.case import CaseRequest, CaseStatus, CustomerUpdate, Helper, StatusUpdate


@dataclass(frozen=True, slots=True)
class Options:
    """`folder` is where the cases lie; `statuses` adds to `STATUSES`, or corrects it."""

    folder: str
    statuses: Mapping[str, str] = field(default_factory=dict)


class OPTIONS(OptionsSchema):
    """Checks and loads `Options`."""

    loads_into = Options

    folder = fields.String(required=True, validate=validate.Length(min=1))
    statuses = fields.Dict(fields.String(), fields.String(validate=our_status))


STATUSES: Mapping[str, CaseStatus] = {
    "new": CaseStatus.RECEIVED,
    "working": CaseStatus.IN_PROGRESS,
    "done": CaseStatus.RESOLVED,
}


def to_payload(request: CaseRequest, options: Options) -> dict[str, Any]:
    """What is written for a case. Pure: a snapshot test holds it."""
    place = request.place
    return {
        "reference": request.reference,
        "delivery": request.delivery_id,
        "service": request.service_code,
        "submitted": request.submitted_at.isoformat(timespec="seconds"),
        "where": {"easting": place.easting, "northing": place.northing, "words": place.words}
        if place
        else None,
        "who": {"name": request.contact.name, "email": request.contact.email, "phone": request.contact.phone},
        "helped_by": _helped_by(request.helper),
        "told": {answer.question: answer.shown for answer in request.answers},
        "photos": list(request.photo_links),
        "files_held_back": request.files_held_back,
        "news": [],
    }


def to_update_payload(case_reference: str, update: CustomerUpdate) -> dict[str, Any]:
    """What is written for something that the customer adds to a case."""
    return {
        "id": update.id,
        "case": case_reference,
        "kind": update.kind,
        "written": update.at.isoformat(timespec="seconds"),
        "who": {"name": update.contact.name, "email": update.contact.email, "phone": update.contact.phone},
        "helped_by": _helped_by(update.helper),
        "words": update.words,
        "files": list(update.file_links),
        "files_held_back": update.files_held_back,
    }


def _helped_by(helper: Helper | None) -> dict[str, str] | None:
    if helper is None:
        return None
    return {
        "id": helper.id,
        "name": helper.name,
        "channel": helper.channel,
        "verification": helper.verification.name.lower(),
    }


class Example:
    """Opens cases as files named after our reference and the service: sent twice, a case is still one file.

    The service too, for several departments may hear of one submission, and each must have its own case.
    """

    when_unknown = update_when_unknown = WhenUnknown.SEND_AGAIN

    def __init__(self, options: Options) -> None:
        self.options = options
        self._folder = Path(options.folder)
        self._statuses = {**STATUSES, **{code: CaseStatus(ours) for code, ours in options.statuses.items()}}

    def open_case(self, request: CaseRequest, steps: Steps) -> Receipt:
        """Write the case's file. A folder that cannot be written to surely took nothing: `Unavailable`."""
        return Receipt(steps.once("write", lambda: self._write(request)))

    def _write(self, request: CaseRequest) -> str:
        name = _name(request)
        self._put(self._folder, name, to_payload(request, self.options))
        return name

    def add_update(self, case_reference: str, update: CustomerUpdate) -> None:
        """Write a file named after our id, in a folder of the case's own: nobody else writes there."""
        if not self._folder.is_dir():
            raise Unavailable("The folder of cases is not there.")
        if not (self._folder / f"{case_reference}.json").exists():
            raise Rejected("There is no such case.")
        folder = self._folder / f"{case_reference}.added"
        self._put(folder, update.id, to_update_payload(case_reference, update))

    def find_update(self, case_reference: str, update: CustomerUpdate) -> bool:
        """Whether its file is there."""
        return (self._folder / f"{case_reference}.added" / f"{update.id}.json").exists()

    def _put(self, folder: Path, name: str, told: Mapping[str, Any]) -> None:
        """Write a file unless it is there: the first to be written stays, with the news it may have by now."""
        if not re.fullmatch(r"[\w-]{1,100}", name):
            raise Rejected("The reference cannot name a file.")
        file = folder / f"{name}.json"
        aside = file.with_suffix(f".{os.getpid()}")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not file.exists():
                aside.touch(mode=0o600)
                aside.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
                aside.replace(file)  # whole or not at all
        except OSError as failed:
            raise Unavailable(f"The folder of cases cannot be written to: {failed.strerror}.") from None

    def find_case(self, request: CaseRequest, token: str | None) -> Receipt | None:
        """The case's file, by our reference and the service."""
        return Receipt(_name(request)) if (self._folder / f"{_name(request)}.json").exists() else None

    def check(self) -> Health:
        """Whether the folder is there to be written to."""
        well = os.access(self._folder if self._folder.exists() else self._folder.parent, os.W_OK)
        return Health(well, "The folder can be written to." if well else "The folder cannot be written to.")

    def updates(self, since: datetime, until: datetime) -> Iterable[StatusUpdate]:
        """The `news` in the files: {"id", "status", "at", "words"} each, added by whoever works on them."""
        cases = {file.stem: json.loads(file.read_text("utf-8")) for file in self._folder.glob("*.json")}
        read = [self._update(name, item) for name, case in sorted(cases.items()) for item in case["news"]]
        return sorted(
            (update for update in read if since <= update.at <= until), key=lambda update: update.at
        )

    def _update(self, name: str, item: Mapping[str, str]) -> StatusUpdate:
        status = self._statuses.get(item["status"])
        at = datetime.fromisoformat(item["at"])
        return StatusUpdate(item["id"], name, status, item["status"], at, item["words"])


def _name(request: CaseRequest) -> str:
    return f"{request.reference}_{request.service_code}"


CONNECTOR = Example
