"""Copies a crowd into a database of PostgreSQL: customers, accounts, and what some of them sent."""

import json
import random
from collections.abc import Iterable, Sequence
from typing import Any

import psycopg

from selfservice import clock
from selfservice.domain.reference import make_reference
from selfservice.store.base import new_id
from tests.speed.crowd import Person

BEFORE_INDEXES = "0010"  # the step before the indexes of searching
ACCOUNTS, SENT = 0.4, 0.1  # the shares of the crowd that have an account, and that sent something
COLUMNS = {
    "customers": (
        "id", "name", "name_key", "email", "phone", "other_phone", "date_of_birth", "postcode", "uprn", "created_by",
        "created_at", "changed_at",
    ),
    "customer_councils": ("customer_id", "council", "since"),
    "accounts": ("id", "customer_id", "email", "wrong_tries", "created_at"),
    "submissions": (
        "id", "council", "begun_at_council", "reference", "service", "service_title", "submission_key", "channel",
        "actor_kind", "actor_id", "customer_id", "urgent", "answers", "contact", "file_ids", "lookup_postcodes",
        "submitted_at",
    ),
    "owned_submissions": ("submission_id", "customer_id", "council", "how", "since"),
}  # fmt: skip


def fill(url: str, people: Sequence[Person], seed: int) -> tuple[list[str], dict[int, str]]:
    """Copy everybody in; their ids, and by their places the references of what some of them sent."""
    chance, now = random.Random(seed), clock.now()
    ids = [new_id() for _ in people]
    addresses: set[str] = set()
    rows: dict[str, list[Sequence[Any]]] = {table: [] for table in COLUMNS}
    references: dict[int, str] = {}
    for place, (person, of) in enumerate(zip(people, ids)):
        rows["customers"].append(
            (
                of, person.name, person.key, person.email, person.phone, person.other_phone, person.born,
                person.postcode, person.uprn, "tests", now, now,
            )
        )  # fmt: skip
        rows["customer_councils"].append((of, person.council, now))
        if person.email and person.email not in addresses and chance.random() < ACCOUNTS:
            addresses.add(person.email)
            rows["accounts"].append((new_id(), of, person.email, 0, now))
        if person.council != "elsewhere" and chance.random() < SENT:
            references[place] = make_reference("BOS", chance.randrange)
            sent = new_id()
            rows["submissions"].append(
                (
                    sent, person.council, person.council, references[place], "fly-tipping", "Report fly-tipping",
                    new_id(), "web", "resident", of, of, False, "[]", json.dumps({"name": person.name}), "[]",
                    json.dumps([person.postcode]), now,
                )
            )  # fmt: skip
            rows["owned_submissions"].append((sent, of, person.council, "sent", now))
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        for table, those in rows.items():
            _copy(connection, table, those)
    return ids, references


def _copy(connection: psycopg.Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    columns = ", ".join(COLUMNS[table])
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copied:
        for row in rows:
            copied.write_row(row)
