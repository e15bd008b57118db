"""Who does what this request asks for: a visitor, a customer who has signed in, an agent for a customer, or staff."""

from selfservice.domain.people import Actor, ActorKind, Channel, Role
from selfservice.domain.signing_in import StaffSignedIn
from selfservice.web.errors import Refused
from selfservice.web.languages import _
from selfservice.web.session import holder
from selfservice.web.standing import signed_in, staff_signed_in


def actor() -> Actor:
    """Who does what a resident does: the visitor or customer themselves, or the agent who is helping them.

    Raises `Refused` (409) for a member of staff who is helping nobody: nothing is done in their own name.
    """
    member = staff_signed_in()
    if member is not None:
        return _agent(member)
    person = signed_in()
    if person is not None and person.whole:
        return Actor(ActorKind.RESIDENT, person.customer_id, Channel.WEB, signed_in=True)
    return Actor(ActorKind.RESIDENT, holder(), Channel.WEB)


def staff_actor() -> Actor:
    """The member of staff in their own name, for pages that are open to staff alone."""
    member = staff_signed_in()
    assert member is not None, "a page of staff without staff: guarding must have refused it"
    return Actor(
        ActorKind.AGENT,
        member.staff_id,
        Channel(member.helping.channel) if member.helping else Channel.WEB,
        councils=member.councils_as(Role.AGENT),
        roles=member.roles,
    )


def _agent(member: StaffSignedIn) -> Actor:
    helping = member.helping if member.whole else None
    if helping is None:
        raise Refused(
            409,
            _("You are not helping anybody at the moment"),
            (
                _("You are signed in as staff. Nothing is sent or changed in your own name."),
                _("Start to help a customer first. To report something yourself, sign out."),
            ),
            keeps_typed=True,
            link=(_("Go to your desk"), "/desk/"),
        )
    return Actor(
        ActorKind.AGENT,
        member.staff_id,
        Channel(helping.channel),
        on_behalf_of=helping.subject,
        councils=member.councils_as(Role.AGENT),
        via=helping.id,
        roles=member.roles,
    )
