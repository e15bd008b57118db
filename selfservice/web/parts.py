"""What the parts of a submission are called where several back offices hear of it."""

from typing import Protocol

from selfservice.web.languages import _
from selfservice.web.session import installation


class Part(Protocol):
    """What tells one part from another: its title, and the slug of its council."""

    @property
    def title(self) -> str:
        """What the customer knows it by, such as "Council tax"."""
        ...

    @property
    def council(self) -> str:
        """The slug of the council that is told."""
        ...


def part_name(part: Part) -> str:
    """A part and whose it is, such as "Council tax, Boston Borough Council"."""
    council = installation().councils.get(part.council)
    return _("%(part)s, %(council)s", part=_(part.title), council=council.name if council else part.council)
