"""Save and come back later: the button on every page, where the link goes, and the code that is kept with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.kit.compile import PageForm
from forms.kit.questions import Refused
from forms.kit.service import Page
from selfservice import clock
from selfservice.domain.draft import DraftGone, DraftSent, Mistyped
from selfservice.domain.messages import Medium
from selfservice.domain.saved import ONE_TIME_MINUTES, kept_until
from selfservice.operations import handing_over, limiting, saving
from selfservice.web import recipients
from selfservice.web.actors import actor
from selfservice.web.answering import keep_mistyped, keep_typed, save
from selfservice.web.away import why_not
from selfservice.web.begun import SENT, Begun, load
from selfservice.web.errors import Refused as Turned
from selfservice.web.languages import _
from selfservice.web.recipients import Recipient
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import address, installation
from selfservice.web.timing import IDLE_SECONDS
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("saving", __name__)

SAVE = "save"  # the person pressed the button
KEEP = "keep"  # the page was left open for too long
GIVE_BACK = "give-back"  # the agent gives it back to whoever handed it over
# Where the others lead by which a page is left.
LEADS = {
    SAVE: "saving.ask",
    KEEP: "saving.kept",
    "help": "handing_over.help_page",  # the person asks an agent for help
    "send-on": "sending_on.ask",  # the agent sends it to the customer
}


def pressed() -> bool:
    """Whether a page was posted to be left, not to be gone on from."""
    return request.form.get("do") in (*LEADS, GIVE_BACK)


def leave(begun: Begun, page: Page, form: PageForm, pages: Sequence[Page] = ()) -> ResponseReturnValue:
    """Keep what was typed on a page, whether it can be taken or not, and lead to where it is said what next.

    `pages` are those that stand on it where it is several at once: each is kept by itself.
    """
    try:
        if not _typed(form):
            pass  # an empty page is no mistake: it is asked when they come back
        elif form.validate():
            save(begun, form.read())
        elif pages:
            _keep_each(begun, pages, form)
        else:
            keep_mistyped(begun, page, form)
    except DraftSent:
        return redirect(begun.url(SENT), 303)
    return go(begun)


def go(begun: Begun) -> ResponseReturnValue:
    """Lead to where the button leads that was pressed; from giving it back, to the page that says who has it now."""
    leads = LEADS.get(request.form["do"])
    if leads:
        return redirect(url_for(leads, **_parts(begun)), 303)
    if not expired():
        with installation().database.write() as session:
            handing_over.give_back(session, actor(), begun.draft.id, clock.now())
    return redirect(resume_url(begun), 303)


@blueprint.get("/<council>/<service>/<draft>/save")
@open_to(Who.HOLDER)
def ask(council: str, service: str, draft: str) -> ResponseReturnValue:
    """Ask where to send the link."""
    begun = load(council, service, draft)
    return _ask(begun) if not begun.draft.sent else redirect(begun.url(SENT), 303)


@blueprint.post("/<council>/<service>/<draft>/save")
@open_to(Who.HOLDER, csrf=Csrf.ASKED_AGAIN)
def send(council: str, service: str, draft: str) -> ResponseReturnValue:
    """Send the link, and lead to the page with the code."""
    begun = load(council, service, draft)
    if expired():
        notice = _(PRESS_AGAIN)
        return _ask(begun, notice=notice, status=400)
    try:
        recipient = recipients.read()
    except Refused as wrong:
        return _ask(begun, wrong.told(_), status=422)
    _count_this_link(recipient)
    try:
        sent = _save(begun, recipient)
    except DraftSent:
        return redirect(begun.url(SENT), 303)
    except DraftGone:
        raise why_not(begun.draft.id) from None
    installation().doorbell.ring_soon(sent.delivery_ids)
    return redirect(_url(begun, "done"), 303)


@blueprint.get("/<council>/<service>/<draft>/saved")
@open_to(Who.HOLDER)
def done(council: str, service: str, draft: str) -> ResponseReturnValue:
    """What was sent where, until when it can be come back to, and the code."""
    begun = load(council, service, draft)
    if begun.draft.sent:
        return redirect(begun.url(SENT), 303)
    here = installation()
    with here.database.read() as session:
        told = saving.last_saved(session, begun.draft.id, begun.draft.changed_at, here.links, clock.now())
    if told is None:
        return redirect(_url(begun, "ask"), 303)
    return render_template(
        "saving/saved.html",
        service=begun.service,
        saved=told,
        sent_to=recipients.shown(told.medium, told.recipient),
        code_minutes=ONE_TIME_MINUTES,
        resume_url=resume_url(begun),
        ask_url=_url(begun, "ask"),
    )


@blueprint.get("/<council>/<service>/<draft>/kept")
@open_to(Who.HOLDER)
def kept(council: str, service: str, draft: str) -> ResponseReturnValue:
    """Where a page leads that nobody used for an hour: nothing is lost, and nothing is shown."""
    begun = load(council, service, draft)
    return render_template(
        "saving/kept.html",
        service=begun.service,
        until=kept_until(begun.draft.changed_at),
        minutes=IDLE_SECONDS // 60,
        resume_url=begun.url(SENT) if begun.draft.sent else resume_url(begun),
        sent=begun.draft.sent,
        ask_url=_url(begun, "ask"),
    )


def resume_url(begun: Begun) -> str:
    """Where to go on: the page with what could not be taken last, else the first that wants an answer."""
    mistyped = begun.draft.mistyped
    if mistyped and begun.leads_to(mistyped.page):
        return begun.url(mistyped.page, wrong=True)
    return begun.url(begun.resume_at())


def _save(begun: Begun, recipient: Recipient) -> saving.Saved:
    here, draft = installation(), begun.draft
    with here.database.write() as session:
        return saving.save(
            session,
            actor(),
            draft.id,
            recipient.address,
            begun.council,
            begun.written.title,
            here.links,
            clock.now(),
            medium=recipient.medium,
        )


def _ask(
    begun: Begun, error: str | None = None, notice: str | None = None, status: int = 200
) -> ResponseReturnValue:
    return make_response(
        render_template(
            "saving/ask.html",
            service=begun.service,
            recipient=recipients.typed(),
            texts=installation().texts_offered,
            errors=[(recipients.FIELD, error)] if error else [],
            notice=notice,
            action=_url(begun, "ask"),
            back_url=resume_url(begun),
            until=kept_until(clock.now()),
        ),
        status,
    )


def _keep_each(begun: Begun, pages: Sequence[Page], form: PageForm) -> None:
    """Keep the pages that are right and were not left empty; of those that are wrong the first, to be shown again."""
    touched = [page for page in pages if _any(_typed_on(page, form))]
    wrong = [page for page in touched if any(form[question.id].errors for question in page.asked)]
    right = [question.id for page in touched if page not in wrong for question in page.asked]
    after = save(begun, {name: form[name].data for name in right}) if right else begun
    if wrong:
        keep_typed(after, Mistyped(wrong[0].slug, _typed_on(wrong[0], form)))


def _typed_on(page: Page, form: PageForm) -> dict[str, list[str]]:
    """What was typed for the questions of one page, by the html name of each input."""
    own = {question.id for question in page.asked}
    return {name: texts for name, texts in form.typed().items() if name.partition("-")[0] in own}


def _typed(form: PageForm) -> bool:
    return _any(form.typed())


def _any(typed: Mapping[str, list[str]]) -> bool:
    return any(text.strip() for texts in typed.values() for text in texts)


def _url(begun: Begun, view: str) -> str:
    return url_for(f"saving.{view}", **_parts(begun))


def _parts(begun: Begun) -> dict[str, Any]:
    return {"council": begun.council.slug, "service": begun.service.slug, "draft": begun.draft.id}


def _count_this_link(recipient: Recipient) -> None:
    """Count a link to this recipient, and one from this network. Raises `Turned` (429) over either limit."""
    now = clock.now()
    with installation().database.write() as session:
        by_address = limiting.allowed(session, limiting.LINKS_BY_ADDRESS, address(), now)
        to_recipient = limiting.allowed(session, limiting.LINKS_TO_RECIPIENT, recipient.address.lower(), now)
    if not (by_address and to_recipient):
        raise Turned(
            429,
            _("We have sent too many links"),
            (
                _("Your answers are kept in this browser. Wait an hour before you ask for another link."),
                _("Look in your text messages first: the newest link still works.")
                if recipient.medium is Medium.SMS
                else _("Look in your mailbox first, also among unwanted mail: the newest link still works."),
            ),
            retry_after=limiting.LINKS_TO_RECIPIENT.minutes * 60,
        )
