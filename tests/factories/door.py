"""Residents at the door of My Account: Sam, who has an account, and how anybody signs in on the pages themselves."""

from datetime import datetime

from selfservice import clock
from selfservice.installation import Installation
from selfservice.store.accounts import AccountRow
from tests.factories.mail import Mail
from tests.factories.people import a_customer, an_account
from tests.journeys.visitor import Visitor

SAM, PHONE = "sam.carter@example.org", "+447700900123"
PASSWORD = "lantern tulip harbour"


def sams_account(
    installation: Installation, *, phone: str | None = None, password: str | None = PASSWORD
) -> AccountRow:
    """The account of Sam Carter, who has signed in before."""
    now: datetime = clock.now()
    with installation.database.write() as session:
        customer = a_customer(session, "Sam Carter", now, email=SAM, phone=phone)
        made = an_account(
            session, customer, now, email=SAM, phone=phone,
            password_hash=installation.passwords.hash(password) if password else None,
        )  # fmt: skip
        made.signed_in_at = now
        return made


def mail_of(installation: Installation) -> Mail:
    """What the installation has written."""
    return Mail(installation.database, installation.links)


def sign_in(visitor: Visitor, *, recipient: str = SAM, password: str = PASSWORD, wanted: str = "") -> Visitor:
    """Sign in by password, on the page."""
    visitor.open(f"/account/sign-in{'?next=' + wanted if wanted else ''}")
    visitor.press({"recipient": recipient, "password": password})
    return visitor


def ask_for_link(visitor: Visitor, *, recipient: str = SAM, wanted: str = "") -> Visitor:
    """Have a link and a code sent."""
    visitor.open(f"/account/sign-in{'?next=' + wanted if wanted else ''}")
    visitor.press({"recipient": recipient, "do": "send"})
    return visitor


def is_in(visitor: Visitor) -> bool:
    """Whether this browser is signed in, as a page that asks for it says."""
    visitor.open("/account/sessions")
    return visitor.path == "/account/sessions"
