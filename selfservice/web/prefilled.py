"""Answers that a customer's account gives to the questions of a form: put in, said so, and offered to be kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from forms.kit import own
from forms.kit.compile import PageForm
from forms.kit.own import Own
from forms.kit.service import Page
from selfservice.operations import prefilling
from selfservice.operations.profiles import KNOWN_BY
from selfservice.web.actors import actor
from selfservice.web.begun import Begun
from selfservice.web.languages import _, gettext_noop
from selfservice.web.looks import Part
from selfservice.web.session import installation
from selfservice.web.standing import helping
from selfservice.web.viewing import note_look
from selfservice.web.widgets import Look

SOURCE = gettext_noop("From your account. Change it if it is different this time.")
SOURCE_OF_THEIRS = gettext_noop("From the customer’s account. Change it if it is different this time.")
LABELS = {
    Own.NAME: gettext_noop("Name"),
    Own.BORN: gettext_noop("Date of birth"),
    Own.PHONE: gettext_noop("Phone number"),
    Own.ADDRESS: gettext_noop("Address where you live"),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that was told in a form and could be kept in the account: what it is called, and how it reads."""

    label: str
    lines: tuple[str, ...]


def put_in(begun: Begun, page: Page) -> dict[str, Any]:
    """What the account answers of a page that was not answered yet, by question id."""
    answers = begun.draft.answers
    if begun.draft.sent or not any(
        each.id not in answers for each, _own in own.asked_of(page.asked, answers)
    ):
        return {}
    return own.put_in(page.asked, answers, begun.on_account)


def left_so(begun: Begun, given: Mapping[str, Any]) -> set[str]:
    """Those of the answers now given (ids) that are as the account gave them, before or just now."""
    asked = [each for each in begun.service.questions() if each.id in given]
    answers = begun.draft.answers
    before = {name: answers.get(name) for name in begun.draft.prefilled}
    fresh = [each for each in asked if each.id not in answers and given[each.id] is not None]
    if any(True for _each in own.asked_of(fresh, answers)):
        before |= own.put_in(fresh, answers, begun.on_account)
    return {each.id for each in asked if given[each.id] is not None and given[each.id] == before.get(each.id)}


def said_so(begun: Begun, page: Page, form: PageForm, look: Look) -> Look:
    """The look of a page, with a note under each question whose answer is as the account gives it."""
    from_account = put_in(begun, page)
    if from_account:
        note_look("form", begun.council.slug)
    answers = {name: begun.draft.answers.get(name) for name in begun.draft.prefilled} | from_account
    noted = {
        field.question.id
        for field in form
        if (value := answers.get(field.question.id)) is not None and _stands(field, value)
    }
    if not noted:
        return look
    return replace(
        look, parts=tuple(_noted(part) if part.params.get("id") in noted else part for part in look.parts)
    )


def offered(begun: Begun) -> tuple[Offered, ...]:
    """What was told in a form that was sent and differs from the account, for the person to say whether to keep it."""
    told = told_in(begun)
    if not told or not _may_keep():
        return ()
    with installation().database.look() as session:
        worth = prefilling.worth_keeping(
            session, actor(), {each: value for each, (_q, value) in told.items()}
        )
    return tuple(Offered(_(LABELS[each]), told[each][0].lines(value, _)) for each, value in worth.items())


def told_in(begun: Begun) -> dict[Own, tuple[Any, Any]]:
    """What the form was told of the person themselves, on the pages of their way."""
    pages = (page for page in begun.way.pages if isinstance(page, Page))
    return own.told_of((each for page in pages for each in page.asked), begun.way.kept)


def _may_keep() -> bool:
    """Whether it could be kept: the customer has an account, and an agent is sure enough of them to change it."""
    helped = helping()
    return actor().signed_in if helped is None else helped.verification >= KNOWN_BY


def _stands(field: Any, value: Any) -> bool:
    """Whether what stands in the inputs of a field is this value."""
    shown = {part: texts[0] for part, texts in field.question.typed(value).items() if texts}
    return all(text == shown.get(part, "") for part, text in field.typed.items())


def _noted(part: Part) -> Part:
    hint = part.params.get("hint")
    words = _(SOURCE_OF_THEIRS) if helping() else _(SOURCE)
    note = Markup('<span class="from-account">{}</span>').format(words)
    told = Markup("{} {}").format(hint["text"], note) if hint else note
    return replace(part, params=part.params | {"hint": {"html": told}})
