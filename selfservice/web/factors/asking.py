"""A page that asks for a second factor: the second step of signing in, and the same once more before a change."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint
from flask.typing import ResponseReturnValue

from selfservice.domain.people import Role
from selfservice.web.factors import proving
from selfservice.web.factors.room import Room
from selfservice.web.languages import _
from selfservice.web.next_page import next_here, with_next
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.words import PRESS_AGAIN


@dataclass(frozen=True, slots=True)
class Step:
    """Whose factor is asked for, on which page, and what follows.

    `path` is where the page stands, `words` (to be translated) what it is for. `taken` answers once a factor was given,
    by its name; `first`, where it gives an answer, instead of asking. `cancel` posts to where one signs out.
    """

    room: Room
    path: str
    words: str
    taken: Callable[[str], ResponseReturnValue]
    first: Callable[[], ResponseReturnValue | None] = lambda: None
    cancel: str = ""


def install(blueprint: Blueprint, step: Step, who: Who, *roles: Role) -> None:
    """Put the page into a blueprint, open to `who`, of these roles."""
    name = step.path.rpartition("/")[2].replace("-", "_")

    @open_to(who, *roles)
    def ask() -> ResponseReturnValue:
        """Ask for it."""
        return step.first() or _page(step)

    @open_to(who, *roles, csrf=Csrf.ASKED_AGAIN)
    def give() -> ResponseReturnValue:
        """Go on if it is right."""
        if expired():
            return _page(step, notice=_(PRESS_AGAIN))
        given = proving.given(step.room)
        return step.taken(given.method) if given.method else _page(step, wrong=given.wrong)

    @open_to(who, *roles)
    def options() -> ResponseReturnValue:
        """What the page's script asks the browser for."""
        return proving.options(step.room)

    blueprint.add_url_rule(step.path, name, ask, methods=["GET"])
    blueprint.add_url_rule(step.path, f"{name}_given", give, methods=["POST"])
    blueprint.add_url_rule(f"{step.path}/options", f"{name}_options", options, methods=["POST"])


def _page(step: Step, wrong: tuple[str, str] | None = None, notice: str | None = None) -> ResponseReturnValue:
    action = with_next(step.path, next_here())
    return proving.page(step.room, action, _(step.words), wrong=wrong, notice=notice, cancel=step.cancel)
