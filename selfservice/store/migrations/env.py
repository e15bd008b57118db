"""Run by alembic: applies the steps on the connection that store/migrate.py hands over."""

from alembic import context

from selfservice.store.migrate import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=METADATA, render_as_batch=True, transaction_per_migration=False
)
with context.begin_transaction():
    context.run_migrations()
