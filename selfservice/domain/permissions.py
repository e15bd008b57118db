"""What each kind of actor may do, and what nobody may do for another: one table, read by every door."""

from dataclasses import dataclass
from enum import StrEnum

from selfservice.domain.people import PARTNERSHIP, Actor, ActorKind, Role, Verification


class Action(StrEnum):
    """Something that an actor may or may not do."""

    ASK = "ask"  # begin and fill in a draft
    SUBMIT = "submit"
    ADD_FILE = "add_file"
    KEEP_COPY = "keep_copy"  # of what was sent, for oneself
    SEE_PROGRESS = "see_progress"
    TELL_NEWS = "tell_news"  # say how a case stands
    SEE_ACCOUNT = "see_account"  # profile, timeline, messages
    CHANGE_PROFILE = "change_profile"
    WRITE_MESSAGE = "write_message"
    DISPUTE = "dispute"  # "this is not fixed"
    CLAIM = "claim"  # take over what was sent without an account
    SIGN_IN_DETAILS = "sign_in_details"  # password, second factors, sessions, other portals
    EXPORT = "export"
    DELETE_ACCOUNT = "delete_account"
    HAND_OVER = "hand_over"  # a draft, to an agent or back
    FIND_CUSTOMER = "find_customer"
    CREATE_CUSTOMER = "create_customer"
    VERIFY = "verify"  # ask a customer what only they know
    ACT = "act"  # begin to help one customer
    INTERACT = "interact"  # an agent's own record of contacts
    SUPERVISE = "supervise"  # see the work of agents
    APPROVE = "approve"  # open a restricted record to an agent
    AUDIT = "audit"  # read the record


# What nobody does for somebody else, whatever the rights of both.
NEVER_WHILE_ACTING = frozenset({Action.SIGN_IN_DETAILS, Action.EXPORT, Action.DELETE_ACCOUNT, Action.CLAIM})
OF_VISITORS = frozenset(
    {
        Action.ASK,
        Action.SUBMIT,
        Action.ADD_FILE,
        Action.KEEP_COPY,
        Action.SEE_PROGRESS,
        Action.HAND_OVER,
        Action.WRITE_MESSAGE,
        Action.DISPUTE,
    }
)
OF_ACCOUNTS = frozenset(
    {
        Action.SEE_ACCOUNT,
        Action.CHANGE_PROFILE,
        Action.CLAIM,
        Action.SIGN_IN_DETAILS,
        Action.EXPORT,
        Action.DELETE_ACCOUNT,
    }
)
# What a member of staff does in their own name.
OF_ROLES: dict[Role, frozenset[Action]] = {
    Role.AGENT: frozenset(
        {
            Action.FIND_CUSTOMER,
            Action.CREATE_CUSTOMER,
            Action.VERIFY,
            Action.ACT,
            Action.INTERACT,
            Action.HAND_OVER,
        }
    ),
    Role.SUPERVISOR: frozenset({Action.SUPERVISE, Action.APPROVE}),
    Role.OPERATOR: frozenset({Action.SEE_PROGRESS}),
    Role.SERVICE_OWNER: frozenset({Action.SUPERVISE}),
    Role.AUDITOR: frozenset({Action.AUDIT, Action.SUPERVISE}),
}
OF_MACHINES: dict[ActorKind, frozenset[Action]] = {
    ActorKind.OPERATOR: frozenset({Action.SEE_PROGRESS}),
    ActorKind.BACK_OFFICE: frozenset({Action.TELL_NEWS}),
    ActorKind.SYSTEM: frozenset({Action.TELL_NEWS}),
}
EVERY_COUNCIL = frozenset({ActorKind.RESIDENT, ActorKind.SYSTEM})


class NotAllowed(Exception):
    """An actor asked for something that they may not do; holds the action."""

    def __init__(self, action: Action) -> None:
        super().__init__(str(action))
        self.action = action


class NotVerified(Exception):
    """An agent would do what wants a customer who is more certain; holds how certain they must be, and are."""

    def __init__(self, needs: Verification, has: Verification) -> None:
        super().__init__(f"needs {needs.name}, has {has.name}")
        self.needs = needs
        self.has = has


@dataclass(frozen=True, slots=True)
class Thing:
    """What something is done with: of which council (slug), and whose own it is.

    `council` is `PARTNERSHIP` for what is no single council's. `holder` is the id of the customer (or of the
    browser) whose own it is, None where it is nobody's.
    """

    council: str
    holder: str | None = None


def may(actor: Actor, action: Action, thing: Thing) -> bool:
    """Whether `actor` may do `action` with `thing`.

    Residents may use every council; staff and back offices only those they work for. An agent who acts for a
    customer may do what the customer may, but for what nobody does for another, and only at councils where they
    are agents: both must be allowed, never either. A member of staff who acts for nobody does nothing of a
    resident's: not even in their own name.
    """
    if thing.holder is not None and thing.holder != actor.customer:
        return False
    if actor.kind is ActorKind.AGENT:
        return _may_staff(actor, action, thing)
    if actor.kind is ActorKind.RESIDENT:
        return action in OF_VISITORS or (actor.signed_in and action in OF_ACCOUNTS)
    if action not in OF_MACHINES[actor.kind]:
        return False
    return actor.kind in EVERY_COUNCIL or thing.council in actor.councils


def _may_staff(actor: Actor, action: Action, thing: Thing) -> bool:
    if action in OF_VISITORS | OF_ACCOUNTS and actor.acting:
        return action not in NEVER_WHILE_ACTING and _works_at(actor, thing.council)
    roles = {role for slug, role in actor.roles if thing.council in (PARTNERSHIP, slug)}
    return any(action in OF_ROLES[role] for role in roles)


def _works_at(actor: Actor, council: str) -> bool:
    return bool(actor.councils) if council == PARTNERSHIP else council in actor.councils
