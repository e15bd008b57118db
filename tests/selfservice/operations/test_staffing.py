"""Staff: added by invitation, given roles, shut out at once, let in by their own word or their provider's."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from integrations.identity.openid import Identity
from selfservice.database import Database
from selfservice.domain.challenge import ChallengeState, Purpose
from selfservice.domain.people import Channel, Role
from selfservice.links import Links
from selfservice.operations import challenging, factors, sign_ins, staff_entry, staffing
from selfservice.operations.assisting import Verified
from selfservice.operations.challenging import Asker
from selfservice.operations.factors import Owner
from selfservice.operations.locking import Standing
from selfservice.operations.staff_entry import Came
from selfservice.operations.staff_letters import Told
from selfservice.operations.staffing import ACTIVE, INVITED, AlreadyThere, NotThere
from selfservice.store import staff
from selfservice.store.accounts import IdentityRow
from selfservice.store.challenges import ChallengeRow
from selfservice.store.interactions import ActingSessionRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.staff import StaffRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.people import (
    a_contact,
    a_customer,
    a_member_of_staff,
    an_account,
    as_staff,
    help_customer,
)
from tests.factories.submitted import BOSTON, HOLDER, NOW, settings
from tests.selfservice.operations.test_factors import with_app

AGENT = ("boston", Role.AGENT)
SUPERVISOR = ("boston", Role.SUPERVISOR)
EMAIL = "ada.wold@example.org"


@pytest.fixture
def links(tmp_path: Path) -> Links:
    return Links(settings(tmp_path))


def added(session: Session, links: Links) -> staffing.Invited:
    return staffing.add(session, "Ada Wold", "Ada.Wold@example.org", [AGENT], BOSTON, links, NOW)


def token_of(invited: staffing.Invited) -> str:
    assert invited.link
    return invited.link.rpartition("/")[2]


def an_agent(session: Session, **more: str) -> StaffRow:
    return a_member_of_staff(session, "Ada Wold", NOW, email=EMAIL, roles=[AGENT], **more)


def a_secret(session: Session, row: StaffRow, *, whole: bool = True) -> str:
    return sign_ins.begin(session, "password", "a browser", NOW, staff_id=row.id, whole=whole)


def helping(session: Session, row: StaffRow) -> None:
    """Have them help a customer."""
    customer = a_customer(session, "Mary Made-Up", NOW)
    a_contact(session, row.id, "boston", NOW, Channel.PHONE)
    help_customer(session, as_staff(row, [AGENT]), customer, NOW, Verified())


def written(session: Session) -> list[tuple[str, dict[str, object]]]:
    rows = session.query(TimelineEventRow).order_by(TimelineEventRow.id)
    return [(row.what, row.detail) for row in rows if row.what.startswith("staff_")]


def test_who_is_added_is_invited_by_mail_and_can_do_nothing_yet(
    each_database: Database, links: Links
) -> None:
    with each_database.write() as session:
        invited = added(session, links)
        row = staff.by_email(session, EMAIL)
        assert row is not None
        assert (row.state, row.password_hash) == (INVITED, None)
        letter = session.query(NotificationRow).one()
        assert letter.recipient == EMAIL
        assert "{link}" in letter.body
        assert "Ada Wold" in letter.body
        assert len(invited.delivery_ids) == 1
        assert sign_ins.member_of_staff(session, a_secret(session, row), NOW) is None
        assert written(session) == [("staff_added", {"staff_id": row.id, "roles": ["agent@boston"]})]


def test_nobody_is_added_twice(database: Database, links: Links) -> None:
    with database.write() as session:
        added(session, links)
        with pytest.raises(AlreadyThere):
            added(session, links)


def test_an_invitation_wants_the_address_in_every_browser_and_waits_for_days(
    database: Database, links: Links
) -> None:
    with database.write() as session:
        token = token_of(added(session, links))
        soon = NOW + timedelta(days=2)
        assert challenging.answer_link(session, token, "a browser", soon).wants_address
        opened = challenging.answer_link(session, token, "a browser", soon, address=EMAIL).opened
        assert opened is not None
        assert opened.purpose is Purpose.STAFF_INVITE
        chosen = staff_entry.choose_password(session, opened, "a hash", BOSTON, soon)
        assert chosen is not None
        row = staff.by_id(session, chosen[0])
        assert row is not None
        assert (row.state, row.password_hash) == (ACTIVE, "a hash")
        assert challenging.answer_link(session, token, "a browser", soon).state is ChallengeState.USED


def test_an_invitation_does_not_wait_for_ever(database: Database, links: Links) -> None:
    with database.write() as session:
        token = token_of(added(session, links))
        late = NOW + timedelta(days=3)
        answered = challenging.answer_link(session, token, "a browser", late, address=EMAIL)
        assert answered.state is ChallengeState.TOO_OLD
        assert answered.opened is None


def test_who_is_disabled_can_do_nothing_from_then_on_wherever_they_are(
    each_database: Database, links: Links
) -> None:
    with each_database.write() as session:
        row = an_agent(session, password_hash="a hash")
        here, there = a_secret(session, row), a_secret(session, row, whole=False)
        helping(session, row)
        asked = staff_entry.ask_for_reset(session, EMAIL, Told.ASKED, BOSTON, Asker("b", "n"), links, NOW)
        assert asked is not None
        staffing.disable(session, EMAIL, NOW)
        for secret in (here, there):
            assert sign_ins.member_of_staff(session, secret, NOW) is None
        assert session.query(ActingSessionRow).one().ended_at is not None
        assert staff_entry.begin(session, row.id, "link", "b", None, NOW) is None
        tried = staff_entry.try_password(session, EMAIL, "n", NOW)
        assert tried is not None
        assert tried.kept is None
        kept = session.query(ChallengeRow).one()
        assert kept.state == ChallengeState.SUPERSEDED

        staffing.enable(session, EMAIL, NOW)
        assert row.state == ACTIVE
        for secret in (here, there):
            assert sign_ins.member_of_staff(session, secret, NOW) is None, "they sign in anew"
        assert [what for what, _ in written(session)] == ["staff_disabled", "staff_enabled"]


def test_disabling_twice_and_enabling_twice_is_written_once(database: Database) -> None:
    with database.write() as session:
        row = an_agent(session)
        for change in (staffing.disable, staffing.disable, staffing.enable, staffing.enable):
            change(session, EMAIL, NOW)
        assert row.state == INVITED, "there is nothing that they could sign in by"
        assert len(written(session)) == 2


def test_other_roles_hold_at_once_and_end_what_was_done_by_the_old(database: Database) -> None:
    with database.write() as session:
        row = an_agent(session)
        secret = a_secret(session, row)
        helping(session, row)
        staffing.set_roles(session, EMAIL, [SUPERVISOR], NOW)
        member = sign_ins.member_of_staff(session, secret, NOW)
        assert member is not None
        assert member.roles == {SUPERVISOR}
        assert member.helping is None
        staffing.set_roles(session, EMAIL, [SUPERVISOR], NOW)
        assert written(session) == [
            ("staff_roles_changed", {"staff_id": row.id, "roles": ["supervisor@boston"]})
        ]


def test_who_begins_anew_has_nothing_of_before(database: Database, links: Links) -> None:
    with database.write() as session:
        row = an_agent(session, password_hash="a hash")
        owner = Owner(staff_id=row.id)
        with_app(session, as_staff(row, [AGENT]), owner)
        secret = a_secret(session, row)
        invited = staffing.invite_again(session, EMAIL, BOSTON, links, NOW)
        assert invited.link
        assert (row.state, row.password_hash) == (INVITED, None)
        assert not factors.held(session, owner).any
        assert sign_ins.member_of_staff(session, secret, NOW) is None


def test_who_is_not_there_is_not_changed(database: Database, links: Links) -> None:
    with database.write() as session:
        an_agent(session)
        staffing.disable(session, EMAIL, NOW)
        for change in (
            lambda: staffing.disable(session, "nobody@example.org", NOW),
            lambda: staffing.enable(session, "nobody@example.org", NOW),
            lambda: staffing.set_roles(session, "nobody@example.org", [], NOW),
            lambda: staffing.invite_again(session, EMAIL, BOSTON, links, NOW),
        ):
            with pytest.raises(NotThere):
                change()


def test_the_list_says_who_may_what_and_who_has_a_second_factor(database: Database, links: Links) -> None:
    with database.write() as session:
        row = an_agent(session)
        with_app(session, as_staff(row, [AGENT]), Owner(staff_id=row.id))
        staffing.add(session, "Bo Fen", "bo.fen@example.org", [AGENT, SUPERVISOR], BOSTON, links, NOW)
        first, second = staffing.listed(session)
        assert (first.name, first.state, first.roles, first.second_factor) == (
            "Ada Wold", ACTIVE, {AGENT}, True,
        )  # fmt: skip
        assert (second.name, second.state, second.roles, second.second_factor) == (
            "Bo Fen", INVITED, {AGENT, SUPERVISOR}, False,
        )  # fmt: skip


def test_the_first_factor_alone_makes_no_whole_sign_in(database: Database) -> None:
    with database.write() as session:
        row = an_agent(session, password_hash="a hash")
        tried = staff_entry.try_password(session, "ADA.Wold@example.org", "a network", NOW)
        assert tried is not None
        assert tried.kept == "a hash"
        secret = staff_entry.was_right(session, tried, "a browser", None, NOW, rehashed="a dearer hash")
        assert secret is not None
        half = sign_ins.member_of_staff(session, secret, NOW)
        assert half is not None
        assert not half.whole
        assert row.password_hash == "a dearer hash"
        whole = staff_entry.complete(session, as_staff(row, [AGENT]), half.id, "app", NOW)
        assert whole is not None
        assert sign_ins.member_of_staff(session, secret, NOW) is None, (
            "a new secret at every change of standing"
        )
        now_whole = sign_ins.member_of_staff(session, whole, NOW)
        assert now_whole is not None
        assert now_whole.whole
        assert written(session) == [("staff_signed_in", {"staff_id": row.id, "method": "app"})]


def test_a_password_that_was_changed_meanwhile_lets_nobody_in(database: Database) -> None:
    with database.write() as session:
        row = an_agent(session, password_hash="a hash")
        tried = staff_entry.try_password(session, EMAIL, "a network", NOW)
        assert tried is not None
        row.password_hash = "another"
        assert staff_entry.was_right(session, tried, "a browser", None, NOW) is None


def test_ten_wrong_passwords_shut_the_way_alike_for_who_is_there_and_who_is_not(database: Database) -> None:
    with database.write() as session:
        an_agent(session, password_hash="a hash")
        for email in (EMAIL, "nobody@example.org"):
            standings = []
            for _ in range(11):
                tried = staff_entry.try_password(session, email, "a network", NOW)
                assert tried is not None
                standings.append(tried.standing)
            assert standings == [Standing.OPEN] * 9 + [Standing.LAST, Standing.SHUT]
            assert tried.kept is None
        later = NOW + timedelta(minutes=staff_entry.LOCK.minutes)
        again = staff_entry.try_password(session, EMAIL, "a network", later)
        assert again is not None
        assert again.kept == "a hash"


@pytest.mark.parametrize("told", list(Told))
def test_whoever_asks_for_a_new_password_learns_by_mail_alone_whether_there_is_one(
    database: Database, links: Links, told: Told
) -> None:
    with database.write() as session:
        an_agent(session, password_hash="a hash")
        a_member_of_staff(session, "Bo Fen", NOW, email="bo.fen@example.org", roles=[AGENT])
        for email in (EMAIL, "bo.fen@example.org", "nobody@example.org"):
            made = staff_entry.ask_for_reset(session, email, told, BOSTON, Asker("b", "n"), links, NOW)
            assert made is not None
        letters = {row.recipient: row.body for row in session.query(NotificationRow)}
        assert ["{link}" in letters[email] for email in sorted(letters)] == [True, False, False]
        assert "work account" in letters["bo.fen@example.org"]
        assert "no such account" in letters["nobody@example.org"]


def test_a_new_password_ends_every_sign_in_and_is_told_of(database: Database, links: Links) -> None:
    with database.write() as session:
        row = an_agent(session, password_hash="a hash")
        secret = a_secret(session, row)
        asked = staff_entry.ask_for_reset(session, EMAIL, Told.ASKED, BOSTON, Asker("b", "n"), links, NOW)
        assert asked is not None
        kept = session.query(ChallengeRow).one()
        token = links.challenges.address(kept.id, kept.token_hash).rpartition("/")[2]
        opened = challenging.answer_link(session, token, "b", NOW).opened
        assert opened is not None
        chosen = staff_entry.choose_password(session, opened, "another", BOSTON, NOW)
        assert chosen is not None
        assert chosen[1]
        assert row.password_hash == "another"
        assert sign_ins.member_of_staff(session, secret, NOW) is None
        news = session.query(NotificationRow).filter(NotificationRow.staff_id == row.id).one()
        assert "A new password was chosen" in news.body


def test_who_leaves_helps_nobody_any_more(database: Database) -> None:
    with database.write() as session:
        row = an_agent(session)
        secret = a_secret(session, row)
        helping(session, row)
        member = sign_ins.member_of_staff(session, secret, NOW)
        assert member is not None
        assert member.helping
        staff_entry.leave(session, as_staff(row, [AGENT]), member.id, NOW)
        assert sign_ins.member_of_staff(session, secret, NOW) is None
        assert session.query(ActingSessionRow).one().ended_at is not None


def came(session: Session, *roles: tuple[str, Role], trusts: bool = False, **changed: object) -> Came:
    """Ada Wold comes by the provider of her organisation."""
    told = {
        "subject": "s1", "issuer": "https://id.example.org", "email": EMAIL, "email_verified": True,
        "name": "Ada Wold", "groups": frozenset(), "amr": (), "acr": (),
    }  # fmt: skip
    identity = Identity(**(told | changed))  # type: ignore[arg-type]
    return staff_entry.by_provider(session, identity, frozenset(roles), "Work account", trusts, NOW)


def test_who_comes_by_the_provider_is_made_a_member_with_the_roles_of_their_groups(
    each_database: Database,
) -> None:
    with each_database.write() as session:
        first = came(session, AGENT)
        assert first.staff_id is not None
        row = staff.by_id(session, first.staff_id)
        assert row is not None
        assert (row.name, row.email, row.state) == ("Ada Wold", EMAIL, ACTIVE)
        assert staff.roles_of(session, row.id) == {AGENT}
        again = came(session, SUPERVISOR, name="Ada Marsh-Wold", email="another@example.org")
        assert again.staff_id == row.id
        assert row.name == "Ada Marsh-Wold"
        assert staff.roles_of(session, row.id) == {SUPERVISOR}
        assert session.query(IdentityRow).count() == 1


def test_who_is_in_no_group_of_ours_is_not_let_in_and_loses_what_they_had(database: Database) -> None:
    with database.write() as session:
        assert came(session) == Came(None, "no_role")
        assert session.query(StaffRow).count() == 0
        known = came(session, AGENT)
        assert known.staff_id is not None
        secret = sign_ins.begin(session, "openid", "b", NOW, staff_id=known.staff_id, whole=True)
        assert came(session) == Came(None, "no_role")
        assert staff.roles_of(session, known.staff_id) == frozenset()
        assert sign_ins.member_of_staff(session, secret, NOW) is None


def test_who_is_disabled_here_is_not_let_in_by_the_provider(database: Database) -> None:
    with database.write() as session:
        came(session, AGENT)
        staffing.disable(session, EMAIL, NOW)
        assert came(session, AGENT) == Came(None, "disabled")
        staffing.enable(session, EMAIL, NOW)
        row = staff.by_email(session, EMAIL)
        assert row is not None
        assert row.state == ACTIVE


def test_an_address_that_is_somebodys_is_theirs_only_if_the_provider_is_trusted_with_it(
    database: Database,
) -> None:
    with database.write() as session:
        row = an_agent(session, password_hash="a hash")
        assert came(session, AGENT).why == "address_taken"
        assert came(session, AGENT, trusts=True, email_verified=False).why == "address_taken"
        assert came(session, AGENT, trusts=True).staff_id == row.id
        assert row.password_hash is None, "from now on the provider says whether they may come"
        assert came(session, AGENT, subject="s2", email=None).why == "no_email"


def test_an_invitation_opens_nothing_once_who_was_invited_has_come_by_the_provider(
    database: Database, links: Links
) -> None:
    with database.write() as session:
        invited = added(session, links)
    with database.write() as session:
        assert came(session, AGENT, trusts=True).staff_id == invited.staff_id
    with database.write() as session:
        answered = challenging.answer_link(session, token_of(invited), HOLDER, NOW, address=EMAIL)
    assert answered.opened is None


def test_a_residents_account_elsewhere_makes_nobody_a_member_of_staff(database: Database) -> None:
    with database.write() as session:
        account = an_account(session, a_customer(session, "Ada Wold", NOW), NOW, email=EMAIL)
        session.add(
            IdentityRow(
                account_id=account.id, issuer="https://id.example.org", subject="s1", label="X", added_at=NOW
            )
        )
        session.flush()
        assert came(session, AGENT).why == "address_taken"


@pytest.mark.parametrize(
    ("roles", "slug"),
    [([AGENT], "boston"), ([("south-holland", Role.AGENT)], "south-holland"), ([], "boston")],
)
def test_the_council_where_somebody_works_writes_to_them(roles: list[tuple[str, Role]], slug: str) -> None:
    assert staffing.council_for(roles, ["boston", "east-lindsey", "south-holland"]) == slug
