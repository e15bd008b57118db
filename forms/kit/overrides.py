"""A council's own words for a service, from its TOML: words, order and removal of choices, promised days, duplicates.

What cannot be changed so: the order of pages, conditions, and the kind of a question. Anything unknown is a mistake.
"""

from collections.abc import Mapping
from typing import Any

from forms.kit.service import Service


def overridden(service: Service, own: Mapping[str, Any]) -> tuple[Service, list[str]]:
    """The service in the council's words, and what is wrong with them: "questions.land.labell: …"."""
    return service, []
