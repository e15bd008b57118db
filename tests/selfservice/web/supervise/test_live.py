"""What goes on now, and deciding what an agent asks: no customer's name but where one has to be known."""

import sqlalchemy as sa

from selfservice import clock
from selfservice.domain.people import Channel, Role
from selfservice.installation import Installation
from selfservice.operations import approving, contacts
from selfservice.operations.approving import Decision
from selfservice.store import staff
from selfservice.store.interactions import ApprovalRow
from selfservice.store.staff import StaffRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.people import a_contact, a_customer, a_member_of_staff, as_staff, sign_in
from tests.journeys.visitor import TOKEN
from tests.selfservice.web.supervise.conftest import Centre, Signed


def test_the_page_tells_what_goes_on_without_any_customers_name(signed: Signed, centre: Centre) -> None:
    browser = signed(Role.SUPERVISOR, "boston")
    page = browser.open("/supervise/").text
    assert "Priya Vos" in page
    assert "Phone · Report fly-tipping" in page
    assert "Helping" in page
    assert "Called from boston" in page
    for hidden in ("Hidden Vos", "Unseen", "Canary", "east-lindsey"):
        assert hidden not in page


def test_who_owns_services_or_audits_sees_contacts_and_decides_nothing(
    signed: Signed, centre: Centre
) -> None:
    for role in (Role.SERVICE_OWNER, Role.AUDITOR):
        browser = signed(role, "boston")
        page = browser.open("/supervise/").text
        assert "Priya Vos" in page
        assert "Called from boston" not in page
        assert browser.client.get(f"/supervise/approvals/{centre.request}").status_code == 403


def test_a_contact_handed_over_or_left_lying_is_told_so(
    signed: Signed, centre: Centre, installation: Installation
) -> None:
    now = clock.now()
    with installation.database.write() as session:
        roles = [("boston", Role.AGENT)]
        asha, ben = (
            as_staff(
                a_member_of_staff(session, name, now, email=f"{name[:3]}@example.org", roles=roles), roles
            )
            for name in ("Asha Example", "Ben Example")
        )
        waits = contacts.start(session, asha, Channel.EMAIL, "boston", now)
        contacts.hand_over(session, asha, waits, ben.id, now)
        lies = a_contact(session, ben.id, "boston", now, Channel.LETTER)
        lies.seen_at = lies.started_at = lies.active_since = now - contacts.IDLE
    page = signed(Role.SUPERVISOR, "boston").open("/supervise/").text
    assert "For Ben Example, who has not taken it yet" in page
    assert "Left open" in page


def test_a_council_can_be_chosen_of_those_supervised_and_no_other_is_there(
    signed: Signed, centre: Centre
) -> None:
    both = signed(Role.SUPERVISOR, "boston", "east-lindsey")
    assert "Elsewhere Canary" in both.open("/supervise/").text
    assert "Elsewhere Canary" not in both.open("/supervise/?council=boston").text
    one = signed(Role.SUPERVISOR, "boston")
    for unknown in ("east-lindsey", "nowhere"):
        assert one.client.get(f"/supervise/?council={unknown}").status_code == 404


def test_a_supervisor_lets_an_agent_open_a_record_and_all_of_it_is_written_down(
    signed: Signed, centre: Centre, installation: Installation
) -> None:
    browser = signed(Role.SUPERVISOR, "boston")
    page = browser.open(f"/supervise/approvals/{centre.request}").text
    for told in ("Priya Vos", "Hidden Vos", "Called from boston"):
        assert told in page
    assert (
        "They may open the record"
        in browser.submit(f"/supervise/approvals/{centre.request}", do="grant").text
    )
    with installation.database.read() as session:
        row = session.get(ApprovalRow, centre.request)
        assert row is not None
        assert row.granted
        lines = session.scalars(
            sa.select(TimelineEventRow.what)
            .where(TimelineEventRow.customer_id == centre.customer)
            .order_by(TimelineEventRow.at, TimelineEventRow.id)
        ).all()
    assert lines == ["opening_asked", "opening_looked_at", "opening_granted"]
    assert "Somebody had decided it before you" in browser.open(f"/supervise/approvals/{centre.request}").text


def test_a_supervisor_says_no_and_another_who_is_late_changes_nothing(
    signed: Signed, centre: Centre, installation: Installation
) -> None:
    first, late = signed(Role.SUPERVISOR, "boston"), signed(Role.SUPERVISOR, "boston", "east-lindsey")
    address = f"/supervise/approvals/{centre.request}"
    late.open(address)
    first.open(address)
    assert "They were told no" in first.submit(address, do="refuse").text
    assert "Somebody had decided it before you" in late.submit(address, do="grant").text
    assert granted(installation, centre) is False


def test_whoever_asked_cannot_decide_it_themselves(
    signed: Signed, centre: Centre, installation: Installation
) -> None:
    browser = signed(Role.SUPERVISOR, "boston")
    now = clock.now()
    with installation.database.write() as session:
        priya = session.get_one(StaffRow, centre.agent)
        staff.set_roles(session, priya.id, [("boston", Role.AGENT), ("boston", Role.SUPERVISOR)])
        sign_in(session, browser.client, now, member=priya)
    address = f"/supervise/approvals/{centre.request}"
    page = browser.open(address).text
    assert "You asked for this yourself" in page
    assert 'value="grant"' not in page
    answer = browser.client.post(
        address, data={"csrf_token": token(browser.open("/desk/").text), "do": "grant"}
    )
    assert answer.status_code == 403
    assert granted(installation, centre) is None


def test_a_request_of_another_council_is_not_there(
    signed: Signed, centre: Centre, installation: Installation
) -> None:
    browser = signed(Role.SUPERVISOR, "east-lindsey")
    address = f"/supervise/approvals/{centre.request}"
    csrf = token(browser.open("/staff/").text)
    for answer in (
        browser.client.get(address),
        browser.client.post(address, data={"csrf_token": csrf, "do": "grant"}),
        browser.client.get("/supervise/approvals/none"),
    ):
        assert answer.status_code == 404
        assert "Hidden Vos" not in answer.text
    assert granted(installation, centre) is None


def test_a_post_without_a_token_or_without_an_answer_decides_nothing(
    signed: Signed, centre: Centre, installation: Installation
) -> None:
    browser = signed(Role.SUPERVISOR, "boston")
    address = f"/supervise/approvals/{centre.request}"
    for told in ({"do": "grant"}, {"do": "maybe", "csrf_token": token(browser.open(address).text)}):
        answer = browser.client.post(address, data=told)
        assert answer.status_code == 400
        assert "Nothing has been decided. Choose again." in answer.text
    assert granted(installation, centre) is None


def test_what_was_decided_is_what_the_agent_is_told(
    signed: Signed, centre: Centre, installation: Installation
) -> None:
    browser = signed(Role.SUPERVISOR, "boston")
    browser.open(f"/supervise/approvals/{centre.request}")
    browser.submit(f"/supervise/approvals/{centre.request}", do="grant")
    with installation.database.read() as session:
        priya = as_staff(session.get_one(StaffRow, centre.agent), [("boston", Role.AGENT)])
        told = approving.decision(session, priya, centre.customer, clock.now())
    assert told is Decision.GRANTED


def token(page: str) -> str:
    found = TOKEN.search(page)
    return found[1] if found else ""


def granted(installation: Installation, centre: Centre) -> bool | None:
    with installation.database.read() as session:
        return session.get_one(ApprovalRow, centre.request).granted


def test_customers_names_are_nowhere_even_where_nothing_goes_on(
    signed: Signed, installation: Installation
) -> None:
    with installation.database.write() as session:
        a_customer(session, "Unseen Made-Up", clock.now(), councils=["boston"])
    page = signed(Role.SUPERVISOR, "boston").open("/supervise/").text
    assert "Unseen" not in page
    assert page.count("None.") == 4
