"""A resident asks for help and an agent takes the form: two browsers at once, each told who has it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from selfservice import clock
from selfservice.domain.people import Role
from selfservice.installation import Installation
from selfservice.store.customers import CustomerRow
from selfservice.store.drafts import DraftRow
from selfservice.store.handovers import HandoverRow
from selfservice.store.staff import StaffRow
from selfservice.store.submissions import SubmissionRow
from selfservice.web import sending
from tests.factories import agents
from tests.factories.agents import AgentBrowser
from tests.factories.people import an_account, sign_in
from tests.factories.reports import fly_tipping
from tests.journeys.visitor import Visitor

Someone = Callable[[], Visitor]
At = Callable[[StaffRow], AgentBrowser]

PAGES = list(fly_tipping(where="PE21 6QR", name="Ada Marsh", email="ada@example.org", witnessed=False))
CODE = re.compile(r'class="reference code">(\d{3} \d{3})<')
AT_PAGE = "/size"


@pytest.fixture
def resident(someone: Someone, app: object) -> AgentBrowser:
    """A resident who is stuck on the page that asks how much there is."""
    browser = AgentBrowser(someone().client)
    half_way(browser)
    return browser


def half_way(browser: Visitor) -> None:
    browser.begin("boston", "fly-tipping")
    browser.fill_in(PAGES[:4])
    assert browser.path.endswith(AT_PAGE)


def ask_for_help(resident: Visitor, **typed: str) -> str:
    """Press "Get help with this form", agree, and read the code on the screen."""
    resident.press({**typed, "do": "help"})
    assert resident.path.endswith("/help-from-us"), resident.title
    resident.press({"agree": "yes", "do": "ask"})
    found = CODE.search(resident.text)
    assert found, resident.text
    return found[1]


def open_form(agent: AgentBrowser, code: str, **chosen: str) -> None:
    agent.open("/desk/handover")
    agent.submit("/desk/handover", code=code, **chosen)


def page_of(browser: Visitor) -> str:
    """The address of the form's page in view."""
    return browser.path


def rows(installation: Installation, table: type) -> list:
    with installation.database.read() as session:
        return list(session.scalars(sa.select(table)))


def test_an_agent_opens_the_form_where_it_stands_and_gives_it_back(
    resident: AgentBrowser, agent: AgentBrowser, installation: Installation
) -> None:
    page = page_of(resident)
    code = ask_for_help(resident, size="car-boot")
    assert resident.title.startswith("Tell the agent this code")
    assert "Waiting for an agent" in resident.text
    assert "01632" in resident.text
    open_form(agent, code, channel="phone")
    assert agent.path.endswith("/road"), (
        "what was typed before asking was kept: the next page wants an answer"
    )
    assert agent.helping
    assert "somebody without a name" in agent.title
    assert "Give it back" in agent.text
    resident.open(page)
    assert resident.title.startswith("An agent has your form at the moment")
    assert "Priya Example has your form now" in resident.text
    agent.submit(road="no", do="give-back")
    assert agent.page is not None
    assert (agent.page.status_code, agent.title.split(" – ")[0]) == (
        200,
        "Helping somebody without a name · The customer has this form",
    )
    resident.open(page.replace(AT_PAGE, "/help-from-us"))
    assert "Back with you" in resident.text
    resident.open(page.replace(AT_PAGE, "/check-answers"))
    assert resident.path.endswith("/witnessed"), "what the agent typed is there"
    assert rows(installation, DraftRow)[0].answers["road"] == "no"


def test_asking_keeps_what_was_typed_and_wants_consent(
    resident: AgentBrowser, installation: Installation
) -> None:
    resident.press({"size": "car-boot", "do": "help"})
    assert "all that you have told us in this form" in resident.text
    resident.press({"do": "ask"})
    assert resident.title.startswith("Error:")
    assert "Select that you agree" in resident.text
    assert rows(installation, HandoverRow) == []
    resident.press({"agree": "yes", "do": "ask"})
    [row] = rows(installation, HandoverRow)
    assert row.consented_at is not None
    assert rows(installation, DraftRow)[0].answers["size"] == "car-boot"


def test_every_page_and_check_answers_offer_help_and_the_start_and_the_confirmation_do_not(
    resident: AgentBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)
    for page in PAGES[4:]:
        assert "Get help with this form" in resident.text
        assert "Send to the customer" not in resident.text
        resident.fill_in([page])
    assert resident.path.endswith("/check-answers")
    assert "Get help with this form" in resident.text
    resident.send()
    assert "Get help with this form" not in resident.text
    resident.open("/boston/fly-tipping/")
    assert "Get help with this form" not in resident.text


def test_what_was_typed_while_an_agent_has_the_form_is_shown_and_saved_when_it_is_taken_back(
    resident: AgentBrowser, agent: AgentBrowser, someone: Someone
) -> None:
    page = page_of(resident)
    code = ask_for_help(resident)
    resident.open(page)
    stale = AgentBrowser(resident.client)
    stale.page = resident.page
    open_form(agent, code)
    stale.submit(page, size="car-boot", do=None)
    assert stale.page is not None
    assert stale.page.status_code == 200
    assert stale.title.startswith("An agent has your form at the moment")
    assert "car-boot" in stale.text
    form = next(each for each in _forms(stale) if each["do"] == "take-back")
    back = stale.client.post(form.pop("action"), data=form)
    assert (back.status_code, back.headers["Location"]) == (307, page), "browsers post the same once more"
    stale.page = stale.client.post(page, data=form, follow_redirects=True)
    assert stale.path.endswith("/road"), "taking it back saved what was typed, and went on"


def _forms(browser: AgentBrowser) -> list[dict[str, str]]:
    """The forms of the page, each with what its button sends."""
    import lxml.html

    from tests.factories.agents import _sent

    found = []
    for form in lxml.html.document_fromstring(browser.text).xpath("//main//form"):
        for button in form.xpath(".//button[@name='do']"):
            found.append({**_sent(form), "do": button.get("value"), "action": form.get("action")})
    return found


def press(browser: AgentBrowser, do: str) -> None:
    """Press the button of the page that sends this."""
    form = next(each for each in _forms(browser) if each["do"] == do)
    browser.page = browser.client.post(form.pop("action"), data=form, follow_redirects=True)


def test_taking_it_back_refuses_the_agents_next_answer_and_keeps_what_they_typed(
    resident: AgentBrowser, agent: AgentBrowser, installation: Installation
) -> None:
    page = page_of(resident)
    open_form(agent, ask_for_help(resident, size="car-boot"))
    resident.open(page)
    press(resident, "take-back")
    assert resident.path.endswith("/road")
    agent.submit(road="yes")
    assert agent.page is not None
    assert agent.page.status_code == 409
    assert "The customer has this form now" in agent.title
    assert "yes" in agent.text
    assert "Try again" in agent.text
    assert "road" not in rows(installation, DraftRow)[0].answers
    agent.open(page)
    assert agent.page.status_code == 200
    assert "With the customer since" in agent.text


def test_who_has_it_is_told_to_a_script_and_to_nobody_else(
    resident: AgentBrowser, agent: AgentBrowser, someone: Someone
) -> None:
    state = page_of(resident).replace(AT_PAGE, "/help-from-us/state")
    stranger = someone()

    def told() -> tuple[str, str]:
        answer = resident.client.get(state).get_json()
        return answer["stage"], answer["words"]

    assert told() == ("none", "")
    page = page_of(resident)
    code = ask_for_help(resident)
    assert told() == ("waiting", "Waiting for an agent")
    open_form(agent, code)
    assert told() == ("with_agent", "Priya Example has your form now")
    agent.submit("/desk/stop", do="stop")
    assert told() == ("back", "Back with you")
    assert stranger.client.get(state).status_code == 404
    assert stranger.open(page).status_code == 404


def test_the_link_without_a_script_leads_to_who_has_it_now(
    resident: AgentBrowser, agent: AgentBrowser
) -> None:
    page = page_of(resident)
    open_form(agent, ask_for_help(resident))
    resident.open(page)
    link = re.search(r'<a class="govuk-link" href="([^"]+)">See whether it is back', resident.text)
    assert link
    resident.open(link[1])
    assert resident.title.startswith("An agent has your form")
    agent.submit("/desk/stop", do="stop")
    resident.open(link[1])
    assert resident.title.startswith("You have your form again")
    assert "Go on with the form" in resident.text
    resident.open(link[1] + "?again=1")
    assert resident.title.startswith("Get help with this form")


def test_stop_and_another_code(
    resident: AgentBrowser, agent: AgentBrowser, installation: Installation
) -> None:
    first = ask_for_help(resident)
    press(resident, "again")
    second = CODE.search(resident.text)
    assert second
    assert second[1] != first
    old, new = sorted(rows(installation, HandoverRow), key=lambda row: row.made_at)
    assert new.consented_at == old.consented_at, "what was agreed to, and when, stays the same"
    press(resident, "stop")
    assert resident.path.endswith(AT_PAGE)
    open_form(agent, second[1])
    assert agent.title.startswith("Error:")
    assert "This is not a code that is open" in agent.text
    assert not agent.helping


def test_a_code_that_has_run_out_is_told_and_another_is_had(resident: AgentBrowser) -> None:
    ask_for_help(resident)
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=True):
        resident.open(resident.path)
        assert resident.title.startswith("Your code has run out")
        assert not CODE.search(resident.text)
        press(resident, "again")
        assert CODE.search(resident.text)


def test_an_agent_who_has_left_it_lying_is_said_to_be_gone(
    resident: AgentBrowser, agent: AgentBrowser
) -> None:
    page = page_of(resident)
    open_form(agent, ask_for_help(resident))
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=True):
        resident.open(page)
        assert resident.title.startswith("The agent has left your form")
        press(resident, "take-back")
        assert resident.path.endswith(AT_PAGE)


def test_an_agent_of_another_council_is_told_that_it_is_not_the_code(
    resident: AgentBrowser, at: At, installation: Installation
) -> None:
    with installation.database.write() as session:
        rob = agents.an_agent(session, clock.now(), "Rob Elsewhere", roles=[("south-holland", Role.AGENT)])
    elsewhere = at(rob)
    open_form(elsewhere, ask_for_help(resident))
    assert "This is not a code that is open" in elsewhere.text
    assert "Fly-tipping" not in elsewhere.text


def test_five_wrong_codes_shut_out_the_right_one(resident: AgentBrowser, agent: AgentBrowser) -> None:
    code = ask_for_help(resident)
    wrong = f"{(int(code.replace(' ', '')) + 1) % 1_000_000:06d}"
    for _ in range(4):
        open_form(agent, wrong)
        assert "This is not a code that is open" in agent.text
    open_form(agent, wrong)
    assert "too many wrong codes" in agent.text
    open_form(agent, code)
    assert "too many wrong codes" in agent.text
    assert not agent.helping


def test_a_code_is_asked_for_and_never_given_back(agent: AgentBrowser) -> None:
    open_form(agent, "")
    assert "Enter the six-digit code" in agent.text
    open_form(agent, "482913")
    assert "482913" not in agent.text


def test_while_helping_somebody_the_agent_says_whose_form_it_is(
    resident: AgentBrowser, agent: AgentBrowser, mary: CustomerRow, installation: Installation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)
    page = page_of(resident)
    code = ask_for_help(resident)
    agent.start_call(service="fly-tipping", council="boston", q="mary")
    agent.help(mary, date_of_birth="3 4 80", postcode="pe216ry")
    open_form(agent, code)
    assert "Select whose form it is" in agent.text
    assert "Mary Made-Up’s, whom I am helping" in agent.text
    agent.submit("/desk/handover", code=code, whose="same")
    assert agent.path == page
    assert "Helping Mary Made-Up" in agent.title
    agent.submit(size="car-boot", do="give-back")
    resident.open(page.replace(AT_PAGE, "/check-answers"))
    resident.fill_in(PAGES[5:])
    resident.send()
    [row] = rows(installation, SubmissionRow)
    assert (row.customer_id, row.helper_name, row.helper_channel, row.verification) == (
        mary.id, "Priya Example", "phone", 1,
    )  # fmt: skip
    agent.open(page)
    assert "The customer has sent this form" in agent.title


def test_the_form_of_a_customer_who_is_signed_in_is_opened_in_their_name(
    someone: Someone, agent: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    browser = AgentBrowser(someone().client)
    with installation.database.write() as session:
        account = an_account(session, mary, clock.now(), email="mary@example.org")
        sign_in(session, browser.client, clock.now(), account=account)
    half_way(browser)
    page = page_of(browser)
    open_form(agent, ask_for_help(browser))
    assert "Helping Mary Made-Up" in agent.title
    browser.open(page)
    assert "Priya Example has your form now" in browser.text
    agent.submit("/desk/stop", do="stop")
    assert browser.open(page).status_code == 200
    assert "How much" in browser.text


def test_somebody_without_a_name_is_recognised_and_the_form_stays(
    resident: AgentBrowser, agent: AgentBrowser, mary: CustomerRow
) -> None:
    page = page_of(resident)
    open_form(agent, ask_for_help(resident))
    agent.open("/desk/find")
    agent.submit("/desk/find", q="mary made-up")
    agent.open(f"/desk/customers/{mary.id}")
    assert "You are helping somebody without a name" in agent.text
    agent.submit(f"/desk/customers/{mary.id}/recognise")
    assert agent.path == page
    assert "Helping Mary Made-Up" in agent.title
    assert "Give it back" in agent.text
    agent.open(f"/desk/customers/{mary.id}")
    assert "You are helping somebody without a name" not in agent.text


def test_what_the_agent_sends_is_seen_by_whoever_asked_for_help(
    resident: AgentBrowser, agent: AgentBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)
    page = page_of(resident)
    open_form(agent, ask_for_help(resident))
    answers = {name: value for _slug, fields in PAGES[4:] for name, value in fields.items() if name != "do"}
    agent.submit(**answers)  # an agent is asked all of these on one page
    assert agent.path.endswith("/photos"), agent.title
    agent.submit()
    assert agent.path.endswith("/check-answers"), agent.title
    agent.submit()
    assert agent.path.endswith("/sent"), agent.title
    reference = agent.reference
    resident.open(page)
    assert "Priya Example has sent it for you" in resident.text
    press(resident, "take-back")
    assert resident.path.endswith("/sent")
    assert resident.reference == reference


def test_an_old_page_of_either_changes_nothing(
    resident: AgentBrowser, agent: AgentBrowser, installation: Installation
) -> None:
    address = page_of(resident).replace(AT_PAGE, "/help-from-us")
    answer = resident.client.post(address, data={"agree": "yes", "do": "ask", "csrf_token": "old"})
    assert answer.status_code == 400
    assert rows(installation, HandoverRow) == []
    answer = agent.client.post("/desk/handover", data={"code": "123456", "csrf_token": "old"})
    assert answer.status_code == 400


def test_staff_ask_for_no_help_and_residents_send_nothing_on(
    resident: AgentBrowser, agent: AgentBrowser
) -> None:
    page = page_of(resident)
    open_form(agent, ask_for_help(resident))
    assert agent.open(page.replace(AT_PAGE, "/help-from-us")).status_code == 403
    assert resident.open(page.replace(AT_PAGE, "/send-on")).status_code == 403


def test_too_many_codes_are_refused_with_what_to_do(resident: AgentBrowser) -> None:
    ask_for_help(resident)
    for _ in range(19):
        press(resident, "again")
    form = next(each for each in _forms(resident) if each["do"] == "again")
    answer = resident.client.post(form.pop("action"), data=form)
    assert answer.status_code == 429
    assert "You have asked for too many codes" in answer.text
