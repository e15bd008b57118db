"""Questions as WTForms fields: one for most kinds, one that repeats a few for each of several."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from wtforms.fields import Field
from wtforms.validators import ValidationError

from forms.kit.addresses import Address
from forms.kit.chosen import Radios
from forms.kit.conditions import Answers
from forms.kit.questions import Asking, Information, KnownAddress, Question, Refused, Unchosen
from forms.kit.several import AddAnother
from forms.kit.typed import CONTROL, Typed, cleaned
from forms.kit.words import filled_in

MOST_TEXTS = 100  # texts of one input that are worth keeping: more than any list of choices has
LONGEST = 20_000  # characters of one input, cut before anything looks at them


class Posted(Protocol):
    """What was posted: werkzeug's MultiDict, or anything that lists the texts of a name."""

    def getlist(self, key: str) -> list[str]:
        """The texts posted under this name."""
        ...


class HasAnswers(Protocol):
    """What a field asks of its form when it is judged."""

    answers: dict[str, Any]

    def read(self) -> dict[str, Any]:
        """The answers of the page so far."""
        ...


class QuestionField(Field):  # type: ignore[misc]  # WTForms has no types
    """One question as a WTForms field; the question itself reads, refuses and shows."""

    def __init__(self, question: Question, answers: Answers, asking: Asking, **bound: Any) -> None:
        self.question = question
        self.required = question.required(answers)
        label = question.label
        if question.asks and not self.required:
            label = asking.translate("{label} (optional)").format(label=label)
        if isinstance(question, Information):
            [label] = filled_in((label,), answers, asking.translate)
        super().__init__(label=label, description=question.hint, **bound)
        self._asking = asking
        self._typed: Typed = {}
        self.bad_parts: tuple[str, ...] = ()
        self.unchosen = False  # whether all that is wrong is that one of those found must still be chosen
        self.paragraphs: tuple[str, ...] = ()
        self.points: tuple[str, ...] = ()
        if isinstance(question, Information):
            self.paragraphs = filled_in(question.text, answers, asking.translate)
            self.points = question.told(answers)

    @property
    def typed(self) -> Mapping[str, str]:
        """What to put back into each input, by part."""
        texts = dict.fromkeys(self.question.parts, "")
        return texts | {part: given[0] for part, given in self._typed.items() if given}

    def as_typed(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every text posted, by the html name of its input."""
        return ((name_of(self.question, part), texts) for part, texts in self._typed.items())

    @property
    def chosen(self) -> tuple[str, ...]:
        """The values chosen."""
        return self._typed.get("", ()) if isinstance(self.question, Radios) else ()

    @property
    def found(self) -> Sequence[KnownAddress]:
        """The addresses to choose from at the postcode that was typed."""
        return self.question.found(self._typed, self._asking) if isinstance(self.question, Address) else ()

    @property
    def error_id(self) -> str:
        """The html id of the first input that is wrong."""
        wrong = self.bad_parts or self.question.parts
        return name_of(self.question, wrong[0] if wrong else "")

    def located_errors(self) -> Iterator[tuple[str, str]]:
        """Each error with the html id of the input that is wrong."""
        return ((self.error_id, str(error)) for error in self.errors)

    def process(self, formdata: Posted | None, *_: Any, **__: Any) -> None:
        """Take what was posted; else what is kept."""
        self.process_errors: list[str] = []
        self.data = self.object_data = self._asking.kept
        if formdata is not None:
            self._typed = {
                part: tuple(
                    text[:LONGEST].translate(CONTROL)
                    for text in formdata.getlist(name_of(self.question, part))
                )
                for part in self.question.parts
            }
        elif self.data is not None:
            self._typed = self.question.typed(self.data)

    def pre_validate(self, form: HasAnswers) -> None:
        """Read what was typed; it must be there when it is required. Raises WTForms' ValidationError."""
        if self.question.asks:
            self.judge(form.answers | form.read())

    def judge(self, answers: Answers) -> None:
        """Read what was typed, given the answers before it. Raises WTForms' ValidationError."""
        try:
            self.data = self.question.read(self._typed, self._asking)
        except Refused as refused:
            self.bad_parts = refused.parts
            self.unchosen = isinstance(refused, Unchosen)
            raise ValidationError(refused.told(self._asking.translate)) from refused
        if self.data is None and self.question.required(answers):
            raise ValidationError(self.question.missing)

    @property
    def blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(cleaned(text) for texts in self._typed.values() for text in texts)


class AddAnotherField(QuestionField):
    """The same few questions for each of several: `items` are their fields, one list for each."""

    items: list[list[QuestionField]]

    def process(self, formdata: Posted | None, *_: Any, **__: Any) -> None:
        """Take as many as were posted; else those kept, or the least there may be."""
        super().process(formdata)
        question = self._several
        kept = self.data if formdata is None and self.data else []
        posted = self.typed["count"] if formdata is not None else ""
        count = int(posted) if posted.isascii() and posted.isdigit() and len(posted) < 4 else len(kept)
        count = min(max(count, question.least, 1), question.most)
        self._typed = {"count": (str(count),)}
        self.items = [
            [self._field(each, kept[n] if n < len(kept) else {}) for each in question.numbered(n + 1)]
            for n in range(count)
        ]
        for item in self.items:
            for field in item:
                field.process(formdata)

    def judge(self, answers: Answers) -> None:
        """Read every one that is not wholly blank; what is wrong with each is told beside it."""
        kept: list[dict[str, Any]] = []
        for number, item in enumerate(self.items, 1):
            if number > self._several.least and all(field.blank for field in item):
                continue
            kept.append(self._read(number, item))
        self.data = kept or None
        wrong = [str(error) for item in self.items for field in item for error in field.errors]
        if wrong:
            raise ValidationError(wrong[0])
        if self.data is None and self.question.required(answers):
            self.items[0][0].errors = [self.question.missing]
            raise ValidationError(self.question.missing)

    def _read(self, number: int, item: list[QuestionField]) -> dict[str, Any]:
        """The answers of one; its errors say which one it is."""
        answers: dict[str, Any] = {}
        for question, field in zip(self._several.questions, item):
            try:
                field.judge(answers)
            except ValidationError as wrong:
                pattern = self._asking.translate("{each} {number}: {words}")
                field.errors = [pattern.format(each=self._several.each, number=number, words=wrong)]
            else:
                answers[question.id] = field.data
        return answers

    def located_errors(self) -> Iterator[tuple[str, str]]:
        """Each error with the html id of the input that is wrong."""
        return (found for item in self.items for field in item for found in field.located_errors())

    def as_typed(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """How many there are, and every text posted, by the html name of its input."""
        yield from super().as_typed()
        for item in self.items:
            for field in item:
                yield from field.as_typed()

    def with_one_more(self) -> dict[str, list[str]]:
        """What was typed, and room for one more."""
        return self._retyped([*range(len(self.items)), None][: self._several.most])

    def without(self, number: int) -> dict[str, list[str]]:
        """What was typed, but for the one with this number, from 1."""
        return self._retyped([n for n in range(len(self.items)) if n != number - 1] or [None])

    def _retyped(self, order: Iterable[int | None]) -> dict[str, list[str]]:
        """What was typed of the ones in this order, None standing for an empty one, by html name."""
        kept = list(order)
        typed = {name_of(self.question, "count"): [str(len(kept))]}
        for place, n in enumerate(kept, 1):
            for question, field in zip(self._several.numbered(place), self.items[n] if n is not None else ()):
                for name, texts in field.as_typed():
                    typed[question.id + name.removeprefix(field.question.id)] = list(texts)
        return typed

    @property
    def _several(self) -> AddAnother:
        assert isinstance(self.question, AddAnother)
        return self.question

    def _field(self, question: Question, kept: Mapping[str, Any]) -> QuestionField:
        value = kept.get(question.id.rpartition("-")[2])
        asking = Asking(self._asking.now, self._asking.lookups, value, self._asking.translate)
        return QuestionField(question, {}, asking, name=question.id, _form=None, _meta=self.meta)


def field_of(question: Question, answers: Answers, asking: Asking) -> QuestionField:
    """The field of a question, not yet bound to a form."""
    kind = AddAnotherField if isinstance(question, AddAnother) else QuestionField
    return kind(question, answers, asking)


def name_of(question: Question, part: str) -> str:
    """The html name, and id, of one input of a question."""
    return f"{question.id}-{part}" if part else question.id
