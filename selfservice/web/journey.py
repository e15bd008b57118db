"""A resident's way through a service: start page, one question at a time, check answers and confirmation."""

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from forms.kit import journey as way
from forms.kit.service import Page, Stop
from selfservice.web import at_once, beginning, form_changed, photo_page, saving, sending, stopping
from selfservice.web.answering import (
    STALE,
    form_of,
    go_on,
    mistyped_on,
    refuse,
    show_question,
)
from selfservice.web.audience import note_agent_questions
from selfservice.web.begun import CHECK, SENT, Begun, council_and_service, load
from selfservice.web.languages import _, gettext_noop, services_in_language
from selfservice.web.prices import price_list
from selfservice.web.rearranging import rearrange
from selfservice.web.security import KILOBYTE, MEGABYTE, Csrf, Who, expired, open_to
from selfservice.web.session import installation

blueprint = Blueprint("journey", __name__)

NO_COOKIE = gettext_noop(
    "We could not begin. Your browser may be blocking cookies, which we need to keep your answers while you "
    "type. Allow cookies for this website and press the button again."
)


def body_of_page() -> int:
    """The greatest body in bytes that the page in this address takes: large only where photos are added."""
    parts = request.view_args or {}
    service = installation().services.get(parts.get("council", ""), {}).get(parts.get("service", ""))
    page = way.find(service, parts.get("page", "")) if service else None
    return 70 * MEGABYTE if isinstance(page, Page) and photo_page.asks_for_photos(page) else 512 * KILOBYTE


@blueprint.get("/<council>/<service>/")
@open_to(Who.ANYONE)
def start(council: str, service: str) -> ResponseReturnValue:
    """The start page of a service."""
    return _start_page(council, service)


@blueprint.post("/<council>/<service>/")
@open_to(Who.ANYONE, csrf=Csrf.ASKED_AGAIN)
def begin(council: str, service: str) -> ResponseReturnValue:
    """Begin a draft and go to its first page."""
    here, asked = council_and_service(council, service)
    if expired():
        return make_response(_start_page(council, service, NO_COOKIE), 400)
    if asked.signposted:
        return redirect(f"/{here.slug}/{asked.slug}/", 303)
    begun = beginning.begin(here, asked)
    return redirect(begun.url(begun.resume_at()), 303)


@blueprint.get("/<council>/<service>/<draft>/<page>")
@open_to(Who.HOLDER)
def show_page(council: str, service: str, draft: str, page: str) -> ResponseReturnValue:
    """One page of the journey; a page that is not on the way leads to the one that is."""
    begun = load(council, service, draft)
    if begun.draft.sent:
        return sending.show_sent(begun) if page == SENT else redirect(begun.url(SENT), 303)
    found = _on_the_way(begun, page)
    if begun.not_taken_by and not begun.asks_where(found):
        return stopping.show_not_taken(begun, begun.not_taken_by)
    if isinstance(found, Page):
        return _show(begun, found)
    if isinstance(found, Stop):
        return stopping.show(begun, found)
    if page == CHECK and begun.finished:
        return sending.show_check(begun)
    return redirect(begun.url(begun.resume_at()), 303)


@blueprint.post("/<council>/<service>/<draft>/<page>")
@open_to(Who.HOLDER, csrf=Csrf.ASKED_AGAIN, body=body_of_page)
def answer_page(council: str, service: str, draft: str, page: str) -> ResponseReturnValue:
    """Take the answers of one page, or send the lot from check answers."""
    begun = load(council, service, draft)
    note_agent_questions(services_in_language(council)[service])
    if begun.draft.sent:
        return redirect(begun.url(SENT), 303)
    found = _on_the_way(begun, page)
    if begun.not_taken_by and not begun.asks_where(found):
        return redirect(begun.url(begun.resume_at()), 303)
    if page == CHECK and begun.finished:
        return saving.go(begun) if saving.pressed() else sending.send(begun)
    found = found or form_changed.stranded(begun, page)
    if not isinstance(found, Page):
        return redirect(begun.url(begun.resume_at()), 303)
    if photo_page.asks_for_photos(found):
        return photo_page.take(begun, found)
    return _take(begun, found)


def _take(begun: Begun, page: Page) -> ResponseReturnValue:
    """Do what the pressed button says with what was typed on a page of questions, or on several at once."""
    together = at_once.posted(begun, page)
    page = together.page if together else page
    form = form_of(begun, page, request.form)
    if expired():
        return show_question(begun, page, form, notice=STALE, status=400, together=together)
    if saving.pressed():
        return saving.leave(begun, page, form, together.pages if together else ())
    rearranged = rearrange(begun, page, form)
    if rearranged is not None:
        return rearranged
    if form.validate():
        return go_on(begun, page, form.read())
    taken = at_once.stopped(begun, together, form) if together else None
    return go_on(begun, page, taken) if taken else refuse(begun, page, form)


def _show(begun: Begun, page: Page) -> ResponseReturnValue:
    """A page with what is kept, or with what was just typed there and what is wrong with it."""
    mistyped = mistyped_on(begun, page)
    together = at_once.to_show(begun, page)
    page = together.page if together else page
    form = form_of(begun, page, MultiDict(mistyped.typed) if mistyped and mistyped.typed else None)
    if mistyped and mistyped.typed and mistyped.judged:
        form.validate()
    notice = form_changed.notice(begun, page)
    if photo_page.asks_for_photos(page):
        return photo_page.show(begun, page, form, errors=mistyped.told if mistyped else (), notice=notice)
    return show_question(begun, page, form, notice, together=together)


def _on_the_way(begun: Begun, slug: str) -> Page | Stop | None:
    """The page with this slug if it is on the way that the answers lead."""
    if slug == CHECK or not begun.leads_to(slug):
        return None
    return way.find(begun.service, slug)


def _start_page(council: str, service: str, notice: str | None = None) -> str:
    here, asked = council_and_service(council, service)
    return render_template(
        "journey/start.html",
        service=asked,
        start_url=f"/{here.slug}/{asked.slug}/",
        prices=price_list(asked),
        notice=notice and _(notice),
    )
