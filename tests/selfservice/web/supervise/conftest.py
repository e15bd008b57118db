"""A contact centre of two councils, and browsers in which those who supervise it are signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask

from selfservice import clock
from selfservice.domain.people import Channel, Role
from selfservice.installation import Installation
from selfservice.operations import approving, contacts
from selfservice.operations.assisting import Verified
from tests.factories.agents import AgentBrowser
from tests.factories.contact_centre import Was, had, sent_something
from tests.factories.people import a_customer, a_member_of_staff, as_staff, help_customer, sign_in

Signed = Callable[..., AgentBrowser]


@pytest.fixture
def signed(installation: Installation, app: Flask) -> Signed:
    """Makes a browser of a member of staff with a role at these councils."""

    def browser(role: Role, *councils: str) -> AgentBrowser:
        made = AgentBrowser(app.test_client())
        with installation.database.write() as session:
            member = a_member_of_staff(
                session, f"{role.title()} Example", clock.now(),
                email=f"{role}-{'-'.join(councils)}@example.org",
                roles=[(council, role) for council in councils],
            )  # fmt: skip
            sign_in(session, made.client, clock.now(), member=member)
        return made

    return browser


@dataclass(frozen=True)
class Centre:
    """The ids of what there is in Boston: the agent, a restricted customer and the request to open their record."""

    agent: str
    customer: str
    request: str


@pytest.fixture
def centre(installation: Installation) -> Centre:
    """Boston's agent Priya, with a contact going on and some that ended; and East Lindsey's, whose name is Canary."""
    now = clock.now()
    with installation.database.write() as session:
        made = {}
        for council, name in (("boston", "Priya Vos"), ("east-lindsey", "Elsewhere Canary")):
            roles = [(council, Role.AGENT)]
            email = f"{council}@example.org"
            actor = as_staff(a_member_of_staff(session, name, now, email=email, roles=roles), roles)
            person = a_customer(session, "Hidden Vos", now, councils=[council], restricted=True)
            other = a_customer(session, "Unseen Made-Up", now, councils=[council])
            contacts.start(session, actor, Channel.PHONE, council, now, service="fly-tipping")
            request = approving.ask(session, actor, person.id, f"Called from {council}", now)
            help_customer(session, actor, other, now, Verified())
            had(session, *_month(actor.id, council, other.id))
            sent_something(session, council, "fly-tipping", now - timedelta(days=2), helper=actor.id)
            sent_something(session, council, "missed-bin", now - timedelta(days=9), number=3)
            made[council] = Centre(actor.id, person.id, request)
    return made["boston"]


def _month(agent: str, council: str, customer: str) -> list[Was]:
    """Twelve contacts of the last days, of which some are repeats."""
    now = clock.now().replace(hour=12, minute=0)
    return [
        Was(
            agent, now - timedelta(days=1 + number, minutes=number), council=council,
            channel=("phone", "email")[number % 2], service=("fly-tipping", "missed-bin", None)[number % 3],
            reference=f"BOS-{number}" if number < 2 else "", seconds=60 * (number + 1),
            customers=[customer],
        )
        for number in range(12)
    ]  # fmt: skip
