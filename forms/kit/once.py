"""What is worked out once for each service in use."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from forms.kit.service import Service

MOST = 1024  # services kept: each council's own, in each language
Told = TypeVar("Told")


def once_each(work: Callable[[Service], Told]) -> Callable[[Service], Told]:
    """`work`, done once for each service: the same object is told the same, without work, until it is forgotten."""
    kept = lru_cache(maxsize=MOST)(lambda same: work(same.service))

    @wraps(work)
    def told(service: Service) -> Told:
        return kept(_Same(service))

    return told


class _Same:
    """A service told apart by which it is: to compare two by all that is in them takes longer than a page."""

    __slots__ = ("service",)

    def __init__(self, service: Service) -> None:
        self.service = service

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.service is self.service

    def __hash__(self) -> int:
        return id(self.service)
