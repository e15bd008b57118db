"""Check answers, sending them once, and the confirmation that outlives bookmarks and Back."""

from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from forms.completing import complete
from forms.kit import answers as wording
from selfservice import clock
from selfservice.domain.permissions import NotVerified
from selfservice.domain.submission import Accepted
from selfservice.operations import confirming, copying, drafting, submitting
from selfservice.web import photo_page, prefilled, prices, timing
from selfservice.web.actors import actor
from selfservice.web.answering import STALE
from selfservice.web.away import why_not
from selfservice.web.begun import SENT, Begun
from selfservice.web.desk import wrapping
from selfservice.web.errors import not_verified
from selfservice.web.held import held_by
from selfservice.web.kinds import words_of
from selfservice.web.languages import _, gettext_noop
from selfservice.web.logging import bind_submission
from selfservice.web.parts import part_name
from selfservice.web.retelling import retold
from selfservice.web.security import expired
from selfservice.web.sent import seen
from selfservice.web.session import installation

TRAP = "website"
LEAST_SECONDS = 2.0
PRESS_AGAIN = gettext_noop("We have not sent it yet. Check your answers and press the button once more.")


def show_check(
    begun: Begun, notice: str | None = None, *, asked: bool = False, status: int = 200
) -> ResponseReturnValue:
    """Every answer with its Change link, and the button that sends.

    `asked` when the person is being asked to press it again, and is to be believed when they do.
    """
    before = begun.way.before("check-answers")
    notice = notice or photo_page.removed_notice(begun)
    return make_response(
        render_template(
            "journey/check_answers.html",
            service=begun.service,
            rows=wording.summary(begun.service, begun.answers, _),
            from_account=begun.draft.prefilled,
            change_url=lambda slug: begun.url(slug, change=True),
            errors=[],
            action=begun.url("check-answers"),
            back_url=begun.url(before) if before else f"/{begun.council.slug}/{begun.service.slug}/",
            guards={"trap": TRAP, "stamp": _stamp(begun, asked)},
            notice=_(notice) if notice else None,
            timeout=timing.warning(begun),
            held_by=held_by(begun),
            said=words_of(begun.service.kind),
            paying=prices.to_pay_on(begun),
            sent_elsewhere_to=begun.sent_elsewhere_to,
        ),
        status,
    )


def send(begun: Begun) -> ResponseReturnValue:
    """Send the answers: in one transaction, and once however often the button is pressed."""
    if expired():
        return show_check(begun, STALE, status=400)
    if _like_a_machine(begun):
        return show_check(begun, PRESS_AGAIN, asked=True, status=422)
    try:
        accepted = _accept(begun)
    except NotVerified as unsure:
        raise not_verified(unsure) from None
    if accepted is None:
        return redirect(begun.url(begun.resume_at()), 303)
    bind_submission(accepted.submission_id)
    installation().doorbell.ring_soon(accepted.delivery_ids)
    return redirect(begun.url(SENT), 303)


def _accept(begun: Begun) -> Accepted | None:
    """Accept what the draft holds at this moment; None when another tab has made it unfinished meanwhile."""
    here, now = installation(), clock.now()
    with here.database.write() as session:
        draft = drafting.find(session, actor(), begun.draft.id, here.seals, lock=True)
        if draft is None:
            raise why_not(begun.draft.id)
        if draft.sent:  # by another tab, a moment ago: its confirmation follows
            return Accepted(draft.submission_id or "", "", (), again=True)
        held = Begun(begun.council, begun.service, draft)
        if not held.finished or held.not_taken_by:
            return None
        completed = complete(
            begun.written, begun.council, here.councils, draft.answers, now, here.bank_holidays
        )
        council = here.councils[completed.council]
        return submitting.submit(
            session, actor(), draft, completed, here.links, here.seals, now, council=council
        )


def show_sent(begun: Begun) -> ResponseReturnValue:
    """The confirmation: reference, what happens next and by when, and how to follow it."""
    here, shown = installation(), seen(begun)
    sent = shown.sent
    with here.database.read() as session:
        asked = copying.was_asked_for(session, begun.draft.submission_id or "")
    return render_template(
        "journey/confirmation.html",
        said=words_of(begun.service.kind),
        by_phone=begun.service.by_phone,
        service_title=_(sent.service_title),
        reference=sent.reference,
        sent_to=here.councils[sent.council],
        told=[part_name(part) for part in sent.told],
        begun_at=begun.council,
        submitted_at=sent.submitted_at,
        acknowledge_by=sent.acknowledge_by,
        resolve_by=sent.resolve_by,
        progress_url=shown.progress_url,
        email=sent.email or None,
        postcodes=sent.postcodes,
        rows=retold(begun.written, sent.rows),
        urgent=sent.urgent,
        helped=sent.helped,
        copies=_copies(begun, sent, asked),
        **_what_now(begun),
    )


def _what_now(begun: Begun) -> dict[str, object]:
    """What can be done beside: keep what was told in the account, and as an agent wrap the contact up."""
    return {
        "offered": prefilled.offered(begun),
        "keep_url": begun.url(f"{SENT}/account"),
        "kept": request.args.get("kept") == "1",
        "wrap_up": wrapping.offered(),
    }


def _copies(begun: Begun, sent: confirming.Confirmation, asked: bool) -> dict[str, object]:
    """The ways to keep a copy. `asked`: one was asked for by e-mail already."""
    here = begun.url(SENT)
    return {
        "print_url": f"{here}/copy",
        "pdf_url": f"{here}/copy.pdf",
        "email_url": f"{here}/email",
        "kilobytes": copying.likely_kilobytes(sent),
        "asked": asked,
        "leaves_out": any(row.sensitive for row in sent.rows),
    }


def _like_a_machine(begun: Begun) -> bool:
    """Whether this looks like a program filling in forms. A person mistaken for one presses once more."""
    read = _read_stamp(begun)
    if read == "asked":
        return False
    quick = (clock.now() - begun.draft.started_at).total_seconds() < LEAST_SECONDS
    return bool(request.form.get(TRAP)) or quick


def _stamp(begun: Begun, asked: bool) -> str:
    return str(_stamps().dumps([begun.draft.id, "asked" if asked else "shown"]))


def _read_stamp(begun: Begun) -> str | None:
    try:
        draft_id, what = _stamps().loads(request.form.get("stamp", ""))
    except (BadSignature, ValueError, TypeError):
        return None
    return str(what) if draft_id == begun.draft.id else None


def _stamps() -> URLSafeSerializer:
    return URLSafeSerializer(installation().settings.secret_key, salt="check-answers")
