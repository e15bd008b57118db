"""A row that is locked is read anew: what was read of it before may be true no longer."""

from selfservice.database import Database
from selfservice.store import accounts
from tests.factories.people import a_customer, an_account
from tests.factories.submitted import NOW


def test_a_row_that_was_read_before_it_was_locked_is_read_anew(database: Database) -> None:
    with database.write() as session:
        made = an_account(session, a_customer(session, "Sam Carter", NOW), NOW, email="sam@example.org")
    with database.read() as session:
        before = accounts.by_id(session, made.id)
        assert before is not None
        session.commit()  # what follows reads as of another moment
        with database.write() as other:
            changed = accounts.by_id(other, made.id, lock=True)
            assert changed is not None
            changed.email = "sam.carter@example.org"
        assert accounts.by_id(session, made.id) is before
        assert before.email == "sam@example.org"
        locked = accounts.by_id(session, made.id, lock=True)
    assert locked is before
    assert before.email == "sam.carter@example.org"
