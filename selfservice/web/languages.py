"""The reader's language: which it is, and words put into it.

Everything is written in English and asked for by `_`; English itself costs next to nothing. `_` gives plain text,
which templates escape; `{% trans %}` is for sentences with tags in them. The language is the one chosen by a link
`?language=…`, kept in the session; else the browser's, of those that the installation offers; else its first.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, current_app, has_request_context, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from jinja2 import Environment
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from forms.kit.language import in_language
from forms.kit.service import Service
from selfservice.domain.marking import gettext_noop
from selfservice.translations import ENGLISH, Language, plural_texts
from selfservice.web.security import SAFE_METHODS
from selfservice.web.session import installation

__all__ = ["_", "gettext", "gettext_noop", "language", "ngettext", "services_in_language"]

ARGUMENT = "language"
# Whose turn it is, asked some fifty times a page: half a microsecond's work less than a look at Flask's `g`.
_READER: ContextVar[Language | None] = ContextVar("reader", default=None)
# Unicode's marks around what runs its own way within a sentence.
ISOLATE, ISOLATE_END = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Offered:
    """A language that the reader can choose: its tag, its name in itself, and the address of this page in it.
    The address is "" for the language that the page is in."""

    tag: str
    name: str
    direction: str
    address: str


def language() -> Language:
    """The language of whoever is reading."""
    reader = _READER.get()
    if reader is None:
        if not has_request_context():  # nobody is reading
            return ENGLISH
        reader = _choose()
        _READER.set(reader)
    return reader


def gettext(words: str, /, **named: object) -> str:
    """`words` in the reader's language, with each `%(name)s` filled in; plain text, not yet escaped."""
    reader = language()
    found = reader.gettext(words)
    return found % _apart(reader, named) if named else found


_ = gettext


def ngettext(one: str, many: str, number: int, /, **named: object) -> str:
    """The form that the reader's language has for `number`, which also fills in `%(num)s`."""
    reader = language()
    return reader.ngettext(one, many, number) % _apart(reader, {"num": number, **named})


def _apart(reader: Language, named: dict[str, object]) -> dict[str, object]:
    """What is filled in, set apart where the page runs from right to left: a name or a telephone number would else
    be torn apart by the letters around it."""
    if reader.direction == "ltr":
        return named
    return {name: f"{ISOLATE}{value}{ISOLATE_END}" for name, value in named.items()}


def services_in_language(council: str) -> Mapping[str, Service]:
    """The services of a council, by slug, in the reader's language."""
    here, reader = installation(), language()
    services: Mapping[str, Service] = here.services[council]
    if reader.is_english:
        return services
    kept: dict[tuple[str, str], Mapping[str, Service]] = current_app.extensions["selfservice languages"]
    if (reader.tag, council) not in kept:
        kept[reader.tag, council] = {
            slug: in_language(service, reader.gettext) for slug, service in services.items()
        }
    return kept[reader.tag, council]


def scripted(one: str, many: str = "") -> dict[str, str] | str:
    """A text for GOV.UK Frontend's scripts, by plural form where it has `many`; nothing in English, which they
    speak of themselves."""
    reader = language()
    if reader.is_english:
        return ""
    return plural_texts(reader, one, many) if many else reader.gettext(one)


def offered() -> list[Offered]:
    """The languages to choose from, each with the address of this page in it; none where there is but one."""
    every, here = installation().languages, language()
    if len(every) < 2:
        return []
    return [
        Offered(each.tag, each.name, each.direction, "" if each is here else _address_in(each))
        for each in every
    ]


def install(app: Flask) -> None:
    """Put the reader's language before the views and into the templates."""
    app.extensions["selfservice languages"] = {}
    # Flask-Babel's own gettext looks up three things at each call; its filters for numbers and money are what is
    # used of it, in the language that we choose.
    Babel(app, locale_selector=lambda: language().locale)
    speak(app.jinja_env)
    app.before_request(keep_choice)
    app.teardown_request(forget_reader)


def speak(environment: Environment) -> None:
    """Give templates the reader's language; `environment` has Jinja's i18n extension.

    In `{% trans %}` the translators' tags stand as they are, and what is filled in is escaped.
    """
    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # its i18n extension adds it
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals |= {
        "_": gettext,
        "gettext": _marked_up,
        "ngettext": _marked_up_plural,
        "language": language,
        "offered_languages": offered,
        "scripted": scripted,
    }


def forget_reader(_error: BaseException | None = None) -> None:
    """The next request on this thread is somebody else's."""
    _READER.set(None)


def keep_choice() -> ResponseReturnValue | None:
    """Keep the language that a link chose, and lead to the page itself."""
    if ARGUMENT not in request.args or request.method not in SAFE_METHODS or request.endpoint is None:
        return None
    chosen = _by_tag(request.args[ARGUMENT])
    if chosen is None or len(installation().languages) < 2:
        return None
    session[ARGUMENT] = chosen.tag
    session.permanent = True
    return redirect(_this_page(), 302)


def _choose() -> Language:
    """The language that was chosen, else the one that the browser asks for, else the first there is."""
    every = installation().languages
    if len(every) == 1:
        return every[0]
    kept = _by_tag(session.get(ARGUMENT, ""))
    if kept is not None:
        return kept
    asked = request.accept_languages.best_match([each.tag for each in every if not each.pseudo])
    return _by_tag(asked or "") or every[0]


def _by_tag(tag: str) -> Language | None:
    return next((each for each in installation().languages if each.tag == tag), None)


def _address_in(other: Language) -> str:
    """The address that shows this page in another language; the first page where this one only takes posts."""
    return _this_page(**{ARGUMENT: other.tag})


def _this_page(**more: str) -> str:
    """The address of this page without a choice of language, and with `more` arguments."""
    arguments = [pair for pair in request.args.items(multi=True) if pair[0] != ARGUMENT]
    path = request.path if request.method in SAFE_METHODS or _can_be_opened() else "/"
    query = urlencode([*(arguments if path != "/" or request.path == "/" else ()), *more.items()])
    # Quoted, so that no path such as "/\\elsewhere" is taken for another site.
    return quote(path, safe="/:@!$&'()*+,;=~") + (f"?{query}" if query else "")


def _can_be_opened() -> bool:
    """Whether the address of what was posted is one that a browser can also open."""
    try:
        current_app.create_url_adapter(request).match(request.path, method="GET")  # type: ignore[union-attr]  # there is one within a request
    except HTTPException:
        return False
    return True


def _marked_up(words: str, /, **named: Any) -> Markup:
    found = Markup(language().gettext(words))  # noqa: S704 - its texts are our translators’ - our own words and the translators'
    return found % named


def _marked_up_plural(one: str, many: str, number: int, /, **named: Any) -> Markup:
    found = Markup(language().ngettext(one, many, number))  # noqa: S704
    return found % {"num": number, **named}
