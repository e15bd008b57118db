"""What each kind of actor may do: one table, read by every door."""

from enum import StrEnum

from selfservice.domain.people import Actor, ActorKind


class Action(StrEnum):
    """Something that an actor may or may not do."""

    ASK = "ask"  # begin and fill in a draft
    SUBMIT = "submit"
    ADD_FILE = "add_file"
    KEEP_COPY = "keep_copy"  # of what was sent, for oneself
    SEE_PROGRESS = "see_progress"
    TELL_NEWS = "tell_news"  # say how a case stands


ALLOWED: dict[ActorKind, frozenset[Action]] = {
    ActorKind.RESIDENT: frozenset(
        {Action.ASK, Action.SUBMIT, Action.ADD_FILE, Action.KEEP_COPY, Action.SEE_PROGRESS}
    ),
    ActorKind.AGENT: frozenset(
        {Action.ASK, Action.SUBMIT, Action.ADD_FILE, Action.KEEP_COPY, Action.SEE_PROGRESS}
    ),
    ActorKind.OPERATOR: frozenset({Action.SEE_PROGRESS}),
    ActorKind.BACK_OFFICE: frozenset({Action.TELL_NEWS}),
    ActorKind.SYSTEM: frozenset({Action.TELL_NEWS}),
}
EVERY_COUNCIL = frozenset({ActorKind.RESIDENT, ActorKind.SYSTEM})


def may(actor: Actor, action: Action, council: str, holder: str | None = None) -> bool:
    """Whether `actor` may do `action` with something of the council with this slug.

    Residents may use every council; agents, operators and back offices only those they work for. `holder` is
    the id of the customer whose own the thing is (a draft and its photos), None where it is nobody's.
    """
    if action not in ALLOWED[actor.kind]:
        return False
    if holder is not None and holder != actor.customer:
        return False
    return actor.kind in EVERY_COUNCIL or council in actor.councils
