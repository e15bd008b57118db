"""What `selfservice languages` does: collects every text for translators, and tells what is translated."""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from forms.catalogue import SERVICES, for_council
from forms.kit.language import texts_of
from forms.kit.service import Topic
from selfservice.configuration import load_councils
from selfservice.settings import ROOT, Misconfigured, Settings
from selfservice.translations import ENGLISH, FOLDER, named_days, read_languages

TEMPLATE = "messages.pot"
# What is called with a text that people read. The forms kit cannot ask for gettext: it is handed `translate`.
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **dict.fromkeys(
        ("gettext_noop", "translate", "Refused", "Unchosen", "NotFound", "Unreadable", "BadPhoto")
    ),
    "scripted": (1, 2),
}
JINJA = {"extensions": "jinja2.ext.i18n", "newstyle_gettext": "true", "trimmed": "true", "silent": "false"}
CODE = ("selfservice", "forms/kit", "integrations/identity")


def extract(settings: Settings, now: datetime) -> int:
    """Write every text of pages, code, services and councils to `languages/messages.pot` of the configuration.

    Raises `Misconfigured` when a council's file cannot be used. `now` is in UTC.
    """
    catalogue = messages(settings)
    catalogue.creation_date = now
    file = settings.config_folder / FOLDER / TEMPLATE
    file.parent.mkdir(exist_ok=True)
    with file.open("wb") as opened:
        write_po(opened, catalogue, width=110, sort_output=True)
    sys.stdout.write(f"{len(catalogue)} texts are in {file}\n")
    return 0


def told(settings: Settings) -> int:
    """Print each language that is offered, and how much of it is translated."""
    languages, mistakes = read_languages(settings.languages, settings.config_folder)
    if mistakes:
        raise Misconfigured(mistakes)
    asked = {message.id for message in messages(settings) if message.id}
    for each in languages:
        line = f"{each.tag}\t{each.name}"
        if each is not ENGLISH and not each.pseudo:
            with (settings.config_folder / FOLDER / f"{each.tag}.po").open("rb") as opened:
                done = {message.id for message in read_po(opened) if message.string and not message.fuzzy}
            line += f"\t{len(asked & done)} of {len(asked)} texts are translated"
        sys.stdout.write(f"{line}\n")
    return 0


def messages(settings: Settings) -> Catalog:
    """Everything that can be translated, each with the places where it stands."""
    head = "# Every text of selfservice, for translators: docs/languages.md says how."
    catalogue = Catalog(project="selfservice", header_comment=head, charset="utf-8", fuzzy=False)
    for file, line, text, comments in _of_code():
        catalogue.add(text, locations=[(file, line)], auto_comments=comments)
    for where, text in _of_services(settings):
        catalogue.add(text, locations=[(where.partition(",")[0], 1)], auto_comments=[where])
    for topic in Topic:
        catalogue.add(topic.value, locations=[("forms/kit/service.py", 1)])
    for english, _own in named_days(ENGLISH.locale):
        catalogue.add(english, auto_comments=["Unicode’s CLDR has it, where this is left empty"])
    return catalogue


def _of_code() -> Iterator[tuple[str, int, str | tuple[str, ...], list[str]]]:
    """File, line, text (or singular and plural) and comments of each text in our own code and templates."""
    methods = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
    options = {"**/templates/**.html": JINJA}
    for folder in CODE:
        found = extract_from_dir(
            ROOT / folder, methods, options, keywords=KEYWORDS, comment_tags=("Translators",)
        )
        for name, line, text, comments, _context in found:
            yield str(Path(folder, name)), line, text, comments


def _of_services(settings: Settings) -> Iterator[tuple[str, str]]:
    """Each text of each service, as it is declared and as each council words it, and where it stands."""
    for service in SERVICES.values():
        yield from texts_of(service)
    for council in load_councils(settings.config_folder, settings.environment).values():
        yield f"{council.slug}, hours", council.contacts.hours
        yield f"{council.slug}, office", council.contacts.office
        for service in for_council(council).values():
            yield from ((f"{council.slug} {where}", text) for where, text in texts_of(service))
