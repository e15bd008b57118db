"""What was typed on a page that cannot take it just now: given back, to be read and to be sent again.

Answers that were chosen are told by their words and not by their codes; what a page's form carries of its own is sent
again but told to nobody. Passwords, codes and files are never given back.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import current_app, request

from forms.kit.chosen import Radios
from selfservice.web.languages import services_in_language

MOST = 200
# What a form has from the page that it stands on, and that it has anew when it is sent from another.
GUARDS = ("csrf_token", "stamp", "do")
CARRIED = (*GUARDS, "together", "key", "helping", "none_of", "contact", "typed-on", "typed-changing")


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What was posted: where to, the names and values of its fields, and what of them a person typed or chose."""

    action: str
    fields: tuple[tuple[str, str], ...]
    shown: tuple[str, ...]


def typed() -> GivenBack | None:
    """What this request posted; None where that was nothing, or more than a person types."""
    if request.method != "POST" or not current_app.extensions.get("selfservice"):
        return None
    fields = tuple(
        (name, value) for name, values in request.form.lists() for value in values if not is_secret(name)
    )
    if len(fields) > MOST or not fields:
        return None
    return GivenBack(request.full_path.rstrip("?"), fields, tuple(_shown(fields)))


def is_secret(name: str) -> bool:
    """Whether a field of this name holds a password or a code; a postcode is none."""
    return "password" in name or "code" in re.split("[^a-z]+", name)


def _shown(fields: tuple[tuple[str, str], ...]) -> Iterator[str]:
    words = _words_of_choices()
    for name, value in fields:
        if name in words:
            yield words[name].get(value, value)
        elif name not in CARRIED and value.strip():
            yield value


def _words_of_choices() -> dict[str, Mapping[str, str]]:
    """For each question of the form that this page belongs to, if to any, the words of its choices by their codes."""
    address = request.view_args or {}
    council, service = str(address.get("council")), str(address.get("service"))
    if council not in current_app.extensions["selfservice"].councils:
        return {}
    found = services_in_language(council).get(service)
    asked = found.questions() if found else ()
    return {
        each.id: {choice.value: choice.label for choice in each.choices}
        for each in asked
        if isinstance(each, Radios)
    }
