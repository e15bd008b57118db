"""What an account holds answers the questions that ask after the person themselves, and no others."""

from typing import Any

import pytest

from forms.catalogue import SERVICES
from forms.kit.contacts import Name, Phone
from forms.kit.dates import Date
from forms.kit.own import Own, asks_after, put_in, told_of
from forms.kit.samples import HOUSE
from forms.kit.service import Page, Service
from forms.kit.shared import about_you, which_property, your_address
from forms.kit.written import Text

MARY: dict[Own, Any] = {
    Own.NAME: "Mary Smith",
    Own.EMAIL: "mary.smith@example.org",
    Own.PHONE: "+441632960001",
    Own.BORN: "1952-03-27",
    Own.ADDRESS: HOUSE,
}
ABOUT = about_you(optional=False)


def filled(page: Page, answers: dict[str, Any], known: dict[Own, Any] = MARY) -> dict[str, Any]:
    return put_in(page.asked, answers, known)


def owned(service: Service) -> set[str]:
    return {question.id for question in service.questions() if asks_after(question)}


def test_name_email_and_phone_are_put_in() -> None:
    assert filled(ABOUT, {}) == {
        "name": "Mary Smith", "email": "mary.smith@example.org", "phone": "+441632960001",
    }  # fmt: skip


def test_what_was_answered_or_left_blank_on_purpose_is_let_be() -> None:
    assert filled(ABOUT, {"name": "M. Smith", "phone": None}) == {"email": "mary.smith@example.org"}


def test_what_the_account_does_not_hold_stays_empty() -> None:
    assert filled(ABOUT, {}, {Own.NAME: None, Own.EMAIL: None}) == {}


def test_an_own_date_of_birth_is_put_in_and_no_other_date() -> None:
    page = Page(
        "dates",
        Date("own_birth", "Your date of birth", missing="Enter it", own=True),
        Date("born", "Their date of birth", missing="Enter it"),
        title="Dates",
    )
    assert filled(page, {}) == {"own_birth": "1952-03-27"}


def test_an_own_home_is_put_in_where_the_service_says_so() -> None:
    mine, theirs = which_property(own=True)[0], which_property()[0]
    assert isinstance(mine, Page)
    assert isinstance(theirs, Page)
    assert filled(mine, {}) == {"property": HOUSE}
    assert filled(your_address(), {}) == {"home_address": HOUSE}
    assert filled(theirs, {}) == {}


def test_a_property_outside_the_partnership_is_not_put_in_but_an_address_is() -> None:
    away = {**HOUSE, "council": None, "authority": "North Kesteven"}
    mine = which_property(own=True)[0]
    assert isinstance(mine, Page)
    assert filled(mine, {}, {Own.ADDRESS: away}) == {}
    assert filled(your_address(), {}, {Own.ADDRESS: away}) == {"home_address": away}


def test_for_somebody_else_only_the_way_to_reach_the_person_themselves_is_put_in() -> None:
    for_another = {"for_whom": "other"}
    assert filled(your_address(), for_another) == {}
    assert filled(ABOUT, for_another).keys() == {"name", "email", "phone"}


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (Name("name", "Full name", missing="Enter it"), "M" * 101),
        (Name("name", "Full name", missing="Enter it"), ""),
        (Phone("phone", "Phone", missing="Enter it"), "01632 960001"),
    ],
)
def test_a_value_that_the_question_would_refuse_is_not_put_in(question: Name, value: str) -> None:
    page = Page("one", question)
    assert filled(page, {}, dict.fromkeys((Own.NAME, Own.PHONE), value)) == {}


def test_another_kind_of_question_with_the_same_id_is_not_meant() -> None:
    assert asks_after(Text("name", "Name of the road", missing="Enter it")) is None


def test_services_about_another_home_are_not_given_ones_own() -> None:
    for slug in ("someone-has-died", "empty-property", "change-of-tenant", "premises-licence"):
        assert "property" not in owned(SERVICES[slug]), slug
    for slug in ("missed-bin", "bulky-waste", "council-tax-reduction", "housing-repair"):
        assert "property" in owned(SERVICES[slug]), slug
    assert "old_address" in owned(SERVICES["moving-home"])
    assert "new_address" not in owned(SERVICES["moving-home"])
    assert "born" not in owned(SERVICES["council-tax-discount"])
    assert "own_birth" in owned(SERVICES["council-tax-reduction"])


def test_what_a_form_was_told_is_told_as_an_account_holds_it() -> None:
    answers = {"name": "Mary Jones", "email": None, "phone": "+441632960002", "home_address": HOUSE}
    asked = (*your_address().asked, *ABOUT.asked)
    assert {own: value for own, (_, value) in told_of(asked, answers).items()} == {
        Own.ADDRESS: HOUSE, Own.NAME: "Mary Jones", Own.PHONE: "+441632960002",
    }  # fmt: skip


def test_what_is_told_of_somebody_else_and_the_home_one_leaves_are_not_ones_own_to_keep() -> None:
    assert told_of(your_address().asked, {"for_whom": "other", "home_address": HOUSE}) == {}
    assert told_of(your_address(id="old_address").asked, {"old_address": HOUSE}) == {}
