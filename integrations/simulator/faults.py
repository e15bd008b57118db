"""Faults on request: what a back office does wrong, how often, and to which calls."""

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace

# Each kind, what it does, and the seconds it takes unless told otherwise.
KINDS: Mapping[str, tuple[str, float]] = {
    "slow": ("Answers properly, but only after some seconds", 5),
    "error_before": ("Answers 500 and takes nothing", 0),
    "error_after": ("Takes the case or update, then answers 500", 0),
    "reset_before": ("Resets the connection and takes nothing", 0),
    "reset_after": ("Takes the case or update, then resets the connection", 0),
    "half_reply": ("Takes the case or update, then breaks off halfway through its answer", 0),
    "no_id": ("Takes the case or update and answers 200 without its id", 0),
    "token": ("Answers with a token; the case has an id only after some seconds", 3),
    "late": ("Answers nothing, and takes the case or update only after some seconds", 5),
    "refuse_503": ("Answers 503 with Retry-After, and takes nothing", 2),
    "bad_request_400": ("Answers 400: the description is missing", 0),
}
CALLS = ("post", "get", "all")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `left`: for how many more calls, None for all; `probability`: 0 to 1."""

    kind: str
    seconds: float
    probability: float = 1.0
    left: int | None = None
    on: str = "post"


def read(told: Mapping[str, object]) -> Fault:
    """The fault that a form or a JSON object asks for. Raises ValueError, in words, if it makes no sense."""
    kind = str(told.get("kind", ""))
    if kind not in KINDS:
        raise ValueError(f"Choose a kind of fault: {', '.join(KINDS)}")
    seconds = _number(told.get("seconds"), KINDS[kind][1], "Seconds", 3600)
    probability = _number(told.get("probability"), 1, "Probability", 1)
    left = told.get("next") or None
    if left is not None and not (str(left).isascii() and str(left).isdigit()):
        raise ValueError("“For the next … calls” must be a whole number")
    on = str(told.get("on") or "post")
    if on not in CALLS:
        raise ValueError(f"“On” must be one of {', '.join(CALLS)}")
    return Fault(kind, seconds, probability, int(str(left)) if left else None, on)


def _number(told: object, default: float, name: str, largest: float) -> float:
    if told in (None, ""):
        return default
    try:
        value = float(str(told))
    except ValueError:
        raise ValueError(f"{name} must be a number") from None
    if not 0 <= value <= largest:
        raise ValueError(f"{name} must be from 0 to {largest:g}")
    return value


class Faults:
    """The faults in force at each council's back office; a restart clears them."""

    def __init__(self, seed: int | None = None) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - dice for faults, not for secrets
        self._lock = threading.Lock()
        self._in_force: dict[str, list[Fault]] = {}

    def listed(self, council: str) -> list[Fault]:
        """Those in force, in the order in which they are tried."""
        with self._lock:
            return list(self._in_force.get(council, []))

    def add(self, council: str, fault: Fault) -> None:
        """Put a fault in force."""
        with self._lock:
            self._in_force.setdefault(council, []).append(fault)

    def clear(self, council: str) -> None:
        """End every fault of the council's."""
        with self._lock:
            self._in_force.pop(council, None)

    def take(self, council: str, method: str) -> Fault | None:
        """The fault that befalls this call, if any; one for a number of calls is counted down."""
        with self._lock:
            faults = self._in_force.get(council, [])
            for place, fault in enumerate(faults):
                if fault.on not in ("all", method.lower()) or self._dice.random() >= fault.probability:
                    continue
                if fault.left is not None:
                    faults[place : place + 1] = (
                        [replace(fault, left=fault.left - 1)] if fault.left > 1 else []
                    )
                return fault
        return None
