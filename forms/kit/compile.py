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

    field.question     the declaration; its class says which component: Text, LongText, Number, Email, Phone,
                       Name, VehicleRegistration, Radios, YesNo, Checkboxes, Date, Moment, PlaceQuestion,
                       Photos, Information. Also `question.autocomplete`, `.max_length`, `.rows`, `.choices`
                       (value, label, hint), `.exclusive`, `.most`, `.time_label`, `.time_hint`
    field.label.text   the label, with " (optional)" where it is so (`field.required` says which)
    field.description  the hint
    field.typed        what to put back into the inputs, by part: typed[""] for one input; Date: "day",
                       "month", "year"; Moment: "time" too; PlaceQuestion: "" (text), "latitude", "longitude"
    field.chosen       the values chosen (Radios, YesNo, Checkboxes)
    field.errors       messages; `field.error_id` is where the error summary goes, `field.bad_parts` says
                       which inputs are wrong (empty: all of them)
    field.data         the answer as JSON once it validated; before, the one kept
    field.paragraphs   Information only: its text, with parts of earlier answers filled in

Names of inputs: `<id>`, `<id>-day|-month|-year`, `<id>-time`, `<id>-latitude|-longitude`. Html ids are the
names; of radios and checkboxes the first item has `<id>`, later ones `<id>-2`, `<id>-3` …
A posted pin wins over the text, so the map empties the hidden inputs when the text is edited; left as they
were, both keep the place. A Stop's guidance goes through `forms.kit.words.filled_in(stop.guidance, answers)`.
A finished journey goes through `forms.completing.complete` to `operations.submitting`.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol

from wtforms.fields import Field
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from forms.kit.conditions import Answers
from forms.kit.questions import Asking, Information, Lookups, Question, Radios, Refused
from forms.kit.service import Page
from forms.kit.typed import Typed
from forms.kit.words import filled_in

MOST_TEXTS = 100  # texts of one input that are worth keeping: more than any list of choices has
LONGEST = 20_000  # characters of one input, cut before anything looks at them


class Posted(Protocol):
    """What was posted: werkzeug's MultiDict, or anything that lists the texts of a name."""

    def getlist(self, key: str) -> list[str]:
        """The texts posted under this name."""
        ...


class QuestionField(Field):  # type: ignore[misc]  # WTForms has no types
    """One question as a WTForms field; the question itself reads, refuses and shows."""

    def __init__(self, question: Question, answers: Answers, asking: Asking, **bound: Any) -> None:
        self.question = question
        self.required = question.required(answers)
        optional = question.asks and not self.required
        super().__init__(
            label=question.label + (" (optional)" if optional else ""), description=question.hint, **bound
        )
        self._asking = asking
        self._typed: Typed = {}
        self.bad_parts: tuple[str, ...] = ()
        self.paragraphs: tuple[str, ...] = ()
        if isinstance(question, Information):
            self.paragraphs = filled_in(question.text, answers)

    @property
    def typed(self) -> Mapping[str, str]:
        """What to put back into each input, by part."""
        texts = dict.fromkeys(self.question.parts, "")
        return texts | {part: given[0] for part, given in self._typed.items() if given}

    def as_typed(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Every text posted, by part."""
        return self._typed.items()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The values chosen."""
        return self._typed.get("", ()) if isinstance(self.question, Radios) else ()

    @property
    def error_id(self) -> str:
        """The html id of the first input that is wrong."""
        wrong = self.bad_parts or self.question.parts
        return name_of(self.question, wrong[0] if wrong else "")

    def process(self, formdata: Posted | None, *_: Any, **__: Any) -> None:
        """Take what was posted; else what is kept."""
        self.process_errors: list[str] = []
        self.data = self.object_data = self._asking.kept
        if formdata is not None:
            self._typed = {
                part: tuple(text[:LONGEST] for text in formdata.getlist(name_of(self.question, part)))
                for part in self.question.parts
            }
        elif self.data is not None:
            self._typed = self.question.typed(self.data)

    def pre_validate(self, form: "PageForm") -> None:
        """Read what was typed; it must be there when it is required. Raises WTForms' ValidationError."""
        if not self.question.asks:
            return
        try:
            self.data = self.question.read(self._typed, self._asking)
        except Refused as refused:
            self.bad_parts = refused.parts
            raise ValidationError(refused.words) from refused
        if self.data is None and self.question.required(form.answers | form.read()):
            raise ValidationError(self.question.missing)


class PageForm(BaseForm):  # type: ignore[misc]  # WTForms has no types
    """The form of one page; see the contract at the top of this module."""

    def __init__(self, page: Page, answers: Answers, lookups: Lookups, now: datetime) -> None:
        self.page = page
        self.heading = page.heading
        self.one_question = not page.title and len(page.questions) == 1
        self.answers = dict(answers)
        fields = {}
        for question in page.questions:
            kept = answers.get(question.id)
            kept = kept if kept is not None and question.accepts(kept) else None
            fields[question.id] = QuestionField(question, answers, Asking(now, lookups, kept))
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
        return {
            name_of(field.question, part): [text.replace("\0", "") for text in texts[:MOST_TEXTS]]
            for field in self._asked()
            for part, texts in field.as_typed()
        }

    def errors_in_order(self) -> list[tuple[str, str]]:
        """Each error with the html id to go to, in the order of the page."""
        return [(field.error_id, str(error)) for field in self._asked() for error in field.errors]

    def _asked(self) -> Iterator[QuestionField]:
        return (field for field in self if field.question.asks)


def name_of(question: Question, part: str) -> str:
    """The html name, and id, of one input of a question."""
    return f"{question.id}-{part}" if part else question.id


def form_for(
    page: Page, answers: Answers, posted: Posted | None, lookups: Lookups, *, now: datetime
) -> PageForm:
    """The form of a page, holding what was posted, or what is kept when nothing was. `now` is in UTC."""
    form = PageForm(page, answers, lookups, now)
    form.process(posted)
    return form
