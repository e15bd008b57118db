"""A call from the telephone's ring to the wrap-up: few pages, nothing begun by an address, nothing left behind."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from selfservice import clock
from selfservice.domain.moments import LONDON
from selfservice.installation import Installation
from selfservice.store.customers import CustomerRow
from selfservice.store.interactions import ActingSessionRow, InteractionRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.submissions import SubmissionRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.agents import AgentBrowser


def yesterday_or_today() -> dict[str, str]:
    """The last working day, on which a bin can have been missed, in the three boxes of a date."""
    day = clock.now().astimezone(LONDON)
    if day.hour < 15:
        day -= timedelta(days=1)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return {
        "collection_day-day": str(day.day),
        "collection_day-month": str(day.month),
        "collection_day-year": str(day.year),
    }


MISSED = {
    "bin": "recycling", "assisted": "yes", "right_bin": "yes", "closed": "yes", "only_right": "yes",
    "who_else": "mine",
}  # fmt: skip


def test_an_address_alone_begins_nothing_and_leaves_nothing_in_the_log(
    agent: AgentBrowser, installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    agent.open(
        "/desk/start?channel=phone&service=missed-bin&council=boston&q=Canary&cli=01632960777&call_id=77&ref=BOS-1"
    )
    assert agent.form("/desk/start").fields | {"csrf_token": ""} == {
        "csrf_token": "", "channel": ["phone"], "council": "boston", "service": "missed-bin", "q": "Canary",
        "cli": "01632960777", "call_id": "77", "ref": "BOS-1",
    }  # fmt: skip
    with installation.database.read() as session:
        assert session.scalars(sa.select(InteractionRow)).all() == []
        assert session.scalars(sa.select(TimelineEventRow)).all() == []
    written = capsys.readouterr().out
    assert "/desk/start" in written
    assert not re.search("Canary|960777|BOS-1", written)


def test_a_call_of_a_known_customer_from_the_ring_to_the_wrap_up(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    agent.start_call(service="missed-bin", council="boston", cli="01632960101", call_id="77")
    assert agent.path == "/desk/find"
    assert "Mary Made-Up" in agent.text
    assert "mary@example.org" not in agent.text
    assert "960101" not in agent.text.replace("phone ends in 101", "")
    agent.help(mary, date_of_birth="3rd April 1980", postcode="pe216ry")
    assert agent.path.endswith("/property"), "passing leads straight to the form"
    assert "Helping Mary Made-Up" in agent.title
    assert "1 Sample Street" in agent.text, "what is held of her is put in"
    agent.submit(**MISSED, **yesterday_or_today())
    assert agent.path.endswith("/check-answers"), agent.title
    agent.submit()
    if agent.path.endswith("/check-answers"):
        agent.submit()
    assert agent.path.endswith("/sent")
    agent.submit("/desk/wrap-up", note="All well")
    assert agent.path == "/desk/"
    assert "The contact is wrapped up" in agent.text
    assert not agent.helping
    with installation.database.read() as session:
        row = session.scalars(sa.select(InteractionRow)).one()
        assert (row.state, row.outcome, row.note, row.call_id) == ("ended", "sent", "All well", "77")
        sent = session.scalars(sa.select(SubmissionRow)).one()
        assert (sent.customer_id, sent.helper_name, sent.verification) == (mary.id, "Priya Example", 1)


def test_the_customer_is_told_once_and_only_if_something_was_sent(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    agent.start_call(service="missed-bin", council="boston", q="mary")
    agent.help(mary, date_of_birth="3 4 80", postcode="pe216ry")
    agent.submit("/desk/stop", do="stop")
    with installation.database.read() as session:
        assert session.scalars(sa.select(NotificationRow)).all() == [], "nothing was sent"
    agent.help(mary)
    agent.submit(**MISSED, **yesterday_or_today())
    agent.submit()
    if agent.path.endswith("/check-answers"):
        agent.submit()
    agent.submit("/desk/stop", do="stop")
    agent.open("/desk/wrap-up")
    agent.submit("/desk/wrap-up", outcome="sent")
    with installation.database.read() as session:
        told = session.scalars(sa.select(NotificationRow).where(NotificationRow.what == "helped")).one()
        sent = session.scalars(sa.select(SubmissionRow)).one()
    assert (told.recipient, told.customer_id, told.medium) == ("mary@example.org", mary.id, "email")
    assert "Priya Example of Customer Services helped you by phone" in told.body
    assert sent.reference in told.body
    assert "If this was not you, call us on" in told.body


def test_wrapping_up_from_the_banner_knows_as_well_that_a_form_was_sent(
    agent: AgentBrowser, mary: CustomerRow
) -> None:
    agent.start_call(service="missed-bin", council="boston", q="mary")
    agent.help(mary, date_of_birth="3 4 80", postcode="pe216ry")
    agent.open("/desk/wrap-up")
    assert "outcome" not in agent.form("/desk/wrap-up").fields, "nothing is sent yet"
    agent.open("/boston/missed-bin/")
    agent.press()
    agent.submit(**MISSED, **yesterday_or_today())
    agent.submit()
    if agent.path.endswith("/check-answers"):
        agent.submit()
    assert agent.form("/desk/wrap-up").fields["outcome"] == ["sent"]
    agent.open("/desk/wrap-up")
    assert agent.form("/desk/wrap-up").fields["outcome"] == ["sent"]
    agent.submit("/desk/stop", do="stop")
    agent.open("/desk/wrap-up")
    assert "outcome" not in agent.form("/desk/wrap-up").fields, "nobody is helped, so it is not guessed"


def test_stopping_clears_the_browser_and_nothing_of_the_customer_is_shown_any_more(
    agent: AgentBrowser, mary: CustomerRow
) -> None:
    agent.start_call(service="missed-bin", council="boston", q="mary")
    agent.help(mary, date_of_birth="3 4 80", postcode="pe216ry")
    draft = agent.path
    form = agent.form("/desk/stop")
    stopped = agent.client.post("/desk/stop", data={**form.fields, "do": "stop"})
    assert stopped.headers["Clear-Site-Data"] == '"cache"'
    for address in ("/desk/", "/desk/find", "/boston/", draft):
        page = agent.open(address)
        assert page.headers["Cache-Control"] == "no-store"
        assert "Helping Mary" not in page.text
        assert "Sample Street" not in page.text
        assert not agent.helping
    assert page.status_code == 409


def test_beginning_to_help_another_tells_the_one_before_and_clears_what_the_browser_has_of_them(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    agent.start_call(service="missed-bin", council="boston", q="mary")
    agent.help(mary, date_of_birth="3 4 80", postcode="pe216ry")
    agent.submit(**MISSED, **yesterday_or_today())
    agent.submit()
    if agent.path.endswith("/check-answers"):
        agent.submit()
    agent.open("/desk/start?channel=phone&council=boston")
    begun = agent.client.post("/desk/start", data=agent.form("/desk/start").fields)
    assert begun.headers["Clear-Site-Data"] == '"cache"'
    with installation.database.read() as session:
        told = session.scalars(sa.select(NotificationRow).where(NotificationRow.what == "helped")).all()
    assert [each.customer_id for each in told] == [mary.id]


def test_mistakes_in_starting_are_told_beside_the_fields(
    agent: AgentBrowser, installation: Installation
) -> None:
    agent.open("/desk/start")
    agent.submit("/desk/start")
    assert agent.title.startswith("Error:")
    assert "Select how they reached you" in agent.text
    agent.submit("/desk/start", channel="phone", service="no-such-service")
    assert "does not offer that service" in agent.text
    with installation.database.read() as session:
        assert session.scalars(sa.select(InteractionRow)).all() == []


def test_a_call_for_a_council_that_the_agent_does_not_work_for_is_not_begun(
    agent: AgentBrowser, installation: Installation
) -> None:
    agent.open("/desk/start")
    page = agent.submit("/desk/start", channel="phone", council="south-holland")
    assert page.status_code in (200, 422)
    with installation.database.read() as session:
        assert {row.council for row in session.scalars(sa.select(InteractionRow))} <= {"boston"}


def test_somebody_without_a_name_is_helped_where_nothing_need_be_known(
    agent: AgentBrowser, installation: Installation
) -> None:
    agent.start_call(service="missed-bin", council="boston")
    agent.submit("/desk/nameless")
    assert "Select how they agreed" in agent.text
    agent.submit("/desk/nameless", consent="spoken")
    assert "Helping somebody without a name" in agent.title
    assert agent.path.endswith("/property")
    assert agent.open("/account/").status_code == 403, "nobody's record is shown"
    with installation.database.read() as session:
        going = session.scalars(sa.select(ActingSessionRow)).one()
        assert (going.customer_id, going.subject, going.consent) == (None, going.id, "spoken-1")


def test_nobody_without_a_name_is_helped_with_what_needs_to_know_who_it_is(agent: AgentBrowser) -> None:
    agent.start_call(service="change-of-details", council="boston", q="nobody at all")
    assert "Nobody was found" in agent.text
    assert "/desk/nameless" not in agent.text
