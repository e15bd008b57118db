"""`selfservice staff`: members are added, listed, given roles, shut out and let in, and never told a password."""

import re
from pathlib import Path

import pytest

from selfservice import clock
from selfservice.cli import main
from selfservice.database import Database
from selfservice.demo_people import STAFF
from selfservice.demo_staff import make
from selfservice.installation import open_installation
from selfservice.operations import factors, sign_ins, staff_entry
from selfservice.operations.factors import APP, Owner
from selfservice.operations.staffing import as_actor
from selfservice.settings import load_settings
from selfservice.store import staff
from selfservice.store.notifications import NotificationRow

EMAIL = "ada.wold@example.org"
ADD = ["staff", "add", "Ada Wold", "Ada.Wold@example.org", "--role", "agent@boston", "--role", "supervisor@*"]


@pytest.fixture(autouse=True)
def home(command_home: Path) -> Path:
    return command_home


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    """What the command says, on either line."""
    assert main(["staff", *arguments]) == status
    told = capsys.readouterr()
    return told.out + told.err


def test_who_is_added_is_written_to_and_listed(
    capsys: pytest.CaptureFixture[str], database: Database
) -> None:
    assert said(capsys, "list") == "There are no members of staff yet\n"
    told = said(capsys, *ADD[1:])
    assert "An invitation goes to Ada.Wold@example.org" in told
    assert "http" not in told, "the link is for whoever reads the mail"
    listed = said(capsys, "list")
    assert listed == (f"{EMAIL}\tAda Wold\tinvited\tno second factor yet\tagent@boston supervisor@*\n")
    with database.read() as session:
        assert session.query(NotificationRow).one().recipient == EMAIL
    assert "is a member of staff already" in said(capsys, *ADD[1:], status=2)


def test_the_link_is_printed_for_whoever_asks_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, *ADD[1:], "--print-link")
    first = re.search(r"http://127\.0\.0\.1:8000/staff/link/\S{43}$", told, re.MULTILINE)
    assert first
    again = said(capsys, "invite", EMAIL, "--print-link")
    assert "They begin anew" in again
    assert first[0] not in again


def test_roles_are_given_and_taken(capsys: pytest.CaptureFixture[str]) -> None:
    main(ADD)
    told = said(capsys, "roles", EMAIL, "--role", "auditor@*")
    assert f"{EMAIL} is now: auditor@*" in told
    assert "is now: nothing anywhere" in said(capsys, "roles", EMAIL)
    assert "no role" in said(capsys, "list")


def test_every_mistake_in_roles_is_told_and_nobody_is_added(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(
        capsys,
        "add",
        "Ada",
        EMAIL,
        "--role",
        "agent",
        "--role",
        "boss@boston",
        "--role",
        "agent@leeds",
        status=2,
    )
    assert len(told.splitlines()) == 3
    assert "there is no council 'leeds' here" in told
    assert "'not an address' is not an email address" in said(
        capsys, "add", "Ada", "not an address", status=2
    )
    assert "no members of staff yet" in said(capsys, "list")


def test_who_is_disabled_is_out_at_once_and_can_be_let_in_again(
    capsys: pytest.CaptureFixture[str], database: Database
) -> None:
    main(ADD)
    with database.write() as session:
        row = staff.by_email(session, EMAIL)
        assert row is not None
        row.state, row.password_hash = "active", "a hash"
        secret = sign_ins.begin(session, "password", "b", clock.now(), staff_id=row.id, whole=True)
    assert "is shut out" in said(capsys, "disable", EMAIL)
    with database.read() as session:
        assert sign_ins.member_of_staff(session, secret, clock.now()) is None
    assert "\tdisabled\t" in said(capsys, "list")
    assert "may sign in again" in said(capsys, "enable", EMAIL)
    assert "\tactive\t" in said(capsys, "list")


@pytest.mark.parametrize("what", ["disable", "enable", "roles", "invite"])
def test_nobody_by_that_address_is_told(capsys: pytest.CaptureFixture[str], what: str) -> None:
    assert said(capsys, what, "nobody@example.org", status=2) == (
        "no member of staff has the address nobody@example.org\n"
    )


def test_codes_are_told_of_made_up_people_alone_and_in_a_demonstration(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    assert "in a demonstration alone" in said(capsys, "code", STAFF[0].email, status=2)
    monkeypatch.setenv("DEMONSTRATION", "1")
    assert "nobody of the demonstration" in said(capsys, "code", STAFF[0].email, status=2)


def test_the_staff_of_the_demonstration_are_made_once_and_again_where_they_are_gone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, database: Database, home: Path
) -> None:
    monkeypatch.setenv("DEMONSTRATION", "1")
    installation = open_installation(
        load_settings({
            "SELFSERVICE_HOME": str(home), "DATABASE_URL": database.url, "DEMONSTRATION": "1",
            "SECRET_KEY": "a secret of the tests, long enough to sign with",
        })
    )  # fmt: skip
    first = make(installation, clock.now())
    assert make(installation, clock.now()) == first
    email = STAFF[0].email
    code = said(capsys, "code", email).strip()
    with database.write() as session:
        known = staff_entry.try_password(session, email, "a network", clock.now())
        assert known is not None
        assert installation.passwords.matches(known.kept, first[email].password)
        row = staff.by_email(session, email)
        assert row is not None
        owner = Owner(staff_id=row.id)
        found = factors.check(session, as_actor(row.id), owner, code, installation.seals, clock.now())
        assert found == APP
    (home / "demo_staff.json").unlink()
    again = make(installation, clock.now())
    assert again[email].password != first[email].password
    installation.database.close()
