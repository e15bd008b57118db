"""My Account's first pages: everything in one list, the whole of one, who looked; the same for who helps."""

import sqlalchemy as sa

from selfservice import clock
from selfservice.domain.case import CaseStatus
from selfservice.domain.people import Actor, ActorKind, Channel
from selfservice.installation import Installation
from selfservice.operations import drafting
from selfservice.store.customers import CustomerRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.accounts import as_customer, opened, sent
from tests.factories.agents import AgentBrowser


def report(installation: Installation, mary: CustomerRow, *, council: str = "boston") -> tuple[str, str]:
    """The id and the reference of what Mary sent."""
    with installation.database.write() as session:
        done = sent(session, as_customer(mary), installation.links, clock.now(), council=council)
    return done.submission_id, done.reference


def looks(installation: Installation) -> list[tuple[str, str, str | None]]:
    """What was looked at of whom, and which submission, in the record."""
    with installation.database.read() as session:
        found = session.scalars(sa.select(TimelineEventRow).where(TimelineEventRow.what == "viewed"))
        ordered = sorted(found, key=lambda line: line.at)
        return [(line.detail["what"], str(line.customer_id), line.submission_id) for line in ordered]


def test_an_empty_account_leads_to_the_services_of_every_council(bens: AgentBrowser) -> None:
    page = bens.open("/account/")
    assert "There is nothing here yet" in page.text
    for slug in ("boston", "east-lindsey", "south-holland"):
        assert f'href="/{slug}/"' in page.text


def test_a_draft_can_be_gone_on_with_and_says_until_when(
    marys: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    with installation.database.write() as session:
        draft = drafting.begin(session, as_customer(mary), "boston", "missed-bin", clock.now())
    page = marys.open("/account/")
    assert "Tell us that we missed your bin" in page.text
    assert "Not sent yet" in page.text
    assert "After that we delete the answers" in page.text
    marys.open(f"/boston/missed-bin/{draft.id}/check-answers")
    assert marys.path.endswith(f"/{draft.id}/property")


def test_a_draft_of_a_service_that_is_gone_is_told_and_leads_nowhere(
    marys: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    with installation.database.write() as session:
        drafting.begin(session, as_customer(mary), "boston", "no-such-service", clock.now())
        drafting.begin(session, as_customer(mary), "no-such-council", "missed-bin", clock.now())
    page = marys.open("/account/")
    assert page.text.count("no longer offered online") == 2
    assert "Continue" not in page.text


def test_what_was_sent_leads_to_the_whole_of_it(
    marys: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    _id, reference = report(installation, mary)
    page = marys.open("/account/")
    assert f'href="/account/requests/{reference}"' in page.text
    page = marys.open(f"/account/requests/{reference.lower()}")
    assert page.status_code == 200
    for words in (reference, "Received", "Near PE21 6RY, Boston", "What has been dumped?", "A mattress"):
        assert words in page.text


def test_filters_leave_what_was_asked_for(
    marys: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    closed, still_open = report(installation, mary), report(installation, mary)
    with installation.database.write() as session:
        opened(session, closed[0], CaseStatus.RESOLVED, clock.now())
    assert closed[1] in marys.open("/account/?show=closed").text
    assert still_open[1] not in marys.text
    assert still_open[1] in marys.open("/account/?show=open").text
    assert closed[1] not in marys.text
    page = marys.open("/account/?show=nonsense")
    assert closed[1] in page.text
    assert still_open[1] in page.text


def test_a_filter_that_leaves_nothing_says_so(bens: AgentBrowser) -> None:
    assert "Nothing is open." in bens.open("/account/?show=open").text
    assert "Nothing has been closed." in bens.open("/account/?show=closed").text


def test_a_long_list_has_pages(marys: AgentBrowser, mary: CustomerRow, installation: Installation) -> None:
    with installation.database.write() as session:
        for _ in range(21):
            drafting.begin(session, as_customer(mary), "boston", "missed-bin", clock.now())
    page = marys.open("/account/?show=open")
    assert "Page 1 of 2" in page.text
    assert "/account/?show=open&amp;page=2" in page.text
    assert marys.open("/account/?show=open&page=2").text.count("Not sent yet") == 1
    for odd in ("0", "-1", "x", "9" * 30, "²"):
        assert marys.open(f"/account/?page={odd}").status_code == 200


def test_an_agent_sees_the_same_pages_and_each_look_is_written_down_before_it_is_shown(
    agents: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    submission, reference = report(installation, mary)
    elsewhere = report(installation, mary, council="east-lindsey")[1]
    page = agents.open("/account/")
    assert reference in page.text
    assert elsewhere not in page.text
    assert "Helping Mary Smith" in agents.title
    assert agents.open(f"/account/requests/{reference}").status_code == 200
    assert agents.open(f"/account/requests/{elsewhere}").status_code == 404
    agents.open("/account/profile")
    agents.open("/account/profile/needs")
    assert looks(installation) == [
        ("timeline", mary.id, None),
        ("request", mary.id, submission),
        ("profile", mary.id, None),
        ("profile", mary.id, None),
    ]


def test_a_customers_own_looks_are_nobodys_business(
    marys: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    reference = report(installation, mary)[1]
    for address in ("/account/", f"/account/requests/{reference}", "/account/profile", "/account/who-looked"):
        assert marys.open(address).status_code == 200
    assert looks(installation) == []


def test_the_customer_sees_who_looked_by_team_and_with_the_reason(
    agents: AgentBrowser, marys: AgentBrowser
) -> None:
    agents.open("/account/")
    page = marys.open("/account/who-looked")
    assert "Customer Services, Boston Borough Council" in page.text
    assert "Reason: You reported or asked for something" in page.text
    assert "Looked at the list of your requests" in page.text
    assert "Priya" not in page.text


def test_nobody_has_looked_at_most_records(bens: AgentBrowser) -> None:
    assert "Nobody has looked at it." in bens.open("/account/who-looked").text


def test_who_helped_is_named_on_what_they_sent(
    agents: AgentBrowser, marys: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    with installation.database.read() as session:
        line = session.scalars(
            sa.select(TimelineEventRow).where(TimelineEventRow.what == "helping_started")
        ).one()
    agent = Actor(
        ActorKind.AGENT, line.actor_id, Channel.PHONE, on_behalf_of=mary.id,
        councils=frozenset({"boston"}), via=line.acting_session_id,
    )  # fmt: skip
    with installation.database.write() as session:
        reference = sent(session, agent, installation.links, clock.now()).reference
    assert "Customer Services sent this for you by phone." in marys.open("/account/").text
    page = marys.open(f"/account/requests/{reference}")
    assert "Priya Example of Customer Services helped you with it by phone." in page.text
