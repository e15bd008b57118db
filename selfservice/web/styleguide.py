"""The style guide: every kind of question in every state, with what machines are told of it. Only in a demonstration.

What is shown is what residents see: the same fields, the same parts, the same components.
"""

import json
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from forms.kit.compile import form_for
from forms.kit.conditions import Is
from forms.kit.fields import name_of
from forms.kit.publish import attribute_of
from forms.kit.questions import Question
from forms.kit.samples import SAMPLES, Sample
from forms.kit.service import Link, Page, Stop
from forms.kit.several import AddAnother
from selfservice import clock
from selfservice.web.languages import _
from selfservice.web.looks import Part
from selfservice.web.security import Who, open_to
from selfservice.web.session import installation
from selfservice.web.widgets import compose

blueprint = Blueprint("styleguide", __name__)

STOP = "stop"
PRIVATE_LAND = Stop(
    STOP,
    "Waste on private land",
    when=Is("land", "private"),
    guidance=("Whoever owns the land must clear it. We cannot do it for them.",),
    links=(Link("How to find a licensed waste carrier", "https://example.org/carriers"),),
)


@dataclass(frozen=True)
class State:
    """One state of a question: what it is called, and the part that shows it."""

    name: str
    part: Part


def name_of_kind(sample: Sample) -> str:
    """What a kind is called in an address: BankAccount is "bank-account"."""
    name = type(sample.question).__name__
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("-")


@blueprint.get("/styleguide")
@open_to(Who.ANYONE)
def index() -> ResponseReturnValue:
    """Every kind, in the order of the kit."""
    _only_in_a_demonstration()
    kinds = [
        {
            "name": type(each.question).__name__,
            "url": f"/styleguide/{name_of_kind(each)}",
            "says": _says(each),
        }
        for each in SAMPLES
    ]
    return render_template("styleguide/index.html", kinds=kinds, stop_url=f"/styleguide/{STOP}")


@blueprint.get("/styleguide/<page>")
@open_to(Who.ANYONE)
def show(page: str) -> ResponseReturnValue:
    """One kind in every state, or the page that ends a journey."""
    _only_in_a_demonstration()
    here = next(iter(installation().councils.values()))
    if page == STOP:
        return render_template(
            "journey/stop.html",
            council=here,
            service=SimpleNamespace(title=_("Style guide")),
            page=PRIVATE_LAND,
            guidance=PRIVATE_LAND.guidance,
            back_url="/styleguide",
        )
    sample = next((each for each in SAMPLES if name_of_kind(each) == page), None)
    if sample is None:
        abort(404)
    states = states_of(sample)
    return render_template(
        "styleguide/kind.html",
        council=here,
        kind=type(sample.question).__name__,
        says=_says(sample),
        states=states,
        has_map=any(state.part.component == "place" for state in states),
        has_lists=any(state.part.component == "select" for state in states),
        row=_row(sample),
        machines=_machines(sample),
    )


def states_of(sample: Sample) -> list[State]:
    """The states there are of it: not each can be wrong, left blank, or asked of several."""
    question = sample.question
    if not question.asks:
        return [State("Shown", _part(question))]
    states = [
        State("Empty", _part(_as(question, "empty"))),
        State("Filled in", _part(_as(question, "filled"), kept=sample.kept)),
        State("Not answered", _part(_as(question, "missed"), typed={})),
    ]
    if sample.wrong:
        states.append(State("Refused", _part(_as(question, "refused"), typed=sample.wrong)))
    states.append(State("Optional", _part(_as(question, "optional", optional=True))))
    if not isinstance(question, AddAnother) and question.answers_as not in ("files", "place"):
        several = AddAnother(
            "several", "Asked of several", each="One", questions=(replace(question, id="it"),)
        )
        states.append(State("Asked of several", _part(several, kept=[{"it": sample.kept}] * 2)))
    return states


def _as(question: Question, state: str, **changed: Any) -> Question:
    """The question under an id of its own, for it stands on the page several times."""
    return replace(question, id=f"{state}_{question.id}", **changed)


def _part(question: Question, kept: Any = None, typed: Any = None) -> Part:
    """The question as it is shown with this answer kept, or with these texts posted and judged."""
    posted = None
    if typed is not None:
        posted = MultiDict({name_of(question, part): text for part, text in typed.items()})
    page = Page("page", question, title="Page")
    answers = {} if kept is None else {question.id: kept}
    form = form_for(page, answers, posted, installation().places, now=clock.now(), translate=_)
    if posted is not None:
        form.validate()
    return compose(page, form).parts[0]


def _row(sample: Sample) -> dict[str, Any] | None:
    """The answer as check answers shows it."""
    question = sample.question
    return {"question": question.label, "lines": question.lines(sample.kept, _)} if question.asks else None


def _machines(sample: Sample) -> list[tuple[str, str]]:
    """What programs are told of the kind: an answer, its schema and its attribute."""
    question = sample.question
    if not question.asks:
        return []
    told = [(_("As JSON"), sample.kept), (_("JSON Schema"), question.schema())]
    attribute = attribute_of(question, 1)
    if attribute is not None:
        told.append((_("Open311 attribute"), attribute))
    return [(name, json.dumps(_cut(value), indent=2, ensure_ascii=False)) for name, value in told]


def _cut(value: Any) -> Any:
    """Long lists are cut, so that the page stays readable."""
    if isinstance(value, dict):
        return {key: _cut(each) for key, each in value.items()}
    if isinstance(value, list):
        return [*map(_cut, value[:4]), *(["…"] if len(value) > 4 else [])]
    return value


def _says(sample: Sample) -> str:
    return " ".join((type(sample.question).__doc__ or "").partition("\n\n")[0].replace("`", "").split())


def _only_in_a_demonstration() -> None:
    if not installation().settings.demonstration:
        abort(404)
