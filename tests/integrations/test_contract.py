"""The contract, held over every kind of back office by its being listed: one that is added is tested too."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from integrations import registry
from integrations.contract import SendsUpdates, Unavailable, WhenUnknown
from selfservice.domain.case import Contact, GivenAnswer, Helper
from selfservice.domain.people import Channel, Verification
from tests.integrations.back_offices import OFFICES, TROUBLES, BackOffice, stand_in
from tests.integrations.conftest import REQUEST, Remembered, Running


def open_office(kind: str, running: Running, folder: Path) -> tuple[BackOffice, Any]:
    office = stand_in(kind)(running, folder)
    return office, registry.build(office.choice())


@pytest.fixture(params=sorted(registry.KINDS))
def both(request: pytest.FixtureRequest, running: Running, tmp_path: Path) -> tuple[BackOffice, Any]:
    return open_office(request.param, running, tmp_path)


@pytest.mark.parametrize("kind", sorted(registry.KINDS))
def test_every_kind_has_a_stand_in_here(kind: str) -> None:
    assert stand_in(kind)


def test_there_is_no_stand_in_for_a_kind_that_there_is_not() -> None:
    assert set(OFFICES) <= set(registry.KINDS)


def test_a_kind_without_a_stand_in_is_told_what_to_add_and_where() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"'fax' has no stand-in: .* OFFICES"):
        stand_in("fax")


def test_a_case_is_opened_and_found_again(both: tuple[BackOffice, Any]) -> None:
    office, connector = both
    receipt = connector.open_case(REQUEST, Remembered())
    assert receipt.case_reference
    assert connector.find_case(REQUEST, receipt.token).case_reference == receipt.case_reference
    assert len(office.cases(REQUEST.reference)) == 1


def test_what_was_never_sent_is_not_found(both: tuple[BackOffice, Any]) -> None:
    _, connector = both
    assert connector.find_case(REQUEST, None) is None


def test_it_says_what_may_be_done_when_the_outcome_is_unknown(both: tuple[BackOffice, Any]) -> None:
    assert both[1].when_unknown in set(WhenUnknown)


@pytest.mark.parametrize(("kind", "trouble"), TROUBLES)
def test_each_trouble_is_told_by_its_proper_error(
    kind: str, trouble: str, running: Running, tmp_path: Path
) -> None:
    office, connector = open_office(kind, running, tmp_path)
    office.upset(trouble)
    with pytest.raises(office.troubles[trouble]) as failed:
        connector.open_case(office.spoilt(REQUEST, trouble), Remembered())
    assert str(failed.value)
    if trouble == "refuse_503":
        assert isinstance(failed.value, Unavailable)
        assert failed.value.retry_after == 7


def test_a_second_try_repeats_no_finished_step(both: tuple[BackOffice, Any]) -> None:
    office, connector = both
    steps = Remembered()
    first = connector.open_case(REQUEST, steps)
    assert connector.open_case(REQUEST, steps) == first
    assert len(office.cases(REQUEST.reference)) == 1


def test_where_sending_again_is_allowed_it_makes_no_second_case(both: tuple[BackOffice, Any]) -> None:
    office, connector = both
    if connector.when_unknown is not WhenUnknown.SEND_AGAIN:
        pytest.skip("this kind is looked up instead")
    assert connector.open_case(REQUEST, Remembered()) == connector.open_case(REQUEST, Remembered())
    assert len(office.cases(REQUEST.reference)) == 1


def test_an_unknown_status_leaves_the_case_as_it_was_and_keeps_the_word(both: tuple[BackOffice, Any]) -> None:
    office, connector = both
    if not isinstance(connector, SendsUpdates):
        pytest.skip("this kind sends no news")
    connector.open_case(REQUEST, Remembered())
    office.news(REQUEST.reference, "Awaiting crew 7", "A crew – “soon” & <surely>")
    now = datetime.now(UTC)
    (news,) = list(connector.updates(now - timedelta(minutes=1), now + timedelta(minutes=1)))
    (again,) = list(connector.updates(now - timedelta(minutes=1), now + timedelta(minutes=1)))
    assert news.status is None
    assert news.raw_status == "Awaiting crew 7"
    assert news.words == "A crew – “soon” & <surely>"
    assert news.event_id == again.event_id
    assert news.at.utcoffset() == timedelta(0)


def test_checking_a_well_one_says_so(both: tuple[BackOffice, Any]) -> None:
    health = both[1].check()
    assert health.well
    assert health.words


def test_who_helped_arrives_beside_the_customer_and_never_in_their_place(
    both: tuple[BackOffice, Any],
) -> None:
    office, connector = both
    helper = Helper("a-member-of-staff", "Priya Example", Channel.FACE_TO_FACE, Verification.FULL)
    connector.open_case(replace(REQUEST, helper=helper), Remembered())
    (case,) = office.cases(REQUEST.reference)
    for word in ["O'Brien", "ann@example.org", "a-member-of-staff", "Priya Example", "face_to_face", "full"]:
        assert word in case
    connector.open_case(replace(REQUEST, reference="BOS-2222-3333"), Remembered())
    (alone,) = office.cases("BOS-2222-3333")
    assert "face_to_face" not in alone
    assert "verification" not in alone


def test_odd_names_and_long_descriptions_arrive_whole(both: tuple[BackOffice, Any]) -> None:
    office, connector = both
    long = "".join(chr(0x41 + n % 26) for n in range(9_990)) + "é & <b> '😀"
    odd = replace(
        REQUEST,
        contact=Contact("Zoë O'Neill & <Sons> 😀", "zoe+tip@example.org", "020 7946 0123"),
        answers=(GivenAnswer("detail", "Describe it", long, long),),
    )
    connector.open_case(odd, Remembered())
    (case,) = office.cases(odd.reference)
    assert long in case
    for word in ["Zoë", "O'Neill", "&", "<Sons>", "😀", "zoe+tip@example.org"]:
        assert word in case


@pytest.mark.parametrize(("kind", "trouble"), [*TROUBLES, *((kind, "") for kind in sorted(registry.KINDS))])
def test_neither_log_nor_error_holds_anything_personal_or_secret(
    kind: str, trouble: str, running: Running, tmp_path: Path, caplog: Any, capsys: Any
) -> None:
    office, connector = open_office(kind, running, tmp_path)
    caplog.set_level(logging.DEBUG)
    if trouble:
        office.upset(trouble)
    words = ""
    try:
        connector.open_case(office.spoilt(REQUEST, trouble), Remembered())
    except tuple(office.troubles.values()) as failed:
        words = f"{failed} {failed!r}"
    said = (
        caplog.text
        + "".join(capsys.readouterr())
        + words
        + repr(office)
        + repr(getattr(connector, "options", ""))
    )
    for private in ("O'Brien", "ann@example.org", "960123", "Household", office.secret or "O'Brien"):
        assert private not in said
