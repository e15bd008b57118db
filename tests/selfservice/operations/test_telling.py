"""Customers hear that an agent helped them: once, if something was sent or changed, by the way that they prefer."""

import pytest
import sqlalchemy as sa

from selfservice.database import Database
from selfservice.domain.acting import EndedWhy
from selfservice.domain.messages import MOST_PARTS, text_parts
from selfservice.domain.profile import Need, Preferred
from selfservice.links import Links
from selfservice.operations import assisting, drafting, profiles, sign_ins, submitting, telling
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.interactions import ActingSessionRow
from selfservice.store.notifications import NotificationRow
from tests.factories.office import Office
from tests.factories.submitted import BOSTON, SEALS, anonymous, settings

COUNCILS = {"boston": BOSTON}


@pytest.fixture
def office(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = Office(database, Links(settings(tmp_path_factory.mktemp("home"))))
    made.call()
    return made


def send(office: Office) -> str:
    with office.database.write() as session:
        draft = drafting.begin(session, office.acting(), "boston", "fly-tipping", office.now)
        accepted = submitting.submit(
            session,
            office.acting(),
            draft,
            anonymous(),
            office.links,
            SEALS,
            office.now,
            council=BOSTON,
        )
    return accepted.reference


def tell(office: Office, *, texts: bool = True, staff_id: str | None = None) -> list[NotificationRow]:
    with office.database.write() as session:
        ids = telling.helped(session, COUNCILS, office.now, texts_offered=texts, staff_id=staff_id)
    with office.database.read() as session:
        wanted = sa.select(NotificationRow).join(
            DeliveryRow, DeliveryRow.notification_id == NotificationRow.id
        )
        return list(session.scalars(wanted.where(DeliveryRow.id.in_(ids))))


def stop(office: Office) -> None:
    office.do(assisting.stop, EndedWhy.STOPPED)


def test_what_was_sent_is_told_with_who_and_how_and_whom_to_call_and_only_once(office: Office) -> None:
    office.help(office.mary)
    reference = send(office)
    assert tell(office) == [], "not while it goes on"
    stop(office)
    [letter] = tell(office)
    assert (letter.recipient, letter.medium, letter.customer_id) == (
        "mary@example.org",
        "email",
        office.mary.id,
    )
    assert "Priya Example of Customer Services helped you by phone" in letter.body
    assert reference in letter.body
    assert f"If this was not you, call us on {BOSTON.contacts.phone}." in letter.body
    assert tell(office) == []


def test_looking_begun_drafts_and_questions_are_not_told(office: Office) -> None:
    office.help(office.mary, postcode="PE21 6RY", phone="960101")
    with office.database.write() as session:
        assisting.note_view(
            session, office.acting(), "boston", "profile", office.now, customer_id=office.mary.id
        )
        drafting.begin(session, office.acting(), "boston", "fly-tipping", office.now)
    office.judge(office.mary, date_of_birth="3 4 1980")
    stop(office)
    assert tell(office) == []


def test_a_changed_record_is_told(office: Office) -> None:
    office.help(office.mary)
    with office.database.write() as session:
        profiles.change_needs(session, office.acting(), [Need.BRAILLE], "", office.now)
    stop(office)
    [letter] = tell(office)
    assert "what we hold about you was changed" in letter.body


def test_who_is_reached_otherwise_from_now_on_is_told_as_they_were_before(office: Office) -> None:
    """Somebody who had it changed in their name would else be the one who is told."""
    with office.database.write() as session:
        row = session.merge(office.mary)
        row.preferred, row.phone, row.email = Preferred.SMS, "+447700900101", None
    office.help(office.mary, date_of_birth="3 4 1980", postcode="PE21 6RY", name="Mary Made-Up")
    with office.database.write() as session:
        profiles.change_phones(session, office.acting(), "+447700900999", None, office.now)
        profiles.change_ways(session, office.acting(), Preferred.LETTER, "en", office.now)
    going = office.helping()
    stop(office)
    assert [letter.recipient for letter in tell(office)] == ["+447700900101"]
    with office.database.read() as session:
        kept = session.get(ActingSessionRow, going.id if going else "")
        assert kept is not None
        assert kept.reached_by is None, "it is kept no longer than for that"


@pytest.mark.parametrize(
    ("preferred", "phone", "texts", "told"),
    [
        (Preferred.SMS, "+447700900101", True, ("sms", "+447700900101")),
        (Preferred.SMS, "+447700900101", False, ("email", "mary@example.org")),
        (Preferred.SMS, "+441632960101", True, ("email", "mary@example.org")),
        (Preferred.PHONE, "+447700900101", True, None),
        (Preferred.LETTER, None, True, None),
    ],
)
def test_they_are_told_by_the_way_that_they_prefer_or_not_at_all(
    office: Office, preferred: Preferred, phone: str | None, texts: bool, told: tuple[str, str] | None
) -> None:
    with office.database.write() as session:
        row = session.merge(office.mary)
        row.preferred, row.phone = preferred, phone
    office.help(office.mary)
    send(office)
    stop(office)
    letters = tell(office, texts=texts)
    assert [(each.medium, each.recipient) for each in letters] == ([told] if told else [])
    assert all(text_parts(each.body) <= MOST_PARTS for each in letters if each.medium == "sms")
    assert tell(office, texts=texts) == []


def test_whoever_was_helped_by_somebody_who_signed_out_or_left_is_told_by_the_housekeeping(
    office: Office,
) -> None:
    office.help(office.mary)
    send(office)
    with office.database.write() as session:
        secret = sign_ins.begin(
            session, "password", "a browser", office.now, staff_id=office.priya.id, whole=True
        )
        found = sign_ins.member_of_staff(session, secret, office.now)
        assert found is not None
        sign_ins.end(session, found.id, "signed_out", office.now)
    assert tell(office, staff_id=office.tom.id) == []
    assert len(tell(office)) == 1


def test_somebody_without_a_name_and_somebody_forgotten_are_written_to_by_nobody(office: Office) -> None:
    office.help(None)
    send(office)
    stop(office)
    assert tell(office) == []
    office.help(office.mary)
    send(office)
    stop(office)
    with office.database.write() as session:
        session.merge(office.mary).forgotten_at = office.now
    assert tell(office) == []
