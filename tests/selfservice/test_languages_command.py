"""What translators are given: every text of pages, code, services and councils, and how much is done."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from selfservice import languages_command
from selfservice.settings import Settings
from tests.factories.installations import make_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings whose configuration is this project's, in a folder of the test's own."""
    config = tmp_path / "config"
    config.mkdir()
    ours = make_settings(home=tmp_path, redis_url="", redis_prefix="").config_folder
    for each in ("councils", "authorities.toml"):
        (config / each).symlink_to(ours / each)
    told = {"CONFIG_FOLDER": str(config), "LANGUAGES": "en,cy"}
    return make_settings(home=tmp_path, redis_url="", redis_prefix="", **told)


@pytest.mark.parametrize(
    "text",
    [
        "Skip to main content",  # a template
        "You can enter up to %{count} characters",  # a component's macro
        ("%(num)s photo added", "%(num)s photos added"),  # by number
        "We could not read what was sent",  # a constant of the web
        "{noun} must be a real date",  # an error of the forms kit
        "There is no postcode {postcode}. Check it and try again, or enter a grid reference",
        "Work on it is in progress.",  # the timeline
        "It has been resolved.",  # an e-mail
        "What kind of land is it on?",  # a service
        "Yes",
        "Send report",  # the button of a kind
        "Monday to Friday, 9am to 5pm",  # a council
        "March",
        "Or put a pin on the map",  # a script
        "{label} (optional)",
    ],
)
def test_texts_of_every_source_are_collected(settings: Settings, text: str | tuple[str, str]) -> None:
    ids = {message.id for message in languages_command.messages(settings)}
    assert text in ids or any(isinstance(each, tuple) and set(each) == set(text) for each in ids)


def test_they_are_written_where_translations_lie(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    languages_command.extract(settings, datetime(2026, 3, 2, tzinfo=UTC))
    written = settings.config_folder / "languages" / "messages.pot"
    assert 'msgid "Skip to main content"' in written.read_text(encoding="utf-8")
    assert str(written) in capsys.readouterr().out


def test_how_much_is_translated_is_told(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    (settings.config_folder / "languages").mkdir()
    (settings.config_folder / "languages" / "cy.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Yes"\nmsgstr "Ie"\n',
        encoding="utf-8",
    )
    languages_command.told(settings)
    english, welsh = capsys.readouterr().out.splitlines()
    assert english == "en\tEnglish"
    assert welsh.startswith("cy\tCymraeg\t1 of ")
