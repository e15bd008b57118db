"""An agent at a browser, for tests: fills in the forms of pages as they stand, and gets through a call."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import lxml.html
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from selfservice.domain.people import Role
from selfservice.operations import homes
from selfservice.store.customers import CustomerRow
from selfservice.store.staff import StaffRow
from tests.factories.people import a_customer, a_member_of_staff
from tests.journeys.visitor import Visitor

AGENT_OF_BOSTON = (("boston", Role.AGENT),)
HOME = {
    "uprn": "", "lines": ["1 Sample Street", "", "Sampleton"], "postcode": "PE21 6RY",
    "words": "1 Sample Street, Sampleton, PE21 6RY", "by_hand": True, "council": "boston",
    "authority": "Boston", "authority_website": "", "easting": 532650, "northing": 344120, "ward": None,
}  # fmt: skip


def an_agent(session: Session, now: datetime, name: str = "Priya Example", **more: Any) -> StaffRow:
    """An agent of Boston, or with these roles."""
    roles = more.get("roles", AGENT_OF_BOSTON)
    email = f"{name.split()[0].lower()}@example.org"
    return a_member_of_staff(session, name, now, email=email, roles=roles)


def mary(session: Session, now: datetime, **more: Any) -> CustomerRow:
    """A customer of Boston of whom everything is held that she can be asked for."""
    held: dict[str, Any] = {
        "phone": "+441632960101",
        "email": "mary@example.org",
        "date_of_birth": date(1980, 4, 3),
        **more,
    }
    row = a_customer(session, held.pop("name", "Mary Made-Up"), now, councils=["boston"], **held)
    homes.first(session, row, HOME, now)
    return row


@dataclass
class Form:
    """A form of a page: its address, and what a browser would send of it as it stands."""

    action: str
    fields: dict[str, Any]


class AgentBrowser(Visitor):
    """A browser that sends what stands in a form, as browsers do, with what its agent changes."""

    def __init__(self, client: FlaskClient) -> None:
        super().__init__(client)

    def form(self, action: str = "") -> Form:
        """The form of the page in view that posts there; without an action the first in the main part."""
        page = lxml.html.document_fromstring(self.text)
        forms = page.xpath("//form") if action else page.xpath("//main//form")
        found = next(each for each in forms if not action or each.get("action") == action)
        return Form(found.get("action"), _sent(found))

    def submit(self, action: str = "", /, **changed: Any) -> TestResponse:
        """Send a form with some fields changed; follow where that leads. Names are written with _ for -."""
        form = self.form(action)
        told = {name: value for name, value in changed.items() if value is not None}
        self.page = self.client.post(form.action, data={**form.fields, **told}, follow_redirects=True)
        return self.page

    def start_call(self, **told: str) -> TestResponse:
        """Open the address that a telephone system opens, and press Start."""
        query = "&".join(f"{name}={value}" for name, value in {"channel": "phone", **told}.items())
        self.open(f"/desk/start?{query}")
        return self.submit("/desk/start")

    def help(self, customer: CustomerRow, **answers: str) -> TestResponse:
        """Go to a customer's page and start helping with these answers to its questions."""
        self.open(f"/desk/customers/{customer.id}")
        told = {"reason": "new_request", "consent": "spoken", "do": "start", **answers}
        return self.submit(f"/desk/customers/{customer.id}", **told)

    @property
    def helping(self) -> bool:
        """Whether the page in view has the banner."""
        return 'class="helping"' in self.text


def _sent(form: Any) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    for control in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
        name, kind = control.get("name"), control.get("type")
        if kind in ("radio", "checkbox"):
            if control.get("checked") is not None:
                sent.setdefault(name, []).append(control.get("value"))
        elif control.tag == "select":
            chosen = control.xpath(".//option[@selected]") or control.xpath(".//option")[:1]
            sent[name] = chosen[0].get("value") if chosen else ""
        elif name in sent:
            sent[name] = [
                *([sent[name]] if isinstance(sent[name], str) else sent[name]),
                control.get("value", ""),
            ]
        else:
            sent[name] = control.text_content() if control.tag == "textarea" else control.get("value", "")
    return sent
