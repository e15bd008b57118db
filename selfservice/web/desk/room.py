"""What the pages of the desk have in common: who asks, the contact that is going on, and the words for both."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from selfservice import clock
from selfservice.domain.contact import Contact
from selfservice.domain.people import Actor, Channel, Verification
from selfservice.operations import contacts, desks, telling
from selfservice.web import banner, standing
from selfservice.web.actors import staff_actor
from selfservice.web.errors import Refused
from selfservice.web.languages import _, ngettext, services_in_language
from selfservice.web.session import installation


def going() -> Contact | None:
    """The contact that the agent has going. One that lay idle is paused by this."""
    agent, now = staff_actor(), clock.now()
    with installation().database.write() as session:
        contacts.tidy(session, agent, now)
        return desks.going(session, agent, now)


def agent_in(contact: Contact | None) -> Actor:
    """The agent, by the channel of this contact: so the lines of what they do in it say how the customer reached them,
    also before anybody is helped."""
    return agent_by(contact.channel) if contact else staff_actor()


def agent_by(channel: Channel) -> Actor:
    """The agent, reached by this channel."""
    return replace(staff_actor(), channel=channel)


def gone() -> Refused:
    """For a contact that there is not, or that is a colleague's: the two are told apart to nobody."""
    return Refused(
        404,
        _("This contact is not on your desk"),
        (_("It has ended, or a colleague has it now."),),
        link=(_("Go to your desk"), "/desk/"),
    )


def councils_of_agent() -> list[tuple[str, str]]:
    """The councils for which the agent works as one: slug and name."""
    own = staff_actor().councils
    return [(slug, council.name) for slug, council in installation().councils.items() if slug in own]


def services_offered(councils: Sequence[str]) -> list[tuple[str, str]]:
    """Every service that one of these councils offers here: slug and title, by title."""
    found: dict[str, str] = {}
    for slug in councils:
        found |= {
            each.slug: each.title for each in services_in_language(slug).values() if not each.signposted
        }
    return sorted(found.items(), key=lambda pair: pair[1].casefold())


def service_of(contact: Contact) -> Any | None:
    """The service that a contact is about, where its council offers it."""
    offered: Mapping[str, Any] = services_in_language(contact.council)
    found = offered.get(contact.service or "")
    return None if found is None or found.signposted else found


def needed(contact: Contact) -> Verification:
    """How sure an agent must be of the customer to send what the contact is about."""
    service = service_of(contact)
    return Verification(service.verified) if service else Verification.NONE


def channel_words(channel: str) -> str:
    """What a channel is called, as the beginning of a line."""
    words = _(banner.CHANNELS[Channel(channel)])
    return words[:1].upper() + words[1:]


def about(contact: Contact) -> str:
    """What a contact is, in a few words: "Phone · Report a missed bin"."""
    service = service_of(contact)
    council = installation().councils.get(contact.council)
    parts = [
        channel_words(contact.channel),
        service.title if service else "",
        council.name if council else "",
        contact.reference,
    ]
    return " · ".join(part for part in parts if part)


def minutes(seconds: int) -> str:
    """A length of time as people say it: "2 min 5 s", "2 min"."""
    whole, rest = divmod(seconds, 60)
    if not whole:
        return ngettext("%(num)s second", "%(num)s seconds", rest)
    if not rest:
        return _("%(minutes)s min", minutes=whole)
    return _("%(minutes)s min %(seconds)s s", minutes=whole, seconds=rest)


def turn() -> None:
    """Somebody else is helped from now on, or nobody: whoever was before is told, and nothing of theirs stays in the
    browser."""
    before = standing.helping()
    standing.turned()
    if before is not None:
        standing.clear_browser()
    tell_customers()


def tell_customers() -> None:
    """Write to those whom this agent has just helped, if something was sent or changed; ring for it."""
    here, agent = installation(), staff_actor()
    with here.database.write() as session:
        ids = telling.helped(
            session, here.councils, clock.now(), texts_offered=here.texts_offered, staff_id=agent.id
        )
    if ids:
        here.doorbell.ring_soon(tuple(ids))


def given() -> dict[str, Any]:
    """The words that every template of the desk needs."""
    return {
        "about": about,
        "minutes": minutes,
        "channel_words": channel_words,
        "texts": installation().texts_offered,
    }
