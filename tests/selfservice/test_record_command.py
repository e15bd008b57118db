"""The record is proven from the command line, with heads that were kept elsewhere and without."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from selfservice.cli import main
from selfservice.database import Database
from selfservice.domain.people import PARTNERSHIP, SYSTEM
from selfservice.store.record import RecordLinkRow
from selfservice.store.timeline import TimelineEventRow, write_line
from tests.factories.submitted import NOW
from tests.factories.tampering import unguarded

KEY, OTHER = "k" * 40, "o" * 40
NO_HEADS = "Without heads kept elsewhere (--head) nobody can tell whether the end was cut off"


@pytest.fixture(autouse=True)
def three(each_database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Database:
    """An installation, told by the environment alone, with two lines of Boston and one of nobody's own."""
    monkeypatch.setenv("SELFSERVICE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DATABASE_URL", each_database.url)
    monkeypatch.setenv("SECRET_KEY", KEY)
    for name in ("REDIS_URL", "SECRET_KEY_OLD"):
        monkeypatch.delenv(name, raising=False)
    with each_database.write() as session:
        for council in ("boston", "boston", PARTNERSHIP):
            write_line(session, SYSTEM, council, None, "opened", "", NOW)
    return each_database


def run(capsys: pytest.CaptureFixture[str], *command: str) -> tuple[int, list[str]]:
    """How `selfservice record …` ended, and what it printed."""
    code = main(["record", *command])
    return code, capsys.readouterr().out.splitlines()


def kept(capsys: pytest.CaptureFixture[str], tmp_path: Path, *how: str) -> Path:
    """A file with the heads of now."""
    file = tmp_path / "kept.jsonl"
    code, lines = run(capsys, "head", *how)
    assert code == 0
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_a_record_in_order_is_told_council_by_council(capsys: pytest.CaptureFixture[str]) -> None:
    boston = "boston: 2 lines, each as it was written"
    assert run(capsys, "verify") == (0, [boston, "partnership: 1 line, each as it was written", NO_HEADS])
    assert run(capsys, "verify", "--council", "boston") == (0, [boston, NO_HEADS])


def test_what_came_of_it_is_a_line_for_auditors_where_that_is_asked_for(
    three: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "verify")[0] == 0
    assert run(capsys, "verify", "--note", "--council", "boston")[0] == 0
    with three.write() as session, unguarded(session):
        of_boston = sa.update(TimelineEventRow).where(TimelineEventRow.council == "boston")
        session.execute(of_boston.values(channel="letter"), execution_options={"synchronize_session": False})
    assert run(capsys, "verify", "--note")[0] == 1
    with three.read() as session:
        rows = session.scalars(
            sa.select(TimelineEventRow)
            .where(TimelineEventRow.what == "record_verified")
            .order_by(TimelineEventRow.at, TimelineEventRow.council)
        )
        noted = [(row.council, row.detail["number"], row.detail["wrong"]) for row in rows]
    assert noted == [("boston", 2, 0), ("boston", 3, 3), (PARTNERSHIP, 1, 0)]


def test_a_head_says_how_far_each_record_goes_signed_where_that_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for how, more in (((), set[str]()), (("--sign",), {"signature"})):
        code, lines = run(capsys, "head", *how)
        told = [json.loads(line) for line in lines]
        assert (code, [(each["council"], each["number"]) for each in told]) == (
            0, [("boston", 2), (PARTNERSHIP, 1)],
        )  # fmt: skip
        assert all(each.keys() == {"council", "number", "hash", "at"} | more for each in told)


def test_a_changed_line_is_named(three: Database, capsys: pytest.CaptureFixture[str]) -> None:
    with three.write() as session, unguarded(session):
        session.execute(sa.update(TimelineEventRow).values(what="closed"))
        named = session.scalars(sa.select(RecordLinkRow.event_id)).all()
    code, lines = run(capsys, "verify")
    assert code == 1
    assert lines[-1] == "THE RECORD IS NOT AS IT WAS WRITTEN"
    assert [sum(event in line for line in lines) for event in named] == [1, 1, 1]
    assert run(capsys, "verify", "--council", "boston")[0] == 1


def test_a_kept_head_finds_an_end_that_was_cut_off(
    three: Database, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = kept(capsys, tmp_path, "--sign")
    code, lines = run(capsys, "verify", "--head", str(file))
    assert (code, lines[0]) == (0, "boston: 2 lines, each as it was written, and as 1 kept head said")
    assert NO_HEADS not in lines
    with three.write() as session, unguarded(session):
        last = session.scalar(sa.select(RecordLinkRow.event_id).where(RecordLinkRow.number == 2))
        session.execute(sa.delete(RecordLinkRow).where(RecordLinkRow.number == 2))
        session.execute(sa.delete(TimelineEventRow).where(TimelineEventRow.id == last))
    assert run(capsys, "verify")[0] == 0
    code, lines = run(capsys, "verify", "--head", str(file))
    assert code == 1
    assert lines[0].startswith("boston: line 2 to line 2: gone, though they were there at ")


def test_heads_that_are_not_signed_are_said_to_be_worth_less(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, lines = run(capsys, "verify", "--head", str(kept(capsys, tmp_path)))
    assert code == 0
    assert lines[-1] == "2 heads without a signature: worth as much as the place of the file"


def test_heads_signed_by_an_older_key_are_believed_while_it_is_kept_and_no_others(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = kept(capsys, tmp_path, "--sign")
    monkeypatch.setenv("SECRET_KEY", OTHER)
    code, lines = run(capsys, "verify", "--head", str(file))
    assert code == 1
    assert lines == [
        f"{file}: line 1 was not signed here, or was changed since",
        f"{file}: line 2 was not signed here, or was changed since",
        "The record is in order; the file is not",
    ]
    monkeypatch.setenv("SECRET_KEY_OLD", KEY)
    assert run(capsys, "verify", "--head", str(file))[0] == 0


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("--council", "bostn"), "there is no record of 'bostn', only boston, partnership"),
        (
            ("--head", "/nowhere/heads.jsonl"),
            "--head: /nowhere/heads.jsonl cannot be read: FileNotFoundError",
        ),
    ],
)
def test_what_cannot_be_proven_is_told_in_a_line(
    capsys: pytest.CaptureFixture[str], command: tuple[str, str], words: str
) -> None:
    assert main(["record", "verify", *command]) == 2
    assert capsys.readouterr().err.strip() == words


def test_without_the_tables_it_is_told_in_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert main(["record", "verify"]) == main(["record", "head"]) == 2
    assert "has `selfservice db upgrade` been run?" in capsys.readouterr().err
