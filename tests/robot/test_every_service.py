"""A robot that knows only HTML sends every service of the catalogue and comes to each page that ends a journey."""

import random

import pytest
from flask import Flask

from forms import catalogue
from forms.kit.audience import for_residents
from forms.kit.service import Stop
from selfservice import clock
from selfservice.configuration import load_councils
from selfservice.settings import ROOT
from selfservice.web import sending
from tests.robot.robot import HttpHands, Robot

COUNCILS = load_councils(ROOT / "config", {})
OFFERED = {slug: catalogue.for_council(council) for slug, council in COUNCILS.items()}
MOST_JOURNEYS = 300


def taken_by(slug: str, seed: int) -> str:
    """A council that takes the service online, another for each seed where several do."""
    takers = [
        council for council, services in OFFERED.items() if slug in services and not services[slug].signposted
    ]
    assert takers, f"no council takes {slug}"
    return random.Random(f"{slug}{seed}").choice(takers)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("slug", sorted(catalogue.SERVICES))
def test_a_robot_that_knows_only_html_sends_it_and_reaches_every_stop(
    slug: str, seed: int, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)
    council = taken_by(slug, seed)
    service = for_residents(OFFERED[council][slug])
    stops = {page.title for page in service.pages if isinstance(page, Stop)}
    robot = Robot(HttpHands(app.test_client()), seed, clock.now().date())
    reached: set[str | None] = set()
    references: set[str] = set()
    for _ in range(MOST_JOURNEYS):
        journey = robot.go_through(f"/{council}/{slug}/")
        reached.add(journey.stopped_at)
        if journey.reference:
            references.add(journey.reference)
        if references and stops <= reached:
            break
    assert references, f"never sent; stopped at {sorted(filter(None, reached))}"
    assert stops <= reached, f"never came to {sorted(stops - reached)}"
