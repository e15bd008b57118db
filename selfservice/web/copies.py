"""The copy to keep of what was sent: a page to print, a PDF, and by e-mail; for whoever holds the draft alone."""

from dataclasses import replace

import structlog
from flask import Blueprint, abort, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.domain.draft import DraftGone
from selfservice.operations import copying
from selfservice.web.actors import actor
from selfservice.web.begun import SENT, load
from selfservice.web.errors import Refused, lost_draft
from selfservice.web.languages import _
from selfservice.web.parts import part_name
from selfservice.web.photos import SANDBOX
from selfservice.web.retelling import retold
from selfservice.web.security import Who, open_to
from selfservice.web.sent import seen
from selfservice.web.session import installation

blueprint = Blueprint("copies", __name__)
log = structlog.get_logger(__name__)


@blueprint.get("/<council>/<service>/<draft>/sent/copy")
@open_to(Who.HOLDER)
def to_print(council: str, service: str, draft: str) -> ResponseReturnValue:
    """The copy as a page to print, which needs no JavaScript."""
    begun, here = load(council, service, draft), installation()
    shown = seen(begun)
    sent = shown.sent
    return render_template(
        "copies/print.html",
        sent=replace(sent, service_title=_(sent.service_title), rows=retold(begun.written, sent.rows)),
        sent_to=here.councils[sent.council],
        told=[part_name(part) for part in sent.told],
        progress_url=shown.progress_url,
        find_url=here.settings.base_url + "/progress",
        back_url=begun.url(SENT),
    )


@blueprint.get("/<council>/<service>/<draft>/sent/copy.pdf")
@open_to(Who.HOLDER)
def as_pdf(council: str, service: str, draft: str) -> ResponseReturnValue:
    """The copy as a tagged PDF."""
    begun, here = load(council, service, draft), installation()
    shown = seen(begun)
    with here.database.write() as session:
        try:
            copying.count_one(session, actor(), clock.now())
        except copying.TooManyCopies:
            abort(429)
    copy = copying.copy_of(shown.sent, here.councils, shown.progress_url)
    try:
        pdf = copying.as_pdf(copy)
    except copying.CannotCopy as error:
        log.error("copy_not_made", submission=begun.draft.submission_id, words=str(error))
        raise _not_made() from None
    response = make_response(pdf)
    response.mimetype = copying.PDF
    response.headers["Content-Disposition"] = f"attachment; filename={copy.name}"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


@blueprint.post("/<council>/<service>/<draft>/sent/email")
@open_to(Who.HOLDER)
def by_email(council: str, service: str, draft: str) -> ResponseReturnValue:
    """Send the copy to the address that was given, once; the confirmation then says so."""
    begun = load(council, service, draft)
    here = installation()
    try:
        with here.database.write() as session:
            delivery = copying.ask_by_email(
                session, actor(), begun.draft.id, here.councils, here.links, clock.now()
            )
    except DraftGone:
        raise lost_draft() from None
    except copying.TooManyCopies:
        abort(429)
    if delivery:
        here.doorbell.ring_soon([delivery])
    return redirect(begun.url(SENT) + "#copy", 303)


def _not_made() -> Refused:
    return Refused(
        503,
        _("Sorry, we cannot make the PDF at the moment"),
        (
            _("What you sent has reached us, and nothing is lost. Try again in a few minutes."),
            _("You can go back and print the page instead."),
        ),
        retry_after=60,
    )
