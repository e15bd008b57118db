"""Opening an account: a name and an address, and a password for whoever wants one. The address is confirmed first."""

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms.kit.questions import Refused
from forms.kit.typed import one_line
from integrations.identity.passwords import weakness
from selfservice import clock
from selfservice.operations import accounts
from selfservice.operations.accounts import Opening
from selfservice.web import recipients, standing
from selfservice.web.account import arriving, from_elsewhere
from selfservice.web.account.arriving import HOME
from selfservice.web.languages import _, gettext_noop
from selfservice.web.next_page import next_here, with_next
from selfservice.web.recipients import Recipient
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import installation
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("signing_up", __name__)

PATH = "/account/sign-up"
LONGEST_TYPED = 1000
LONGEST_NAME = 100
NO_NAME = gettext_noop("Enter your name")
TOO_LATE = gettext_noop(
    "You signed in elsewhere too long ago. Sign in there again, or open an account here without it"
)
LONG_NAME = gettext_noop("Your name must be 100 characters or fewer")


@blueprint.get(PATH)
@open_to(Who.ANYONE, while_acting=False)
def ask() -> ResponseReturnValue:
    """Ask for what an account needs."""
    person = standing.signed_in()
    if person is not None and person.whole:
        return redirect(next_here() or HOME, 303)
    return _page()


@blueprint.post(PATH)
@open_to(Who.ANYONE, csrf=Csrf.ASKED_AGAIN, while_acting=False)
def sign_up() -> ResponseReturnValue:
    """Send a link and a code to the address; nothing else has happened then."""
    if expired():
        return _page(notice=_(PRESS_AGAIN), status=400)
    if request.form.get("do") == "not_you":
        from_elsewhere.drop()
        return redirect(with_next(PATH, next_here()), 303)
    if request.form.get("elsewhere") and not from_elsewhere.told():
        return _page(notice=_(TOO_LATE), status=400)
    name, recipient, errors = typed_name(), None, wrong_name()
    try:
        recipient = arriving.read_recipient()
    except Refused as wrong:
        errors.append(arriving.wrong_recipient(wrong))
    typed = request.form.get("password", "")[:LONGEST_TYPED]
    weak = weakness(typed, [name, recipient.address if recipient else ""]) if typed else None
    if weak:
        errors.append(("password", _(weak)))
    if recipient is None or errors:
        return _page(errors, status=422)
    return _send(name, recipient, typed)


def typed_name() -> str:
    """The name that the form holds, on one line."""
    return one_line(request.form.get("name", "")[:LONGEST_TYPED])


def wrong_name() -> list[tuple[str, str]]:
    """What is wrong with that name, as pages show it; nothing where it can be taken."""
    name = typed_name()
    return [] if 0 < len(name) <= LONGEST_NAME else [("name", _(LONG_NAME if name else NO_NAME))]


def _send(name: str, recipient: Recipient, typed: str) -> ResponseReturnValue:
    here = installation()
    kept = here.passwords.hash(typed) if typed else None
    opening = Opening(name, recipient.address, kept, from_elsewhere.told().get("identity"))
    with here.database.write() as writing:
        made = accounts.sign_up(
            writing,
            opening,
            arriving.council(),
            arriving.asker(),
            here.links,
            clock.now(),
            next_page=next_here(),
        )
    return arriving.sent(made)


def _page(
    errors: list[tuple[str, str]] | None = None, notice: str | None = None, status: int = 200
) -> ResponseReturnValue:
    here, told = installation(), from_elsewhere.told()
    posted = request.method == "POST"
    return make_response(
        render_template(
            "account/sign_up.html",
            name=request.form.get("name", "")[:LONGEST_TYPED] if posted else told.get("name", ""),
            recipient=recipients.typed() if posted else told.get("email", ""),
            texts=here.texts_offered,
            elsewhere=told.get("identity", {}).get("label", ""),
            whose=", ".join(each for each in (told.get("name"), told.get("email")) if each),
            errors=errors or [],
            notice=notice,
            action=with_next(PATH, next_here()),
            sign_in_url=with_next("/account/sign-in", next_here()),
        ),
        status,
    )
