"""An agent's help goes along with a submission: beside the customer's name everywhere, and never in its place."""

from datetime import timedelta

import pytest

from selfservice.database import Database
from selfservice.domain.case import Contact, Helper
from selfservice.domain.delivery import Timings
from selfservice.domain.people import Actor, ActorKind, Channel, Role, Verification
from selfservice.domain.permissions import NotAllowed
from selfservice.links import Links
from selfservice.operations import (
    confirming,
    copying,
    delivering,
    drafting,
    notifying,
    requesting,
    submitting,
)
from selfservice.operations.assisting import Verified
from selfservice.store import customers, notifications, submissions, timeline
from tests.factories.people import a_contact, a_customer, a_member_of_staff, as_staff, help_customer
from tests.factories.submitted import BOSTON, NOW, SEALS, anonymous, completed, settings

AGENTS = frozenset({("boston", Role.AGENT)})
MARY = Contact("Mary Made-Up", "mary@example.org", "01632 960111")


def helping(session, reached: Channel = Channel.PHONE) -> tuple[Actor, str]:
    """Priya helps Mary; the actor, and Mary's id."""
    priya = a_member_of_staff(session, "Priya Example", NOW, email="priya@example.org", roles=AGENTS)
    mary = a_customer(session, "Mary Made-Up", NOW, email="mary@example.org")
    a_contact(session, priya.id, "boston", NOW, reached)
    via = help_customer(
        session, as_staff(priya, AGENTS), mary, NOW, Verified(Verification.FULL, ("born", "postcode"), "said")
    )
    actor = Actor(ActorKind.AGENT, priya.id, reached, mary.id, frozenset({"boston"}), via, AGENTS)
    return actor, mary.id


def test_all_that_is_kept_and_told_names_the_customer_as_customer_and_the_agent_as_helper(
    database: Database, tmp_path
) -> None:
    links = Links(settings(tmp_path))
    with database.write() as session:
        actor, mary = helping(session)
        draft = drafting.begin(session, actor, "boston", "fly-tipping", NOW)
        sent = submitting.submit(
            session, actor, draft, completed(contact=MARY), links, SEALS, NOW, council=BOSTON
        )
        row = submissions.by_id(session, sent.submission_id)
        assert row is not None
        assert (row.customer_id, row.contact["name"]) == (mary, "Mary Made-Up")
        assert (row.helper_name, row.helper_channel, row.verification) == ("Priya Example", "phone", 2)
        assert customers.owner_of(session, row.id) == mary
        assert customers.councils_of(session, mary) == {"boston"}
        (line,) = [each for each in timeline.of_submission(session, row.id) if each.what == "submitted"]
        assert (line.actor_id, line.on_behalf_of, line.channel) == (actor.id, mary, "phone")
        assert line.words == "Customer Services sent this for you by phone."
        (letter,) = session.query(notifications.NotificationRow).where(
            notifications.NotificationRow.submission_id == row.id
        )
        assert letter.recipient == "mary@example.org"
        assert "Priya Example of Customer Services helped you with it by phone." in letter.body
        shown = confirming.confirmation(session, row.id, SEALS)
        assert shown is not None
        assert "Priya Example of Customer Services helped you with it by phone." in shown.helped
        copy = copying.copy_of(shown, {"boston": BOSTON}, "https://forms.example.org/")
        assert "Priya Example" in dict(copy.described["facts"])["Helped by"]
        held = delivering.claim(session, "a worker", NOW, Timings(), sent.delivery_ids[0])
        assert held is not None
        asked = requesting.request_for(session, held, links, SEALS)
        assert asked.contact.name == "Mary Made-Up"
        assert asked.helper == Helper(actor.id, "Priya Example", Channel.PHONE, Verification.FULL)


def test_a_resident_who_finishes_what_an_agent_went_on_with_is_the_customer_and_the_agent_still_the_helper(
    database: Database, tmp_path
) -> None:
    links = Links(settings(tmp_path))
    with database.write() as session:
        agent, mary = helping(session, Channel.FACE_TO_FACE)
        resident = Actor(ActorKind.RESIDENT, mary, signed_in=True)
        draft = drafting.begin(session, resident, "boston", "fly-tipping", NOW)
        drafting.save(session, agent, draft.id, {"size": "van"}, SEALS, NOW + timedelta(minutes=1))
        sent = submitting.submit(
            session, resident, draft, anonymous(), links, SEALS, NOW + timedelta(minutes=2), council=BOSTON
        )
        row = submissions.by_id(session, sent.submission_id)
        assert row is not None
        assert (row.actor_kind, row.actor_id, row.channel) == ("resident", mary, "web")
        assert (row.helper_name, row.helper_channel) == ("Priya Example", "face_to_face")


def test_what_nobody_helped_with_names_no_helper(database: Database, tmp_path) -> None:
    with database.write() as session:
        resident = Actor(ActorKind.RESIDENT, "f" * 64)
        draft = drafting.begin(session, resident, "boston", "fly-tipping", NOW)
        sent = submitting.submit(
            session, resident, draft, anonymous(), Links(settings(tmp_path)), SEALS, NOW, council=BOSTON
        )
        row = submissions.by_id(session, sent.submission_id)
        assert row is not None
        assert (row.helper_id, row.customer_id, row.verification) == (None, None, None)
        assert notifying.helped_words(row) == []


def test_an_agent_begins_nothing_at_a_council_that_they_do_not_work_for(database: Database) -> None:
    with database.write() as session:
        agent, _ = helping(session)
        with pytest.raises(NotAllowed):
            drafting.begin(session, agent, "south-holland", "fly-tipping", NOW)
