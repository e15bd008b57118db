"""What is given back of a page that could not be taken: what a person typed or chose, in words, and no secret."""

from typing import Any

import pytest
from flask import Flask

from selfservice.web import given_back
from selfservice.web.given_back import GivenBack, is_secret

PAGE = "/boston/fly-tipping/0198f2a0-0000-7000-8000-000000000001/land?change=1"
CARRIED = {"csrf_token": "a token", "together": "land size", "stamp": "a stamp", "do": "save"}


def typed(app: Flask, fields: dict[str, Any], address: str = PAGE) -> GivenBack:
    with app.test_request_context(address, method="POST", data={**CARRIED, **fields}):
        found = given_back.typed()
    assert found is not None
    return found


def test_choices_are_told_by_their_words_and_what_was_typed_as_it_was(app: Flask) -> None:
    found = typed(app, {"land": "highway", "road": "yes", "detail": "Behind the hedge"})
    assert found.shown == ("Road, pavement or verge", "Yes", "Behind the hedge")


def test_all_of_it_is_sent_again_to_the_same_address(app: Flask) -> None:
    found = typed(app, {"land": "highway", "address-postcode": "PE21 6RY"})
    assert found.action == PAGE
    assert {("land", "highway"), ("address-postcode", "PE21 6RY"), ("together", "land size")} <= set(
        found.fields
    )


def test_on_a_page_of_no_form_everything_but_what_the_page_carries_is_told(app: Flask) -> None:
    found = typed(
        app, {"words": "It is still there", "key": "01", "empty": " "}, "/account/requests/BOS-1/messages"
    )
    assert found.shown == ("It is still there",)


@pytest.mark.parametrize(
    "name", ["password", "new_password", "password-again", "code", "new_code", "the-code-sent"]
)
def test_a_secret_is_never_given_back(app: Flask, name: str) -> None:
    assert is_secret(name)
    assert name not in dict(typed(app, {name: "purple kettle harbour"}).fields)


@pytest.mark.parametrize("name", ["postcode", "address-postcode", "barcode_number", "detail"])
def test_a_postcode_is_no_secret(name: str) -> None:
    assert not is_secret(name)


def test_more_than_a_person_types_is_not_given_back(app: Flask) -> None:
    with app.test_request_context(PAGE, method="POST", data={f"f{number}": "x" for number in range(201)}):
        assert given_back.typed() is None
    with app.test_request_context(PAGE):
        assert given_back.typed() is None
