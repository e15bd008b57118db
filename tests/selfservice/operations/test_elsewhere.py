"""Whom an account elsewhere signs in here: the one it is connected to, and by e-mail only where that is trusted."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from integrations.identity.openid import Identity
from selfservice.database import Database
from selfservice.links import Links
from selfservice.operations import accounts, elsewhere
from selfservice.operations.accounts import Arrival, Entered
from selfservice.store.accounts import AccountRow, IdentityRow, TotpRow
from selfservice.store.customers import CustomerRow
from tests.factories.mail import Mail
from tests.factories.people import a_customer, a_member_of_staff, an_account
from tests.factories.submitted import BOSTON, HOLDER, NOW, settings

ROSA = "rosa.marsh@example.org"


def identity(email: str | None = ROSA, verified: bool = True, subject: str = "rosa") -> Identity:
    return Identity(
        subject=subject, issuer="https://login.example.org", email=email, email_verified=verified,
        name="Rosa Marsh", groups=frozenset(), amr=("pwd",), acr=(),
    )  # fmt: skip


def come(database: Database, who: Identity, trusts_email: bool = True) -> Entered | None:
    with database.write() as session:
        return elsewhere.enter(
            session, who, "Example account", trusts_email, Arrival("", HOLDER), BOSTON, NOW
        )


@pytest.fixture
def account(each_database: Database) -> str:
    """The id of Rosa's account."""
    with each_database.write() as session:
        return an_account(session, a_customer(session, "Rosa Marsh", NOW), NOW, email=ROSA).id


def connected(database: Database) -> list[str | None]:
    with database.read() as session:
        return list(session.scalars(sa.select(IdentityRow.account_id)))


def test_one_that_is_connected_signs_in_whatever_its_address_is_now(
    each_database: Database, account: str
) -> None:
    with each_database.write() as session:
        accounts.connect(session, account, elsewhere.as_kept(identity(), "Example account"), NOW)
    entered = come(each_database, identity("another@example.org", verified=False), trusts_email=False)
    assert entered is not None
    assert entered.account_id == account


def test_a_trusted_address_connects_the_account_that_has_it_and_its_owner_is_told(
    each_database: Database, account: str, tmp_path: Path
) -> None:
    entered = come(each_database, identity("Rosa.Marsh@example.org"))
    assert entered is not None
    assert entered.account_id == account
    assert connected(each_database) == [account]
    mail = Mail(each_database, Links(settings(tmp_path)))
    assert "Example account" in mail.newest(ROSA).body


def test_a_trusted_address_alone_connects_no_account_whose_second_factor_is_still_to_come(
    each_database: Database, account: str, tmp_path: Path
) -> None:
    with each_database.write() as session:
        session.add(TotpRow(account_id=account, sealed={}, added_at=NOW, confirmed_at=NOW))
    entered = come(each_database, identity())
    assert entered is not None
    assert (entered.account_id, entered.whole) == (account, False)
    assert connected(each_database) == []
    assert [letter.subject for letter in Mail(each_database, Links(settings(tmp_path))).letters(ROSA)] == []


def test_a_trusted_address_that_nobody_has_opens_an_account(each_database: Database) -> None:
    entered = come(each_database, identity())
    assert entered is not None
    with each_database.read() as session:
        assert session.scalars(sa.select(AccountRow.email)).all() == [ROSA]
        assert session.scalars(sa.select(CustomerRow.name)).all() == ["Rosa Marsh"]
    assert come(each_database, identity()) is not None
    assert connected(each_database) == [entered.account_id]


@pytest.mark.parametrize(
    ("who", "trusts"),
    [(identity(), False), (identity(verified=False), True), (identity(email=None), True)],
    ids=["not trusted", "not verified", "no address"],
)
def test_an_address_that_is_not_proven_connects_and_opens_nothing(
    each_database: Database, account: str, who: Identity, trusts: bool
) -> None:
    assert come(each_database, who, trusts) is None
    assert connected(each_database) == []


def test_one_of_a_member_of_staff_signs_in_no_customer(each_database: Database, account: str) -> None:
    with each_database.write() as session:
        member = a_member_of_staff(session, "Rosa Marsh", NOW, email=ROSA, roles=[])
        session.add(
            IdentityRow(
                staff_id=member.id, issuer="https://login.example.org", subject="rosa", label="", added_at=NOW
            )
        )
    assert come(each_database, identity()) is None
