"""Two customers never see anything of each other: every address with the other's ids leads to nothing."""

import sqlalchemy as sa

from selfservice import clock
from selfservice.installation import Installation
from selfservice.operations import drafting
from selfservice.store.customers import CustomerAddressRow, CustomerRow
from selfservice.store.drafts import DraftRow
from tests.factories.accounts import MARY, as_customer, sent
from tests.factories.agents import AgentBrowser
from tests.journeys.visitor import Visitor

CANARIES = ("Mary Smith", MARY, "960001", "A mattress", "PE21 6RY")


def test_every_address_with_the_ids_of_another_leads_to_nothing(
    bens: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    who, now = as_customer(mary), clock.now()
    with installation.database.write() as session:
        unsent = drafting.begin(session, who, "boston", "missed-bin", now).id
        done = sent(session, who, installation.links, now)
        was_sent = drafting.begin(session, who, "boston", "fly-tipping", now).id
        session.get_one(DraftRow, was_sent).submission_id = done.submission_id
        home = session.scalars(sa.select(CustomerAddressRow.id)).one()
    addresses = [
        f"/account/requests/{done.reference}",
        f"/account/requests/{done.submission_id}",
        f"/account/requests/{mary.id}",
        *(f"/boston/missed-bin/{unsent}/{page}" for page in ("property", "check-answers", "sent", "save")),
        *(f"/boston/fly-tipping/{was_sent}/{page}" for page in ("sent", "sent/copy", "check-answers")),
    ]
    posts = [
        (f"/boston/missed-bin/{unsent}/property", {}),
        (f"/boston/fly-tipping/{was_sent}/sent/account", {}),
        ("/account/homes", {"do": f"remove:{home}"}),
        ("/account/homes", {"do": f"move-in:{home}"}),
    ]
    for address in addresses:
        page = bens.open(address)
        assert page.status_code == 404, address
        assert not [word for word in CANARIES if word in page.text], address
    for address, fields in posts:
        bens.open("/account/claim")
        page = bens.press(fields, at=address)
        assert page.status_code == 404, address
        assert not [word for word in CANARIES if word in page.text], address


def test_pages_of_ones_own_hold_nothing_of_another(
    bens: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    with installation.database.write() as session:
        sent(session, as_customer(mary), installation.links, clock.now())
    pages = (
        "/account/",
        "/account/profile",
        "/account/who-looked",
        "/account/export",
        "/account/export.json",
    )
    for address in (*pages, "/account/profile/phone", "/account/profile/contact"):
        page = bens.open(address)
        assert page.status_code == 200, address
        assert not [word for word in CANARIES if word in page.text], address


def test_no_page_of_an_account_is_kept_by_a_cache(marys: AgentBrowser) -> None:
    for address in (
        "/account/",
        "/account/profile",
        "/account/who-looked",
        "/account/export",
        "/account/claim",
    ):
        assert marys.open(address).headers["Cache-Control"] == "no-store"


def test_whoever_is_not_signed_in_is_led_to_where_one_signs_in(visitor: Visitor) -> None:
    for address in ("/account/", "/account/requests/BOS-1", "/account/profile", "/account/profile/name",
                    "/account/who-looked", "/account/claim", "/account/export", "/account/delete"):  # fmt: skip
        visitor.open(address)
        assert visitor.path == "/account/sign-in", address
