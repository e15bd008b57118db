"""Text messages are offered where the settings name a Notify, and what is wrong with them is told by name."""

from pathlib import Path

import pytest

from integrations.messages.texts import Texter
from selfservice.demo import Ports, demonstration
from selfservice.settings import Misconfigured, load_settings
from tests.factories.phones import NOTIFY_KEY, TEXTS
from tests.factories.submitted import settings


def test_unless_told_otherwise_nobody_sends_texts(tmp_path: Path) -> None:
    told = settings(tmp_path).texting
    assert not told.offered
    assert told.open_texter() is None


def test_texts_are_sent_where_the_settings_say_and_the_key_is_not_shown(tmp_path: Path) -> None:
    told = settings(tmp_path, **TEXTS).texting
    assert told.offered
    assert isinstance(told.open_texter(), Texter)
    assert NOTIFY_KEY not in repr(settings(tmp_path, **TEXTS))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NOTIFY_URL", "api.notifications.service.gov.uk"),
        ("NOTIFY_URL", "https://host:port"),
        ("NOTIFY_URL", "https://host/v2"),
        ("NOTIFY_API_KEY", ""),
        ("NOTIFY_API_KEY", "hidden-0198f2a0"),
        ("NOTIFY_TEMPLATE_ID", ""),
        ("NOTIFY_TEMPLATE_ID", "a-template"),
    ],
)
def test_a_mistake_is_told_by_the_name_of_its_setting(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        settings(tmp_path, **{**TEXTS, name: value})
    [line] = caught.value.mistakes
    assert line.startswith(f"{name}: ")
    assert "hidden" not in line


def test_the_demonstration_offers_texts_by_itself(tmp_path: Path) -> None:
    told = demonstration({}, tmp_path, Ports(8000, 8001, 8025))
    assert load_settings(told).texting.url == "http://127.0.0.1:8001"
