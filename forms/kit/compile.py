"""Pages compiled to WTForms: the contract between the forms kit, the web and its templates.

    form = form_for(page, answers, posted, lookups, now=now)   # posted: MultiDict, or None to show the page
    if posted is not None and form.validate():
        answers |= form.read()          # question id -> JSON value; None for a question left blank
    else:
        form.errors_in_order()          # [(html id, message), …] for the error summary

Keep what `read` gives, None too: a page is done once every question on it has an entry (see journey.py).
`answers` are all answers so far. `now` is the moment in UTC, from the door. There is no CSRF inside.

A PageForm has `page`, `heading` (the h1: the page's title, or its only question's label), `one_question`
(the label or legend is the h1), and its fields in order: `for field in form`. Each field carries

    field.question     the declaration; its class says which component (see forms/kit/__init__.py for every
                       kind). Also `question.autocomplete`, `.max_length`, `.rows`, `.choices`
                       (value, label, hint), `.exclusive`, `.most`, `.time_label`, `.time_hint`
    field.label.text   the label, with " (optional)" where it is so (`field.required` says which)
    field.description  the hint
    field.typed        what to put back into the inputs, by part: typed[""] for one input; Date: "day",
                       "month", "year"; Moment: "time" too; PlaceQuestion: "" (text), "latitude", "longitude";
                       BankAccount: "name", "sort-code", "number"; Address and Property: "postcode", "uprn",
                       "line1", "line2", "town"
    field.found        Address and Property: the addresses at that postcode to choose from
    field.items        AddAnother: for each one a list of fields like these; "<id>-count" says how many
    field.chosen       the values chosen (Radios, YesNo, Checkboxes)
    field.errors       messages; `field.error_id` is where the error summary goes, `field.bad_parts` says
                       which inputs are wrong (empty: all of them)
    field.data         the answer as JSON once it validated; before, the one kept
    field.paragraphs   Information only: its text, with parts of earlier answers filled in; `field.points` its
                       list

Names of inputs: `<id>`, `<id>-day|-month|-year`, `<id>-time`, `<id>-latitude|-longitude` and so on, `<id>-<part>`;
of the second of an AddAnother `<id>-2-<question>`. Html ids are the names; of radios and checkboxes the first
item has `<id>`, later ones `<id>-2`, `<id>-3` … Buttons besides Continue are called `do`: "add:<id>",
"remove:<id>:<number>" (see `PageForm.rearranged`) and "find:<id>", which looks for the addresses of a postcode.
A posted pin wins over the text, so the map empties the hidden inputs when the text is edited; left as they
were, both keep the place. A Stop's guidance goes through `forms.kit.words.filled_in(stop.guidance, answers)`.
A finished journey goes through `forms.completing.complete` to `operations.submitting`.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from wtforms.form import BaseForm

from forms.kit.conditions import Answers
from forms.kit.fields import MOST_TEXTS, AddAnotherField, Posted, QuestionField, field_of
from forms.kit.questions import Asking, Lookups, Translate
from forms.kit.service import Page

__all__ = ["PageForm", "QuestionField", "form_for"]


class PageForm(BaseForm):  # type: ignore[misc]  # WTForms has no types
    """The form of one page; see the contract at the top of this module."""

    def __init__(
        self, page: Page, answers: Answers, lookups: Lookups, now: datetime, translate: Translate = str
    ) -> None:
        self.page = page
        self.heading = page.heading
        self.one_question = not page.title and len(page.questions) == 1
        self.answers = dict(answers)
        fields = {}
        for question in page.questions:
            kept = answers.get(question.id)
            kept = kept if kept is not None and question.accepts(kept) else None
            fields[question.id] = field_of(question, answers, Asking(now, lookups, kept, translate))
        super().__init__(fields)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything typed can be taken and everything demanded is there."""
        valid = bool(super().validate(extra_validators))
        rule = self.page.at_least_one
        if rule is None or any(self[question].errors for question in rule.questions):
            return valid
        if rule.broken(self.answers | self.read()):
            self[rule.questions[0]].errors.append(rule.missing)
            return False
        return valid

    def read(self) -> dict[str, Any]:
        """The answers of this page as JSON, by question id; None for one left blank."""
        return {field.question.id: field.data for field in self._asked()}

    def typed(self) -> dict[str, list[str]]:
        """What was typed, by the html name of each input, fit to be kept and taken again by `process`."""
        return _storable(pair for field in self._asked() for pair in field.as_typed())

    def rearranged(self, pressed: str) -> dict[str, list[str]] | None:
        """What was typed after the button "add:<id>" or "remove:<id>:<number>"; None when it is no such button."""
        what, _, rest = pressed.partition(":")
        name, _, number = rest.partition(":")
        field = self._fields.get(name)
        if not isinstance(field, AddAnotherField):
            return None
        if what == "add":
            again = field.with_one_more()
        elif what == "remove" and number.isascii() and number.isdigit() and len(number) < 4:
            again = field.without(int(number))
        else:
            return None
        gone = dict(field.as_typed())
        return {n: texts for n, texts in self.typed().items() if n not in gone} | _storable(again.items())

    def errors_in_order(self) -> list[tuple[str, str]]:
        """Each error with the html id to go to, in the order of the page."""
        return [found for field in self._asked() for found in field.located_errors()]

    def _asked(self) -> Iterator[QuestionField]:
        return (field for field in self if field.question.asks)


def _storable(typed: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    return {name: [text.replace("\0", "") for text in [*texts][:MOST_TEXTS]] for name, texts in typed}


def form_for(
    page: Page,
    answers: Answers,
    posted: Posted | None,
    lookups: Lookups,
    *,
    now: datetime,
    translate: Translate = str,
) -> PageForm:
    """The form of a page, holding what was posted, or what is kept when nothing was. `now` is in UTC.

    `translate` puts the kit's own sentences into the reader's language; the page is in it already.
    """
    form = PageForm(page, answers, lookups, now, translate)
    form.process(posted)
    return form
