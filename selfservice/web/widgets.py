"""From a compiled page of questions to the components that show it.

`compose` turns each field of a `PageForm` into the name of a component and its parameters, in the names that
the GOV.UK Design System gives to options; `journey/question.html` prints them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from jinja2 import Environment

from forms.kit.accounts import BankAccount
from forms.kit.addresses import Address
from forms.kit.chosen import Declaration, Radios, Select
from forms.kit.compile import PageForm, QuestionField
from forms.kit.dates import Date, Moment
from forms.kit.fields import AddAnotherField
from forms.kit.files import Photos
from forms.kit.located import PlaceQuestion
from forms.kit.questions import Information, Question
from forms.kit.service import Page
from forms.kit.several import AddAnother
from forms.kit.times import MonthYear
from forms.kit.written import LongText, Text
from selfservice.web import groups, inputs, words
from selfservice.web.assets import asset
from selfservice.web.languages import _
from selfservice.web.looks import Maker, Params, Part, hinted
from selfservice.web.map_words import map_words
from selfservice.web.words import refusal

__all__ = ["Look", "Part", "compose", "install", "refusal"]


@dataclass(frozen=True, slots=True)
class Look:
    """A page of questions ready to print.

    `heading` is the page's h1; `heading_shown` is false when the only question's label or legend is it.
    `has_map`, `has_files` and `has_lists` say what else the page must load; `has_buttons` that there are buttons
    before the one that goes on, which Enter must not press.
    """

    heading: str
    heading_shown: bool
    parts: tuple[Part, ...]
    has_map: bool
    has_files: bool
    has_buttons: bool
    has_lists: bool


def install(environment: Environment) -> None:
    """Give the templates `asset` and the filters for dates and telephone numbers."""
    environment.globals |= {"asset": asset, "map_words": map_words}
    environment.filters |= {
        "day": words.day,
        "moment": words.moment,
        "machine": words.machine,
        "tel": words.tel,
        "told_on_timeline": words.told_on_timeline,
    }


def compose(page: Page, form: PageForm) -> Look:
    """The components of a page, in its order."""
    fields: list[QuestionField] = list(form)
    alone = bool(form.one_question)
    parts = tuple(part_of(field, alone) for field in fields)
    shown = _within(parts)
    return Look(
        heading=fields[0].label.text if alone and "several" in shown else form.heading or page.heading,
        heading_shown=not alone or not shown.isdisjoint({"several", "information"}),
        parts=parts,
        has_map="place" in shown,
        has_files="photos" in shown,
        has_lists="select" in shown,
        has_buttons=not shown.isdisjoint({"several", "address"}),
    )


def _within(parts: Iterable[Part]) -> set[str]:
    """The components of these parts, and of those within them."""
    inner = (
        each for part in parts for item in part.params.get("items", ()) for each in item.get("parts", ())
    )
    return {part.component for part in parts} | {each.component for each in inner}


def part_of(field: QuestionField, alone: bool) -> Part:
    """The part that shows one field. Raises LookupError when no component shows its kind."""
    question = field.question
    for kind, make in MAKERS:
        if isinstance(question, kind):
            return make(field, alone)
    raise LookupError(f"no component shows a {type(question).__name__} ({question.id})")


def several(field: QuestionField, alone: bool) -> Part:
    """The same questions of each of several, and the buttons that add and remove."""
    assert isinstance(field, AddAnotherField)
    question, count = field.question, len(field.items)
    assert isinstance(question, AddAnother)
    removable = count > max(question.least, 1)
    items: list[Params] = [
        {
            "legend": _("%(thing)s %(number)s", thing=question.each, number=number),
            # Their questions are made anew for each request, so that nothing drawn of them is found again.
            "parts": tuple(replace(part_of(each, False), kept=None) for each in item),
            "remove": f"remove:{question.id}:{number}" if removable else "",
        }
        for number, item in enumerate(field.items, 1)
    ]
    params: Params = {
        "id": question.id,
        "heading": "" if alone else field.label.text,
        "count": count,
        "items": items,
        "add": f"add:{question.id}" if count < question.most else "",
        "add_words": _("Add another %(thing)s", thing=_in_a_sentence(question.each)),
        "most": question.most,
    }
    return Part("several", params | hinted(field))


def _in_a_sentence(thing: str) -> str:
    """ "Person" as it stands within a sentence; "PIP award" stays as it is."""
    return thing if thing[:2].isupper() else thing[:1].lower() + thing[1:]


# The first that fits makes the part; kinds that inherit from others come before them.
MAKERS: tuple[tuple[type[Question], Maker], ...] = (
    (PlaceQuestion, inputs.place),
    (Address, groups.address),
    (BankAccount, groups.bank_account),
    (Moment, groups.moment),
    (Date, groups.date),
    (MonthYear, groups.month_year),
    (Information, inputs.information),
    (Photos, inputs.photos),
    (AddAnother, several),
    (Declaration, inputs.declaration),
    (Select, inputs.select),
    (Radios, inputs.choices),
    (LongText, inputs.long),
    (Text, inputs.one_line),
)
