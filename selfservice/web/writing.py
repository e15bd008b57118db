"""Writing about a submission after it was sent: what was typed is read, mistakes are told, and it is passed on once."""

from collections.abc import Sequence

from flask import abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms.kit.typed import cleaned, counted
from selfservice import clock
from selfservice.domain.case import UpdateKind
from selfservice.domain.conversation import LONGEST_MESSAGE
from selfservice.domain.files import Scan
from selfservice.operations import corresponding, limiting
from selfservice.operations.conversations import Conversation
from selfservice.operations.corresponding import CannotDispute, NotTheirs, Sent, Written
from selfservice.operations.uploading import Kept
from selfservice.web import conversation, enclosures
from selfservice.web.actors import actor
from selfservice.web.conversation import DISPUTE, EVERY_PART, MESSAGE, Typed, Way
from selfservice.web.errors import Refused
from selfservice.web.languages import _, gettext_noop
from selfservice.web.logging import bind_submission
from selfservice.web.security import MEGABYTE, expired
from selfservice.web.session import address, installation
from selfservice.web.standing import helping
from selfservice.web.words import PRESS_AGAIN

BODY = 70 * MEGABYTE
MOST_TYPED = 4 * LONGEST_MESSAGE  # kept and given back, however much was pasted
REMOVE = "remove:"
WORDS, ABOUT, TO, FILES = "message", "about", "to", "files"

NOTHING = gettext_noop("Write something to the team, or add a photo")
NO_REASON = gettext_noop("Tell the team what is still wrong")
TOO_LONG = gettext_noop("Your message must be %(most)s characters or fewer")
NOT_CHOSEN = gettext_noop("Choose whether this is not fixed, or something else")
NOT_CLOSED = gettext_noop("This is open, so the team is still dealing with it. Choose something else")
TOO_LATE = gettext_noop(
    "It is too late to say here that this is not fixed. Choose something else, or report it again"
)
NO_PART = gettext_noop("Choose which team this is for")

Errors = list[tuple[str, str]]


def take(way: Way) -> ResponseReturnValue:
    """Pass on what was typed, once however often the button is pressed; or show the form again with all of it."""
    try:
        return _take(way)
    except NotTheirs:
        abort(404)


def _take(way: Way) -> ResponseReturnValue:
    found = conversation.read(way)
    bind_submission(found.submission_id)
    typed, pressed = _typed(), request.form.get("do", "")
    if expired():
        return _again(way, found, typed, notice=_(PRESS_AGAIN), status=400)
    if pressed.startswith(REMOVE):
        enclosures.remove(way, typed.key, pressed.removeprefix(REMOVE))
        return _again(way, found, typed)
    wrong = enclosures.add_chosen(way, typed.key, request.files.getlist(FILES))
    kept = [file for file in enclosures.waiting(way, typed.key) if file.scan is not Scan.INFECTED]
    errors = [*_mistakes(found, typed, kept), *((FILES, words) for words in wrong)]
    if errors:
        return _again(way, found, typed, errors, status=422)
    _count_this(way)
    try:
        sent = _write(way, typed)
    except CannotDispute as why:
        return _again(way, found, typed, [(ABOUT, _(TOO_LATE if why.too_late else NOT_CLOSED))], status=422)
    installation().doorbell.ring_soon(sent.delivery_ids)
    said = DISPUTE if typed.about == DISPUTE else MESSAGE
    return redirect(f"{way.address}?said={said}#messages", 303)


def _typed() -> Typed:
    key = request.form.get("key", "")
    words = cleaned(request.form.get(WORDS, "")[:MOST_TYPED])
    about, to = request.form.get(ABOUT, ""), request.form.get(TO, "")
    kept = {"key": key} if len(key) == len(Typed().key) and key.isprintable() else {}
    return Typed(words, about if about in (DISPUTE, MESSAGE) else "", to[:36], **kept)


def _mistakes(found: Conversation, typed: Typed, kept: Sequence[Kept]) -> Errors:
    """What is wrong, in the order of the form."""
    errors: Errors = []
    if found.until and not typed.about:
        errors.append((ABOUT, _(NOT_CHOSEN)))
    if found.parts and typed.to not in {EVERY_PART, *(part.id for part in found.parts)}:
        errors.append((TO, _(NO_PART)))
    if counted(typed.words) > LONGEST_MESSAGE:
        errors.append((WORDS, _(TOO_LONG, most=f"{LONGEST_MESSAGE:,}")))
    elif not typed.words and typed.about == DISPUTE:
        errors.append((WORDS, _(NO_REASON)))
    elif not typed.words and not kept:
        errors.append((WORDS, _(NOTHING)))
    return errors


def _write(way: Way, typed: Typed) -> Sent:
    here = installation()
    kind = UpdateKind.MESSAGE if typed.words else UpdateKind.FILES
    kind = UpdateKind.DISPUTE if typed.about == DISPUTE else kind
    parts = () if typed.to in ("", EVERY_PART) else (typed.to,)
    with here.database.write() as session:
        return corresponding.write(
            session,
            actor(),
            way.submission_id,
            Written(kind, typed.words, typed.key, parts),
            clock.now(),
            by_link=way.by_link,
            takes=here.takes_updates,
        )


def _count_this(way: Way) -> None:
    """Count a message about this submission, and one from this network or by this agent. Raises `Refused` (429) over
    either limit."""
    sender, now = f"agent {actor().id}" if helping() else address(), clock.now()
    with installation().database.write() as session:
        about = limiting.allowed(session, limiting.MESSAGES, way.submission_id, now)
        by_sender = limiting.allowed(session, limiting.MESSAGES_BY_SENDER, sender, now)
    if not (about and by_sender):
        raise Refused(
            429,
            _("You have sent too many messages"),
            (
                _("Wait an hour before you send more. What you wrote was not sent."),
                _("If you cannot wait, call us."),
            ),
            retry_after=limiting.MESSAGES.minutes * 60,
            keeps_typed=True,
        )


def _again(
    way: Way,
    found: Conversation,
    typed: Typed,
    errors: Sequence[tuple[str, str]] = (),
    notice: str | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The form alone, with what was typed and the files that were added."""
    kept = enclosures.waiting(way, typed.key)
    return make_response(
        render_template(
            "messages/again.html",
            conversation=conversation.with_form(way, found, typed, kept),
            council=installation().councils[found.council],
            errors=list(errors),
            notice=notice,
        ),
        status,
    )
