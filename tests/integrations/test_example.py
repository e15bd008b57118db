"""The folder of cases: what is written for one and for what is added, and a council's own codes. The one to copy."""

from dataclasses import replace

from integrations.back_office.example import Example, Options, to_payload, to_update_payload
from selfservice.domain.case import CaseStatus
from tests.integrations.conftest import REQUEST, UPDATE

OPTIONS = Options(folder="/srv/cases")
WHO = {"name": "Ann Marie O'Brien", "email": "ann@example.org", "phone": "01632 960123"}


def test_what_is_written_for_a_case() -> None:
    assert to_payload(REQUEST, OPTIONS) == {
        "reference": "BOS-7K4M-2QXP",
        "delivery": "0198f2a0-0000-7000-8000-000000000001",
        "service": "FLYTIP",
        "submitted": "2026-06-03T13:05:09+00:00",
        "where": {
            "easting": 532700.4,
            "northing": 344100.2,
            "words": "Near PE21 6RY, Boston, grid reference TF 327 441",
        },
        "who": WHO,
        "helped_by": None,
        "told": {
            "What has been dumped?": "Household waste, Tyres",
            "How much is there": "A van load",
            "Where is it?": "Near PE21 6RY",
            "What is your name?": "Ann Marie O'Brien",
            "What is your e-mail address?": "ann@example.org",
        },
        "photos": ["https://forms.example.org/photos/one", "https://forms.example.org/photos/two"],
        "files_held_back": 0,
        "news": [],
    }


def test_a_case_without_a_place_says_so() -> None:
    assert to_payload(replace(REQUEST, place=None), OPTIONS)["where"] is None


def test_what_is_written_for_something_that_the_customer_adds() -> None:
    assert to_update_payload("BOS-7K4M-2QXP_FLYTIP", UPDATE) == {
        "id": "0198f2a0-0000-7000-8000-000000000002",
        "case": "BOS-7K4M-2QXP_FLYTIP",
        "kind": "message",
        "written": "2026-06-04T08:00:01+00:00",
        "who": WHO,
        "helped_by": None,
        "words": "There is more of it now, behind O'Brien's gate – two mattresses & <a> fridge",
        "files": ["https://forms.example.org/photos/three", "https://forms.example.org/photos/four"],
        "files_held_back": 1,
    }


def test_a_council_may_correct_what_a_code_means() -> None:
    connector = Example(replace(OPTIONS, statuses={"working": "resolved"}))
    told = {"id": "1", "status": "working", "at": "2026-06-04T08:00:00+00:00", "words": ""}
    assert connector._update("a-case", told).status is CaseStatus.RESOLVED
    assert Example(OPTIONS)._update("a-case", told).status is CaseStatus.IN_PROGRESS
