"""Second factors: what counts as one, what is taken once, what is sealed or hashed, what staff cannot do without."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import pyotp
import pytest
from sqlalchemy.orm import Session

from selfservice.database import Database
from selfservice.domain.people import Actor, ActorKind, Channel, Role
from selfservice.domain.permissions import NotAllowed
from selfservice.operations import factors, limiting, passkeys
from selfservice.operations.factors import APP, RECOVERY_CODE, LastFactor, Owner, TooManyTries
from selfservice.operations.passkeys import BadPasskey, Site
from selfservice.store.keys import DataKeyRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.authenticator import Authenticator
from tests.factories.kept import all_rows
from tests.factories.people import a_customer, a_member_of_staff, an_account, as_staff
from tests.factories.submitted import NOW, SEALS

AT = Site("localhost", "http://localhost")
LATER = NOW + timedelta(minutes=5)
ROLES = frozenset({("boston", Role.AGENT)})


def a_resident(session: Session, email: str = "maya.okafor@example.org") -> tuple[Actor, Owner]:
    """A customer with an account, as who they are when signed in."""
    customer = a_customer(session, "Maya Okafor", NOW)
    account = an_account(session, customer, NOW, email=email)
    return Actor(ActorKind.RESIDENT, customer.id, signed_in=True), Owner(account_id=account.id)


def an_agent(session: Session, email: str = "ada.wold@example.org") -> tuple[Actor, Owner]:
    """A member of staff in their own name."""
    row = a_member_of_staff(session, "Ada Wold", NOW, email=email, roles=ROLES)
    return as_staff(row, ROLES), Owner(staff_id=row.id)


Whose = Callable[[Session], tuple[Actor, Owner]]
OWNERS = pytest.mark.parametrize("whose", [a_resident, an_agent])


def begun(session: Session, actor: Actor, owner: Owner) -> pyotp.TOTP:
    """The app that took the secret up."""
    shown = factors.begin_app(session, actor, owner, "maya", "Council services", SEALS, NOW)
    return pyotp.TOTP(shown.secret)


def with_app(session: Session, actor: Actor, owner: Owner) -> pyotp.TOTP:
    """An app that has been set up; its code of `NOW` is used up."""
    app = begun(session, actor, owner)
    assert factors.confirm_app(session, actor, owner, app.at(NOW), SEALS, NOW)
    return app


def with_passkey(
    session: Session, actor: Actor, owner: Owner, key: Authenticator, name: str = "My phone"
) -> str:
    """A passkey that was added; its id."""
    asked = passkeys.begin_adding(session, actor, owner, "maya", "Council services", AT, NOW)
    passkeys.add(session, actor, owner, name, key.register(asked.options), asked, AT, NOW)
    return factors.held(session, owner).passkeys[-1].id


def changes(session: Session, actor: Actor, owner: Owner) -> list[Callable[[], object]]:
    """Whatever changes factors, each as a call."""
    return [
        lambda: factors.begin_app(session, actor, owner, "maya", "Council", SEALS, NOW),
        lambda: factors.confirm_app(session, actor, owner, "000000", SEALS, NOW),
        lambda: factors.remove_app(session, actor, owner, NOW),
        lambda: factors.new_recovery_codes(session, actor, owner, NOW),
        lambda: passkeys.begin_adding(session, actor, owner, "maya", "Council", AT, NOW),
        lambda: passkeys.rename(session, actor, owner, "an id", "A name"),
        lambda: passkeys.remove(session, actor, owner, "an id", NOW),
    ]


def lines(session: Session) -> list[str]:
    """What the record says, in order."""
    return [row.what for row in session.query(TimelineEventRow).order_by(TimelineEventRow.id)]


@OWNERS
def test_an_app_counts_once_a_code_of_it_was_typed(whose: Whose, each_database: Database) -> None:
    with each_database.write() as session:
        actor, owner = whose(session)
        app = begun(session, actor, owner)
        assert not factors.has_second_factor(session, account_id=owner.account_id, staff_id=owner.staff_id)
        assert factors.check(session, actor, owner, app.at(NOW), SEALS, NOW) is None
        assert not factors.confirm_app(session, actor, owner, "000 000", SEALS, NOW)
        assert factors.confirm_app(session, actor, owner, app.at(NOW), SEALS, NOW)
        assert factors.has_second_factor(session, account_id=owner.account_id, staff_id=owner.staff_id)
        assert factors.held(session, owner).app_since == NOW


def test_a_code_of_an_app_is_taken_once_and_none_from_before(each_database: Database) -> None:
    with each_database.write() as session:
        actor, owner = an_agent(session)
        app = with_app(session, actor, owner)
        assert factors.check(session, actor, owner, app.at(NOW), SEALS, NOW) is None
        assert factors.check(session, actor, owner, app.at(LATER), SEALS, LATER) == APP
        assert factors.check(session, actor, owner, app.at(LATER), SEALS, LATER) is None
        earlier = LATER - timedelta(seconds=30)
        assert factors.check(session, actor, owner, app.at(earlier), SEALS, LATER) is None


def test_the_secret_of_an_app_is_nowhere_in_the_clear_and_goes_with_its_key(database: Database) -> None:
    with database.write() as session:
        actor, owner = a_resident(session)
        secret = with_app(session, actor, owner).secret
        begun(session, actor, owner)
    assert secret.encode() not in all_rows(database)
    with database.write() as session:
        assert session.query(DataKeyRow).count() == 1
        factors.remove_app(session, actor, owner, NOW)
        assert session.query(DataKeyRow).count() == 0


def test_another_app_takes_the_place_of_the_one_in_use_only_once_its_code_was_typed(
    database: Database,
) -> None:
    with database.write() as session:
        actor, owner = an_agent(session)
        old = with_app(session, actor, owner)
        new = begun(session, actor, owner)
        assert factors.check(session, actor, owner, old.at(LATER), SEALS, LATER) == APP
        assert factors.check(session, actor, owner, new.at(LATER), SEALS, LATER) is None
        assert factors.confirm_app(session, actor, owner, new.at(LATER), SEALS, LATER)
        much_later = LATER + timedelta(minutes=5)
        assert factors.check(session, actor, owner, old.at(much_later), SEALS, much_later) is None
        assert factors.check(session, actor, owner, new.at(much_later), SEALS, much_later) == APP


def test_what_is_being_set_up_can_be_shown_again_until_it_is(database: Database) -> None:
    with database.write() as session:
        actor, owner = a_resident(session)
        assert factors.app_begun(session, owner, "maya", "Council services", SEALS) is None
        app = begun(session, actor, owner)
        shown = factors.app_begun(session, owner, "maya", "Council services", SEALS)
        assert shown is not None
        assert shown.secret == app.secret
        assert shown.address.startswith("otpauth://totp/Council%20services:maya")
        assert shown.picture.startswith("data:image/svg+xml")
        factors.confirm_app(session, actor, owner, app.at(NOW), SEALS, NOW)
        assert factors.app_begun(session, owner, "maya", "Council services", SEALS) is None


@OWNERS
def test_each_of_ten_recovery_codes_is_good_once_however_it_is_typed(
    whose: Whose, each_database: Database
) -> None:
    with each_database.write() as session:
        actor, owner = whose(session)
        codes = factors.new_recovery_codes(session, actor, owner, NOW)
        assert len(set(codes)) == 10
        typed = codes[3].upper().replace("-", " ")
        assert factors.check(session, actor, owner, typed, SEALS, NOW) == RECOVERY_CODE
        assert factors.check(session, actor, owner, codes[3], SEALS, NOW) is None
        assert factors.held(session, owner).codes_left == 9
        assert not factors.held(session, owner).any, "codes alone are no second factor"


def test_recovery_codes_are_kept_as_hashes_and_new_ones_take_the_place_of_the_old(database: Database) -> None:
    with database.write() as session:
        actor, owner = a_resident(session)
        old = factors.new_recovery_codes(session, actor, owner, NOW)
        new = factors.new_recovery_codes(session, actor, owner, NOW)
        assert factors.check(session, actor, owner, old[0], SEALS, NOW) is None
        assert factors.check(session, actor, owner, new[0], SEALS, NOW) == RECOVERY_CODE
    kept = all_rows(database)
    told = [code.encode() for code in (*old, *new)]
    assert not any(code in kept or code.replace(b"-", b"") in kept for code in told)


def test_nobody_signs_in_by_the_codes_of_another(database: Database) -> None:
    with database.write() as session:
        actor, owner = an_agent(session)
        _, other = a_resident(session)
        app = with_app(session, actor, owner)
        codes = factors.new_recovery_codes(session, actor, owner, NOW)
        assert factors.check(session, actor, other, app.at(LATER), SEALS, LATER) is None
        assert factors.check(session, actor, other, codes[0], SEALS, NOW) is None


def test_after_ten_tries_the_right_code_opens_nothing_either_until_later(database: Database) -> None:
    with database.write() as session:
        actor, owner = an_agent(session)
        app = with_app(session, actor, owner)
        for _ in range(limiting.FACTOR_TRIES.times):
            assert factors.check(session, actor, owner, "000000", SEALS, NOW) is None
        with pytest.raises(TooManyTries):
            factors.check(session, actor, owner, app.at(LATER), SEALS, LATER)
        waited = NOW + timedelta(minutes=limiting.FACTOR_TRIES.minutes)
        assert factors.check(session, actor, owner, app.at(waited), SEALS, waited) == APP


def test_whoever_tries_all_day_is_stopped_for_the_day(database: Database) -> None:
    with database.write() as session:
        actor, owner = an_agent(session)
        for count in range(limiting.FACTOR_TRIES_A_DAY.times):
            moment = NOW + timedelta(minutes=2 * count)
            assert factors.check(session, actor, owner, "000000", SEALS, moment) is None
        with pytest.raises(TooManyTries) as stopped:
            factors.check(session, actor, owner, "000000", SEALS, NOW + timedelta(hours=3))
        assert stopped.value.minutes == 24 * 60


def test_the_last_factor_of_staff_stays_and_of_a_resident_goes_with_its_codes(database: Database) -> None:
    with database.write() as session:
        agent, of_agent = an_agent(session)
        with_app(session, agent, of_agent)
        with pytest.raises(LastFactor):
            factors.remove_app(session, agent, of_agent, NOW)
        passkey = with_passkey(session, agent, of_agent, Authenticator())
        factors.remove_app(session, agent, of_agent, NOW)
        with pytest.raises(LastFactor):
            passkeys.remove(session, agent, of_agent, passkey, NOW)

        resident, of_resident = a_resident(session)
        with_app(session, resident, of_resident)
        factors.new_recovery_codes(session, resident, of_resident, NOW)
        factors.remove_app(session, resident, of_resident, NOW)
        assert factors.held(session, of_resident) == factors.Held(None, (), 0)


def test_of_two_factors_that_staff_remove_at_once_the_last_stays(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.write() as session:
        actor, owner = an_agent(session)
        with_app(session, actor, owner)
        passkey = with_passkey(session, actor, owner, Authenticator())
    both, check, last = Barrier(2), factors.check_may_change, list[str]()

    def meet(*told: Any) -> None:
        check(*told)
        with suppress(BrokenBarrierError):  # SQLite has one write at a time: they never meet
            both.wait(1)

    def remove(one: Callable[[Session], object]) -> None:
        try:
            with database.write() as session:
                one(session)
        except LastFactor:
            last.append("stays")

    monkeypatch.setattr(factors, "check_may_change", meet)
    removals = (
        lambda session: factors.remove_app(session, actor, owner, NOW),
        lambda session: passkeys.remove(session, actor, owner, passkey, NOW),
    )
    threads = [Thread(target=remove, args=(each,)) for each in removals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert factors.has_second_factor(session, staff_id=owner.staff_id)
    assert last == ["stays"]


def test_what_was_only_begun_is_no_factor_that_could_be_removed(database: Database) -> None:
    with database.write() as session:
        actor, owner = an_agent(session)
        begun(session, actor, owner)
        assert not factors.remove_app(session, actor, owner, NOW)
        assert lines(session) == []


def test_factors_are_changed_by_their_owner_alone_never_by_an_agent_who_helps(database: Database) -> None:
    with database.write() as session:
        resident, owner = a_resident(session)
        agent, of_agent = an_agent(session)
        helping = replace(agent, on_behalf_of=resident.id, via="an acting session")
        visitor = Actor(ActorKind.RESIDENT, resident.id)
        for actor, whose in (
            (agent, owner), (helping, owner), (visitor, owner), (helping, of_agent), (resident, of_agent),
            (replace(resident, id="another"), owner),
        ):  # fmt: skip
            for change in changes(session, actor, whose):
                with pytest.raises(NotAllowed):
                    change()


def test_each_change_is_a_line_which_its_owner_reads(database: Database) -> None:
    with database.write() as session:
        actor, owner = a_resident(session)
        app = with_app(session, actor, owner)
        codes = factors.new_recovery_codes(session, actor, owner, NOW)
        passkey = with_passkey(session, actor, owner, Authenticator())
        factors.check(session, actor, owner, app.at(LATER), SEALS, LATER)
        factors.check(session, actor, owner, codes[0], SEALS, LATER)
        factors.remove_app(session, actor, owner, NOW)
        passkeys.remove(session, actor, owner, passkey, NOW)
        written = session.query(TimelineEventRow).order_by(TimelineEventRow.id).all()
        assert [row.what.removeprefix("factor_") for row in written] == [
            "app_added", "codes_made", "passkey_added", "code_used", "app_removed", "passkey_removed",
        ]  # fmt: skip
        assert {row.customer_id for row in written} == {actor.id}
        assert all(row.words and row.channel == Channel.WEB for row in written)


def test_a_passkey_is_a_second_factor_of_its_owner_alone(each_database: Database) -> None:
    with each_database.write() as session:
        actor, owner = an_agent(session)
        other_actor, other = a_resident(session)
        key, others = Authenticator(verifies=False), Authenticator()
        with_passkey(session, actor, owner, key)
        with_passkey(session, other_actor, other, others)
        asked = passkeys.begin_sign_in(session, owner, AT, NOW)
        assert asked is not None
        found = passkeys.sign_in(session, key.sign_in(asked.options), asked, AT, NOW, owner=owner)
        assert found == owner
        assert factors.held(session, owner).passkeys[0].used_at == NOW
        of_other = passkeys.begin_sign_in(session, other, AT, NOW)
        assert of_other is not None
        with pytest.raises(BadPasskey):
            passkeys.sign_in(session, others.sign_in(of_other.options), of_other, AT, NOW, owner=owner)


def test_a_passkey_alone_signs_in_whoever_it_is_if_it_saw_to_it_that_it_was_they(database: Database) -> None:
    with database.write() as session:
        actor, owner = a_resident(session)
        key = Authenticator()
        with_passkey(session, actor, owner, key)
        asked = passkeys.begin_sign_in(session, None, AT, NOW)
        assert asked is not None
        assert passkeys.sign_in(session, key.sign_in(asked.options), asked, AT, NOW, owner=None) == owner
        asked = passkeys.begin_sign_in(session, None, AT, NOW)
        assert asked is not None
        key.verifies = False
        with pytest.raises(BadPasskey):
            passkeys.sign_in(session, key.sign_in(asked.options), asked, AT, NOW, owner=None)


def test_an_answer_counts_once_and_soon(database: Database) -> None:
    key = Authenticator(counts=False)  # as passkeys that are kept on several devices
    with database.write() as session:
        actor, owner = a_resident(session)
        with_passkey(session, actor, owner, key)
        asked = passkeys.begin_sign_in(session, owner, AT, NOW)
        assert asked is not None
        answer = key.sign_in(asked.options)
        passkeys.sign_in(session, answer, asked, AT, NOW, owner=owner)
        with pytest.raises(BadPasskey, match="before"):
            passkeys.sign_in(session, answer, asked, AT, LATER, owner=owner)
        again = passkeys.begin_sign_in(session, owner, AT, NOW)
        assert again is not None
        late = NOW + passkeys.GOOD
        with pytest.raises(BadPasskey, match="too long"):
            passkeys.sign_in(session, key.sign_in(again.options), again, AT, late, owner=owner)


def test_passkeys_have_names_and_an_end(database: Database) -> None:
    with database.write() as session:
        actor, owner = a_resident(session)
        other_actor, other = an_agent(session)
        theirs = with_passkey(session, other_actor, other, Authenticator())
        for _ in range(passkeys.MOST):
            last = with_passkey(session, actor, owner, Authenticator())
        with pytest.raises(passkeys.TooMany):
            passkeys.begin_adding(session, actor, owner, "maya", "Council", AT, NOW)
        assert passkeys.rename(session, actor, owner, last, "Key in the drawer")
        assert factors.held(session, owner).passkeys[-1].name == "Key in the drawer"
        assert not passkeys.rename(session, actor, owner, theirs, "Mine now")
        assert not passkeys.remove(session, actor, owner, theirs, NOW)
        assert factors.held(session, other).passkeys[0].name == "My phone"


def test_a_key_that_is_there_already_is_not_asked_for_again(database: Database) -> None:
    with database.write() as session:
        actor, owner = a_resident(session)
        key = Authenticator()
        with_passkey(session, actor, owner, key)
        asked = passkeys.begin_adding(session, actor, owner, "maya", "Council", AT, NOW)
        with pytest.raises(ValueError, match="already"):
            key.register(asked.options)


def test_nothing_is_left_of_factors_that_are_forgotten(database: Database) -> None:
    with database.write() as session:
        actor, owner = an_agent(session)
        with_app(session, actor, owner)
        with_passkey(session, actor, owner, Authenticator())
        factors.new_recovery_codes(session, actor, owner, NOW)
        factors.forget_all(session, owner)
        assert factors.held(session, owner) == factors.Held(None, (), 0)
        assert session.query(DataKeyRow).count() == 0


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://forms.example.org", Site("forms.example.org", "https://forms.example.org")),
        ("http://localhost:8000", Site("localhost", "http://localhost:8000")),
        ("http://127.0.0.1:8000", None),
        ("http://[::1]:8000", None),
    ],
)
def test_passkeys_are_of_a_hosts_name(address: str, site: Site | None) -> None:
    assert passkeys.site(address) == site
