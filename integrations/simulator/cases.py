"""What the simulated back offices and the mailbox remember: one SQLite file, so that a restart loses nothing.

Every accepted POST is a row of its own: this back office is not idempotent, on purpose, so that tests can
count.
"""

import json
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from integrations.simulator.things import Case, Form, Mail, Update

SCHEMA = """
CREATE TABLE IF NOT EXISTS cases (
  id INTEGER PRIMARY KEY AUTOINCREMENT, council TEXT NOT NULL, reference TEXT NOT NULL, service TEXT NOT NULL,
  received REAL NOT NULL, visible REAL NOT NULL, known REAL NOT NULL, token TEXT, form TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS cases_by_reference ON cases (council, reference);
CREATE TABLE IF NOT EXISTS updates (
  id INTEGER PRIMARY KEY AUTOINCREMENT, council TEXT NOT NULL, case_id INTEGER NOT NULL REFERENCES cases (id),
  status TEXT NOT NULL, at REAL NOT NULL, words TEXT NOT NULL,
  theirs TEXT NOT NULL DEFAULT '', form TEXT NOT NULL DEFAULT '[]');
CREATE TABLE IF NOT EXISTS mails (
  id INTEGER PRIMARY KEY AUTOINCREMENT, received REAL NOT NULL, message_id TEXT NOT NULL,
  sender TEXT NOT NULL, recipient TEXT NOT NULL,
  subject TEXT NOT NULL, body TEXT NOT NULL, duplicate INTEGER NOT NULL,
  medium TEXT NOT NULL DEFAULT 'email');
"""
# What an older file lacks, by table.
ADDED = {
    "mails": {"medium": "TEXT NOT NULL DEFAULT 'email'"},
    "updates": {"theirs": "TEXT NOT NULL DEFAULT ''", "form": "TEXT NOT NULL DEFAULT '[]'"},
}

_CASE = """SELECT c.id, c.council, c.reference, c.service, c.received, c.known, c.token, c.form,
  coalesce(u.status, 'open'), coalesce(o.words, ''), coalesce(u.at, c.received) FROM cases c
  LEFT JOIN updates u ON u.id = (SELECT max(id) FROM updates WHERE case_id = c.id AND at <= now())
  LEFT JOIN updates o ON o.id = (SELECT max(id) FROM updates WHERE case_id = c.id AND theirs = '')"""
_UPDATE = "SELECT id, case_id, status, at, words, theirs, form FROM updates WHERE at <= now()"


class Memory:
    """The SQLite file, by one connection that threads take in turn."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._file = sqlite3.connect(
            home / "simulator.sqlite3", check_same_thread=False, isolation_level=None, timeout=10
        )
        self._file.create_function("now", 0, time.time)
        self._file.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + SCHEMA)
        for table, columns in ADDED.items():
            held = [column[1] for column in self._ask(f"PRAGMA table_info({table})")]
            for column in columns.keys() - held:
                self._ask(f"ALTER TABLE {table} ADD COLUMN {column} {columns[column]}")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._file.close()

    def _ask(self, sql: str, *values: Any) -> list[Any]:
        with self._lock:
            return self._file.execute(sql, values).fetchall()

    def _add(self, sql: str, *values: Any) -> int:
        with self._lock:
            return int(self._file.execute(sql, values).lastrowid or 0)

    def open_case(
        self,
        council: str,
        form: Form,
        *,
        late: float = 0,
        token: str | None = None,
        known_after: float = 0,
    ) -> Case:
        """A new case, whatever came before it. `late` seconds pass before anybody can see it."""
        told = dict(reversed(form))
        now = time.time()
        number = self._add(
            "INSERT INTO cases (council, reference, service, received, visible, known, token, form)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            council,
            told.get("attribute[external_reference]", ""),
            told.get("service_code", ""),
            now + late,
            now + late,
            now + known_after,
            token,
            json.dumps(list(form)),
        )
        return self._read(f"{_CASE} WHERE c.id = ?", number)[0]

    def case(self, council: str, case_id: str) -> Case | None:
        """The case that its council's back office calls `case_id`."""
        _, _, number = case_id.rpartition("-")
        if not number.isascii() or not number.isdigit():
            return None
        found = self._read(
            f"{_CASE} WHERE c.council = ? AND c.id = ? AND c.visible <= ?",
            council,
            int(number) - 1000,
            time.time(),
        )
        return found[0] if found and found[0].id == case_id else None

    def cases(self, council: str, *, newest: int = 1000, reference: str = "", since: float = 0) -> list[Case]:
        """The council's cases that can be seen by now, newest first."""
        return self._read(
            f"{_CASE} WHERE c.council = ? AND c.visible <= ? AND (? = '' OR c.reference = ?)"
            " AND c.received >= ? ORDER BY c.id DESC LIMIT ?",
            council,
            time.time(),
            reference,
            reference,
            since,
            newest,
        )

    def by_token(self, council: str, token: str) -> Case | None:
        """The case that was answered with `token`."""
        found = self._read(f"{_CASE} WHERE c.council = ? AND c.token = ?", council, token)
        return found[0] if found else None

    def effects(self, council: str) -> dict[str, int]:
        """How many cases there are for each of the senders' references: more than one was sent too often."""
        rows = self._ask(
            "SELECT reference, count(*) FROM cases WHERE council = ? AND visible <= ? GROUP BY reference",
            council,
            time.time(),
        )
        return dict(rows)

    def change(self, case: Case, status: str, words: str) -> Update:
        """Move a case on."""
        now = time.time()
        number = self._add(
            "INSERT INTO updates (council, case_id, status, at, words) VALUES (?, ?, ?, ?, ?)",
            case.council,
            case.number,
            status,
            now,
            words,
        )
        return Update(number, case, status, now, words)

    def add(self, case: Case, form: Form, *, late: float = 0) -> Update:
        """What a customer adds to a case, whatever came before it; "REOPEN" opens it again. As for `open_case`."""
        told = dict(reversed(form))
        status = "reopened" if told.get("status") == "REOPEN" else case.status
        at = time.time() + late
        words, theirs = told.get("description", ""), told.get("update_id", "")
        number = self._add(
            "INSERT INTO updates (council, case_id, status, at, words, theirs, form)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            *(case.council, case.number, status, at, words, theirs, json.dumps(list(form))),
        )
        return Update(number, case, status, at, words, theirs, form)

    def added(self, council: str) -> dict[str, int]:
        """How often each of the senders' updates was added: more than once was sent too often."""
        rows = self._ask(
            "SELECT theirs, count(*) FROM updates WHERE council = ? AND theirs <> '' AND at <= now()"
            " GROUP BY theirs",
            council,
        )
        return dict(rows)

    def updates(self, council: str, since: float, until: float) -> list[Update]:
        """What changed from `since` to `until`, oldest first."""
        rows = self._ask(
            f"{_UPDATE} AND council = ? AND at >= ? AND at < ? ORDER BY id", council, since, until
        )
        return [self._update(self._read(f"{_CASE} WHERE c.id = ?", row[1])[0], row) for row in rows]

    def history(self, case: Case) -> list[Update]:
        """Everything that happened to a case, oldest first."""
        rows = self._ask(f"{_UPDATE} AND case_id = ? ORDER BY id", case.number)
        return [self._update(case, row) for row in rows]

    @staticmethod
    def _update(case: Case, row: tuple[Any, ...]) -> Update:
        number, _, status, at, words, theirs, form = row
        return Update(
            number, case, status, at, words, theirs, [(name, value) for name, value in json.loads(form)]
        )

    def keep_mail(
        self,
        message_id: str,
        sender: str,
        recipient: str,
        subject: str,
        body: str,
        again: bool,
        medium: str = "email",
        late: float = 0,
    ) -> Mail:
        """Keep a message that arrived. `late` seconds pass before anybody can see it."""
        number = self._add(
            "INSERT INTO mails (received, message_id, sender, recipient, subject, body, duplicate, medium)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            time.time() + late,
            message_id,
            sender,
            recipient,
            subject,
            body,
            again,
            medium,
        )
        return Mail(*self._ask("SELECT * FROM mails WHERE id = ?", number)[0])

    def mails(self, *, medium: str = "", message_id: str = "") -> list[Mail]:
        """The last 500 messages that arrived by now, newest first; of one medium or id, if it is told."""
        rows = self._ask(
            "SELECT * FROM mails WHERE received <= ? AND (? = '' OR medium = ?) AND (? = '' OR message_id = ?)"
            " ORDER BY id DESC LIMIT 500",
            time.time(),
            medium,
            medium,
            message_id,
            message_id,
        )
        return [Mail(*row) for row in rows]

    def mail(self, number: int) -> Mail | None:
        """One message that arrived by now."""
        found = self._ask("SELECT * FROM mails WHERE id = ? AND received <= ?", number, time.time())
        return Mail(*found[0]) if found else None

    def _read(self, sql: str, *values: Any) -> list[Case]:
        return [_case(*row) for row in self._ask(sql, *values)]


def _case(
    number: int,
    council: str,
    reference: str,
    service: str,
    received: float,
    known: float,
    token: str | None,
    form: str,
    status: str,
    words: str,
    changed: float,
) -> Case:
    pairs = [(name, value) for name, value in json.loads(form)]
    return Case(number, council, reference, service, received, known, token, pairs, status, words, changed)
