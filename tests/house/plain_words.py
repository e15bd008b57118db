"""What plain words are, as rules: length of sentences, jargon, and how hints, labels and errors read.

A rule takes a text with what it is said as, and tells in words what is wrong with it. How hard it is to read is
told by reading_age.py.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any

from forms.kit import AddAnother, Checkboxes, Declaration, Page, Photos, Radios, Service, Stop, YesNo
from forms.kit.conditions import Condition
from forms.kit.language import is_words
from forms.kit.questions import Choice, Question
from tests.house.reading_age import ABBREVIATIONS, grade, sentences, words_in

MOST_WORDS = 25  # in a sentence: the GOV.UK guide to writing for the web
FEWEST_TO_GRADE = 30  # words: the formula says nothing of less
GRADE_OF_SERVICE = 7.0
GRADE_WITH_LAW_WORDS = 9.0
GRADE_OF_PAGE = 9.0
# What is told in sentences.
PARAGRAPHS = frozenset({"guidance", "text", "hint", "next", "why", "by_phone", "page_note"})
FEWEST_IN_PARAGRAPH = 6

# What each stands for is beside it; where a plain word would do, the plain word is beside it too.
JARGON = {
    "pursuant": "under",
    "commenc(e|es|ed|ing|ement)": "begin, start",
    "utilis(e|es|ed|ing|ation)": "use",
    "in respect of": "for, about",
    "with respect to": "about",
    "in relation to": "about",
    "liais(e|es|ed|ing|on)": "work with, talk to",
    "signpost(s|ed|ing)?": "say where to go",
    "service users?": "people, you",
    "e-?forms?": "this form",
    "e-mails?": "email",
    "facilitat(e|es|ed|ing|ion)": "help",
    "endeavours?": "try",
    "domicil(e|ed|iary)": "home",
    "(herein|hereby|hereto|hereafter|thereof|therein|whereby|aforementioned|aforesaid)": "say it again",
    "prior to": "before",
    "subsequent(ly)?( to)?": "after, later",
    "in order to": "to",
    "regarding": "about",
    "concerning": "about",
    "please": "nothing: say what to do",
    "kindly": "nothing",
    "ensure": "make sure",
    "obtain(s|ed|ing)?": "get",
    "purchas(e|es|ed|ing)": "buy",
    "additional": "more, extra",
    "approximately": "about",
    "assistance": "help",
    "at this (moment|point) in time": "now",
    "in the event (of|that)": "if",
    "in accordance with": "by, under",
    "on a (daily|weekly|monthly|regular|yearly) basis": "every day, every week",
    "notif(y|ies|ied|ication|ications)": "tell",
    "terminat(e|es|ed|ion)": "end",
    "remunerat(e|ed|ion)": "pay",
    "residen(ce|ces|cy)": "home",
    "premise": "building",
    "requir(e|es|ed|ement|ements)": "need",
    "submi(t|ts|tted|tting|ssion|ssions)": "send",
    "clicks?|clicked|clicking": "select: not everybody has a mouse",
    "e\\.g\\.?|i\\.e\\.?|etc\\.?|n/?a|nb|viz": "for example, that is, and so on",
    "and/or": "and, or, or both",
    "whilst|amongst": "while, among",
    "shall": "will, must",
    "thus|hence": "so",
    "per annum": "a year",
    "partner agenc(y|ies)|stakeholders?|customer journey|going forward": "say who, say when",
}
FORBIDDEN = tuple(
    (re.compile(rf"(?<![\w-])({word})(?![\w-])", re.IGNORECASE), said) for word, said in JARGON.items()
)

# Codes that stand in examples: postcodes, grid references, plates, National Insurance numbers, times.
CODES = re.compile(
    r"\b([A-Z]{2}[0-9]{2} [A-Z]{3}|[A-Z]{1,2}[0-9][0-9A-Z]?( [0-9][A-Z]{2})?|[A-Z]{2} ?[0-9]{3} ?[0-9]{3}"
    r"|[A-Z]{2}( [0-9]{2}){3} [A-D]|[A-Z]{2}[0-9]{6}[A-D])\b"
)
LINKS = re.compile(r"https?:|www\.|<a\b|\b[a-z0-9-]+\.(com|org|net|uk|co\.uk|gov\.uk)\b(?!\w)", re.IGNORECASE)
ASKING = re.compile(
    r"(What|When|Where|Which|Who|Whose|Whom|Why|How|Is|Are|Was|Were|Do|Does|Did|Has|Have|Had|Can|Could|May"
    r"|Will|Would|Should|Must|(At|On|In|By|For|From|To|Of) (what|which|whom|whose))\b"
)
STATING = re.compile(r"(What|When|Where|Which|Who|Why|How) (you|we|they|I|it|he|she)\b")
BEGINNINGS = ("Enter ", "Select ", "Add ", "Tick ", "Choose ", "Upload ")


@dataclass(frozen=True)
class Told:
    """A text of a service: on which page ("" for none), of what kind and name of thing, in which field."""

    page: str
    owner: Any
    field: str
    text: str

    @property
    def where(self) -> str:
        """Such as "page where, place, hint"."""
        name = next((str(v) for key in ("id", "slug", "value") if (v := getattr(self.owner, key, ""))), "")
        name = name or type(self.owner).__name__.lower()
        return ", ".join(filter(None, (f"page {self.page}" if self.page else "", name, self.field)))


@dataclass(frozen=True)
class Fault:
    """What is wrong with a text: by which rule, where it stands, and why."""

    rule: str
    where: str
    why: str
    text: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.why}" + (f": “{self.text}”" if self.text else "")


def texts(service: Service) -> Iterator[Told]:
    """Every text of a service that somebody reads."""
    for page in service.pages:
        yield from _within(page, page.slug)
    for field in fields(service):
        if field.name != "pages":
            yield from _of(service, field.name, getattr(service, field.name), "")


def _within(owner: Any, page: str) -> Iterator[Told]:
    for field in fields(owner):
        yield from _of(owner, field.name, getattr(owner, field.name), page)


def _of(owner: Any, name: str, value: Any, page: str) -> Iterator[Told]:
    if isinstance(value, Enum | Condition):
        return
    if isinstance(value, str):
        if value and is_words(type(owner), name):
            yield Told(page, owner, name, value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _of(owner, name, item, page)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _within(value, page)


def prose(told: Iterable[Told]) -> list[str]:
    """What is read as sentences: not the nouns that begin errors, which are read within them, not words to search by,
    and not choices, which are read as a list of names."""
    return [
        each.text
        for each in told
        if each.field not in ("noun", "each", "also") and not isinstance(each.owner, Choice)
    ]


def of_pages(service: Service) -> Iterator[tuple[str, float, int]]:
    """Each page with the grade of its prose, and how many words that is."""
    every = list(texts(service))
    for page in service.pages:
        said = prose(each for each in every if each.page == page.slug)
        yield page.slug, grade(said), words_in(said)


# Rules of one text.


def _long(told: Told) -> Iterator[str]:
    for words in sentences(told.text):
        if len(words) > MOST_WORDS:
            yield f"a sentence of {len(words)} words, where {MOST_WORDS} are enough"


def _jargon(told: Told) -> Iterator[str]:
    for found, said in FORBIDDEN:
        if match := found.search(told.text):
            yield f"says “{match[0]}”; plainly: {said}"


def _capitals(told: Told) -> Iterator[str]:
    for word in re.findall(r"\b[A-Z]{2,}\b", CODES.sub("", told.text)):
        if word not in ABBREVIATIONS:
            yield f"shouts “{word}”"


def _marks(told: Told) -> Iterator[str]:
    if "!" in told.text:
        yield "has an exclamation mark"
    if re.search("['\"`]", told.text):
        yield "has a straight quotation mark or apostrophe"
    if re.search(r"\s\s|^\s|\s$|\s[,.;:?]|\.\.", told.text):
        yield "has spaces or full stops too many"
    if "…" in told.text or "--" in told.text:
        yield "leaves something unsaid"


def _linked_hint(told: Told) -> Iterator[str]:
    if "hint" in told.field and LINKS.search(told.text.replace("GOV.UK", "")):
        yield "has a link in a hint, which screen readers read as plain text"


def _asks(told: Told) -> Iterator[str]:
    if not _is_label(told):
        return
    asks = ASKING.match(told.text) is not None and STATING.match(told.text) is None
    if asks and not told.text.endswith("?"):
        yield "asks and does not end with a question mark"
    if told.text.endswith((".", ":", ";")):
        yield "is a label and ends as a sentence"


def _is_label(told: Told) -> bool:
    return told.field in ("label", "title", "time_label") and isinstance(told.owner, Question | Page | Stop)


def _error(told: Told) -> Iterator[str]:
    if told.field != "missing":
        return
    if not told.text.startswith(_beginnings(told.owner)):
        yield f"does not begin with {' or '.join(word.strip() for word in _beginnings(told.owner))}"
    if told.text.endswith((".", "?")):
        yield "is an error message and ends with a mark"


def _beginnings(owner: Any) -> tuple[str, ...]:
    """How the error of a missing answer begins, by the patterns of the GOV.UK Design System."""
    if isinstance(owner, YesNo):
        return ("Select yes if ", "Select no if ")
    if isinstance(owner, Checkboxes | Radios):
        return ("Select ",)
    if isinstance(owner, Photos):
        return ("Add ",)
    if isinstance(owner, Declaration):
        return ("Tick ", "Select ")
    return ("Add ", "Enter ") if isinstance(owner, AddAnother) else BEGINNINGS


def _hint_ends(told: Told) -> Iterator[str]:
    if told.field in ("hint", "time_hint") and told.text.endswith((".", ";", ":")):
        yield "is a hint and ends with a full stop"


RULES: dict[str, Callable[[Told], Iterator[str]]] = {
    "sentence": _long,
    "jargon": _jargon,
    "capitals": _capitals,
    "marks": _marks,
    "linked hint": _linked_hint,
    "question": _asks,
    "error": _error,
    "hint": _hint_ends,
}


# Rules of a whole service.


def _unanswerable(service: Service) -> Iterator[Fault]:
    for page in service.pages:
        for asked in page.asked if isinstance(page, Page) else ():
            within = asked.questions if isinstance(asked, AddAnother) else ()
            for question in (asked, *within):
                if not question.missing and (not question.optional or question.required_when is not None):
                    yield Fault("no error", f"page {page.slug}, {question.id}", "has no error message")


def _titles(service: Service) -> Iterator[Fault]:
    for heading, times in Counter(page.heading for page in service.pages).items():
        if times > 1:
            yield Fault("title", "pages", f"{times} have the same title", heading)


def _graded(service: Service) -> Iterator[Fault]:
    for slug, found, count in of_pages(service):
        if count >= FEWEST_TO_GRADE and found > GRADE_OF_PAGE:
            yield Fault(
                "page grade", f"page {slug}", f"is read at grade {found:.1f}, not {GRADE_OF_PAGE:.0f}"
            )


def faults(service: Service) -> list[Fault]:
    """Everything that is not plain in a service, but for how hard it is to read as a whole."""
    found = [
        Fault(rule, told.where, why, told.text)
        for told in texts(service)
        for rule, judge in RULES.items()
        for why in judge(told)
    ]
    return [*found, *_unanswerable(service), *_titles(service), *_graded(service)]


def grade_of(service: Service) -> float:
    """The school grade of a whole service: every label, hint, error and paragraph."""
    return grade(prose(texts(service)))


def grade_of_paragraphs(service: Service) -> float:
    """The school grade of what is told in sentences alone, which short labels do not make easier."""
    return grade(told.text for told in texts(service) if told.field in PARAGRAPHS and _is_sentence(told))


def _is_sentence(told: Told) -> bool:
    return not isinstance(told.owner, Choice) and words_in([told.text]) >= FEWEST_IN_PARAGRAPH
