"""What browsers fill in by themselves: nothing while an agent helps, for it would be their own name and number."""

from dataclasses import replace
from typing import Any

from selfservice.web.looks import Part
from selfservice.web.standing import helping
from selfservice.web.widgets import Look

AUTOCOMPLETE = "autocomplete"


def guarded(look: Look) -> Look:
    """The look of a page, with every input shut to what the agent's browser knows of the agent."""
    return look if helping() is None else shut(look)


def shut(look: Look) -> Look:
    """The look of a page on which nothing is the reader's own."""
    return replace(look, parts=tuple(_part(part) for part in look.parts))


def _part(part: Part) -> Part:
    return Part(part.component, _shut(part.params), part.kept)


def _shut(params: Any) -> Any:
    if isinstance(params, Part):
        return _part(params)
    if isinstance(params, dict):
        shut = {name: _shut(value) for name, value in params.items()}
        return shut | {AUTOCOMPLETE: "off"} if AUTOCOMPLETE in shut else shut
    if isinstance(params, list | tuple):
        return type(params)(_shut(each) for each in params)
    return params
