"""Every standing in which somebody can come to a page, as browsers that are signed in so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from selfservice import clock
from selfservice.domain.people import Channel, Role, Verification
from selfservice.installation import Installation
from selfservice.operations.assisting import Verified
from selfservice.store import interactions
from selfservice.store.sign_ins import SignInRow
from tests.factories.people import (
    a_contact,
    a_customer,
    a_member_of_staff,
    an_account,
    as_staff,
    help_customer,
    sign_in,
)

ALL = ("boston", "east-lindsey", "south-holland")


@dataclass(frozen=True)
class Stage:
    """An application and what makes browsers of it."""

    app: Flask
    installation: Installation

    def browser(self, standing: str) -> FlaskClient:
        """A browser in this standing."""
        client = self.app.test_client()
        with self.installation.database.write() as session:
            STANDINGS[standing](session, client)
        return client


def visitor(session: Session, client: FlaskClient) -> None:
    """Nobody in particular."""


def resident(session: Session, client: FlaskClient, *, whole: bool = True) -> None:
    now = clock.now()
    person = a_customer(session, "Rosa Made-Up", now, email="rosa@example.org")
    sign_in(
        session, client, now, account=an_account(session, person, now, email="rosa@example.org"), whole=whole
    )


def half_resident(session: Session, client: FlaskClient) -> None:
    resident(session, client, whole=False)


def resident_signed_out(session: Session, client: FlaskClient) -> None:
    resident(session, client)
    for row in session.query(SignInRow):
        row.ended_at = clock.now()


def resident_idle(session: Session, client: FlaskClient) -> None:
    resident(session, client)
    for row in session.query(SignInRow):
        row.seen_at -= timedelta(hours=2)


def staff(
    *roles: Role, whole: bool = True, councils: tuple[str, ...] = ALL
) -> Callable[[Session, FlaskClient], None]:
    def sign(session: Session, client: FlaskClient) -> None:
        now = clock.now()
        told = [(council, role) for council in councils for role in roles]
        member = a_member_of_staff(session, "Priya Example", now, email="priya@example.org", roles=told)
        sign_in(session, client, now, member=member, whole=whole)

    return sign


def disabled(session: Session, client: FlaskClient) -> None:
    now = clock.now()
    member = a_member_of_staff(
        session, "Gone Example", now, email="gone@example.org", roles=[("boston", Role.AGENT)]
    )
    sign_in(session, client, now, member=member)
    member.state = "disabled"


def helping(session: Session, client: FlaskClient, level: Verification = Verification.FULL) -> None:
    """An agent of every council who helps a customer with an account, whom they know for sure."""
    now = clock.now()
    told = [(council, Role.AGENT) for council in ALL]
    member = a_member_of_staff(session, "Priya Example", now, email="priya@example.org", roles=told)
    person = a_customer(session, "Mary Made-Up", now, email="mary@example.org")
    an_account(session, person, now, email="mary@example.org")
    a_contact(session, member.id, "boston", now, Channel.PHONE)
    help_customer(session, as_staff(member, told), person, now, Verified(level))
    sign_in(session, client, now, member=member)


def helping_somebody_unknown(session: Session, client: FlaskClient) -> None:
    """The same, of whom nobody has found out yet who they are."""
    helping(session, client, Verification.NONE)


def helping_expired(session: Session, client: FlaskClient) -> None:
    helping(session, client)
    for row in session.query(interactions.ActingSessionRow):
        row.started_at -= timedelta(hours=1)
        row.until -= timedelta(hours=1)


STANDINGS: dict[str, Callable[[Session, FlaskClient], None]] = {
    "visitor": visitor,
    "resident": resident,
    "half_resident": half_resident,
    "resident_signed_out": resident_signed_out,
    "resident_idle": resident_idle,
    "half_agent": staff(Role.AGENT, whole=False),
    "agent": staff(Role.AGENT),
    "helping": helping,
    "helping_somebody_unknown": helping_somebody_unknown,
    "helping_expired": helping_expired,
    "supervisor": staff(Role.SUPERVISOR),
    "operator": staff(Role.OPERATOR),
    "service_owner": staff(Role.SERVICE_OWNER),
    "auditor": staff(Role.AUDITOR),
    "of_no_role": staff(),
    "disabled": disabled,
}
