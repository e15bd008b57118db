"""What the pages of a journey have in common: how they are drawn, and where Back and an answer lead."""

from collections.abc import Sequence
from typing import Any

from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from forms.kit.compile import PageForm, form_for
from forms.kit.journey import seen
from forms.kit.questions import Information
from forms.kit.service import Page
from selfservice import clock
from selfservice.domain.draft import DraftGone, DraftSent, Mistyped
from selfservice.operations import drafting
from selfservice.web import autofill, form_changed, prefilled, timing, widgets
from selfservice.web.actors import actor
from selfservice.web.away import why_not
from selfservice.web.begun import CHECK, SENT, Begun
from selfservice.web.held import held_by
from selfservice.web.languages import _, gettext_noop
from selfservice.web.session import installation
from selfservice.web.standing import helping

STALE = gettext_noop(
    "This page had been open for a long time, so we have not saved it yet. What you typed is still here: "
    "check it and press the button again."
)


def changing() -> bool:
    """Whether the person came from a Change link on check answers."""
    return request.args.get("change") == "1"


def back_from(begun: Begun, slug: str) -> str:
    """Where Back leads: check answers when changing, else the page before, else the start page."""
    if changing() and begun.finished:
        return begun.url(CHECK)
    before = begun.way.before(slug)
    if before is None:
        return f"/{begun.council.slug}/{begun.service.slug}/"
    return begun.url(before, change=changing())


def form_of(begun: Begun, page: Page, posted: MultiDict[str, str] | None) -> PageForm:
    """The form of a page: as it was posted, or as it was kept, or is in the account, when nothing was."""
    own = {
        question.id: value
        for question in page.asked
        if (value := begun.draft.answers.get(question.id)) is not None and question.accepts(value)
    }
    answers = {**prefilled.put_in(begun, page), **own, **begun.counted}
    return form_for(page, answers, posted, installation().places, now=clock.now(), translate=_)


def question_context(begun: Begun, page: Page, form: PageForm, notice: str | None = None) -> dict[str, Any]:
    """What the template of a question is given."""
    return {
        "service": begun.service,
        "page": page,
        "look": autofill.guarded(prefilled.said_so(begun, page, form, widgets.compose(page, form))),
        "errors": form.errors_in_order(),
        "action": begun.url(page.slug, change=changing()),
        "back_url": back_from(begun, page.slug),
        "guards": None,
        "notice": _(notice) if notice else None,
        "timeout": timing.warning(begun),
        "held_by": held_by(begun),
        "sent_elsewhere_to": begun.sent_elsewhere_to if _tells(page) else None,
    }


def _tells(page: Page) -> bool:
    """Whether this page tells what was found, such as the place."""
    return any(isinstance(question, Information) for question in page.questions)


def show_question(
    begun: Begun,
    page: Page,
    form: PageForm,
    notice: str | None = None,
    status: int = 200,
    *,
    together: object | None = None,
) -> ResponseReturnValue:
    """The page of a question, with what was typed and what is wrong with it.

    `together` says which pages stand on it, where it is several at once (web/at_once.py).
    """
    context = question_context(begun, page, form, notice) | {"together": together}
    return make_response(render_template("journey/question.html", **context), status)


def refuse(begun: Begun, page: Page, form: PageForm, told: Sequence[str] = ()) -> ResponseReturnValue:
    """Keep what could not be taken and lead to the page that shows it, so that Back and reload go on working.

    A page that answers a post itself cannot be come back to: browsers keep none that is marked "no-store".
    """
    try:
        keep_mistyped(begun, page, form, told)
    except DraftSent:
        return redirect(begun.url(SENT), 303)
    return redirect(begun.url(page.slug, change=changing(), wrong=True), 303)


def keep_mistyped(begun: Begun, page: Page, form: PageForm, told: Sequence[str] = ()) -> None:
    """Keep what could not be taken. Raises `DraftSent` when it was sent meanwhile."""
    keep_typed(begun, Mistyped(page.slug, {} if told else form.typed(), told))


def keep_typed(begun: Begun, mistyped: Mistyped) -> None:
    """Keep what was typed for its page to be shown with. Raises `DraftSent` when it was sent meanwhile."""
    try:
        with installation().database.write() as session:
            drafting.refuse(session, actor(), begun.draft.id, mistyped, installation().seals, clock.now())
    except DraftGone:
        raise why_not(begun.draft.id) from None


def mistyped_on(begun: Begun, page: Page) -> Mistyped | None:
    """What was last typed on this page and could not be taken, when it is that which is to be shown."""
    kept = begun.draft.mistyped
    return kept if kept and kept.page == page.slug and request.args.get("wrong") == "1" else None


def save(begun: Begun, given: dict[str, Any]) -> Begun:
    """The journey with `given` among its answers. Raises `DraftSent` when it was sent meanwhile."""
    version, from_account = form_changed.version_after(begun, given), prefilled.left_so(begun, given)
    try:
        with installation().database.write() as session:
            draft = drafting.save(
                session,
                actor(),
                begun.draft.id,
                given,
                installation().seals,
                clock.now(),
                form_version=version,
                from_account=from_account,
            )
    except DraftGone:
        raise why_not(begun.draft.id) from None
    return Begun(begun.council, begun.service, draft)


def go_on(begun: Begun, page: Page, given: dict[str, Any]) -> ResponseReturnValue:
    """Save what a page was given and go to the next page.

    From a page that a changed form asks again, and where an agent helps, who is asked several pages at once, that is
    the next without an answer. From a Change link it is check
    answers again, by way of every question that the change has newly opened and of the page that confirms a
    changed place.
    """
    try:
        after = save(begun, {**given, **seen(page)})
    except DraftSent:
        return redirect(begun.url(SENT), 303)
    if (helping() or form_changed.asks_again(begun, page)) and not changing():
        return redirect(after.url(after.resume_at()), 303)
    following = after.way.after(page.slug)
    if not changing():
        return redirect(after.url(following), 303)
    if not (_place_moved(begun, given) and following != CHECK):
        following = after.resume_at()
    return redirect(after.url(following, change=following != CHECK), 303)


def _place_moved(begun: Begun, given: dict[str, Any]) -> bool:
    """Whether an answer that is a place has become another: the next page has it confirmed in words."""
    return any(
        isinstance(value, dict) and "easting" in value and begun.draft.answers.get(name) != value
        for name, value in given.items()
    )
