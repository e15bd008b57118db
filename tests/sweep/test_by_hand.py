"""Ten services by keyboard alone, and ten without JavaScript, in a real browser: `make sweep`."""

from collections.abc import Callable

import pytest

from selfservice import clock
from tests.browser.conftest import Visitor
from tests.robot.browsing import BrowserHands, KeyboardHands
from tests.robot.robot import Robot
from tests.robot.test_every_service import taken_by
from tests.sweep.conftest import Web

pytestmark = [pytest.mark.slow, pytest.mark.browser]
Come = Callable[[int, bool], Visitor]
MOST_JOURNEYS = 12
BY_KEYBOARD = (
    *("fly-tipping", "missed-bin", "abandoned-vehicle", "noise", "bulky-waste"),
    *("garden-waste", "assisted-collection", "moving-home", "single-person-discount", "complaint"),
)
WITHOUT_SCRIPTS = (
    *("fly-tipping", "litter", "new-bin", "tell-us-once", "council-tax-reduction"),
    *("benefit-change", "someone-has-died", "parking-permit", "pothole", "freedom-of-information"),
)


def sent(robot: Robot, slug: str) -> None:
    """Go through a service until it has been sent, however often the answers lead to a stop."""
    council = taken_by(slug, 1)
    for _ in range(MOST_JOURNEYS):
        if robot.go_through(f"/{council}/{slug}/").reference:
            return
    pytest.fail(f"{slug} was never sent")


@pytest.mark.parametrize("slug", BY_KEYBOARD)
def test_it_can_be_sent_by_keyboard_alone(slug: str, web: Web, visitor: Come) -> None:
    someone = visitor(1280, True)
    sent(Robot(KeyboardHands(someone.page, web.address), 1, clock.now().date()), slug)
    assert someone.complaints == []


@pytest.mark.parametrize("slug", WITHOUT_SCRIPTS)
def test_it_can_be_sent_without_javascript_on_a_small_screen(slug: str, web: Web, visitor: Come) -> None:
    someone = visitor(360, False)
    sent(Robot(BrowserHands(someone.page, web.address), 1, clock.now().date()), slug)
