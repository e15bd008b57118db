"""The keys are listed, added and rotated while people read and write, and a rotation that is killed goes on."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from selfservice.cli import main
from selfservice.database import Database
from selfservice.operations import drafting, sealing
from selfservice.sealing_keys import add_to_file, from_file, make_file, new_key
from selfservice.seals import Seals
from selfservice.store.keys import DataKeyRow
from tests.factories.submitted import NOW, RESIDENT, a_draft

SENSITIVE = {"fly-tipping": frozenset({"illness"})}
MANY = 3_000


@pytest.fixture(autouse=True)
def home(each_database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home of this test's own, told by the environment alone."""
    for name in ("SEALING_KEYS", "SEALING_KEYS_FILE", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SELFSERVICE_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", each_database.url)
    make_file(tmp_path / "sealing_keys")
    return tmp_path


def seals_of(home: Path) -> Seals:
    """The seals of a process that begins now."""
    return Seals(from_file(home / "sealing_keys"), SENSITIVE)


def many_data_keys(database: Database, seals: Seals, number: int = MANY) -> None:
    """So many data keys under the newest key, of drafts that do not matter."""
    rows = []
    for owner in (f"owner-{n:05}" for n in range(number)):
        wrapped = seals.wrap(seals.new_data_key("boston", owner))
        rows.append(
            {"owner": owner, "council": "boston", "created_at": NOW}
            | {"key_id": wrapped.key_id, "wrapped": wrapped.text}
        )
    with database.write() as session:
        session.execute(sa.insert(DataKeyRow), rows)


def counts(database: Database) -> dict[str, int]:
    with database.read() as session:
        return sealing.data_keys_by_sealing_key(session)


def test_keys_are_listed_added_and_rotated(
    each_database: Database, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = seals_of(home)
    many_data_keys(each_database, old, 3)
    assert main(["keys", "list"]) == 0
    assert capsys.readouterr().out == f"{old.newest}\t3 data keys, newest\n"
    assert main(["keys", "add"]) == 0
    new = seals_of(home).newest
    told = capsys.readouterr().out
    assert new in told
    assert all(key.line not in told for key in from_file(home / "sealing_keys").keys)
    assert main(["keys", "rotate"]) == main(["keys", "rotate"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"3 data keys are now wrapped under {new}",
        f"0 data keys are now wrapped under {new}",
    ]
    assert main(["keys", "list"]) == 0
    assert capsys.readouterr().out == f"{new}\t3 data keys, newest\n{old.newest}\t0 data keys\n"


def test_one_data_key_is_told_as_one(
    each_database: Database, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many_data_keys(each_database, seals_of(home), 1)
    assert main(["keys", "list"]) == 0
    assert "1 data key, newest" in capsys.readouterr().out


def test_a_key_that_is_missing_is_told_and_what_it_wraps_is_left(
    each_database: Database, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = seals_of(home)
    many_data_keys(each_database, lost, 450)
    (home / "sealing_keys").write_text(f"{new_key().line}\n")
    assert main(["keys", "list"]) == 1
    assert f"{lost.newest}\t450 data keys, MISSING" in capsys.readouterr().out
    assert main(["keys", "rotate"]) == 1
    assert f"450 could not be wrapped anew: there is no sealing key {lost.newest}" in capsys.readouterr().out
    assert counts(each_database) == {lost.newest: 450}


def test_where_the_environment_holds_the_keys_a_new_one_is_printed(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (home / "sealing_keys").read_text()
    monkeypatch.setenv("SEALING_KEYS", new_key().line)
    assert main(["keys", "add"]) == 0
    told = capsys.readouterr().out
    assert told.index("after the others") < told.index("put it first") < told.index("keys rotate")
    assert told.splitlines()[-1].startswith("key-")
    assert (home / "sealing_keys").read_text() == before


def test_a_rotation_goes_unnoticed_by_those_who_read_and_write(each_database: Database, home: Path) -> None:
    """Each has the keys of a process that began before the new one was there."""
    many_data_keys(each_database, seals_of(home))
    with each_database.write() as session:
        ids = [
            drafting.save(session, RESIDENT, a_draft(session).id, {"illness": "flu"}, seals_of(home), NOW).id
            for _ in range(20)
        ]
    running = [seals_of(home) for _ in range(4)]
    add_to_file(home / "sealing_keys")
    over, read, wrong = threading.Event(), [0] * len(running), list[BaseException]()

    def use(number: int, seals: Seals) -> None:
        while not over.is_set():
            for draft_id in ids:
                try:
                    with each_database.read() as session:
                        found = drafting.find(session, RESIDENT, draft_id, seals)
                    assert found is not None
                    assert found.answers["illness"] == "flu"
                    with each_database.write() as session:
                        drafting.save(session, RESIDENT, draft_id, {"illness": "flu"}, seals, NOW)
                except BaseException as error:
                    wrong.append(error)
                read[number] += 1

    threads = [threading.Thread(target=use, args=pair) for pair in enumerate(running)]
    for thread in threads:
        thread.start()
    try:
        assert main(["keys", "rotate"]) == 0
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert all(read)
    assert counts(each_database) == {seals_of(home).newest: MANY + 20}


def test_a_rotation_that_is_killed_goes_on_where_it_was(each_database: Database, home: Path) -> None:
    old = seals_of(home)
    many_data_keys(each_database, old)
    add_to_file(home / "sealing_keys")
    both = seals_of(home)
    command = [sys.executable, "-m", "selfservice.cli", "keys", "rotate"]
    rotating = subprocess.Popen(command, env=dict(os.environ), stdout=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while not 0 < counts(each_database).get(both.newest, 0) < MANY:
        assert rotating.poll() is None, "it was over before it could be killed"
        assert time.monotonic() < end
    rotating.send_signal(signal.SIGKILL)
    assert rotating.wait() == -signal.SIGKILL
    half = counts(each_database)
    assert half.keys() == {old.newest, both.newest}
    assert sum(half.values()) == MANY
    with each_database.read() as session:
        for row in session.scalars(sa.select(DataKeyRow)):
            assert both.unwrap(row.council, row.owner, sealing.Wrapped(row.key_id, row.wrapped))
    assert main(["keys", "rotate"]) == 0
    assert counts(each_database) == {both.newest: MANY}


def test_without_the_tables_it_is_told_in_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert main(["keys", "rotate"]) == 2
    assert "has `selfservice db upgrade` been run?" in capsys.readouterr().err
