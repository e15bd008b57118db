"""Ten services by keyboard alone, and ten without JavaScript, in a real browser: `make sweep`."""

from collections.abc import Callable

import pytest

from selfservice import clock
from tests.browser.conftest import Visitor
from tests.robot.browsing import BrowserHands, KeyboardHands
from tests.robot.robot import Hands, HttpHands, Robot
from tests.robot.test_every_service import taken_by
from tests.sweep.conftest import Web

pytestmark = [pytest.mark.slow, pytest.mark.browser]
Come = Callable[[int, bool], Visitor]
MOST_JOURNEYS = 60
BY_KEYBOARD = (
    *("fly-tipping", "missed-bin", "abandoned-vehicle", "noise", "bulky-waste"),
    *("garden-waste", "assisted-bin-collection", "moving-home", "single-person-discount", "complaint"),
)
WITHOUT_SCRIPTS = (
    *("fly-tipping", "litter", "new-bin", "tell-us-once", "council-tax-reduction"),
    *("benefit-change", "someone-has-died", "parking-permit", "pothole", "freedom-of-information"),
)


def sent(slug: str, web: Web, hands: Hands) -> None:
    """Send a service by these hands: first by posting forms, to learn which answers lead to the end."""
    start = f"/{taken_by(slug, 1)}/{slug}/"
    robot = Robot(HttpHands(web.app.test_client()), 1, clock.now().date())
    assert any(robot.go_through(start).reference for _ in range(MOST_JOURNEYS)), f"{slug} was never sent"
    robot.hands, robot.only_to_the_end = hands, True
    assert any(robot.go_through(start).reference for _ in range(MOST_JOURNEYS)), f"{slug} was never sent"


@pytest.mark.parametrize("slug", BY_KEYBOARD)
def test_it_can_be_sent_by_keyboard_alone(slug: str, web: Web, visitor: Come) -> None:
    someone = visitor(1280, True)
    sent(slug, web, KeyboardHands(someone.page, web.address))
    assert someone.complaints == []


@pytest.mark.parametrize("slug", WITHOUT_SCRIPTS)
def test_it_can_be_sent_without_javascript_on_a_small_screen(slug: str, web: Web, visitor: Come) -> None:
    someone = visitor(360, False)
    sent(slug, web, BrowserHands(someone.page, web.address))
