"""No sensitive answer lies in the clear: of every service there is, and of one that asks for the worst."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from forms import catalogue
from forms.completing import complete
from forms.kit import journey
from forms.kit.check import mistakes_in
from forms.kit.comparing import today
from forms.kit.contacts import Email
from forms.kit.dates import Date
from forms.kit.sensitive import sensitive_ids
from forms.kit.service import (
    Kind,
    Page,
    Promise,
    Service,
    Start,
    Stop,
    To,
    Topic,
    WorkingDays,
    Years,
    ask,
)
from forms.kit.several import AddAnother
from forms.kit.ways import mentions
from forms.kit.written import LongText, Text
from integrations.contract import Receipt
from selfservice import clock
from selfservice.app import create_app
from selfservice.configuration import load_councils
from selfservice.database import Database
from selfservice.installation import Installation
from selfservice.operations import delivering, drafting, submitting
from selfservice.sealing_keys import SealingKeys, new_key
from selfservice.seals import Seals, is_sealed
from selfservice.settings import ROOT
from selfservice.store.drafts import DraftRow
from selfservice.store.keys import DataKeyRow
from selfservice.store.submissions import SubmissionRow
from tests.factories.kept import all_bytes, all_rows
from tests.factories.submitted import NOW, RESIDENT, settings
from tests.factories.submitted import installation as boston_alone
from tests.journeys.visitor import Visitor
from tests.judge import JudgingClient
from tests.workers.offices import SOON, Office
from workers import deliver

COUNCILS = load_councils(ROOT / "config", {})
CANARY = "canary-of-the-house"
AT = datetime(2026, 6, 15, 17, 0, tzinfo=UTC)  # the day by which the kit tries conditions out, after hours

WORST = Service(
    slug="worst-of-all",
    title="Tell us the worst",
    lgsl=1,
    kind=Kind.REQUEST,
    topic=next(iter(Topic)),
    department="street-scene",
    pages=(
        ask(LongText("illness", "What is the illness?", missing="Enter the illness", sensitive=True)),
        Page(
            "born",
            Text("said", "What was said?", max_length=200, missing="Enter what was said", sensitive=True),
            Date("born", "When were you born?", missing="Enter a date", noun="The date"),
            title="About you",
        ),
        ask(Email("email", "What is your email address?", missing="Enter your email address")),
    ),
    deliver=(To("street-scene", service_code="WORST"),),
    promise=Promise(WorkingDays(1), WorkingDays(5)),
    start=Start(need=("nothing",), minutes=2, next=("We answer.",)),
    keep_for=Years(1),
)


@pytest.fixture
def installation(each_database: Database, tmp_path: Path) -> Installation:
    """Boston offers the worst; its back office answers at once."""
    told = settings(tmp_path, BASE_URL="http://localhost")
    made = boston_alone(each_database, told, Office(Receipt("C1")))
    made.services = {"boston": {WORST.slug: WORST}}
    return made


@pytest.fixture
def visitor(installation: Installation) -> Visitor:
    made = create_app(installation)
    made.test_client_class = JudgingClient
    return Visitor(made.test_client())


def answered(service: Service, dice: random.Random) -> dict[str, Any]:
    """Answers that lead to the end of the service, by guessing; sensitive texts are canaries."""
    day = today(AT)
    for _ in range(5_000):
        answers: dict[str, Any] = {}
        while not journey.finished(service, answers | day):
            page = journey.path(service, answers | day)[-1]
            if isinstance(page, Stop):
                break
            given = {question.id: _answer(service, question, dice) for question in page.asked}
            if not journey.done(page, answers | day | given):
                break
            answers |= given | journey.seen(page)
        else:
            return answers
    raise AssertionError(f"no way was found to the end of {service.slug}")


def _answer(service: Service, question: Any, dice: random.Random) -> Any:
    """A canary where the question takes one and is sensitive; else an example, in a council that there is."""
    if question.sensitive and question.accepts(CANARY):
        return CANARY
    mentioned = [mention for page in service.pages for mention in mentions(page.when)]
    values = [value for each in mentioned if each.question == question.id for value in each.values]
    found = dice.choice(question.examples(tuple(values)))
    return {**found, "council": "boston"} if isinstance(found, dict) and found.get("council") else found


@pytest.mark.parametrize("slug", sorted(catalogue.SERVICES))
def test_every_service_keeps_its_sensitive_answers_sealed(slug: str, database: Database) -> None:
    service = catalogue.SERVICES[slug]
    sensitive = sensitive_ids(service)
    council = next(council for council in COUNCILS.values() if slug in catalogue.for_council(council))
    seals = Seals(SealingKeys((new_key(),)), {slug: sensitive})
    answers = answered(service, random.Random(slug))
    with database.write() as session:
        begun = drafting.begin(session, RESIDENT, council.slug, slug, NOW)
        draft = drafting.save(session, RESIDENT, begun.id, answers, seals, NOW)
        assert draft.answers == answers
    with database.write() as session:
        kept = session.scalars(sa.select(DraftRow.answers)).one()
        assert {name for name, value in kept.items() if is_sealed(value)} == {
            name for name in sensitive & answers.keys() if answers[name] is not None
        }
        whole = complete(service, council, COUNCILS, answers, AT, frozenset())
        links: Any = _Links()
        sent_to = COUNCILS[whole.council]
        submitting.submit(session, RESIDENT, draft, whole, links, seals, NOW, council=sent_to)
    with database.read() as session:
        rows = session.scalars(sa.select(SubmissionRow.answers)).one()
    for row in rows:
        assert is_sealed(row["value"]) == is_sealed(row["shown"]) == (row["id"] in sensitive), row["id"]
    assert CANARY.encode() not in all_rows(database)


class _Links:
    def progress(self, council: str, submission_id: str) -> str:
        return f"https://forms.example.org/{council}"


def test_the_worst_is_told_and_nothing_of_it_lies_in_the_clear(
    installation: Installation, visitor: Visitor, capsys: pytest.CaptureFixture[str]
) -> None:
    told = f"{CANARY}-{new_key().id}"
    visitor.begin("boston", WORST.slug)
    visitor.press({"illness": told * 200})
    assert "Error:" in visitor.title
    assert told in visitor.text, "what could not be taken is given back"
    visitor.press({"illness": told})
    visitor.press({"said": told, "born-day": "31", "born-month": "2", "born-year": "1990"})
    assert "Error:" in visitor.title
    assert told in visitor.text
    assert told.encode() not in all_bytes(installation.database)
    visitor.press({"said": told, "born-day": "1", "born-month": "2", "born-year": "1990"})
    visitor.press({"email": "ada@example.org"})
    assert visitor.text.count(told) == 2, "the holder sees their own answers"
    visitor.send()
    assert visitor.text.count(told) == 2, "and has a copy to keep"
    assert told not in visitor.open(visitor.progress_link).text
    while deliver.one(installation):
        pass
    [office] = installation.fakes.values()
    values = {answer.id: answer.value for answer in office.asked[0].answers}
    assert values["illness"] == values["said"] == told
    assert told.encode() not in all_bytes(installation.database)
    logged = capsys.readouterr()
    assert told not in logged.out + logged.err


def test_without_the_key_there_is_a_clear_page_and_a_persons_work(
    installation: Installation, visitor: Visitor
) -> None:
    visitor.begin("boston", WORST.slug)
    visitor.press({"illness": CANARY})
    held, here = installation.seals, visitor.path
    installation.seals = Seals(SealingKeys((new_key(),)), {WORST.slug: sensitive_ids(WORST)})
    page = visitor.open(here)
    assert page.status_code == 503
    assert "we cannot open your answers at the moment" in visitor.text
    assert CANARY not in visitor.text
    installation.seals = held
    assert visitor.open(here).status_code == 200


def test_a_delivery_whose_key_is_missing_waits_for_a_person_and_then_goes(
    installation: Installation, visitor: Visitor
) -> None:
    visitor.begin("boston", WORST.slug)
    visitor.press({"illness": CANARY})
    visitor.press({"said": CANARY, "born-day": "1", "born-month": "2", "born-year": "1990"})
    visitor.press({"email": "ada@example.org"})
    visitor.send()
    held, installation.timings = installation.seals, SOON
    installation.seals = Seals(SealingKeys((new_key(),)), {})
    while deliver.one(installation):
        pass
    [office] = installation.fakes.values()
    assert office.asked == []
    assert _case_delivery(installation)[0] == "blocked"
    assert _case_delivery(installation)[1].startswith("Its answers cannot be opened: there is no sealing key")
    installation.seals = held
    with installation.database.write() as session:
        delivering.wait_over(session, clock.now(), SOON)
    while deliver.one(installation):
        pass
    assert _case_delivery(installation)[0] == "delivered"
    assert CANARY in str(office.asked)


def _case_delivery(installation: Installation) -> tuple[str, str]:
    with installation.database.read() as session:
        found = session.execute(sa.text("SELECT state, last_words FROM deliveries WHERE kind = 'case'")).one()
        return str(found[0]), str(found[1])


def test_a_service_without_sensitive_questions_makes_no_data_key(database: Database) -> None:
    seals = Seals(SealingKeys((new_key(),)), {})
    with database.write() as session:
        begun = drafting.begin(session, RESIDENT, "boston", "fly-tipping", NOW)
        drafting.save(session, RESIDENT, begun.id, {"what": ["green"]}, seals, NOW)
        assert session.scalars(sa.select(DataKeyRow)).all() == []


def test_what_is_asked_of_each_of_several_is_sensitive_as_a_whole() -> None:
    who = Text("who", "Who is it?", missing="Enter who it is", sensitive=True)
    people = AddAnother("people", "Who lives with you?", missing="Tell us who", questions=(who,))
    assert "people" in sensitive_ids(replace(WORST, pages=(ask(people),)))
    nobody = replace(people, questions=(replace(who, sensitive=False),))
    assert sensitive_ids(replace(WORST, pages=(ask(nobody),))) == frozenset()


def test_what_is_kept_elsewhere_too_cannot_be_sensitive() -> None:
    assert mistakes_in(WORST) == []
    email = replace(WORST.pages[-1].questions[0], sensitive=True)  # type: ignore[union-attr]
    [mistake] = mistakes_in(replace(WORST, pages=(*WORST.pages[:-1], ask(email))))
    assert mistake.startswith("question email: sensitive: cannot be")
