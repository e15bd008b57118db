"""Who is doing this now, and on whose behalf."""

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is doing this now, and on whose behalf; passed explicitly to every operation.

    `id` is an opaque id: the visitor for a resident who has not signed in, the agent's id for an agent,
    the connector's name for a back office. It never holds a name or an address. `councils` are the slugs
    the actor works for; empty for a resident, who may use every council.
    """

    kind: ActorKind
    id: str
    channel: Channel = Channel.WEB
    on_behalf_of: str | None = None
    councils: frozenset[str] = frozenset()

    @property
    def customer(self) -> str:
        """The id of the person whom the doing concerns: the customer behind an agent, else the actor."""
        return self.on_behalf_of or self.id


SYSTEM = Actor(ActorKind.SYSTEM, "system", Channel.API)
