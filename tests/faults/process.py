"""One process of a broken installation: `python -m tests.faults.process ROLE PLAN`, PLAN being a JSON file.

Roles: worker, sweeper, and submit, which accepts each key that it reads from its standard input and prints
the reference. The plan names the database, Redis, the back office and the timings; `parts` the service codes
under which each submission goes to the back office; `settings` further settings; `die_at` a point of the path
at which whoever comes first, and nobody after them, kills itself.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy.exc import DBAPIError

from integrations import registry
from selfservice.database import Database
from selfservice.domain.council import ConnectorChoice
from selfservice.domain.delivery import Timings
from selfservice.domain.draft import Draft
from selfservice.domain.submission import DeliverTo
from selfservice.installation import Installation
from selfservice.operations import delivering, submitting
from tests.factories.submitted import BOSTON, RESIDENT, anonymous, installation, settings
from workers import deliver, main, sweep
from workers.schedule import Stop


def build(plan: dict[str, Any]) -> Installation:
    """The installation that the plan describes."""
    told = settings(
        Path(plan["home"]),
        REDIS_URL=plan["redis_url"],
        REDIS_PREFIX=plan["prefix"],
        POLL_SECONDS="3600",
        **plan.get("settings", {}),
    )
    options = {
        "base_url": plan["back_office"],
        "lookup": "reference",
        "lists_updates": True,
        "allow_private": True,
        "connect_seconds": plan["timings"]["connect"],
        "read_seconds": plan["timings"]["send"],
    }
    connector = registry.build(ConnectorChoice("street-scene", "open311", options))
    return installation(Database(plan["database"]), told, connector, timings=Timings(**plan["timings"]))


def die_at(point: str, once: Path) -> None:
    """Arrange for the first process to come to `point` to be killed there: no clean-up, no farewell."""

    def die() -> None:
        try:
            once.unlink()
        except FileNotFoundError:
            return
        # The worker dies with its child, or the child alone.
        os.kill(os.getppid() if point.endswith("_worker") else os.getpid(), signal.SIGKILL)
        time.sleep(5)

    if point.startswith("after_claim"):
        delivering.mark = _before(delivering.mark, die)
    elif point.startswith("after_marker"):
        deliver._outcome = _before(deliver._outcome, die)
    elif point.startswith("after_bytes"):
        deliver._record = _before(deliver._record, die)


def _before(call: Callable[..., Any], first: Callable[[], None]) -> Callable[..., Any]:
    def both(*args: Any, **kwargs: Any) -> Any:
        first()
        return call(*args, **kwargs)

    return both


def submit(made: Installation, plan: dict[str, Any]) -> None:
    """Accept each key on standard input, trying again as a browser would; print key and reference."""
    codes = plan.get("parts", ["FLYTIP"])
    whole = anonymous(deliver=tuple(DeliverTo("street-scene", code) for code in codes))
    for line in sys.stdin:
        key = line.strip()
        began = datetime.now(UTC)
        draft = Draft(f"draft-{key}"[:36], "boston", "fly-tipping", {}, key, None, began, began)
        while True:
            try:
                with made.database.write() as session:
                    accepted = submitting.submit(
                        session,
                        RESIDENT,
                        draft,
                        whole,
                        made.links,
                        made.seals,
                        datetime.now(UTC),
                        council=BOSTON,
                    )
                break
            except DBAPIError:
                time.sleep(0.1)
        made.doorbell.ring(accepted.delivery_ids)
        print(key, accepted.reference, flush=True)


def run() -> None:
    """Play the role."""
    # Standard output is for references alone.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    role, plan = sys.argv[1], json.loads(Path(sys.argv[2]).read_text())
    made = build(plan)
    if plan.get("die_at") and role == "worker":
        die_at(plan["die_at"], Path(plan["once"]))
    if role == "worker":
        main.work(made)
    elif role == "sweeper":
        sweep.sweep(made, Stop())
    else:
        submit(made, plan)


if __name__ == "__main__":
    run()
