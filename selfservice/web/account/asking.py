"""Asks for a part of a profile as a form asks: the kit's questions on a page, kept only when all is right."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from forms.kit.compile import PageForm, form_for
from forms.kit.fields import AddAnotherField
from forms.kit.service import Page
from selfservice import clock
from selfservice.web import autofill, widgets
from selfservice.web.languages import _
from selfservice.web.looks import Part
from selfservice.web.security import expired
from selfservice.web.session import installation
from selfservice.web.words import PRESS_AGAIN

FIND = "find:"


@dataclass(frozen=True)
class Asked:
    """A page that is asked, with the answers that are kept; `note` stands above its questions."""

    page: Page
    kept: Mapping[str, Any]
    note: str = ""


def show(asked: Asked) -> ResponseReturnValue:
    """The page with what is kept."""
    return _shown(asked, _form(asked, None))


def take(asked: Asked, save: Callable[[dict[str, Any]], ResponseReturnValue]) -> ResponseReturnValue:
    """Do what the pressed button says with what was typed: `save` is given the answers once all of them are right."""
    form = _form(asked, request.form)
    if expired():
        return _shown(asked, form, notice=_(PRESS_AGAIN), status=400)
    pressed = request.form.get("do", "")
    if pressed.startswith(FIND):
        return _found(asked, form, pressed.removeprefix(FIND))
    typed = form.rearranged(pressed)
    if typed is not None:
        return _shown(asked, _form(asked, MultiDict(typed)))
    return save(form.read()) if form.validate() else _shown(asked, form, status=422)


def refuse(asked: Asked, words: str) -> ResponseReturnValue:
    """The page again, with what was typed and why it is not kept."""
    return _shown(asked, _form(asked, request.form), notice=words, status=422)


def _found(asked: Asked, form: PageForm, name: str) -> ResponseReturnValue:
    """The addresses of a postcode, or what is wrong with the postcode."""
    form.validate()
    field = next((each for each in form if each.question.id == name), None)
    if field is not None and field.errors and not field.unchosen:
        for other in form:
            if other is not field:  # nobody has said yet that they are done with the rest
                other.errors = []
        return _shown(asked, form, status=422)
    return _shown(asked, _form(asked, MultiDict(form.typed())))


def _form(asked: Asked, posted: Any) -> PageForm:
    return form_for(asked.page, asked.kept, posted, installation().places, now=clock.now(), translate=_)


def _shown(asked: Asked, form: PageForm, notice: str = "", status: int = 200) -> ResponseReturnValue:
    look = widgets.compose(asked.page, form)
    # The questions are made anew for each request, so that nothing drawn of them is found again.
    parts = tuple(replace(_removable(part, form), kept=None) for part in look.parts)
    return make_response(
        render_template(
            "account/change.html",
            look=autofill.guarded(replace(look, parts=parts)),
            errors=form.errors_in_order(),
            note=asked.note,
            notice=notice,
            action=request.path,
            back_url="/account/profile",
        ),
        status,
    )


def _removable(part: Part, form: PageForm) -> Part:
    """A list of people may come to hold nobody: its only one can be removed too, once there is anything of it."""
    if part.component != "several":
        return part
    field = form[part.params["id"]]
    assert isinstance(field, AddAnotherField)
    [*items] = part.params["items"]
    if len(items) != 1 or all(each.blank for each in field.items[0]):
        return part
    items[0] = items[0] | {"remove": f"remove:{part.params['id']}:1"}
    return replace(part, params=part.params | {"items": items})
