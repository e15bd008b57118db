"""The languages of an installation: what is read, what is wrong with a file, and what is English."""

from pathlib import Path

import pytest

from selfservice.translations import ENGLISH, PSEUDO, Language, plural_texts, read_languages

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def offered(config: Path, tag: str, text: str) -> Language:
    """The language with this file of translations."""
    (config / "languages").mkdir(exist_ok=True)
    (config / "languages" / f"{tag}.po").write_text(HEAD + text, encoding="utf-8")
    [language], mistakes = read_languages([tag], config)
    assert mistakes == []
    return language


def test_english_and_the_pseudo_languages_need_no_file(tmp_path: Path) -> None:
    assert read_languages(["en", "en-XA", "ar-XB"], tmp_path) == (
        (ENGLISH, PSEUDO["en-XA"], PSEUDO["ar-XB"]),
        [],
    )
    assert ENGLISH.gettext("Services") == "Services"
    assert (ENGLISH.direction, PSEUDO["ar-XB"].direction) == ("ltr", "rtl")


def test_a_file_is_read_and_what_it_leaves_out_is_english(tmp_path: Path) -> None:
    welsh = offered(tmp_path, "cy", 'msgid "Services"\nmsgstr "Gwasanaethau"\n\nmsgid "Back"\nmsgstr ""\n')
    assert (welsh.name, welsh.direction) == ("Cymraeg", "ltr")
    assert welsh.gettext("Services") == "Gwasanaethau"
    assert welsh.gettext("Back") == "Back"
    assert welsh.gettext("Menu") == "Menu"


def test_months_come_from_unicode_unless_the_file_has_them(tmp_path: Path) -> None:
    welsh = offered(tmp_path, "cy", 'msgid "May"\nmsgstr "Mis Mai"\n')
    assert (welsh.gettext("March"), welsh.gettext("May")) == ("Mawrth", "Mis Mai")
    assert welsh.gettext("Monday") == "Dydd Llun"


def test_an_arabic_page_runs_from_right_to_left(tmp_path: Path) -> None:
    assert offered(tmp_path, "ar", "").direction == "rtl"


def test_each_plural_form_is_there_for_scripts(tmp_path: Path) -> None:
    polish = (
        'msgid "%{count} word"\nmsgid_plural "%{count} words"\n'
        'msgstr[0] "%{count} słowo"\nmsgstr[1] "%{count} słowa"\nmsgstr[2] "%{count} słów"\n'
    )
    language = offered(tmp_path, "pl", polish)
    texts = plural_texts(language, "%{count} word", "%{count} words")
    assert texts == {
        "one": "%{count} słowo",
        "few": "%{count} słowa",
        "many": "%{count} słów",
        "other": "%{count} słów",
    }


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("cy", "there is no file"),
        ("xx", "CLDR does not know"),
        ("../etc/passwd", "is not a tag"),
        ("english", "is not a tag"),
    ],
)
def test_a_language_that_cannot_be_offered_is_a_mistake(tmp_path: Path, tag: str, words: str) -> None:
    languages, [mistake] = read_languages(["en", tag], tmp_path)
    assert languages == (ENGLISH,)
    assert mistake.startswith(f"LANGUAGES: {tag}: ")
    assert words in mistake


def test_a_file_that_is_none_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / "cy.po").write_bytes(b'msgid "a\xff\nmsgstr')
    _, [mistake] = read_languages(["cy"], tmp_path)
    assert "cannot be read" in mistake
