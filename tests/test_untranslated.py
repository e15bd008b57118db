"""The finder of untranslated words finds them, and lets data and other languages be."""

import pytest

from tests.untranslated import untranslated

PAGE = '<html lang="en-XA"><head><title>[Šéŕṽîçéš]</title></head><body>{}</body></html>'


@pytest.mark.parametrize(
    "part",
    [
        "<p>[Šéŕṽîçéš] for you</p>",
        '<nav aria-label="Menu"></nav>',
        '<img alt="Photo 1">',
        '<input placeholder="Your name">',
        '<div data-i18n.characters-under-limit.one="left"></div>',
        """<div data-words='{"hint": "Click the map"}'></div>""",
        "<p>[Ýéš] <b lang='en-XA'>Send</b></p>",
    ],
)
def test_plain_words_are_found(part: str) -> None:
    assert untranslated(PAGE.format(part))


@pytest.mark.parametrize(
    "part",
    [
        "<p>[Šéŕṽîçéš] 7</p>",
        '<p>[Šéŕṽîçéš] <span lang="en">A crew is on its way</span></p>',
        "<p>[Çåļļ] Boston Borough Council</p>",
        "<p>PE21 6QR ada@example.org https://example.org/a BOS-1234-ABCD</p>",
        "<script>let words</script>",
        '<input value="what they typed" class="govuk-input" name="other">',
    ],
)
def test_data_and_other_languages_are_let_be(part: str) -> None:
    assert untranslated(PAGE.format(part), ["Boston Borough Council"]) == []


def test_a_page_in_english_was_not_translated() -> None:
    assert untranslated('<html lang="en"><body><p>[Šéŕṽîçéš]</p></body></html>')
