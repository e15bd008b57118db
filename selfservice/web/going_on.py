"""The link by which an agent sends a customer their form: the code is asked for, and a right one brings it here."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.kit.service import Page
from selfservice import clock
from selfservice.domain.handover import ASK_WORDS, MOST_WRONG_CODES, Ask, HandoverState
from selfservice.operations import limiting, sending_on, who_has_it
from selfservice.operations.sending_on import Looked, Tried
from selfservice.web import photo_page, returning
from selfservice.web.actors import actor
from selfservice.web.begun import SENT, Begun, load
from selfservice.web.errors import Refused
from selfservice.web.languages import _
from selfservice.web.saving import resume_url
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import address, installation
from selfservice.web.standing import staff_signed_in
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("going_on", __name__)
blueprint.after_request(returning.hide_token)

LONGEST = 40


@blueprint.get("/handover/<token>")
@open_to(Who.LINK)
def look(token: str) -> ResponseReturnValue:
    """Ask for the code. Opening the link changes nothing: programs that look into mail open it first."""
    _not_for_staff()
    mine = _mine(token)
    return redirect(_asked_url(mine), 303) if mine else _page(token, _look(token))


@blueprint.post("/handover/<token>")
@open_to(Who.LINK, csrf=Csrf.ASKED_AGAIN)
def go_on(token: str) -> ResponseReturnValue:
    """Bring the form here if the code is right."""
    _not_for_staff()
    mine, looked = _mine(token), _look(token)
    if mine:
        return redirect(_asked_url(mine), 303)
    if not looked.open:
        return _page(token, looked)
    if expired():
        notice = _(PRESS_AGAIN)
        return _page(token, looked, notice=notice, status=400)
    code, born = (request.form.get(name, "").strip()[:LONGEST] for name in ("code", "born"))
    if not code and not born:
        return _page(token, looked, _("Enter your six-digit code"), status=422)
    _count_this_try()
    return _tried(token, _take(token, code, born), by_code=bool(code))


@blueprint.get("/<council>/<service>/<draft>/asked-for")
@open_to(Who.HOLDER)
def asked(council: str, service: str, draft: str) -> ResponseReturnValue:
    """What the customer is asked for, now that they have the form."""
    begun = load(council, service, draft)
    with installation().database.look() as session:
        told = who_has_it.asked(session, begun.draft.id)
    if begun.draft.sent or told is None:
        return redirect(begun.url(SENT) if begun.draft.sent else resume_url(begun), 303)
    return render_template(
        "handing/asked.html",
        service=begun.service,
        told=told,
        asks=[(_(ASK_WORDS[each]), _where(begun, each)) for each in told.asked],
        go_on_url=resume_url(begun),
        help_url=url_for("handing_over.help_page", **_parts((council, service, draft))),
        errors=[],
    )


def _not_for_staff() -> None:
    """Raises `Refused` for whoever is signed in as staff: the customer opens it themselves."""
    if staff_signed_in() is None:
        return
    raise Refused(
        403,
        _("This link is for the customer"),
        (_("They open it on their own device, and enter the code that you told them."),),
        link=(_("Go to your desk"), "/desk/"),
    )


def _look(token: str) -> Looked:
    with installation().database.look() as session:
        return sending_on.look(session, token, clock.now())


def _mine(token: str) -> tuple[str, str, str] | None:
    """The form of this link, where this browser has opened it before and still has it."""
    if staff_signed_in() is not None:
        return None
    with installation().database.look() as session:
        return sending_on.opened_by(session, actor(), token)


def _take(token: str, code: str, born: str) -> Tried:
    here = installation()
    with here.database.write() as session:
        return sending_on.take(session, actor(), token, here.links, clock.now(), code=code, born=born)


def _tried(token: str, tried: Tried, *, by_code: bool) -> ResponseReturnValue:
    if tried.draft_id is not None:
        return redirect(_asked_url((tried.looked.council, tried.looked.service, tried.draft_id)), 303)
    if tried.another:
        words = _("This form is somebody else’s than of the account you are signed in to. Sign out first")
        return _page(token, tried.looked, words, status=422)
    if by_code:
        wrong = _("This is not the code. After %(most)s wrong ones we lock the link", most=MOST_WRONG_CODES)
        return _page(token, tried.looked, wrong, status=422)
    wrong = _(
        "This is not the date of birth that we hold. After %(most)s wrong tries we lock the link",
        most=MOST_WRONG_CODES,
    )
    return _page(token, tried.looked, wrong, at="born", status=422)


def _page(
    token: str,
    looked: Looked,
    error: str | None = None,
    notice: str | None = None,
    *,
    at: str = "code",
    status: int = 200,
) -> ResponseReturnValue:
    """The page that asks for the code; or the one that says why this link does not open anything now."""
    here = installation()
    service = here.services.get(looked.council, {}).get(looked.service)
    context: dict[str, Any] = {
        "council": here.councils.get(looked.council),
        "title": _(service.title) if service else "",
        "until": looked.until,
        "action": url_for("going_on.look", token=token),
        "by_birth_date": looked.by_birth_date,
        "errors": [(at, error)] if error else [],
        "notice": notice,
    }
    if looked.open:
        return make_response(render_template("handing/open.html", **context), status)
    context |= {"errors": [], "why": _why(looked)}
    return make_response(render_template("handing/not_open.html", **context), 410)


def _why(looked: Looked) -> str:
    if looked.sent:
        return "sent"
    if looked.state is HandoverState.OFFERED:
        return "run_out"
    return str(looked.state) if looked.state else "gone"


def _where(begun: Begun, each: Ask) -> str | None:
    """Where what was asked for can be done, if that is a page which the answers lead to."""
    if each is not Ask.PHOTOS:
        return None
    pages = (page for page in begun.way.pages if isinstance(page, Page) and photo_page.asks_for_photos(page))
    return next((begun.url(page.slug, change=begun.finished) for page in pages), None)


def _asked_url(draft: tuple[str, str, str]) -> str:
    return url_for("going_on.asked", **_parts(draft))


def _parts(draft: tuple[str, str, str]) -> dict[str, Any]:
    return dict(zip(("council", "service", "draft"), draft, strict=True))


def _count_this_try() -> None:
    """Count one try from this network. Raises `Refused` (429) over the limit."""
    with installation().database.write() as session:
        allowed = limiting.allowed(session, limiting.RETURN_TRIES, address(), clock.now())
    if not allowed:
        raise Refused(
            429,
            _("You have tried too many times"),
            (_("Wait %(minutes)s minutes before you try again.", minutes=limiting.RETURN_TRIES.minutes),),
            retry_after=limiting.RETURN_TRIES.minutes * 60,
        )
