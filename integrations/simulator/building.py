"""Puts the simulator's parts together: an office for each connector of each council."""

from collections.abc import Iterator
from pathlib import Path

from integrations.simulator.cases import Memory
from integrations.simulator.faults import Faults
from integrations.simulator.notify import Notify
from integrations.simulator.open311 import Open311
from integrations.simulator.pages import Pages
from integrations.simulator.pushing import Office, Pusher
from integrations.simulator.server import Simulator

COUNCILS = ("boston", "east-lindsey", "south-holland")
CONNECTORS = ("street-scene", "revenues", "customer-services")


def build(
    home: Path,
    *,
    councils: tuple[str, ...] = COUNCILS,
    connectors: tuple[str, ...] = CONNECTORS,
    callbacks: str = "",
    push_secret: str = "",
    api_key: str = "",
    seed: int | None = None,
) -> Simulator:
    """A simulator that remembers in the folder `home`. `callbacks` is where selfservice is; may be empty."""
    memory = Memory(home)
    faults = Faults(seed)
    offices = {office.slug: office for office in _offices(councils, connectors)}
    pages = Pages(memory, faults, {slug: office.name for slug, office in offices.items()})
    pusher = Pusher(callbacks, push_secret, offices)
    return Simulator(tuple(offices), memory, faults, Open311(memory, api_key), Notify(memory), pages, pusher)


def _offices(councils: tuple[str, ...], connectors: tuple[str, ...]) -> Iterator[Office]:
    """Each council's offices; the first connector's has the council's own address."""
    for council in councils:
        for connector in connectors:
            slug = council if connector == connectors[0] else f"{council}-{connector}"
            yield Office(
                slug, council, connector, f"{council.replace('-', ' ').title()} {connector.replace('-', ' ')}"
            )
