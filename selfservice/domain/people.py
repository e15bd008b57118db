"""Who is doing this now, in which standing, and on whose behalf."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

# Stands for every council of the partnership, where something is no single council's own: an account, a profile.
PARTNERSHIP = "partnership"


class Channel(StrEnum):
    """How the customer reached us."""

    WEB = "web"
    PHONE = "phone"
    FACE_TO_FACE = "face_to_face"
    EMAIL = "email"
    LETTER = "letter"
    SOCIAL = "social"
    CHAT = "chat"
    API = "api"


class ActorKind(StrEnum):
    """The standing in which somebody acts."""

    RESIDENT = "resident"
    AGENT = "agent"
    OPERATOR = "operator"
    BACK_OFFICE = "back_office"
    SYSTEM = "system"


class Role(StrEnum):
    """What a member of staff is there for, council by council."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    OPERATOR = "operator"
    SERVICE_OWNER = "service_owner"
    AUDITOR = "auditor"


class Verification(IntEnum):
    """How sure an agent is of who the customer is; each level contains the ones before."""

    NONE = 0
    BASIC = 1
    FULL = 2


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is doing this now, and on whose behalf; passed explicitly to every operation.

    `id` is an opaque id: the visitor for a resident who has not signed in, the customer for one who has, the
    member of staff for an agent, the connector's name for a back office. It never holds a name or an address.
    `on_behalf_of` is the customer whom an agent is helping and `via` the acting session by which they do.
    `councils` are the slugs the actor works for as what `kind` says; empty for a resident, who may use every
    council. `roles` are a member of staff's, by the slug of the council.
    """

    kind: ActorKind
    id: str
    channel: Channel = Channel.WEB
    on_behalf_of: str | None = None
    councils: frozenset[str] = frozenset()
    via: str | None = None
    roles: frozenset[tuple[str, Role]] = frozenset()
    signed_in: bool = False

    @property
    def customer(self) -> str:
        """The id of the person whom the doing concerns: the customer behind an agent, else the actor."""
        return self.on_behalf_of or self.id

    @property
    def acting(self) -> bool:
        """Whether somebody acts for another."""
        return self.on_behalf_of is not None

    def councils_as(self, *roles: Role) -> frozenset[str]:
        """The slugs of the councils at which a member of staff has one of these roles."""
        return councils_as(self.roles, roles)


def councils_as(held: Iterable[tuple[str, Role]], wanted: Collection[Role]) -> frozenset[str]:
    """The slugs of the councils at which, of the roles that are held, one is among those wanted."""
    return frozenset(slug for slug, role in held if role in wanted)


SYSTEM = Actor(ActorKind.SYSTEM, "system", Channel.API)
