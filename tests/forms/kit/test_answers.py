"""Answers as they are shown: on check-answers, and in the record."""

from forms.catalogue import SERVICES
from forms.kit.answers import given, summary
from tests.forms.conftest import BOSTON

FLY_TIPPING = SERVICES["fly-tipping"]
ANSWERS = {
    "place": BOSTON.to_json(),
    "place_detail": "By the gate\nbehind the shed",
    "land": "highway",
    "what": ["tyres", "other"],
    "size": "car-boot",
    "road": "no",
    "witnessed": "no",
    "statement": "yes",  # off the path: nobody saw it
    "photos": ["one", "two"],
    "name": None,
    "email": "fern@example.org",
    "phone": None,
}


def test_a_summary_has_a_row_for_every_question_on_the_path() -> None:
    rows = {row.question_id: row for row in summary(FLY_TIPPING, ANSWERS)}
    assert list(rows) == [
        *(
            "place",
            "place_detail",
            "land",
            "what",
            "size",
            "road",
            "witnessed",
            "photos",
            "name",
            "email",
            "phone",
        )
    ]
    assert rows["what"].lines == ("Tyres", "Something else")
    assert rows["place_detail"].lines == ("By the gate", "behind the shed")
    assert rows["place"].shown == "Near PE21 6RY, Boston"
    assert rows["name"].lines == ("Not provided",)
    assert rows["email"].page_slug == "about-you"


def test_what_is_recorded_is_what_was_asked_shown_and_given() -> None:
    recorded = {answer.id: answer for answer in given(FLY_TIPPING, ANSWERS)}
    assert recorded["what"].question == "What was dumped?"
    assert recorded["what"].shown == "Tyres\nSomething else"
    assert recorded["what"].value == ["tyres", "other"]
    assert not {"statement", "name", "phone"} & recorded.keys()
