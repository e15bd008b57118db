"""The page on which photos and documents are added to a draft, one or several at a time, and taken away again."""

from collections.abc import Sequence
from typing import Any

import structlog
from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from forms.kit.compile import PageForm
from forms.kit.files import Photos
from forms.kit.service import Page
from integrations.files.contract import Away
from selfservice import clock
from selfservice.domain.draft import DraftGone, DraftSent
from selfservice.domain.files import CALLED, JPEG, Scan, size_in_words
from selfservice.doorbell import SCAN_JOB
from selfservice.operations import limiting, uploading
from selfservice.operations.bad_files import BadFile
from selfservice.operations.uploading import Kept, LookedAt
from selfservice.web import saving
from selfservice.web.actors import actor
from selfservice.web.answering import (
    STALE,
    changing,
    form_of,
    go_on,
    keep_mistyped,
    question_context,
    refuse,
    save,
)
from selfservice.web.away import why_not
from selfservice.web.begun import SENT, Begun
from selfservice.web.languages import _, gettext_noop
from selfservice.web.security import expired
from selfservice.web.session import address, installation

log = structlog.get_logger(__name__)

TOO_MANY_TRIES = gettext_noop(
    "You have added a lot of files. Wait a while before you add more, or continue without"
)
NOT_NOW = gettext_noop(
    "We could not keep your file just now. Try again in a few minutes, or continue without it"
)

REMOVED = gettext_noop(
    "A file that you added had a virus, so we removed it. Choose Change beside it if you want to add another."
)


def asks_for_photos(page: Page) -> bool:
    """Whether this page is one on which files are added."""
    return any(isinstance(question, Photos) for question in page.questions)


def question_of(page: Page) -> Photos:
    """The question of the page that asks for files."""
    return next(question for question in page.questions if isinstance(question, Photos))


def show(
    begun: Begun,
    page: Page,
    form: PageForm,
    errors: Sequence[str] = (),
    notice: str | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The page with the files added so far, and what was wrong with those just chosen."""
    question, kept = question_of(page), _kept(begun, page)
    added = sum(file.scan is not Scan.INFECTED for file in kept)
    if errors and added >= question.most:
        # The page then has no control to choose files with, so that an error would lead nowhere.
        notice, errors = ". ".join(errors), ()
    if errors:
        form[question.id].errors = list(errors)
    context: dict[str, Any] = question_context(begun, page, form, notice)
    context |= {
        "files": [_shown(begun, number, file, question) for number, file in enumerate(kept, start=1)],
        "added": added,
        "limit": question.most,
        "megabytes": uploading.MOST_BYTES // uploading.MEGABYTE,
        "documents": question.documents,
    }
    return make_response(render_template("journey/photos.html", **context), status)


def removed_notice(begun: Begun) -> str | None:
    """What check answers tells when a file of the draft had a virus; None when none had, or none was asked for."""
    pages = [page for page in begun.service.pages if isinstance(page, Page) and asks_for_photos(page)]
    if not pages:
        return None
    with installation().database.read() as session:
        infected = uploading.any_infected(session, begun.council.slug, begun.draft.id)
    return REMOVED if infected else None


def take(begun: Begun, page: Page) -> ResponseReturnValue:
    """Do what the pressed button says, unless another tab has sent the report meanwhile."""
    try:
        return _take(begun, page)
    except DraftSent:
        return redirect(begun.url(SENT), 303)
    except DraftGone:
        raise why_not(begun.draft.id) from None


def _take(begun: Begun, page: Page) -> ResponseReturnValue:
    """Remove a file, add those chosen, or add them and go on."""
    if expired():
        return show(begun, page, form_of(begun, page, request.form), notice=STALE, status=400)
    pressed = request.form.get("do", "continue")
    if pressed.startswith("remove:"):
        return _remove(begun, page, pressed.removeprefix("remove:"))
    errors = _add_chosen(begun, page, request.files.getlist(question_of(page).id))
    begun = _with_its_files(begun, page)
    form = form_of(begun, page, request.form)
    if saving.pressed():
        if errors:
            keep_mistyped(begun, page, form, errors)
        return saving.go(begun)
    if errors:
        return refuse(begun, page, form, errors)
    if pressed == "upload":
        return redirect(_here(begun, page), 303)
    if not form.validate():
        return refuse(begun, page, form, [message for _, message in form.errors_in_order()])
    return go_on(begun, page, form.read())


def _kept(begun: Begun, page: Page) -> Sequence[Kept]:
    """The files that answer the page's question, and those of which only a virus was found."""
    with installation().database.read() as session:
        return uploading.of_question(session, begun.council.slug, begun.draft.id, question_of(page).id)


def _with_its_files(begun: Begun, page: Page) -> Begun:
    """The journey with the files that the draft really has as its answer: ids that a browser sends count for
    nothing."""
    question = question_of(page).id
    ids = [file.id for file in _kept(begun, page) if file.scan is not Scan.INFECTED] or None
    return begun if begun.draft.answers.get(question) == ids else save(begun, {question: ids})


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
        except BadFile as error:
            wrong[_(error.words, **error.parts)] = None
    return list(wrong)


def _add(begun: Begun, page: Page, file: FileStorage) -> None:
    """Look at the file, keep its bytes, then its row, and then have it scanned: nobody waits for that."""
    here, question = installation(), question_of(page)
    with here.database.write() as session:
        if not limiting.allowed(session, limiting.UPLOADS, address(), clock.now()):
            raise BadFile(TOO_MANY_TRIES)
        uploading.check_room(session, actor(), begun.draft.id, question.id, question.most)
    looked_at = uploading.look_at(file.stream.read(uploading.MOST_BYTES + 1), documents=question.documents)
    try:
        file_id = uploading.put(here.files, looked_at)
    except Away as error:
        log.error("files_away", words=str(error))
        raise BadFile(NOT_NOW) from None
    try:
        kept = _keep(begun, question, file_id, looked_at, file.filename or "")
    except (BadFile, DraftGone, DraftSent):
        uploading.discard(here.files, looked_at.keys(file_id))
        raise
    if kept.scan is Scan.WAITING:
        here.doorbell.ring_soon([file_id], SCAN_JOB)


def _keep(begun: Begun, question: Photos, file_id: str, looked_at: LookedAt, name: str) -> Kept:
    here = installation()
    with here.database.write() as session:
        return uploading.keep(
            session,
            actor(),
            begun.draft.id,
            question.id,
            question.most,
            file_id,
            looked_at,
            name,
            clock.now(),
            scanned=here.scanner is not None,
        )


def _remove(begun: Begun, page: Page, file_id: str) -> ResponseReturnValue:
    """Take one file away, from the draft's answers and from what is kept, and show the page again."""
    here = installation()
    with here.database.write() as session:
        gone = uploading.remove(session, actor(), begun.draft.id, file_id)
    _with_its_files(begun, page)
    if gone:
        uploading.discard(here.files, gone.keys)
    return redirect(_here(begun, page), 303)


def _shown(begun: Begun, number: int, file: Kept, question: Photos) -> dict[str, Any]:
    """What the page tells of one file: a name of ours, and beside it the customer's own."""
    called = (
        _("File %(number)s", number=number) if question.documents else _("Photo %(number)s", number=number)
    )
    kind = f"{CALLED[file.media_type]}, {size_in_words(file.size)}"
    parts: dict[str, Any] = {
        "council": begun.council.slug,
        "service": begun.service.slug,
        "draft": begun.draft.id,
        "file_id": file.id,
    }
    return {
        "id": file.id,
        "name": called,
        "kind": CALLED[file.media_type],
        "described": f"{called} ({kind})" if question.documents else called,
        "own_name": file.name,
        "infected": file.scan is Scan.INFECTED,
        "thumbnail_url": url_for("photos.thumbnail", **parts) if file.media_type == JPEG else None,
        "url": url_for("photos.of_draft", **parts),
    }
