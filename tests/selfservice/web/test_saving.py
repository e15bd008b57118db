"""Save and come back later, page by page: the link, the code, the other browser, and every way to be refused."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from selfservice.installation import Installation
from selfservice.operations import notifying, saving_letters
from selfservice.store.notifications import NotificationRow
from selfservice.web import sending
from tests.factories.reports import fly_tipping
from tests.journeys.visitor import Visitor

Someone = Callable[[], Visitor]

BOSTON = "PE21 6QR"
ADA = "ada@example.org"
PAGES = list(fly_tipping(where=BOSTON, name="Ada Marsh", email=ADA, witnessed=False))
CODE = re.compile(r'class="reference code">(\d{3} \d{3})<')


class Mailbox:
    """What was sent, as whoever has the mailbox reads it."""

    def __init__(self, installation: Installation) -> None:
        self._here = installation

    def bodies(self) -> list[str]:
        with self._here.database.read() as session:
            ids = session.scalars(sa.select(NotificationRow.id).order_by(NotificationRow.id)).all()
            letters = [
                saving_letters.filled_in(session, self._here.links, each, notifying.letter(session, each))
                for each in ids
            ]
        return [letter.body for letter in letters]

    def link(self) -> str:
        """The newest link, without host."""
        found = [re.search(r"http://localhost(/return/\S+)", body) for body in self.bodies()]
        return [match[1] for match in found if match][-1]

    def code(self) -> str:
        """The newest code."""
        found = re.search(r"Your code is: (\d{3} \d{3})", self.bodies()[-1])
        assert found, self.bodies()[-1]
        return found[1]


@pytest.fixture
def mailbox(installation: Installation) -> Mailbox:
    return Mailbox(installation)


def half_way(visitor: Visitor) -> Visitor:
    """Bring a visitor to the page that asks how much there is."""
    visitor.begin("boston", "fly-tipping")
    visitor.fill_in(PAGES[:4])
    assert visitor.path.endswith("/size")
    return visitor


def save(visitor: Visitor, typed: dict[str, object] | None = None, email: str = ADA) -> str:
    """Save from the page in view; the code on the screen."""
    visitor.press({**(typed or {}), "do": "save"})
    assert visitor.path.endswith("/save"), visitor.title
    visitor.press({"recipient": email})
    assert visitor.path.endswith("/saved"), visitor.title
    found = CODE.search(visitor.text)
    assert found
    return found[1]


def wrong(code: str) -> str:
    return f"{(int(code.replace(' ', '')) + 1) % 1_000_000:06d}"


def test_a_draft_is_come_back_to_in_another_browser_and_sent_from_there(
    someone: Someone, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)
    desk, phone = half_way(someone()), someone()
    code = save(desk, {"size": "car-boot"})
    phone.open(mailbox.link())
    assert phone.title.startswith("Enter your code")
    phone.press({"code": code})
    assert phone.path.endswith(
        "/road"
    )  # what was typed before saving was kept: the next page wants an answer
    phone.fill_in(PAGES[5:])
    assert "car boot" in phone.text.lower()
    assert phone.send().startswith("BOS")


def test_every_page_and_check_answers_offer_it(visitor: Visitor) -> None:
    visitor.begin("boston", "fly-tipping")
    for page in PAGES:
        assert "Save and come back later" in visitor.text, visitor.path
        visitor.fill_in([page])
    assert visitor.path.endswith("/check-answers")
    assert "Save and come back later" in visitor.text
    visitor.press({"do": "save"})
    assert visitor.path.endswith("/save")


def test_the_start_the_stop_and_the_confirmation_do_not_offer_it(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)
    visitor.open("/boston/fly-tipping/")
    assert "Save and come back later" not in visitor.text
    visitor.begin("boston", "fly-tipping")
    visitor.fill_in(PAGES)
    visitor.send()
    assert "Save and come back later" not in visitor.text


def test_what_cannot_be_taken_is_kept_too_and_shown_with_what_is_wrong(
    someone: Someone, mailbox: Mailbox
) -> None:
    desk, phone = someone(), someone()
    desk.begin("boston", "fly-tipping")
    code = save(desk, {"place": "PE21 <nowhere>"})
    phone.open(mailbox.link())
    phone.press({"code": code})
    assert phone.path.endswith("/where")
    assert phone.title.startswith("Error: ")
    assert "PE21 &lt;nowhere&gt;" in phone.text


def test_a_page_left_empty_is_no_mistake_when_it_is_come_back_to(visitor: Visitor) -> None:
    half_way(visitor)
    save(visitor)
    visitor.open(re.search(r'<a href="([^"]+/size[^"]*)"[^>]*>Go on now', visitor.text)[1])  # type: ignore[index]
    assert visitor.path.endswith("/size")
    assert not visitor.title.startswith("Error: ")


def test_photos_can_be_saved_from_as_well(visitor: Visitor) -> None:
    visitor.begin("boston", "fly-tipping")
    visitor.fill_in(PAGES[:-2])
    assert visitor.path.endswith("/photos")
    save(visitor)


@pytest.mark.parametrize("email", ["", "ada at example", "ada@", "07700 900123"])
def test_an_address_that_is_none_is_asked_for_again(visitor: Visitor, email: str) -> None:
    half_way(visitor).press({"do": "save"})
    answer = visitor.press({"recipient": email})
    assert answer.status_code == 422
    assert visitor.title.startswith("Error: ")
    assert 'href="#recipient"' in visitor.text


def test_the_page_says_that_text_messages_are_not_possible_yet(visitor: Visitor) -> None:
    half_way(visitor).press({"do": "save"})
    assert "cannot send links by text message yet" in visitor.text


def test_the_code_survives_a_reload_and_says_until_when(visitor: Visitor) -> None:
    code = save(half_way(visitor))
    visitor.open(visitor.path)
    assert code in visitor.text
    assert ADA in visitor.text
    assert re.search(r"by <strong>\w+day \d+ \w+ \d{4}</strong>", visitor.text)


def test_opening_the_link_as_often_as_scanners_do_changes_nothing(someone: Someone, mailbox: Mailbox) -> None:
    desk, scanner, phone = half_way(someone()), someone(), someone()
    code = save(desk)
    for _ in range(5):
        assert FlaskClient.open(scanner.client, mailbox.link(), method="HEAD").status_code == 200
        assert scanner.open(mailbox.link()).status_code == 200
    desk.open(desk.path.replace("/saved", "/size"))
    assert desk.path.endswith("/size")
    phone.open(mailbox.link())
    assert phone.press({"code": code}).status_code == 200
    assert phone.path.endswith("/size")


def test_the_link_shows_nothing_of_what_was_answered(someone: Someone, mailbox: Mailbox) -> None:
    save(half_way(someone()))
    stranger = someone()
    stranger.open(mailbox.link())
    for answer in (BOSTON, "By the gate", ADA, "Tyres"):
        assert answer not in stranger.text


def test_the_sixth_guess_is_refused_though_it_is_right(someone: Someone, mailbox: Mailbox) -> None:
    desk, guesser = half_way(someone()), someone()
    code = save(desk)
    guesser.open(mailbox.link())
    statuses = [guesser.press({"code": wrong(code)}).status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 410]
    assert "We have locked this link" in guesser.text
    guesser.client.post(mailbox.link(), data={"code": code, **guesser.hidden()})
    assert guesser.open(mailbox.link()).status_code == 410
    assert guesser.open(desk.path.replace("/saved", "/size")).status_code == 404
    desk.open(desk.path.replace("/saved", "/size"))
    assert desk.path.endswith("/size")


def test_a_locked_link_is_replaced_by_a_new_one_that_takes_the_same_code(
    someone: Someone, mailbox: Mailbox
) -> None:
    desk, phone = half_way(someone()), someone()
    code = save(desk)
    old = mailbox.link()
    phone.open(old)
    for _ in range(5):
        phone.press({"code": wrong(code)})
    phone.press(at=f"{old}/new-link")
    assert phone.page is not None
    assert phone.page.status_code == 410
    assert "There is a newer link" in phone.text
    assert mailbox.link() != old
    phone.open(mailbox.link())
    phone.press({"code": code})
    assert phone.path.endswith("/size")


def test_saving_again_supersedes_the_link_before(someone: Someone, mailbox: Mailbox) -> None:
    desk, phone = half_way(someone()), someone()
    save(desk)
    old = mailbox.link()
    desk.open(desk.path.replace("/saved", "/save"))
    desk.press({"recipient": "marsh@example.org"})
    assert phone.open(old).status_code == 410
    assert "There is a newer link" in phone.text


def test_whoever_lost_the_code_is_sent_one(someone: Someone, mailbox: Mailbox) -> None:
    desk, phone = half_way(someone()), someone()
    save(desk)
    link = mailbox.link()
    phone.open(link)
    phone.press(at=f"{link}/code")
    assert "We have sent a code" in phone.text
    phone.press({"code": mailbox.code()})
    assert phone.path.endswith("/size")


def test_codes_are_sent_three_times_in_a_quarter_of_an_hour(someone: Someone, mailbox: Mailbox) -> None:
    save(half_way(someone()))
    link, phone = mailbox.link(), someone()
    statuses = []
    for _ in range(4):
        phone.open(link)
        statuses.append(phone.press(at=f"{link}/code").status_code)
    assert statuses == [200, 200, 200, 429]


def test_links_to_one_address_are_limited(visitor: Visitor) -> None:
    half_way(visitor)
    ask = visitor.path.replace("/size", "/save")
    statuses = []
    for number in range(6):
        visitor.open(ask)
        statuses.append(visitor.press({"recipient": ADA.upper() if number % 2 else ADA}).status_code)
    assert statuses == [200] * 5 + [429]


def test_the_browser_before_has_it_no_longer_and_is_told_why(someone: Someone, mailbox: Mailbox) -> None:
    desk, phone = half_way(someone()), someone()
    code = save(desk)
    phone.open(mailbox.link())
    phone.press({"code": code})
    page = desk.open(desk.path.replace("/saved", "/size"))
    assert page.status_code == 410
    assert "on another device" in desk.text
    desk.open(mailbox.link())
    desk.press({"code": code})
    assert desk.path.endswith("/size")


def test_once_it_was_sent_the_link_says_so_and_shows_nothing(
    someone: Someone, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)
    desk, phone = half_way(someone()), someone()
    code = save(desk)
    link = mailbox.link()
    desk.open(desk.path.replace("/saved", "/size"))
    desk.fill_in(PAGES[4:])
    reference = desk.send()
    assert phone.open(link).status_code == 410
    assert "already sent" in phone.text
    assert 'href="/progress"' in phone.text
    phone.press({"code": code}, csrf_token=token(phone))
    for personal in (reference, ADA, BOSTON):
        assert personal not in phone.text


def token(visitor: Visitor) -> str:
    """A token for posts from pages that have no form."""
    other = Visitor(visitor.client)
    other.open("/progress")
    return other.hidden()["csrf_token"]


def test_a_link_that_nobody_made_leads_nowhere_with_the_same_status(visitor: Visitor) -> None:
    assert visitor.open("/return/" + "x" * 43).status_code == 410
    assert "This link no longer works" in visitor.text


def test_an_expired_token_does_nothing_and_asks_once_more(someone: Someone, mailbox: Mailbox) -> None:
    desk, phone = half_way(someone()), someone()
    desk.press({"do": "save"})
    assert desk.press({"recipient": ADA}, csrf_token="old").status_code == 400
    assert f'value="{ADA}"' in desk.text
    assert mailbox.bodies() == []
    desk.press({"recipient": ADA})
    code = CODE.search(desk.text)[1]  # type: ignore[index]
    phone.open(mailbox.link())
    for _ in range(6):
        assert phone.press({"code": wrong(code)}, csrf_token="old").status_code == 400
    phone.press({"code": code})
    assert phone.path.endswith("/size")


def test_the_token_is_in_no_log_and_no_referrer(
    someone: Someone, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    from selfservice.web.logging import configure

    configure("INFO")
    desk, phone = half_way(someone()), someone()
    code = save(desk)
    link = mailbox.link()
    policies = [phone.open(link).headers["Referrer-Policy"]]
    policies.append(phone.press({"code": wrong(code)}).headers["Referrer-Policy"])
    phone.press(at=f"{link}/code")
    phone.open(link)
    phone.press({"code": code})
    written = capsys.readouterr().out
    assert "/return/<token>" in written
    assert link.removeprefix("/return/") not in written
    assert code not in written
    assert ADA not in written
    # Browsers take the last that they know: the origin alone, so that no address with a token goes anywhere.
    assert set(policies) == {"same-origin, strict-origin"}


def test_only_the_holder_sees_the_pages_about_saving(someone: Someone) -> None:
    desk, other = half_way(someone()), someone()
    save(desk)
    for slug in ("save", "saved", "kept"):
        assert other.open(desk.path.replace("/saved", f"/{slug}")).status_code == 404


def test_a_page_closed_for_want_of_use_kept_everything_and_leads_back(visitor: Visitor) -> None:
    half_way(visitor)
    visitor.press({"size": "car-boot", "do": "keep"})
    assert visitor.path.endswith("/kept")
    assert "We saved your answers" in visitor.text
    visitor.open(re.search(r'<a href="([^"]+)"[^>]*>Go on', visitor.text)[1])  # type: ignore[index]
    assert visitor.path.endswith("/road")


def test_staying_gives_a_fresh_token_that_forms_take(visitor: Visitor) -> None:
    half_way(visitor)
    fresh = visitor.client.get("/stay")
    assert fresh.headers["Cache-Control"] == "no-store"
    visitor.press({"size": "car-boot"}, csrf_token=fresh.json["token"])
    assert visitor.path.endswith("/road")


def test_question_pages_carry_the_warning_and_other_pages_do_not(visitor: Visitor) -> None:
    visitor.open("/boston/fly-tipping/")
    assert "data-timeout" not in visitor.text
    half_way(visitor)
    assert 'data-idle="3600" data-warned="120"' in visitor.text
    assert "data-unsaved" not in visitor.text
    visitor.press({"size": "car-boot"}, csrf_token="old")
    assert "data-unsaved" in visitor.text
