"""The lines of a contact say by which channel its customer came, from its start to its wrap-up."""

import pytest
import sqlalchemy as sa

from selfservice import clock
from selfservice.domain.people import Channel
from selfservice.installation import Installation
from selfservice.store.customers import CustomerRow
from selfservice.store.interactions import InteractionRow
from selfservice.store.staff import StaffRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories import agents
from tests.factories.agents import AgentBrowser
from tests.selfservice.web.desk.conftest import At


def channels(installation: Installation) -> dict[str, set[str]]:
    """By which channels the lines of contacts came, by what they say."""
    found: dict[str, set[str]] = {}
    with installation.database.read() as session:
        about_contacts = TimelineEventRow.interaction_id.is_not(None)
        for line in session.scalars(sa.select(TimelineEventRow).where(about_contacts)):
            found.setdefault(line.what, set()).add(line.channel)
    return found


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.FACE_TO_FACE])
def test_what_is_done_before_helping_is_done_by_the_channel_of_the_contact(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation, channel: Channel
) -> None:
    agent.start_call(channel=channel, council="boston", q="mary")
    agent.open(f"/desk/customers/{mary.id}")
    agent.submit(f"/desk/customers/{mary.id}", date_of_birth="3 4 1981", do="check")
    agent.help(mary, date_of_birth="3 4 1980", postcode="PE21 6RY")
    agent.submit("/desk/stop", do="stop")
    agent.submit("/desk/pause")
    agent.submit("/desk/resume")
    agent.open("/desk/wrap-up")
    agent.submit("/desk/wrap-up", outcome="answered")
    told = channels(installation)
    assert {
        "contact_started",
        "searched",
        "found",
        "contact_paused",
        "contact_resumed",
        "contact_ended",
    } <= set(told)
    assert set.union(*told.values()) == {channel}


def test_a_customer_who_is_looked_at_and_one_who_is_made_are_so_by_phone(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    agent.start_call(council="boston", q="zed nobody")
    agent.open("/desk/create")
    agent.submit("/desk/create", name="Zed Nobody", preferred="phone", phone="01632 960999")
    agent.open(f"/desk/customers/{mary.id}")
    with installation.database.read() as session:
        lines = session.scalars(
            sa.select(TimelineEventRow).where(TimelineEventRow.customer_id.is_not(None))
        ).all()
    by_agent = {line.what: line.channel for line in lines if line.actor_kind == "agent"}
    assert {"customer_created", "viewed"} <= set(by_agent), by_agent
    assert set(by_agent.values()) == {"phone"}


def test_what_a_colleague_takes_over_goes_on_by_the_channel_it_had(
    agent: AgentBrowser, mary: CustomerRow, at: At, installation: Installation
) -> None:
    with installation.database.write() as session:
        tom: StaffRow = agents.an_agent(session, clock.now(), "Tom Example")
    agent.start_call(council="boston", q="mary")
    agent.open("/desk/")
    agent.submit("/desk/hand-over", colleague=tom.id)
    colleague = at(tom)
    colleague.open("/desk/")
    colleague.submit("/desk/take")
    told = channels(installation)
    assert (told["contact_handed"], told["contact_taken"]) == ({"phone"}, {"phone"})


def test_a_contact_that_is_not_on_the_desk_is_still_refused(
    agent: AgentBrowser, installation: Installation
) -> None:
    agent.start_call(council="boston")
    agent.open("/desk/")
    token = agent.form("/desk/start").fields["csrf_token"]
    answer = agent.client.post("/desk/resume", data={"csrf_token": token, "contact": "no-such-contact"})
    assert answer.status_code == 404
    with installation.database.read() as session:
        assert session.scalars(sa.select(InteractionRow.state)).all() == ["active"]
