"""The page on which photos are added to a draft, one or several at a time, and taken away again."""

from collections.abc import Sequence
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from forms.kit.compile import PageForm
from forms.kit.files import Photos
from forms.kit.service import Page
from selfservice import clock
from selfservice.domain.draft import DraftGone, DraftSent
from selfservice.operations import limiting, uploading
from selfservice.web.answering import STALE, changing, form_of, go_on, question_context, refuse, save
from selfservice.web.begun import SENT, Begun
from selfservice.web.errors import lost_draft
from selfservice.web.security import expired
from selfservice.web.session import actor, address, installation

TOO_MANY_TRIES = "You have added a lot of photos. Wait a while before you add more, or continue without"


def asks_for_photos(page: Page) -> bool:
    """Whether this page is one on which photos are added."""
    return any(isinstance(question, Photos) for question in page.questions)


def question_of(page: Page) -> Photos:
    """The question of the page that asks for photos."""
    return next(question for question in page.questions if isinstance(question, Photos))


def show(
    begun: Begun,
    page: Page,
    form: PageForm,
    errors: Sequence[str] = (),
    notice: str | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The page with the photos added so far, and what was wrong with those just chosen."""
    with installation().database.read() as session:
        kept = uploading.photos(session, begun.council.slug, begun.draft.id)
    if errors and len(kept) >= question_of(page).most:
        # The page then has no control to choose files with, so that an error would lead nowhere.
        notice, errors = ". ".join(errors), ()
    if errors:
        form[question_of(page).id].errors = list(errors)
    context: dict[str, Any] = question_context(begun, page, form, notice)
    context |= {
        "photos": [_shown(begun, number, photo) for number, photo in enumerate(kept, start=1)],
        "limit": question_of(page).most,
        "megabytes": uploading.MOST_BYTES // 1024 // 1024,
    }
    return make_response(render_template("journey/photos.html", **context), status)


def take(begun: Begun, page: Page) -> ResponseReturnValue:
    """Do what the pressed button says, unless another tab has sent the report meanwhile."""
    try:
        return _take(begun, page)
    except DraftSent:
        return redirect(begun.url(SENT), 303)
    except DraftGone:
        raise lost_draft() from None


def _take(begun: Begun, page: Page) -> ResponseReturnValue:
    """Remove a photo, add those chosen, or add them and go on."""
    if expired():
        return show(begun, page, form_of(begun, page, request.form), notice=STALE, status=400)
    pressed = request.form.get("do", "continue")
    if pressed.startswith("remove:"):
        return _remove(begun, page, pressed.removeprefix("remove:"))
    errors = _add_chosen(begun, page, request.files.getlist(question_of(page).id))
    begun = _with_its_photos(begun, page)
    form = form_of(begun, page, request.form)
    if errors:
        return refuse(begun, page, form, errors)
    if pressed == "upload":
        return redirect(_here(begun, page), 303)
    if not form.validate():
        return refuse(begun, page, form, [message for _, message in form.errors_in_order()])
    return go_on(begun, page, form.read())


def _with_its_photos(begun: Begun, page: Page) -> Begun:
    """The journey with the photos that the draft really has as its answer: ids that a browser sends count for
    nothing."""
    question = question_of(page).id
    with installation().database.read() as session:
        ids = [photo.id for photo in uploading.photos(session, begun.council.slug, begun.draft.id)]
    return (
        begun if begun.draft.answers.get(question) == (ids or None) else save(begun, {question: ids or None})
    )


def _here(begun: Begun, page: Page) -> str:
    return begun.url(page.slug, change=changing())


def _add_chosen(begun: Begun, page: Page, files: list[FileStorage]) -> list[str]:
    """Keep every good file of those chosen; what was wrong with the others, each told once."""
    wrong: dict[str, None] = {}
    for file in files:
        if not file.filename:
            continue  # nothing was chosen: browsers then send one file without a name
        try:
            _add(begun, page, file)
        except uploading.BadPhoto as error:
            wrong[str(error)] = None
    return list(wrong)


def _add(begun: Begun, page: Page, file: FileStorage) -> None:
    here, most = installation(), question_of(page).most
    with here.database.write() as session:
        if not limiting.allowed(session, limiting.UPLOADS, address(), clock.now()):
            raise uploading.BadPhoto(TOO_MANY_TRIES)
        uploading.check_room(session, actor(), begun.draft.id, most)
    picture = uploading.reencode(file.stream.read(uploading.MOST_BYTES + 1))
    with here.database.write() as session:
        uploading.keep(session, actor(), begun.draft.id, most, here.settings.home, picture, clock.now())


def _remove(begun: Begun, page: Page, file_id: str) -> ResponseReturnValue:
    """Take one photo away, from the draft's answers and from the files, and show the page again."""
    here = installation()
    with here.database.write() as session:
        gone = uploading.remove(session, actor(), begun.draft.id, file_id)
    if gone:
        uploading.discard(here.settings.home, file_id)
    _with_its_photos(begun, page)
    return redirect(_here(begun, page), 303)


def _shown(begun: Begun, number: int, photo: uploading.Photo) -> dict[str, str]:
    address_of_it = url_for(
        "photos.of_draft",
        council=begun.council.slug,
        service=begun.service.slug,
        draft=begun.draft.id,
        file_id=photo.id,
    )
    return {"id": photo.id, "name": f"Photo {number}", "thumbnail_url": address_of_it}
