"""What the contract suite needs to know of each kind of back office: how to stand one up and upset it."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Protocol

import pytest

from integrations import registry
from integrations.contract import Rejected, Unavailable, Unconfirmed
from integrations.simulator.faults import Fault
from selfservice.domain.case import CaseRequest
from selfservice.domain.council import ConnectorChoice
from tests.integrations.conftest import Running


class BackOffice(Protocol):
    """A stand-in for one kind. `troubles`: what can go wrong, and which of the three errors it must be."""

    troubles: Mapping[str, type[Exception]]
    secret: str

    def choice(self) -> ConnectorChoice: ...
    def upset(self, trouble: str) -> None: ...
    def spoilt(self, request: CaseRequest, trouble: str) -> CaseRequest: ...
    def cases(self, reference: str) -> list[str]: ...
    def news(self, reference: str, code: str, words: str) -> None: ...

    # Of one that takes updates: what was added to a case, each as one text.
    def added(self, case_reference: str) -> list[str]: ...


class Open311Office:
    """The simulator."""

    secret = "key-of-the-simulator"
    troubles: Mapping[str, type[Exception]] = {
        "refuse_503": Unavailable,
        "error_before": Unconfirmed,
        "error_after": Unconfirmed,
        "reset_before": Unconfirmed,
        "reset_after": Unconfirmed,
        "half_reply": Unconfirmed,
        "no_id": Unconfirmed,
        "late": Unconfirmed,
        "slow": Unconfirmed,  # a read time-out
        "bad_request_400": Rejected,
    }

    def __init__(self, running: Running, folder: Path) -> None:
        self._running = running

    def choice(self) -> ConnectorChoice:
        options = {
            "base_url": self._running.open311(), "api_key": self.secret, "allow_private": True,
            "lookup": "reference", "lists_updates": True, "read_seconds": 0.5, "push_secrets": ["shared"],
        }  # fmt: skip
        return ConnectorChoice("street-scene", "open311", options)

    def upset(self, trouble: str) -> None:
        seconds = {"slow": 1.0, "late": 0.3, "refuse_503": 7}.get(trouble, 0.0)
        self._running.simulator.faults.add("boston", Fault(trouble, seconds, left=1))

    def spoilt(self, request: CaseRequest, trouble: str) -> CaseRequest:
        return request

    def cases(self, reference: str) -> list[str]:
        found = self._running.simulator.memory.cases("boston", reference=reference)
        return ["\n".join(value for _, value in case.form) for case in found]

    def news(self, reference: str, code: str, words: str) -> None:
        memory = self._running.simulator.memory
        memory.change(memory.cases("boston", reference=reference)[0], code, words)

    def added(self, case_reference: str) -> list[str]:
        case = self._running.simulator.memory.case("boston", case_reference)
        assert case is not None
        told = [update for update in self._running.simulator.memory.history(case) if update.theirs]
        return ["\n".join(value for _, value in update.form) for update in told]


def texts(value: Any) -> list[str]:
    """Every value within a JSON value, as text."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return [text for item in inner for text in texts(item)]
    return [str(value)]


class ExampleOffice:
    """A folder."""

    secret = ""
    troubles: Mapping[str, type[Exception]] = {"no_folder": Unavailable, "odd_reference": Rejected}

    def __init__(self, running: Running, folder: Path) -> None:
        self._folder = folder / "cases"

    def choice(self) -> ConnectorChoice:
        return ConnectorChoice("street-scene", "example", {"folder": os.fspath(self._folder)})

    def upset(self, trouble: str) -> None:
        if trouble == "no_folder":
            self._folder.write_text("a file where the folder should be")

    def spoilt(self, request: CaseRequest, trouble: str) -> CaseRequest:
        return replace(request, reference="../elsewhere") if trouble == "odd_reference" else request

    def _files(self, reference: str) -> list[Path]:
        return [file for file in self._folder.glob("*.json") if reference in file.name]

    def cases(self, reference: str) -> list[str]:
        return ["\n".join(texts(json.loads(file.read_text("utf-8")))) for file in self._files(reference)]

    def added(self, case_reference: str) -> list[str]:
        files = (self._folder / f"{case_reference}.added").glob("*.json")
        return ["\n".join(texts(json.loads(file.read_text("utf-8")))) for file in files]

    def news(self, reference: str, code: str, words: str) -> None:
        (file,) = self._files(reference)
        case = json.loads(file.read_text("utf-8"))
        at = datetime.now(UTC).isoformat()
        case["news"].append(
            {"id": f"{reference}-{len(case['news'])}", "status": code, "at": at, "words": words}
        )
        file.write_text(json.dumps(case), "utf-8")


class StandIn(Protocol):
    """What makes a stand-in for one kind: its class."""

    troubles: ClassVar[Mapping[str, type[Exception]]]

    def __call__(self, running: Running, folder: Path) -> BackOffice: ...


OFFICES: Mapping[str, StandIn] = {
    "open311": Open311Office,
    "example": ExampleOffice,
}

# What can go wrong with each kind: (kind, trouble). One without a stand-in is told of by its tests, not here.
TROUBLES: Sequence[tuple[str, str]] = [
    (kind, trouble)
    for kind in sorted(registry.KINDS)
    if kind in OFFICES
    for trouble in OFFICES[kind].troubles
]


def stand_in(kind: str) -> StandIn:
    """The stand-in for a kind; fails in words where there is none."""
    if kind not in OFFICES:
        pytest.fail(
            f"The kind {kind!r} has no stand-in: write a class like ExampleOffice in "
            f"tests/integrations/back_offices.py and add it to OFFICES there (docs/adding-a-connector.md, step 4).",
            pytrace=False,
        )
    return OFFICES[kind]
