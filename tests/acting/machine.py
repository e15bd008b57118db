"""An agent with three tabs and three customers, who does anything in any order: what must hold all the same.

Whatever the agent types carries the name that the banner of that very page shows: for whom they believe to type.
Wherever it is kept, it must be that person's.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

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
RECORD = ("/account/", "/account/profile")
CANARY = re.compile(r"typed-for-([A-Z][a-z]+)")
tabs = st.integers(0, 2)
people = st.integers(0, 2)


Fits = Callable[[Tab], bool]


def answerable(tab: Tab) -> bool:
    """Whether answers can be typed into the page in view."""
    return tab.in_a_form and not tab.to_send


def to_send(tab: Tab) -> bool:
    """Whether the button of the page in view sends."""
    return tab.to_send


def given_back(tab: Tab) -> bool:
    """Whether the page in view gives back what was typed."""
    return tab.given_back


def helped(tab: Tab) -> bool:
    """Whether the page in view says that somebody is helped."""
    return tab.helped is not None


def any_tab(fits: Fits) -> Callable[["Acting"], bool]:
    """Whether a page in view fits in any tab: what a step can be done with."""
    return lambda machine: any(fits(each) for each in machine.tabs)


def mail_of(name: str) -> str:
    """The e-mail address of a customer."""
    return f"{name.split()[0].lower()}@example.org"


class Acting(RuleBasedStateMachine):
    """One installation, one agent, three customers. `stage` and `reset` are put in place by whoever runs it."""

    stage: Stage
    counted: ClassVar[Counter[str]]

    @initialize()
    def begin(self) -> None:
        now, self.dice = clock.now(), random.Random(7)
        browser = self.stage.app.test_client()
        with self._here.database.write() as session:
            self.customers = {
                name: a_customer(
                    session,
                    name,
                    now,
                    councils=["boston"],
                    email=mail_of(name),
                    phone=f"+44163296010{number}",
                ).id
                for number, name in enumerate(NAMES)
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

    @rule(tab=tabs, person=people, sure=st.booleans())
    def take_a_call(self, tab: int, person: int, sure: bool) -> None:
        """A new contact, a customer and so the form of what the call is about."""
        self._step()
        self.tabs[tab].open("/desk/start?channel=phone&council=boston&service=" + SERVICE)
        self.tabs[tab].press_form("/desk/start", channel="phone", council="boston", service=SERVICE)
        self.act(tab=tab, person=person, sure=sure)

    @rule(tab=tabs, person=people, sure=st.booleans())
    def act(self, tab: int, person: int, sure: bool) -> None:
        """Help somebody, known for sure or not; whoever was helped before no longer is."""
        self._step()
        here, name = self.tabs[tab], NAMES[person]
        here.open("/desk/")
        known = {"do": "start", "name": name, "phone": f"01632 96010{person}"} if sure else {"do": "skip"}
        told = {"reason": "new_request", "consent": "spoken", **known}
        here.post(f"/desk/customers/{self.customers[name]}", **told)

    @precondition(any_tab(helped))
    @rule(data=st.data())
    def begin_another_form(self, data: st.DataObject) -> None:
        here = self._one_of(data, helped)
        here.open(f"/boston/{SERVICE}/")
        here.press_again()

    @precondition(any_tab(answerable))
    @rule(data=st.data(), wrong=st.booleans(), do=st.sampled_from(["", "save"]))
    def answer(self, data: st.DataObject, wrong: bool, do: str) -> None:
        here = self._one_of(data, answerable)
        self._type(here, wrong=wrong, do=do)

    @precondition(any_tab(answerable))
    @rule(data=st.data(), send=st.booleans())
    def go_on_to_the_end(self, data: st.DataObject, send: bool) -> None:
        """Answer page after page: else few sequences would come to sending anything."""
        here = self._one_of(data, answerable)
        for _ in range(12):
            if not answerable(here):
                break
            self._type(here)
        if send and here.to_send:
            here.press_again()

    @precondition(any_tab(to_send))
    @rule(data=st.data())
    def submit(self, data: st.DataObject) -> None:
        self._one_of(data, to_send).press_again()

    @precondition(any_tab(given_back))
    @rule(data=st.data())
    def press_what_was_given_back(self, data: st.DataObject) -> None:
        self._one_of(data, given_back).press_again()

    @rule(tab=tabs, how=st.sampled_from(["back", "again", "resume"]))
    def move(self, tab: int, how: str) -> None:
        """Back as browsers go, the same page afresh, or a contact that was paused."""
        self._step()
        here = self.tabs[tab]
        if how == "back":
            here.back()
        elif how == "again":
            here.open(here.address)
        else:
            here.open("/desk/")
            here.press_form("/desk/resume")

    @precondition(any_tab(helped))
    @rule(data=st.data(), do=st.sampled_from(["stop", "pause"]))
    def press_the_banner(self, data: st.DataObject, do: str) -> None:
        self._one_of(data, helped).press_banner(do)

    @precondition(any_tab(helped))
    @rule(data=st.data(), page=st.sampled_from(RECORD))
    def see_their_record(self, data: st.DataObject, page: str) -> None:
        here = self._one_of(data, helped)
        here.open(page)
        self.count("records", here.address == page and "<h1" in here.html and helped(here))

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
            shown = tab.shown(CANARY)
            if tab.given_back:
                assert len(shown) <= 1, f"{tab.address} gives back what was typed for {shown}"
            elif tab.helped:
                assert shown <= {tab.helped.split()[0]}, f"{tab.address} of {tab.helped} shows {shown}"
            else:
                assert not shown, f"{tab.address} shows {shown}, though nobody is helped"

    def teardown(self) -> None:
        with self._here.database.read() as session:
            sent = session.scalar(sa.select(sa.func.count()).select_from(SubmissionRow))
        self.count("submissions", sent or 0)
        self.reset()

    def reset(self) -> None:
        """Empty the database."""
        raise AssertionError("whoever runs it says how")

    def count(self, what: str, number: int = 1) -> None:
        """Count what happened, over all sequences."""
        self.counted[what] += number

    def _type(self, here: Tab, *, wrong: bool = False, do: str = "") -> None:
        here.type_and_press(f"typed-for-{(here.helped or 'Nobody').split()[0]}", wrong=wrong, do=do)
        self.count("answers")
        self.count("refused", here.given_back)

    def _one_of(self, data: st.DataObject, fits: Fits) -> Tab:
        """Any tab that fits; one step."""
        self._step()
        return data.draw(st.sampled_from([each for each in self.tabs if fits(each)]))

    def _step(self) -> None:
        self.count("steps")
