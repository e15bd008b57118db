"""Making a table of SQLite anew where it must change a column or a constraint, which SQLite itself cannot."""

import sqlalchemy as sa
from alembic import op


def rebuild(table: str, column: str, constraint: str, *changes: tuple[str, str]) -> None:
    """Make a table of SQLite anew with another definition, its rows, indexes and guards kept.

    SQLite cannot change a column, and a copy by reflection would lose checks, partial indexes and triggers;
    so the definition itself is changed, as SQLite keeps it. References to the table are not looked at
    meanwhile (`store/migrate.py` turns that off for the whole step, and checks them all at its end).
    """
    connection = op.get_bind()
    of_table = {"table": table}
    kept = sa.text(
        "SELECT sql FROM sqlite_master WHERE tbl_name = :table AND type IN ('index', 'trigger')"
        " AND sql IS NOT NULL"
    )
    around = connection.scalars(kept, of_table).all()
    columns = [each["name"] for each in sa.inspect(connection).get_columns(table)]
    made = _definition(table, column, constraint, changes)
    held = [name for name in columns if f"{name} " in made]
    names = ", ".join(f'"{name}"' for name in held)
    for name in (table, f'"{table}"'):
        made = made.replace(f"CREATE TABLE {name} ", f"CREATE TABLE {table}_anew ", 1)
    connection.exec_driver_sql(made)
    connection.exec_driver_sql(f"INSERT INTO {table}_anew ({names}) SELECT {names} FROM {table}")  # noqa: S608 - our own names
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"ALTER TABLE {table}_anew RENAME TO {table}")
    for each in around:
        connection.exec_driver_sql(each)


def _definition(table: str, column: str, constraint: str, changes: tuple[tuple[str, str], ...]) -> str:
    """The table's definition as SQLite keeps it, with the changes made and the column and constraint put in."""
    made = str(
        op.get_bind().scalar(
            sa.text("SELECT sql FROM sqlite_master WHERE name = :table AND type = 'table'"), {"table": table}
        )
    )
    for before, after in changes:
        if before not in made:
            raise RuntimeError(f"{table} is not as this step expects it: {before}")
        made = made.replace(before, after, 1)
    if column:  # columns come before constraints
        at = made.index("CONSTRAINT")
        made = f"{made[:at].rstrip().rstrip(',')}, {column}, {made[at:]}"
    if constraint:
        made = f"{made.rstrip().removesuffix(')').rstrip()}, {constraint})"
    return made
