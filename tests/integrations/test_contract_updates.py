"""The contract for what a customer adds to a case, held over every kind of back office that takes it."""

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from integrations import registry
from integrations.contract import Rejected, TakesUpdates, WhenUnknown
from selfservice.domain.case import Helper, UpdateKind
from selfservice.domain.people import Channel, Verification
from tests.integrations.back_offices import TROUBLES, BackOffice, stand_in
from tests.integrations.conftest import REQUEST, UPDATE, Remembered, Running

LOOKED_UP = (WhenUnknown.LOOK_UP, WhenUnknown.LOOK_UP_OR_HOLD)
# What can go wrong with a request can go wrong with an update, but for what is wrong with the request itself.
OF_UPDATES = [(kind, trouble) for kind, trouble in TROUBLES if trouble != "odd_reference"]


def with_a_case(kind: str, running: Running, folder: Path) -> tuple[BackOffice, Any, str]:
    """A back office with a case, the connector to it, and the case's reference; skipped where it takes no updates."""
    office = stand_in(kind)(running, folder)
    connector = registry.build(office.choice())
    if not isinstance(connector, TakesUpdates):
        pytest.skip("this kind takes no updates")
    case = connector.open_case(REQUEST, Remembered()).case_reference  # type: ignore[attr-defined]
    return office, connector, str(case)


@pytest.fixture(params=sorted(registry.KINDS))
def told(request: pytest.FixtureRequest, running: Running, tmp_path: Path) -> tuple[BackOffice, Any, str]:
    return with_a_case(request.param, running, tmp_path)


def test_what_a_customer_adds_arrives_whole_with_its_files_and_our_id(
    told: tuple[BackOffice, Any, str],
) -> None:
    office, connector, case = told
    connector.add_update(case, UPDATE)
    (added,) = office.added(case)
    for word in (UPDATE.id, UPDATE.words, *UPDATE.file_links, "O'Brien", "ann@example.org"):
        assert word in added
    assert len(office.cases(REQUEST.reference)) == 1, "it opens no case of its own"


def test_who_wrote_it_for_them_arrives_beside_the_customer(told: tuple[BackOffice, Any, str]) -> None:
    office, connector, case = told
    helper = Helper("a-member-of-staff", "Priya Example", Channel.PHONE, Verification.FULL)
    connector.add_update(case, replace(UPDATE, helper=helper))
    (added,) = office.added(case)
    for word in ("O'Brien", "a-member-of-staff", "Priya Example", "phone", "full"):
        assert word in added


def test_files_alone_and_a_dispute_each_arrive(told: tuple[BackOffice, Any, str]) -> None:
    office, connector, case = told
    connector.add_update(case, replace(UPDATE, id="files", kind=UpdateKind.FILES, words=""))
    connector.add_update(
        case,
        replace(UPDATE, id="dispute", kind=UpdateKind.DISPUTE, words="It is still there", case_closed=True),
    )
    files, dispute = sorted(office.added(case), key=lambda added: "still there" in added)
    assert UPDATE.file_links[0] in files
    assert "It is still there" in dispute


def test_it_says_what_may_be_done_when_the_outcome_is_unknown(told: tuple[BackOffice, Any, str]) -> None:
    assert told[1].update_when_unknown in set(WhenUnknown)


def test_where_sending_again_is_allowed_nothing_is_added_twice(told: tuple[BackOffice, Any, str]) -> None:
    office, connector, case = told
    if connector.update_when_unknown is not WhenUnknown.SEND_AGAIN:
        pytest.skip("this kind is looked up instead")
    connector.add_update(case, UPDATE)
    connector.add_update(case, UPDATE)
    assert len(office.added(case)) == 1


def test_where_it_is_looked_up_it_is_found_by_our_id_and_no_other_is(
    told: tuple[BackOffice, Any, str],
) -> None:
    _, connector, case = told
    if connector.update_when_unknown not in LOOKED_UP:
        pytest.skip("this kind is not looked up")
    assert connector.find_update(case, UPDATE) is False
    connector.add_update(case, UPDATE)
    assert connector.find_update(case, UPDATE) is True
    assert connector.find_update(case, replace(UPDATE, id="another")) is False


def test_a_case_that_is_not_there_is_a_refusal(told: tuple[BackOffice, Any, str]) -> None:
    with pytest.raises(Rejected):
        told[1].add_update("B-9999", UPDATE)


@pytest.mark.parametrize(("kind", "trouble"), OF_UPDATES)
def test_each_trouble_is_told_by_its_proper_error_and_tells_nothing_personal(
    kind: str, trouble: str, running: Running, tmp_path: Path, caplog: Any, capsys: Any
) -> None:
    office, connector, case = with_a_case(kind, running, tmp_path)
    if trouble == "no_folder":
        (tmp_path / "cases").rename(tmp_path / "elsewhere")
    office.upset(trouble)
    caplog.set_level(logging.DEBUG)
    with pytest.raises(office.troubles[trouble]) as failed:
        connector.add_update(case, UPDATE)
    said = f"{failed.value} {failed.value!r}{caplog.text}" + "".join(capsys.readouterr())
    for private in ("O'Brien", "ann@example.org", "960123", "mattresses", office.secret or "O'Brien"):
        assert private not in said
