"""Councils, drafts and submissions for tests: fictional people, no defaults that matter to what is tested."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from selfservice.database import Database
from selfservice.domain.case import Contact, GivenAnswer
from selfservice.domain.council import ConnectorChoice, Contacts, Council, Landmark
from selfservice.domain.draft import Draft
from selfservice.domain.people import Actor, ActorKind
from selfservice.domain.places import Place, Precision
from selfservice.domain.submission import Accepted, Completed, DeliverTo
from selfservice.doorbell import Doorbell
from selfservice.installation import Installation
from selfservice.links import Links
from selfservice.operations import drafting, submitting
from selfservice.sealing_keys import SealingKey, SealingKeys
from selfservice.seals import Seals
from selfservice.settings import Settings, load_settings

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HOLDER = "f" * 64
RESIDENT = Actor(ActorKind.RESIDENT, HOLDER)

# What seals in tests, where no question is sensitive; a test that is about sealing makes its own.
SEALS = Seals(SealingKeys((SealingKey("key-of-the-tests", bytes(range(32))),)), {})

BOSTON = Council(
    slug="boston",
    name="Boston Borough Council",
    prefix="BOS",
    gss_code="E07000136",
    colour="#0b4f6c",
    contacts=Contacts(
        "01632 960301", "Monday to Friday, 9am to 5pm", "boston@example.org", "1 Example Street"
    ),
    website="https://boston.example.org/",
    privacy_url="https://boston.example.org/privacy",
    email_from="boston@example.org",
    services=("fly-tipping",),
    centre=Landmark("Boston", 532960, 343900),
    connectors={"street-scene": ConnectorChoice("street-scene", "fake", {})},
    routes={"street-scene": "street-scene"},
)


def settings(home: Path, **told: str) -> Settings:
    """Settings of a test's own, whose state lies in `home`."""
    return load_settings({"SELFSERVICE_HOME": str(home), "SECRET_KEY": "k" * 40, **told})


def installation(database: Database, told: Settings, connector: Any = None, **changed: Any) -> Installation:
    """An installation of Boston alone, with `connector` as its street-scene."""
    made = Installation(
        settings=told,
        councils={"boston": BOSTON},
        services={"boston": {}},
        database=database,
        doorbell=Doorbell(told.redis_url, told.redis_prefix),
        links=Links(told),
        **changed,
    )
    if connector is not None:
        made.fakes["boston", "street-scene"] = connector
    return made


def completed(**changed: Any) -> Completed:
    """A finished report of fly-tipping in Boston."""
    whole = Completed(
        council="boston",
        begun_at="boston",
        service="fly-tipping",
        service_title="Report fly-tipping",
        answers=(GivenAnswer("what", "What has been dumped?", "A mattress", "mattress"),),
        place=Place(532700, 344100, Precision.PIN, "a pin", "Near PE21 6RY, Boston", council="boston"),
        contact=Contact("Sam Carter", "sam.carter@example.org", "07700 900123"),
        urgent=False,
        file_ids=(),
        lookup_postcodes=("PE21 6RY",),
        acknowledge_by=None,
        resolve_by=None,
        deliver=(DeliverTo("street-scene", "FLYTIP"),),
    )
    return replace(whole, **changed)


def anonymous(**changed: Any) -> Completed:
    """The same from somebody who left no address."""
    return completed(contact=Contact(), **changed)


def a_draft(session: Session, now: datetime = NOW) -> Draft:
    """A draft that HOLDER holds."""
    return drafting.begin(session, RESIDENT, "boston", "fly-tipping", now)


def a_submission(
    session: Session, links: Links, whole: Completed | None = None, now: datetime = NOW
) -> Accepted:
    """An accepted submission."""
    draft = a_draft(session, now)
    return submitting.submit(
        session, RESIDENT, draft, whole or completed(), links, SEALS, now, council=BOSTON
    )
