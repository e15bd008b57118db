"""The buttons of a page besides those that leave it: one more, one fewer, and the addresses of a postcode.

Each keeps what was typed and leads to the page again, unjudged: nobody has said yet that they are done with it.
"""

from collections.abc import Iterator, Mapping

from flask import redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from forms.kit.compile import PageForm, QuestionField
from forms.kit.fields import AddAnotherField
from forms.kit.service import Page
from selfservice.domain.draft import DraftSent, Mistyped
from selfservice.web.answering import changing, form_of, keep_typed, refuse
from selfservice.web.begun import SENT, Begun

FIND = "find:"


def rearrange(begun: Begun, page: Page, form: PageForm) -> ResponseReturnValue | None:
    """Do what the pressed button says; None when it is none of these."""
    pressed = request.form.get("do", "")
    if pressed.startswith(FIND):
        return _find(begun, page, form, pressed.removeprefix(FIND))
    typed = form.rearranged(pressed)
    if typed is None:
        return None
    what, _, rest = pressed.partition(":")
    name = rest.partition(":")[0]
    return _show_again(begun, page, typed, _newest(form_of(begun, page, MultiDict(typed)), name, what))


def _find(begun: Begun, page: Page, form: PageForm, name: str) -> ResponseReturnValue | None:
    """Show the addresses of a postcode, or what is wrong with the postcode."""
    field = next((each for each in _fields(form) if each.question.id == name), None)
    if field is None:
        return None
    form.validate()
    if field.errors and not field.unchosen:
        return refuse(begun, page, form)
    return _show_again(begun, page, form.typed(), f"{name}-uprn" if field.found else f"{name}-line1")


def _show_again(begun: Begun, page: Page, typed: Mapping[str, list[str]], at: str) -> ResponseReturnValue:
    """Lead to the page with what was typed, and to the input where it goes on."""
    try:
        keep_typed(begun, Mistyped(page.slug, typed, judged=False))
    except DraftSent:
        return redirect(begun.url(SENT), 303)
    return redirect(begun.url(page.slug, change=changing(), wrong=True) + f"#{at}", 303)


def _newest(form: PageForm, name: str, what: str) -> str:
    """The first input of the one just added; after one was removed, the whole list."""
    field = form[name]
    return field.items[-1][0].error_id if what == "add" and isinstance(field, AddAnotherField) else name


def _fields(form: PageForm) -> Iterator[QuestionField]:
    """Every field, those within others too."""
    for field in form:
        yield field
        if isinstance(field, AddAnotherField):
            for item in field.items:
                yield from item
