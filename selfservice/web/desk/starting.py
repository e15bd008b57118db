"""Starting a contact: a form that a telephone system may fill in by its address, and that alone begins nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.domain.contact import CHANNELS
from selfservice.domain.people import Channel, Role
from selfservice.operations import contacts
from selfservice.web.desk import finding
from selfservice.web.desk.room import agent_by, channel_words, councils_of_agent, services_offered, turn
from selfservice.web.languages import _, services_in_language
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import installation

blueprint = Blueprint("desk_start", __name__)

FIELDS = ("channel", "service", "council", "q", "cli", "call_id", "ref")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class StartForm:
    """The form that starts a contact, with what was told or typed. `errors` are pairs of html id and message."""

    told: Mapping[str, str]
    errors: tuple[tuple[str, str], ...] = ()
    notice: str = ""

    @property
    def wrong(self) -> dict[str, str]:
        """The message beside each field that is wrong."""
        return dict(self.errors)

    @property
    def channels(self) -> list[tuple[str, str]]:
        """The channels to choose from: code and words."""
        return [(channel, channel_words(channel)) for channel in CHANNELS]

    @property
    def councils(self) -> list[tuple[str, str]]:
        """The councils to choose from: slug and name."""
        return councils_of_agent()

    @property
    def services(self) -> list[tuple[str, str]]:
        """The services to choose from: slug and title."""
        return services_offered([slug for slug, _name in self.councils])


@blueprint.get("/desk/start")
@open_to(Who.STAFF, Role.AGENT)
def show() -> ResponseReturnValue:
    """The form, filled in with what the telephone system knows; nothing has begun."""
    return _page(StartForm(told(request.args)))


@blueprint.post("/desk/start")
@open_to(Who.STAFF, Role.AGENT, csrf=Csrf.ASKED_AGAIN)
def start() -> ResponseReturnValue:
    """Begin the contact, search at once for whom it names, and show whom that found."""
    typed = told(request.form)
    if expired():
        return _page(StartForm(typed, notice=_("Nothing has begun yet. Press “Start” once more.")), 400)
    wrong = tuple(_wrong(typed))
    if wrong:
        return _page(StartForm(typed, wrong), 422)
    with installation().database.write() as session:
        contacts.start(
            session,
            agent_by(Channel(typed["channel"])),
            Channel(typed["channel"]),
            typed["council"],
            clock.now(),
            service=typed["service"] or None,
            call_id=typed["call_id"],
            reference=typed["ref"],
        )
    turn()
    return finding.search(typed["q"] or typed["ref"] or typed["cli"]) or redirect("/desk/find", 303)


def told(values: Mapping[str, str]) -> dict[str, str]:
    """What was told of a contact, cut to what a form takes; the one council of an agent goes without saying."""
    found = {name: " ".join(values.get(name, "").split())[:LONGEST] for name in FIELDS}
    own = councils_of_agent()
    if len(own) == 1:
        found["council"] = own[0][0]
    return found


def _wrong(typed: Mapping[str, str]) -> list[tuple[str, str]]:
    wrong = []
    if typed["channel"] not in CHANNELS:
        wrong.append(("channel", _("Select how they reached you")))
    if typed["council"] not in {slug for slug, _name in councils_of_agent()}:
        wrong.append(("council", _("Select which council it is about")))
    elif typed["service"] and typed["service"] not in services_in_language(typed["council"]):
        wrong.append(("service", _("This council does not offer that service. Choose another, or none")))
    return wrong


def _page(form: StartForm, status: int = 200) -> ResponseReturnValue:
    return make_response(
        render_template("desk/start.html", form=form, errors=list(form.errors), notice=form.notice), status
    )
