"""Details: seen and changed on their pages, by their owner and by who helps, with mistakes told beside the question."""

import re
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from selfservice import clock
from selfservice.domain.people import Verification
from selfservice.installation import Installation
from selfservice.operations import homes
from selfservice.store import accounts
from selfservice.store.customers import CustomerAddressRow, CustomerRow
from selfservice.store.interactions import ActingSessionRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.accounts import OLD_LANE, as_customer
from tests.factories.agents import AgentBrowser

PROFILE = "/account/profile"


def row_of(installation: Installation, row: CustomerRow) -> CustomerRow:
    with installation.database.read() as session:
        return session.get_one(CustomerRow, row.id)


def change(browser: AgentBrowser, page: str, **told: Any) -> None:
    """Open the page of one part of a profile, change what stands there, and save it."""
    browser.open(f"{PROFILE}/{page}")
    browser.submit(f"{PROFILE}/{page}", **told)


def test_name_and_date_of_birth(marys: AgentBrowser, mary: CustomerRow, installation: Installation) -> None:
    change(marys, "name", name="  Mary   Jones ", **dates("date_of_birth", 27, 3, 1952))
    assert marys.path == PROFILE
    assert "Saved." in marys.text
    assert "27 March 1952" in marys.text
    kept = row_of(installation, mary)
    assert (kept.name, kept.name_key, kept.date_of_birth) == ("Mary Jones", "mary jones", date(1952, 3, 27))


def dates(name: str, day: int, month: int, year: int) -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


@pytest.mark.parametrize(
    ("page", "told", "words"),
    [
        ("name", {"name": ""}, "Enter your full name"),
        ("name", dates("date_of_birth", 1, 1, 2199), "must be today or in the past"),
        ("phone", {"phone": "12"}, "Enter a phone number"),
        ("needs", {"needs_words": "x" * 501}, "must be 500 characters or fewer"),
        ("household", {"household-1-relation": "child"}, "Person 1: Enter their full name"),
        ("address", {}, "Enter the postcode, or enter the address by hand"),
    ],
)
def test_a_mistake_is_told_beside_its_question_and_what_was_typed_stays(
    marys: AgentBrowser,
    mary: CustomerRow,
    installation: Installation,
    page: str,
    told: dict[str, str],
    words: str,
) -> None:
    before = row_of(installation, mary)
    change(marys, page, **told)
    assert marys.title.startswith("Error:")
    assert words in marys.text
    assert all(value in marys.text for value in told.values())
    assert row_of(installation, mary).changed_at == before.changed_at


def test_numbers_are_kept_as_they_are_dialled_and_shown_as_people_write_them(
    marys: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    change(marys, "phone", phone="07700 900 001", other_phone="01632 960 002")
    kept = row_of(installation, mary)
    assert (kept.phone, kept.other_phone) == ("+447700900001", "+441632960002")
    assert "07700 900001" in marys.text
    change(marys, "phone", other_phone="")
    assert row_of(installation, mary).other_phone is None


def test_the_number_that_somebody_signs_in_by_is_not_asked_for(
    marys: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    with installation.database.write() as session:
        account = accounts.of_customer(session, mary.id)
        assert account is not None
        account.phone = "+441632960001"
    page = marys.open(f"{PROFILE}/phone")
    assert "You sign in with 01632 960001" in page.text
    assert 'name="phone"' not in page.text
    marys.submit(f"{PROFILE}/phone", other_phone="01632 960002", phone="07700 900999")
    kept = row_of(installation, mary)
    assert (kept.phone, kept.other_phone) == ("+441632960001", "+441632960002")


def test_how_to_hear_from_us_and_needs(
    marys: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    change(marys, "contact", preferred="letter")
    change(marys, "needs", needs=["large_print", "phone_not_write"], needs_words="Ring twice")
    kept = row_of(installation, mary)
    assert (kept.preferred, kept.needs, kept.needs_words) == (
        "letter",
        ["large_print", "phone_not_write"],
        "Ring twice",
    )
    for words in ("Letter", "Large print", "Please phone, do not write", "Ring twice"):
        assert words in marys.text
    change(marys, "needs", needs=None, needs_words="")
    marys.open(f"{PROFILE}/needs")
    form = marys.form(f"{PROFILE}/needs")
    form.fields.pop("needs")
    marys.press({**form.fields, "needs_words": ""}, at=f"{PROFILE}/needs")
    assert row_of(installation, mary).needs == []


def test_people_are_added_edited_and_removed_down_to_nobody(
    marys: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    page = f"{PROFILE}/household"
    change(marys, "household", **{"household-1-full_name": "Tom Smith", "household-1-relation": "child"})
    assert "Tom Smith, Child" in marys.text
    marys.open(page)
    marys.submit(page, do="add:household")
    marys.submit(page, **{"household-2-full_name": "Ada Smith"}, **dates("household-2-born", 1, 2, 2015))
    assert row_of(installation, mary).household == [
        {"full_name": "Tom Smith", "born": None, "relation": "child"},
        {"full_name": "Ada Smith", "born": "2015-02-01", "relation": None},
    ]
    for left in (["Ada Smith"], []):
        marys.open(page)
        marys.submit(page, do="remove:household:1")
        marys.submit(page)
        assert [each["full_name"] for each in row_of(installation, mary).household] == left


def test_an_address_is_looked_up_by_postcode_and_moved_into(
    marys: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    page = f"{PROFILE}/address"
    marys.open(page)
    marys.submit(page, **{"address-postcode": "PE21 6RY", "do": "find:address"})
    assert "addresses found" in marys.text
    assert not marys.title.startswith("Error:")
    _at_home, next_door, *_others = re.findall(r'<option value="(\d+)"', marys.text)
    marys.submit(page, **{"address-uprn": next_door, "current": "yes"})
    assert marys.path == PROFILE
    kept = row_of(installation, mary)
    assert (kept.postcode, kept.uprn) == ("PE216RY", next_door)
    assert marys.text.count("Earlier address") == 1


def test_a_postcode_that_is_none_is_told_without_judging_the_rest(marys: AgentBrowser) -> None:
    marys.open(f"{PROFILE}/address")
    marys.submit(f"{PROFILE}/address", **{"address-postcode": "XX", "do": "find:address"})
    assert "Enter a full UK postcode" in marys.text
    assert "Select yes if you live there now" not in marys.text.partition("<form")[0]


def test_homes_are_moved_into_and_removed_by_buttons(
    marys: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    with installation.database.write() as session:
        old = homes.add(session, as_customer(mary), OLD_LANE, clock.now(), current=False)
    marys.open(PROFILE)
    marys.submit("/account/homes", do=f"move-in:{old}")
    assert row_of(installation, mary).postcode == "LN119NS"
    marys.submit("/account/homes", do=f"remove:{old}")
    assert row_of(installation, mary).postcode is None
    for odd in (f"remove:{old}", "burn:1", "", f"move-in:{'x' * 90}"):
        assert marys.press({"do": odd}, at="/account/homes").status_code == 404
        marys.open(PROFILE)


def test_nobody_touches_the_homes_of_another(
    bens: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    with installation.database.read() as session:
        home = session.scalars(sa.select(CustomerAddressRow.id)).one()
    bens.open("/account/claim")
    for do in ("move-in", "remove"):
        assert bens.press({"do": f"{do}:{home}"}, at="/account/homes").status_code == 404
        bens.open("/account/claim")
    assert row_of(installation, mary).postcode == "PE216RY"


def test_an_agent_changes_details_in_both_names_but_nothing_of_signing_in(
    agents: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    page = agents.open(PROFILE)
    assert "Only they can change it" in page.text
    assert "/account/sign-in-details" not in page.text
    change(agents, "phone", phone="01632 960009")
    assert "Do a full check first" in agents.text
    assert row_of(installation, mary).phone == "+441632960001"
    with installation.database.write() as session:
        session.scalars(sa.select(ActingSessionRow)).one().verification = Verification.FULL
    change(agents, "phone", phone="01632 960009")
    assert row_of(installation, mary).phone == "+441632960009"
    with installation.database.read() as session:
        line = session.scalars(
            sa.select(TimelineEventRow).where(TimelineEventRow.what == "profile_changed")
        ).all()[-1]
        account = accounts.of_customer(session, mary.id)
    assert (line.actor_kind, line.on_behalf_of, line.detail) == (
        "agent",
        mary.id,
        {"changed": ["phone", "other_phone"]},
    )
    assert account is not None
    assert account.email == "mary.smith@example.org"


def test_an_agents_browser_fills_in_nothing_by_itself(agents: AgentBrowser, marys: AgentBrowser) -> None:
    assert 'autocomplete="name"' in marys.open(f"{PROFILE}/name").text
    assert 'autocomplete="bday-day"' in marys.text
    page = agents.open(f"{PROFILE}/name").text
    assert 'autocomplete="name"' not in page
    assert "bday-" not in page
    assert 'autocomplete="off"' in page


def test_a_page_that_stood_open_too_long_keeps_what_was_typed(marys: AgentBrowser) -> None:
    marys.open(f"{PROFILE}/name")
    answer = marys.client.post(f"{PROFILE}/name", data={"csrf_token": "old", "name": "Mary Jones"})
    assert answer.status_code == 400
    assert "Mary Jones" in answer.text


def test_there_is_no_such_part(marys: AgentBrowser) -> None:
    assert marys.open(f"{PROFILE}/password").status_code == 404
    marys.open(f"{PROFILE}/name")
    assert marys.press({}, at=f"{PROFILE}/password").status_code == 404


def test_more_addresses_than_are_kept_are_refused_in_words(
    marys: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    with installation.database.write() as session:
        for number in range(homes.MOST - 1):
            homes.add(
                session, as_customer(mary), {**OLD_LANE, "uprn": str(number + 1)}, clock.now(), current=False
            )
    change(
        marys, "address",
        **{"address-postcode": "PE21 6RY", "address-line1": "9 New Road", "address-town": "Boston", "current": "no"},
    )  # fmt: skip
    assert "You have many addresses here already" in marys.text
    assert "9 New Road" in marys.text
