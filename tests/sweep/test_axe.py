"""axe on each page of each service, as it opens and in its error state, at 360 and 1280 px: `make sweep`.

A robot without a browser goes through the service; the browser, which holds the robot's cookie, looks at each
page that it comes to, and then at the same page after nothing was typed into it.
"""

from collections.abc import Callable

import pytest

from forms import catalogue
from forms.kit.audience import for_residents
from forms.kit.service import Page, Stop
from selfservice import clock
from tests.browser.conftest import Visitor
from tests.robot.page import Page as Seen
from tests.robot.robot import HttpHands, Robot
from tests.robot.test_every_service import OFFERED, taken_by
from tests.sweep.conftest import Web

pytestmark = [pytest.mark.slow, pytest.mark.browser]
MOST_JOURNEYS = 150
Come = Callable[[int, bool], Visitor]


class Looking:
    """Looks at each page once, and at each once in its error state."""

    def __init__(self, web: Web, hands: HttpHands, visitors: list[Visitor], questions: set[str]) -> None:
        self.web, self.hands, self.visitors, self.questions = web, hands, visitors, questions
        self.seen: set[str] = set()
        self.mistaken: set[str] = set()

    def look(self) -> None:
        """Look at the page that the robot is on."""
        step = self.hands.path.rpartition("/")[2]
        asks = Seen(self.hands.html).form is not None
        if step in self.questions and not asks:
            step += "-not-taken"  # what stands there when the place is in a council that does not offer it
        if step in self.seen:
            return
        self.seen.add(step)
        self._judge(self.hands.path, step)
        if step and asks and step not in ("check-answers", "sent"):
            self._mistake(step)

    def _mistake(self, step: str) -> None:
        """Press the button with nothing typed; where that is refused, look at the page that says so."""
        here = self.hands.path
        page = Seen(self.hands.html)
        client = HttpHands(self.hands.client)
        client.open(here)
        client.press(page, {}, None)
        if client.path == here and Seen(client.html).errors():
            self.mistaken.add(step)
            self._judge(f"{here}?wrong=1", f"{step}-error")

    def _judge(self, address: str, name: str) -> None:
        cookie = self.hands.client.get_cookie("selfservice")
        assert cookie is not None
        for visitor in self.visitors:
            visitor.page.context.add_cookies(
                [{"name": "selfservice", "value": cookie.value, "url": self.web.address}]
            )
            visitor.page.goto(f"{self.web.address}{address}")
            visitor.judged(name)


@pytest.mark.parametrize("slug", sorted(catalogue.SERVICES))
def test_axe_finds_nothing_on_any_page_of_it(slug: str, web: Web, visitor: Come) -> None:
    council = taken_by(slug, 1)
    service = for_residents(OFFERED[council][slug])
    hands = HttpHands(web.app.test_client())
    questions = {page.slug for page in service.pages if isinstance(page, Page)}
    looking = Looking(web, hands, [visitor(360, True), visitor(1280, True)], questions)
    robot = Robot(hands, 1, clock.now().date(), looking.look)
    wanted = {page.slug for page in service.pages}
    for _ in range(MOST_JOURNEYS):
        hands.open(f"/{council}/{slug}/")
        looking.look()
        robot.go_through(f"/{council}/{slug}/")
        if wanted <= looking.seen and "sent" in looking.seen:
            break
    assert wanted <= looking.seen, f"never came to {sorted(wanted - looking.seen)}"
    # A page whose every question may be left blank has no error state of this kind; a Stop has none at all.
    demanding = {
        page.slug
        for page in service.pages
        if isinstance(page, Page) and any(not question.optional for question in page.asked)
    }
    assert demanding <= looking.mistaken, f"no error state seen of {sorted(demanding - looking.mistaken)}"
    assert not any(isinstance(page, Stop) and page.slug in looking.mistaken for page in service.pages)
