"""Save and come back by text message: one box for either, and pages that say where the link went."""

from collections.abc import Callable
from pathlib import Path

import pytest

from selfservice.database import Database
from selfservice.installation import Installation
from tests.factories.installations import make_installation, make_settings
from tests.factories.phones import TEXTS, Handset
from tests.journeys.visitor import Visitor
from tests.selfservice.web.test_saving import ADA, CODE, Mailbox, half_way, wrong
from workers import deliver

Someone = Callable[[], Visitor]
NUMBER = "07700 900123"


@pytest.fixture
def installation(database: Database, tmp_path: Path) -> Installation:
    """An installation that sends text messages."""
    settings = make_settings(home=tmp_path, redis_url="", redis_prefix="none", **TEXTS)
    made = make_installation(settings=settings, database=database)
    made.__dict__["texter"] = Handset()
    return made


def save(visitor: Visitor, typed: str = NUMBER) -> str:
    """Save from the page in view; the code on the screen."""
    visitor.press({"do": "save"})
    visitor.press({"recipient": typed})
    assert visitor.path.endswith("/saved"), visitor.title
    found = CODE.search(visitor.text)
    assert found
    return found[1]


def test_a_draft_saved_by_text_is_come_back_to_on_the_phone(
    someone: Someone, installation: Installation
) -> None:
    desk, phone = half_way(someone()), someone()
    code = save(desk)
    assert "text message that we sent to <strong>07700 900123</strong>" in desk.text
    assert "it is not in our text message" in desk.text
    assert "our email" not in desk.text
    deliver.batch(installation)
    handset = installation.texter
    assert isinstance(handset, Handset)
    [text] = handset.texts
    assert text.to == "+447700900123"
    assert code not in text.words
    phone.open(text.words.split("http://localhost")[1].split()[0])
    assert "by text message to the number that the link went to" in phone.text
    phone.press({"code": code})
    assert phone.path.endswith("/size")


def test_code_and_new_link_are_said_to_go_to_the_number(someone: Someone, installation: Installation) -> None:
    code, phone, mailbox = save(half_way(someone())), someone(), Mailbox(installation)
    link = mailbox.link()
    phone.open(link)
    phone.press(at=f"{link}/code")
    assert "by text message to the number" in phone.text.split('class="notice')[1].split("</div>")[0]
    for _ in range(5):
        phone.open(link)
        phone.press({"code": wrong(code)})
    assert "a new link to the same number" in phone.text
    phone.press(at=f"{link}/new-link")
    assert "Open the newest text message from us" in phone.text
    phone.open(mailbox.link())
    phone.press({"code": code})
    assert phone.path.endswith("/size")


def test_an_email_address_goes_on_working_in_the_same_box(
    someone: Someone, installation: Installation
) -> None:
    desk = half_way(someone())
    save(desk, ADA)
    assert f"in the email that we sent to <strong>{ADA}</strong>" in desk.text
    assert Mailbox(installation).bodies()[0].startswith("Hello,")


@pytest.mark.parametrize(
    "typed", ["+44 7700 900123", "0044 7700 900 123", "(07700) 900-123", "tel:07700900123"]
)
def test_a_number_is_taken_however_it_is_written(someone: Someone, typed: str) -> None:
    desk = half_way(someone())
    save(desk, typed)
    assert "07700 900123" in desk.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Enter an email address or a mobile number"),
        ("ada", "or a UK mobile number, like 07700 900 982"),
        ("01632 960001", "or a UK mobile number, like 07700 900 982"),
        ("070 1234 5678", "or a UK mobile number, like 07700 900 982"),
        ("+33 6 12 34 56 78", "or a UK mobile number, like 07700 900 982"),
        ("07700 900", "or a UK mobile number, like 07700 900 982"),
        ("ada@", "Enter an email address in the correct format"),
    ],
)
def test_what_is_neither_is_asked_for_again_with_what_was_typed(
    visitor: Visitor, typed: str, told: str
) -> None:
    half_way(visitor).press({"do": "save"})
    assert visitor.press({"recipient": typed}).status_code == 422
    assert visitor.title.startswith("Error: ")
    assert told in visitor.text
    assert 'href="#recipient"' in visitor.text
    assert not typed or f'value="{typed}"' in visitor.text


def test_the_page_offers_both(visitor: Visitor) -> None:
    half_way(visitor).press({"do": "save"})
    assert "Email address or mobile number" in visitor.text
    assert "cannot send links by text message" not in visitor.text


def test_links_to_one_number_are_limited_however_it_is_written(visitor: Visitor) -> None:
    half_way(visitor)
    ask = visitor.path.replace("/size", "/save")
    statuses = []
    for number in range(6):
        visitor.open(ask)
        typed = NUMBER if number % 2 else "+447700900123"
        statuses.append(visitor.press({"recipient": typed}).status_code)
    assert statuses == [200] * 5 + [429]
    assert "Look in your text messages first" in visitor.text
