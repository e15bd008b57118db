"""Puts the simulator's parts together."""

from pathlib import Path

from integrations.simulator.cases import Memory
from integrations.simulator.faults import Faults
from integrations.simulator.open311 import Open311
from integrations.simulator.pages import Pages
from integrations.simulator.pushing import Pusher
from integrations.simulator.server import Simulator

COUNCILS = ("boston", "east-lindsey", "south-holland")


def build(
    home: Path,
    *,
    councils: tuple[str, ...] = COUNCILS,
    callbacks: str = "",
    push_secret: str = "",
    api_key: str = "",
    seed: int | None = None,
) -> Simulator:
    """A simulator that remembers in the folder `home`. `callbacks` is where selfservice is; may be empty."""
    memory = Memory(home)
    faults = Faults(seed)
    pages = Pages(memory, faults, councils)
    return Simulator(
        councils, memory, faults, Open311(memory, api_key), pages, Pusher(callbacks, push_secret)
    )
