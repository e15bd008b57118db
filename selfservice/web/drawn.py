"""What is drawn once and then kept: the frame of a council's pages, and choices as they stand on a page.

Nothing that a person typed is kept: only texts of ours, and which of our own choices are ticked.
"""

from collections.abc import Callable, Hashable

from jinja2 import Environment
from markupsafe import Markup

from selfservice.web.languages import language
from selfservice.web.looks import Part

MOST = 4_000  # drawings, of a few kilobytes each
Macro = Callable[..., Markup]


class Drawn:
    """The drawings of one environment, by the reader's language and what tells them apart."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[object, Markup]] = {}

    def frame(self, macro: Macro, of: object, *rest: Hashable) -> Markup:
        """What `macro` draws of a thing and the rest, which together say all that bears on it."""
        return self._once((macro.name, rest), of, lambda: macro(of, *rest))  # type: ignore[attr-defined]  # Jinja's macros have one

    def part(self, part: Part, macro: Macro) -> Markup:
        """What `macro` draws of a part of a page."""
        if part.kept is None:
            return macro(part.params)
        of, rest = part.kept
        return self._once((part.component, rest), of, lambda: macro(part.params))

    def _once(self, rest: Hashable, of: object, draw: Callable[[], Markup]) -> Markup:
        # By the thing's identity, and held by it too, so that another cannot come to have the same.
        key = (language().tag, id(of), rest)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= MOST:
                self._kept.clear()
            found = self._kept[key] = (of, draw())
        return found[1]


def install(environment: Environment) -> None:
    """Give the templates `drawn`."""
    environment.globals["drawn"] = Drawn()
