"""How far something has come: in full by its signed link, the progress alone by reference and postcode."""

from dataclasses import replace

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from forms.kit.typed import one_line
from selfservice import clock
from selfservice.domain.places import words_in
from selfservice.domain.progress import Progress
from selfservice.domain.reference import read_reference
from selfservice.operations import limiting, tracking
from selfservice.web import conversation
from selfservice.web.conversation import Shown, Way
from selfservice.web.errors import Refused
from selfservice.web.languages import _, gettext_noop
from selfservice.web.logging import bind_submission
from selfservice.web.parts import part_name
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import address, installation
from selfservice.web.viewing import note_look
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("progress", __name__)

UNKNOWN = gettext_noop("We cannot find anything with this reference and postcode. Check both and try again")
NO_REFERENCE = gettext_noop("Enter your reference")
NO_POSTCODE = gettext_noop("Enter the postcode you gave")


@blueprint.get("/<council>/progress/<token>")
@open_to(Who.LINK)
def by_link(council: str, token: str) -> ResponseReturnValue:
    """The whole progress of one submission, for whoever has its signed link."""
    here = installation()
    submission_id = here.links.read_progress(token)
    found: Progress | None = None
    if submission_id is not None:
        with here.database.read() as session:
            found = tracking.progress(session, submission_id)
    if submission_id is None or found is None or found.council != council:
        raise Refused(
            404,
            _("We cannot find what this link leads to"),
            (
                _("Check that you have the whole link: e-mail programs sometimes break a long one in two."),
                _("You can also use your reference and the postcode that you gave: choose “Check progress”."),
            ),
        )
    bind_submission(submission_id)
    said = conversation.shown(Way(submission_id, f"/{council}/progress/{token}", by_link=True))
    if said:
        note_look("messages", council, submission_id)
    return _shown(found, said)


@blueprint.get("/progress")
@open_to(Who.ANYONE)
def ask() -> ResponseReturnValue:
    """Ask for the reference and the postcode."""
    return _form([])


@blueprint.post("/progress")
@open_to(Who.ANYONE, csrf=Csrf.ASKED_AGAIN)
def find() -> ResponseReturnValue:
    """The progress alone, nothing personal; the same answer whichever of the two is wrong."""
    if expired():
        return _form([], 400, notice=PRESS_AGAIN)
    reference, postcode = _typed("reference"), _typed("postcode")
    errors = [] if reference else [("reference", NO_REFERENCE)]
    errors += [] if postcode else [("postcode", NO_POSTCODE)]
    if errors:
        return _form(errors, 422)
    _count_this_try(reference)
    with installation().database.read() as session:
        found = tracking.progress_by_reference(session, reference, postcode)
    return _shown(found) if found else _form([("reference", UNKNOWN)], 422)


def _count_this_try(reference: str) -> None:
    """Count a try by this address and for this reference. Raises `Refused` (429) over either limit.

    In a unit of work of its own: the count must stand whatever comes of the try.
    """
    now = clock.now()
    # However it is spelt, it is one reference: a spelling of its own must not bring ten tries more.
    spelt = next(iter(read_reference(reference)), reference.upper())
    with installation().database.write() as session:
        by_address = limiting.allowed(session, limiting.FIND_BY_ADDRESS, address(), now)
        by_reference = limiting.allowed(session, limiting.FIND_BY_REFERENCE, spelt, now)
    if not (by_address and by_reference):
        raise Refused(
            429,
            _("You have tried too many times"),
            (
                _("Wait 15 minutes before you try again."),
                _("If we sent you an e-mail, the link in it works at once."),
            ),
            retry_after=limiting.FIND_BY_ADDRESS.minutes * 60,
        )


def _typed(name: str) -> str:
    return one_line(request.form.get(name, "")[:200])[:40]


def _form(errors: list[tuple[str, str]], status: int = 200, notice: str | None = None) -> ResponseReturnValue:
    return make_response(
        render_template(
            "progress/find.html",
            reference=_typed("reference"),
            postcode=_typed("postcode"),
            errors=[(field, _(words)) for field, words in errors],
            action="/progress",
            notice=_(notice) if notice else None,
        ),
        status,
    )


def _shown(progress: Progress, said: Shown | None = None) -> ResponseReturnValue:
    return render_template(
        "progress/show.html",
        progress=replace(
            progress,
            service_title=_(progress.service_title),
            place_words=words_in(progress.place_words, _),
        ),
        sent_to=installation().councils[progress.council],
        part_name=part_name,
        conversation=said,
        now=clock.now(),
    )
