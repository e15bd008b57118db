"""The languages that an installation offers: English as it is written, others from `languages/<tag>.po`.

A file of translations is gettext's own (docs/languages.md); it stands beside the councils' files, since it holds
their words too. What it does not translate is shown in English.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from selfservice.pseudo import Pseudo, accented, turned

FOLDER = "languages"
TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


@dataclass(frozen=True, eq=False)
class Language:
    """One language: its tag (BCP 47), its name in itself, which way it runs ("ltr" or "rtl"), what CLDR says
    of it, and its translations. `pseudo` when nobody speaks it."""

    tag: str
    name: str
    direction: str
    locale: Locale
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]
    pseudo: bool = False

    @property
    def is_english(self) -> bool:
        """Whether this is the language that everything is written in."""
        return self.tag == "en"


def _language(tag: str, locale: Locale, translations: NullTranslations, name: str = "") -> Language:
    return Language(
        tag=tag,
        name=name or (locale.get_language_name() or tag).capitalize(),
        direction="rtl" if tag == "ar-XB" else locale.text_direction,
        locale=locale,
        gettext=translations.gettext,
        ngettext=translations.ngettext,
        pseudo=isinstance(translations, Pseudo),
    )


ENGLISH = _language("en", Locale("en", "GB"), NullTranslations(), "English")
PSEUDO = {
    tag: _language(tag, Locale("en", "GB"), Pseudo(rule), name)
    for tag, rule, name in (
        ("en-XA", accented, accented("Accented English")),
        ("ar-XB", turned, turned("English from right to left")),
    )
}


def read_languages(tags: Iterable[str], config_folder: Path) -> tuple[tuple[Language, ...], list[str]]:
    """The languages with these tags, in their order, and what is wrong with them, in words."""
    languages: list[Language] = []
    mistakes: list[str] = []
    for tag in tags:
        try:
            languages.append(_read(tag, config_folder / FOLDER / f"{tag}.po"))
        except _Unusable as wrong:
            mistakes.append(f"LANGUAGES: {tag}: {wrong}")
    return tuple(languages) or (ENGLISH,), mistakes


class _Unusable(Exception):
    """A language cannot be offered; says why."""


def _read(tag: str, file: Path) -> Language:
    if tag == ENGLISH.tag or tag in PSEUDO:
        return PSEUDO.get(tag, ENGLISH)
    if not TAG.fullmatch(tag):
        raise _Unusable("is not a tag such as cy or pl")
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        raise _Unusable("is a language that Unicode’s CLDR does not know") from None
    if not file.is_file():
        raise _Unusable(f"there is no file {file}")
    return _language(tag, locale, _translations(file, locale))


def _translations(file: Path, locale: Locale) -> NullTranslations:
    """What a file translates; names of months and days that it leaves out are CLDR's."""
    try:
        with file.open("rb") as opened:
            catalogue = read_po(opened, locale=locale, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as odd:
        raise _Unusable(f"{file} cannot be read: {odd}") from odd
    for english, own in named_days(locale):
        if not catalogue.get(english) or not catalogue[english].string:
            catalogue.add(english, own)
    packed = BytesIO()
    write_mo(packed, catalogue)
    packed.seek(0)
    return GNUTranslations(packed)


def named_days(locale: Locale) -> list[tuple[str, str]]:
    """Months and days of the week: in English, and in the language, as CLDR has them."""
    pairs = []
    for kind in ("months", "days"):
        english, own = (getattr(each, kind)["format"]["wide"] for each in (ENGLISH.locale, locale))
        pairs += [(english[number], own[number]) for number in english]
    return pairs


def plural_texts(language: Language, one: str, many: str) -> dict[str, str]:
    """A text for each plural form of the language, by CLDR's name for it: what GOV.UK Frontend's scripts take.

    `one` and `many` are the English; "%{count}" in them is left for the script.
    """
    if language.is_english:
        return {"one": one, "other": many}
    rule = language.locale.plural_form
    examples = {rule(number): number for number in range(200, -1, -1)}
    examples.setdefault("other", 200)
    return {form: language.ngettext(one, many, number) for form, number in examples.items()}
