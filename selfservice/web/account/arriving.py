"""What every way of signing in shares: who asks from where, which council writes, and how a browser is let in."""

from typing import Any

from flask import make_response, redirect, request, session
from flask.typing import ResponseReturnValue

from forms.kit.questions import Refused as NotTaken
from selfservice import clock
from selfservice.domain.council import Council
from selfservice.domain.messages import Medium
from selfservice.operations import limiting, sign_ins
from selfservice.operations.accounts import Arrival, Entered
from selfservice.operations.challenging import Asker, Made
from selfservice.web import browser_name, recipients, standing
from selfservice.web.account import known
from selfservice.web.errors import Refused
from selfservice.web.guarding import SECOND_FACTOR
from selfservice.web.languages import _
from selfservice.web.next_page import council_of, next_here, with_next
from selfservice.web.recipients import Recipient
from selfservice.web.session import address, holder, installation

HOME = "/account/"
CHECK = "/account/check-your-messages"
ASKED = "asked"  # in the browser's session: the id of the challenge that it asked for last


def council() -> Council:
    """The council that writes: the one on whose page they were before, else the first there is."""
    councils = installation().councils
    return councils.get(council_of(next_here())) or next(iter(councils.values()))


def asker() -> Asker:
    """This browser and its network, as challenges are asked for from them."""
    return Asker(browser=holder(), network=address())


def arrival() -> Arrival:
    """This browser, as somebody signs in in it."""
    person = standing.signed_in()
    return Arrival(
        browser=browser_name.named(request.headers.get("User-Agent", "")),
        visitor=holder(),
        knows=known.accounts(),
        in_place_of=person.id if person else None,
    )


def end_staff(writing: Any) -> None:
    """Sign out the member of staff who is signed in here: a browser has one standing."""
    member = standing.staff_signed_in()
    if member is not None:
        sign_ins.end(writing, member.id, "signed_out", clock.now())


def let_in(entered: Entered, wanted: str = "") -> ResponseReturnValue:
    """Give the browser its secret and lead on: to the second factor where there is one, else to what was wanted."""
    standing.let_in(standing.ACCOUNT, entered.secret)
    installation().doorbell.ring_soon(entered.delivery_ids)
    where = wanted or entered.next
    to = (where or HOME) if entered.whole else with_next(SECOND_FACTOR, where)
    response = make_response(redirect(to, 303))
    known.remember(response, entered.account_id)
    return response


def sent(made: Made | None) -> ResponseReturnValue:
    """Lead to the page that asks for the code of what was just sent. Raises `Refused` where too much was sent."""
    if made is None:
        raise too_many_messages()
    installation().doorbell.ring_soon(made.delivery_ids)
    session[ASKED] = made.id
    return redirect(CHECK, 303)


def read_recipient() -> Recipient:
    """The address that was typed, as accounts have it. Raises the kit's `Refused` when it is none."""
    read = recipients.read()
    return Recipient(read.medium, read.address.lower()) if read.medium is Medium.EMAIL else read


def plain_recipient() -> str:
    """The address that was typed as accounts have it, or as it was typed when it is none."""
    try:
        return read_recipient().address
    except NotTaken:
        return recipients.typed()


def wrong_recipient(wrong: NotTaken) -> tuple[str, str]:
    """What is wrong with an address, as pages show it."""
    return recipients.FIELD, wrong.told(_)


def count_try(limit: limiting.Limit) -> None:
    """Count a try from this network, whatever comes of it. Raises `Refused` (429) over the limit."""
    with installation().database.write() as writing:
        allowed = limiting.allowed(writing, limit, address(), clock.now())
    if not allowed:
        raise too_many_tries(limit.minutes)


def too_many_tries(minutes: int) -> Refused:
    """For a network from which too much was tried."""
    return Refused(
        429,
        _("You have tried too many times"),
        (_("Wait %(minutes)s minutes before you try again.", minutes=minutes),),
        retry_after=minutes * 60,
    )


def too_many_messages() -> Refused:
    """For an address to which, or a network from which, too many links were asked for; whoever has it."""
    return Refused(
        429,
        _("We have sent too many messages"),
        (
            _("Wait an hour before you ask for another link or code."),
            _(
                "Look first in your mailbox, also among unwanted mail, or in your text messages. The newest works."
            ),
        ),
        retry_after=limiting.CHALLENGES_TO_ADDRESS.minutes * 60,
    )
