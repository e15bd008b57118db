"""Two residents and two agents pass forms to and fro in any order: never in two hands, never in none, always told."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from selfservice.database import Database
from selfservice.domain.acting import EndedWhy
from selfservice.domain.draft import DraftGone, DraftSent
from selfservice.domain.handover import Ask, HandoverState, Stage
from selfservice.domain.messages import Medium
from selfservice.domain.people import Actor, ActorKind
from selfservice.links import Links
from selfservice.operations import assisting, drafting, handing_over, sending_on, submitting
from selfservice.operations.sending_on import Wanted
from selfservice.store import interactions
from selfservice.store.drafts import DraftRow
from selfservice.store.handovers import HandoverRow
from selfservice.store.migrate import upgrade
from selfservice.store.timeline import TimelineEventRow
from tests.factories.handovers import Agent, acting, an_agent, told_to
from tests.factories.people import a_customer
from tests.factories.submitted import BOSTON, NOW, SEALS, completed
from tests.factories.submitted import settings as settings_of

TITLE = "Report fly-tipping"
TO = Wanted(Medium.EMAIL, "sam@example.org", (Ask.REST,))
residents, agents = st.sampled_from([0, 1]), st.sampled_from([0, 1])


@dataclass
class Form:
    """What the model knows of one draft: whose it is, in whose browser it was last, and which codes were given."""

    id: str
    own: Actor
    telephone: Actor
    sent: bool = False
    in_browser: Actor | None = None  # where it goes back to
    code: str = ""
    link: tuple[str, str] | None = None


class Forms(RuleBasedStateMachine):
    """Each rule tries something; whoever may not is refused. What holds after each is said by the invariants."""

    def __init__(self, database: Database, links: Links) -> None:
        super().__init__()
        self.database, self.links, self.now = database, links, NOW

    @initialize()
    def begin(self) -> None:
        """A stranger and somebody signed in each begin a form; two agents are there."""
        with self.database.write() as session:
            mary = a_customer(session, "Mary Made-Up", NOW, councils=["boston"])
            number = session.scalar(sa.select(sa.func.count()).select_from(DraftRow)) or 0
            owners = [
                Actor(ActorKind.RESIDENT, f"{number:0>64}"),
                Actor(ActorKind.RESIDENT, mary.id, signed_in=True),
            ]
            self.forms = []
            for place, own in enumerate(owners, start=1):
                draft = drafting.begin(session, own, "boston", "fly-tipping", NOW)
                telephone = Actor(ActorKind.RESIDENT, f"{number + place}".rjust(64, "t"))
                self.forms.append(Form(draft.id, own, telephone, in_browser=own))
            self.agents: list[Agent] = [
                an_agent(session, f"{name} Example {number}", NOW) for name in ("Priya", "Sam")
            ]

    @rule(which=residents)
    def offer(self, which: int) -> None:
        form = self.forms[which]
        browser = form.in_browser or form.own
        may = self.has(browser, form) and not form.sent
        try:
            with self.database.write() as session:
                handing_over.offer(session, browser, form.id, self.links, self.now, agreed_at=self.now)
        except (DraftGone, DraftSent):
            assert not may
            return
        assert may
        told = told_to(self.database, browser, form.id, self.links, self.now)
        assert told is not None
        form.code, form.link = told.code, None

    @rule(which=residents)
    def withdraw(self, which: int) -> None:
        form = self.forms[which]
        browser = form.in_browser or form.own
        try:
            with self.database.write() as session:
                if handing_over.withdraw(session, browser, form.id, self.now):
                    form.code = ""
        except (DraftGone, DraftSent):
            assert form.sent or not self.has(browser, form)

    @precondition(lambda self: any(form.code for form in self.forms))
    @rule(which=residents, by=agents)
    def take(self, which: int, by: int) -> None:
        form, agent = self.forms[which], self.agents[by]
        with self.database.write() as session:
            taken = handing_over.take(session, agent.own, form.code or "000000", self.links, self.now)
        if taken.draft_id is not None:
            assert (taken.draft_id, form.sent) == (form.id, False)
            form.code = ""

    @rule(which=residents, by=agents)
    def hand_over(self, which: int, by: int) -> None:
        """Ask for a code and say it at once, as most do."""
        self.offer(which)
        self.take(which, by)

    @rule(which=residents, by=agents)
    def give_back(self, which: int, by: int) -> None:
        form, agent = self.forms[which], acting(self.database, self.agents[by])
        had = self.holder(form) == agent.via
        with self.database.write() as session:
            assert handing_over.give_back(session, agent, form.id, self.now) is had

    @rule(which=residents)
    def take_back(self, which: int) -> None:
        form = self.forms[which]
        browser = form.in_browser or form.own
        away = not self.has(browser, form)
        with self.database.write() as session:
            assert handing_over.take_back(session, browser, form.id, self.now) is away

    @rule(which=residents, by=agents)
    def send_on(self, which: int, by: int) -> None:
        form, agent = self.forms[which], acting(self.database, self.agents[by])
        if not agent.acting or not self.has(agent, form) or form.sent:
            return
        with self.database.write() as session:
            sent = sending_on.send_on(session, agent, form.id, TO, BOSTON, TITLE, self.links, self.now)
            [row] = session.scalars(
                sa.select(HandoverRow).where(
                    HandoverRow.draft_id == form.id, HandoverRow.state == HandoverState.OFFERED
                )
            )
            form.link, form.code = (self.links.handovers.token(row.id), sent.code), ""

    @rule(which=residents, by=agents)
    def help_and_send_on(self, which: int, by: int) -> None:
        """Take it, send it on, and have it opened: a whole call."""
        self.hand_over(which, by)
        self.send_on(which, by)
        self.open_link(which, right=True)

    @precondition(lambda self: any(form.link for form in self.forms))
    @rule(which=residents, right=st.booleans())
    def open_link(self, which: int, right: bool) -> None:
        form = self.forms[which]
        if form.link is None:
            return
        token, code = form.link
        with self.database.write() as session:
            tried = sending_on.take(
                session, form.telephone, token, self.links, self.now, code=code if right else "1"
            )
        assert tried.draft_id in (None, form.id)
        if tried.draft_id:
            assert right
            form.in_browser, form.link = form.telephone, None

    @rule(which=residents, who=st.sampled_from(["own", "telephone", "priya", "sam"]))
    def answer(self, which: int, who: str) -> None:
        form = self.forms[which]
        actor = self.everybody(form)[who]
        may = self.has(actor, form) and not form.sent
        try:
            with self.database.write() as session:
                drafting.save(session, actor, form.id, {"what": who}, SEALS, self.now)
        except (DraftGone, DraftSent):
            assert not may
        else:
            assert may

    @precondition(lambda self: any(each.in_browser is each.telephone for each in self.forms))
    @rule(which=residents, who=st.sampled_from(["own", "telephone", "priya", "sam"]))
    def send(self, which: int, who: str) -> None:
        form = self.forms[which]
        actor = self.everybody(form)[who]
        with self.database.write() as session:
            held = drafting.find(session, actor, form.id, SEALS, lock=True)
            if held is None or held.sent:
                return
            submitting.submit(session, actor, held, completed(), self.links, SEALS, self.now, council=BOSTON)
        form.sent = True

    @rule(by=agents, why=st.sampled_from([EndedWhy.STOPPED, EndedWhy.PAUSED, EndedWhy.SIGNED_OUT]))
    def stop(self, by: int, why: EndedWhy) -> None:
        with self.database.write() as session:
            assisting.stop(session, self.agents[by].own, why, self.now)

    @rule(minutes=st.sampled_from([1, 5, 12, 16, 31]), busy=st.booleans())
    def wait(self, minutes: int, busy: bool) -> None:
        self.now += timedelta(minutes=minutes)
        for agent in self.agents if busy else ():
            with self.database.write() as session:
                going = interactions.acting_of(session, agent.id)
                if going is not None:
                    going.seen_at = self.now

    @rule()
    def tidy(self) -> None:
        """The housekeeping ends what nobody has ended."""
        with self.database.write() as session:
            while assisting.end_one_overdue(session, self.now):
                pass

    @precondition(lambda self: hasattr(self, "forms"))
    @invariant()
    def each_form_is_in_exactly_one_hand_or_can_be_taken_back(self) -> None:
        for form in self.forms:
            having = [who for who, actor in self.everybody(form).items() if self.has(actor, form)]
            assert len(having) == 1, having
            browser = form.in_browser or form.own
            told = told_to(self.database, browser, form.id, self.links, self.now)
            assert told is not None
            if having[0] in ("priya", "sam"):
                assert told.stage in (Stage.WITH_AGENT, Stage.LEFT, Stage.SENT)
                assert told.agent.lower().startswith(having[0])
            else:
                assert self.holder(form) == browser.id
                assert told.stage in (Stage.NONE, Stage.WAITING, Stage.RUN_OUT, Stage.BACK)

    @precondition(lambda self: hasattr(self, "forms"))
    @invariant()
    def the_record_tells_the_last_change_of_hands(self) -> None:
        with self.database.read() as session:
            for form in self.forms:
                last = session.scalars(
                    sa.select(TimelineEventRow)
                    .where(TimelineEventRow.draft_id == form.id)
                    .where(
                        TimelineEventRow.what.in_(
                            ["form_taken", "form_given_back", "form_taken_back", "form_gone_on_with"]
                        )
                    )
                    .order_by(TimelineEventRow.id.desc())
                    .limit(1)
                ).first()
                assert (last.detail["to"] if last else form.own.id) == self.holder(form)

    def everybody(self, form: Form) -> dict[str, Actor]:
        priya, sam = (acting(self.database, agent) for agent in self.agents)
        return {"own": form.own, "telephone": form.telephone, "priya": priya, "sam": sam}

    def has(self, actor: Actor, form: Form) -> bool:
        with self.database.read() as session:
            return drafting.find(session, actor, form.id, SEALS) is not None

    def holder(self, form: Form) -> str:
        with self.database.read() as session:
            return session.scalars(sa.select(DraftRow.holder).where(DraftRow.id == form.id)).one()


def test_a_form_is_never_in_two_hands_and_never_in_none(tmp_path: Path) -> None:
    links, database = Links(settings_of(tmp_path)), Database(f"sqlite:///{tmp_path / 'forms.sqlite3'}")
    upgrade(database)
    run_state_machine_as_test(
        lambda: Forms(database, links),
        settings=settings(
            max_examples=20,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    database.close()
