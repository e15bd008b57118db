"""An agent with three tabs and three customers, who does anything in any order: what must hold all the same.

Whatever the agent types carries the name that the banner of that very page shows: for whom they believe to type.
Wherever it is kept, it must be that person's.
"""

import json
import random
import re
from typing import Any

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from selfservice import clock
from selfservice.domain.people import Role
from selfservice.installation import Installation
from selfservice.store.customers import CustomerRow
from selfservice.store.drafts import DraftRow
from selfservice.store.interactions import ActingSessionRow
from selfservice.store.messages import MessageRow
from selfservice.store.submissions import SubmissionRow
from selfservice.store.timeline import TimelineEventRow
from tests.acting.tab import Tab
from tests.factories.people import a_customer, a_member_of_staff, sign_in
from tests.house.standings import Stage

NAMES = ("Alba Quillwort", "Bela Zephyrine", "Cleo Marigold")
AGENT, AGENT_MAIL = "Priya Stockdove", "priya.stockdove@example.org"
SERVICE = "full-bin"
CANARY = re.compile(r"typed-for-([A-Z][a-z]+)")
tabs = st.integers(0, 2)
people = st.integers(0, 2)


class Acting(RuleBasedStateMachine):
    """One installation, one agent, three customers. `stage` and `reset` are put in place by whoever runs it."""

    stage: Stage
    steps = 0
    sent_in_all = 0
    refused_in_all = 0

    @initialize()
    def begin(self) -> None:
        now, self.dice = clock.now(), random.Random(7)
        browser = self.stage.app.test_client()
        with self._here.database.write() as session:
            self.customers = {
                name: a_customer(
                    session, name, now, councils=["boston"], email=f"{name.split()[0].lower()}@example.org"
                ).id
                for name in NAMES
            }
            member = a_member_of_staff(session, AGENT, now, email=AGENT_MAIL, roles=[("boston", Role.AGENT)])
            sign_in(session, browser, now, member=member)
            self.agent = member.id
        self.tabs = [Tab(browser, self.dice) for _ in range(3)]
        for tab in self.tabs:
            tab.open("/desk/")

    @property
    def _here(self) -> Installation:
        return self.stage.installation

    @rule(tab=tabs)
    def start_a_contact(self, tab: int) -> None:
        self._step()
        self.tabs[tab].open("/desk/start?channel=phone&council=boston&service=" + SERVICE)
        self.tabs[tab].press_form("/desk/start", channel="phone", council="boston", service=SERVICE)

    @rule(tab=tabs, person=people)
    def act(self, tab: int, person: int) -> None:
        """Also switching: whoever was helped before no longer is."""
        self._step()
        self.tabs[tab].open("/desk/")
        self._help(self.tabs[tab], person)

    @rule(tab=tabs)
    def begin_another_form(self, tab: int) -> None:
        self._step()
        self.tabs[tab].open(f"/boston/{SERVICE}/")
        self.tabs[tab].press_again()

    @rule(tab=tabs, wrong=st.booleans())
    def answer(self, tab: int, wrong: bool) -> None:
        self._step()
        here = self.tabs[tab]
        if here.in_a_form and not here.to_send:
            here.type_and_press(self._canary(here), wrong=wrong)

    @rule(tab=tabs)
    def save(self, tab: int) -> None:
        self._step()
        here = self.tabs[tab]
        if here.in_a_form and not here.to_send:
            here.type_and_press(self._canary(here), do="save")

    @rule(tab=tabs)
    def submit(self, tab: int) -> None:
        self._step()
        if self.tabs[tab].to_send:
            self.tabs[tab].press_again()

    @rule(tab=tabs)
    def go_on_to_the_end(self, tab: int) -> None:
        """Answer page after page: else few sequences of steps would come to sending anything."""
        self._step()
        here = self.tabs[tab]
        for _ in range(12):
            if here.to_send or not here.in_a_form:
                break
            here.type_and_press(self._canary(here))

    @rule(tab=tabs)
    def press_what_was_given_back(self, tab: int) -> None:
        self._step()
        if "What you typed" in self.tabs[tab].html:
            type(self).refused_in_all += 1
            self.tabs[tab].press_again()

    @rule(tab=tabs)
    def back(self, tab: int) -> None:
        self._step()
        self.tabs[tab].back()

    @rule(tab=tabs)
    def load_again(self, tab: int) -> None:
        self._step()
        self.tabs[tab].open(self.tabs[tab].address)

    @rule(tab=tabs, do=st.sampled_from(["stop", "pause"]))
    def press_the_banner(self, tab: int, do: str) -> None:
        self._step()
        self.tabs[tab].press_banner(do)

    @rule(tab=tabs)
    def resume(self, tab: int) -> None:
        self._step()
        self.tabs[tab].open("/desk/")
        self.tabs[tab].press_form("/desk/resume")

    @rule(tab=tabs)
    def see_their_record(self, tab: int) -> None:
        self._step()
        self.tabs[tab].open("/account/")

    @invariant()
    def nothing_is_kept_under_the_wrong_person(self) -> None:
        if not hasattr(self, "customers"):
            return
        with self._here.database.read() as session:
            names = dict(session.execute(sa.select(CustomerRow.id, CustomerRow.name)).all())
            kept: list[tuple[str | None, Any]] = [
                (row.holder, [row.answers, row.mistyped]) for row in session.scalars(sa.select(DraftRow))
            ]
            kept += [
                (row.customer_id, [row.answers, row.contact])
                for row in session.scalars(sa.select(SubmissionRow))
            ]
        for owner, what in kept:
            text = json.dumps(what)
            for first in CANARY.findall(text):
                assert names[str(owner)].startswith(first), f"typed for {first}, kept for {names[str(owner)]}"
            assert AGENT.split()[1] not in text
            assert AGENT_MAIL not in text

    @invariant()
    def every_write_names_both(self) -> None:
        if not hasattr(self, "customers"):
            return
        with self._here.database.read() as session:
            sessions = {row.id: row for row in session.scalars(sa.select(ActingSessionRow))}
            for draft in session.scalars(sa.select(DraftRow)):
                by = sessions[str(draft.helped_via)]
                assert (by.staff_id, by.subject) == (self.agent, draft.holder)
            for sent in session.scalars(sa.select(SubmissionRow)):
                assert (sent.actor_kind, sent.actor_id) == ("agent", self.agent)
                assert (
                    sent.on_behalf_of == sent.customer_id == sessions[str(sent.acting_session_id)].customer_id
                )
                assert (sent.helper_id, sent.helper_name) == (self.agent, AGENT)
                assert sent.customer_id in self.customers.values()
            for line in session.scalars(
                sa.select(TimelineEventRow).where(TimelineEventRow.what.in_(["submitted", "draft_begun"]))
            ):
                assert line.actor_id == self.agent
                assert line.on_behalf_of
                assert line.acting_session_id
            assert not session.scalars(sa.select(MessageRow)).all()

    @invariant()
    def no_page_of_one_shows_another(self) -> None:
        for tab in getattr(self, "tabs", []):
            if tab.helped and (tab.in_a_form or tab.address.startswith("/account/")):
                main = tab.page.xpath("//main")[0].text_content() + json.dumps(
                    tab.page.xpath("//main//@value")
                )
                shown = set(CANARY.findall(main))
                assert shown <= {tab.helped.split()[0]}, f"{tab.address} of {tab.helped} shows {shown}"

    def teardown(self) -> None:
        with self._here.database.read() as session:
            type(self).sent_in_all += (
                session.scalar(sa.select(sa.func.count()).select_from(SubmissionRow)) or 0
            )
        self.reset()

    def reset(self) -> None:
        """Empty the database."""
        raise AssertionError("whoever runs it says how")

    def _help(self, tab: Tab, person: int) -> None:
        tab.post(
            f"/desk/customers/{self.customers[NAMES[person]]}",
            do="skip",
            reason="new_request",
            consent="spoken",
        )

    def _canary(self, tab: Tab) -> str:
        return f"typed-for-{(tab.helped or 'Nobody').split()[0]}"

    def _step(self) -> None:
        type(self).steps += 1
