"""Text messages under fire: whoever is killed over one, and whatever Notify does, it arrives once."""

import json
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from selfservice.database import Database
from tests.factories.phones import NUMBER, TEXTS, saved_by_text
from tests.factories.submitted import installation, settings
from tests.faults.stage import Stage, free_port

pytestmark = [pytest.mark.faults]


class Texts:
    """A stage with a simulated Notify, on which one draft is saved by text message."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.address = stage.plan["settings"]["NOTIFY_URL"]
        port, smtp = self.address.rpartition(":")[2], str(free_port())
        command = ["-m", "integrations.simulator", "--port", port, "--smtp-port", smtp]
        stage.start("notify", [sys.executable, *command, "--home", str(stage.folder / "notify")])
        stage.until(self._answers, "Notify answers")
        saved_by_text(installation(stage.database, settings(Path(stage.plan["home"]))))

    def fault(self, kind: str) -> None:
        """Let the next call to send go wrong."""
        told = json.dumps({"kind": kind, "seconds": 1, "next": 1}).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.address}/notify/faults", told, headers)
        with urllib.request.urlopen(request, timeout=5):
            pass

    def arrive_once(self) -> None:
        """Let it be sent, and a little longer; AssertionError when it did not arrive, or twice."""
        self.stage.role("worker")
        if self.stage.plan.get("die_at"):
            # Only then the sweeper: without Redis it delivers by itself, and might be quicker.
            self.stage.until(lambda: not Path(self.stage.plan["once"]).exists(), "somebody died there")
        self.stage.role("sweeper")
        self.stage.until_delivered()
        time.sleep(2 * self.stage.plan["timings"]["settle"])
        assert [mail["recipient"] for mail in self._read()] == [NUMBER]

    def _read(self) -> Any:
        with urllib.request.urlopen(f"{self.address}/mailbox/messages.json", timeout=5) as told:
            return json.load(told)

    def _answers(self) -> bool:
        try:
            return self._read() == []
        except OSError:
            return False


def plan() -> dict[str, Any]:
    return {"settings": {**TEXTS, "NOTIFY_URL": f"http://127.0.0.1:{free_port()}"}}


@pytest.mark.parametrize("whom", ["", "_worker"])
@pytest.mark.parametrize("point", ["after_claim", "after_marker", "after_bytes"])
def test_a_worker_killed_anywhere(tmp_path: Path, database: Database, point: str, whom: str) -> None:
    with Stage(tmp_path, database, redis=False, die_at=point + whom, **plan()) as stage:
        Texts(stage).arrive_once()


@pytest.mark.parametrize("kind", ["error_before", "error_after", "reset_after", "half_reply", "late"])
def test_a_notify_that_fails(tmp_path: Path, database: Database, kind: str) -> None:
    with Stage(tmp_path, database, redis=False, **plan()) as stage:
        texts = Texts(stage)
        texts.fault(kind)
        texts.arrive_once()
