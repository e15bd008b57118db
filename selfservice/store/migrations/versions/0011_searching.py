"""Searching: names by words with a letter wrong, numbers by their ends, addresses by their beginnings."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

BY_BEGINNING = ("email", "postcode")
PHONES = ("phone", "other_phone")
TRIGRAMS = "ix_customers_name_trigrams"
# Of each word of a name: "=" with the word, "^" with its first letter and with its first two, the word, and the word
# without any one of its letters; and "=" with each two words written as one. Words are parted as
# `domain.likeness.BETWEEN` does. It depends on nothing but its argument. It may not run in parallel, so that one
# search keeps one processor busy, not all of them.
NAME_MARKS = r"""
CREATE FUNCTION name_marks(name_key text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL UNSAFE COST 300
AS $$
WITH words AS (
    SELECT word, place
    FROM pg_catalog.regexp_split_to_table($1, '[[:space:]!-/:-@\[-`{-~]+') WITH ORDINALITY AS parts (word, place)
    WHERE word <> ''
)
SELECT pg_catalog.array_agg(DISTINCT mark) FROM (
    SELECT '=' || word AS mark FROM words
    UNION ALL
    SELECT '^' || pg_catalog.left(word, letters) FROM words, pg_catalog.generate_series(1, 2) AS letters
    UNION ALL
    SELECT word FROM words
    UNION ALL
    SELECT pg_catalog.left(word, letter - 1) || pg_catalog.substr(word, letter + 1)
    FROM words, pg_catalog.generate_series(1, pg_catalog.length(word)) AS letter
    WHERE pg_catalog.length(word) >= 3
    UNION ALL
    SELECT '=' || one.word || next.word FROM words AS one JOIN words AS next ON next.place = one.place + 1
) AS marks
$$
"""
# Names that are as a whole like one that was typed. How like they must be is a setting, which holds within this
# function alone: with 0.3, which is usual, three times as many rows have to be compared.
NAMED_LIKE = """
CREATE FUNCTION customers_named_like(typed text) RETURNS SETOF text
LANGUAGE sql STABLE STRICT PARALLEL UNSAFE ROWS 200 SET pg_trgm.similarity_threshold = 0.4
AS $$
SELECT id FROM customers WHERE name_key % $1 ORDER BY similarity(name_key, $1) DESC LIMIT 1000
$$
"""


def upgrade() -> None:
    """Make the indexes. They take new rows at once, so that no search goes through a list of those to come."""
    postgres = op.get_bind().dialect.name == "postgresql"
    if postgres:
        for column in BY_BEGINNING:
            _index_again(column, "varchar_pattern_ops")
        op.execute(f"ALTER INDEX {TRIGRAMS} SET (fastupdate = off)")
        op.execute(f"SELECT gin_clean_pending_list('{TRIGRAMS}')")
        op.execute(NAME_MARKS)
        op.execute(NAMED_LIKE)
        op.create_index(
            "ix_customers_name_marks", "customers", [sa.text("name_marks(name_key)")],
            postgresql_using="gin", postgresql_with={"fastupdate": "off"},
        )  # fmt: skip
    op.create_index(
        "ix_customers_phone_trigrams", "customers", PHONES,
        postgresql_using="gin", postgresql_ops=dict.fromkeys(PHONES, "gin_trgm_ops"),
        postgresql_with={"fastupdate": "off"},
    )  # fmt: skip


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_customers_phone_trigrams", "customers")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_customers_name_marks", "customers")
        op.execute("DROP FUNCTION name_marks(text)")
        op.execute("DROP FUNCTION customers_named_like(text)")
        op.execute(f"ALTER INDEX {TRIGRAMS} RESET (fastupdate)")
        for column in BY_BEGINNING:
            _index_again(column, None)


def _index_again(column: str, operators: str | None) -> None:
    name = op.f(f"ix_customers_{column}")
    op.drop_index(name, "customers")
    op.create_index(name, "customers", [column], postgresql_ops={column: operators} if operators else {})
