"""Pages for what is not there, not allowed or not working: plain words, a way on, and never a traceback."""

from collections.abc import Sequence

import structlog
from flask import Flask, Response, g, make_response, render_template
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from selfservice.database import DatabaseError, is_away
from selfservice.domain.people import Verification
from selfservice.domain.permissions import NotAllowed, NotVerified
from selfservice.seals import Unopenable
from selfservice.web import given_back, widgets
from selfservice.web.given_back import GivenBack
from selfservice.web.languages import _, gettext_noop
from selfservice.web.logging import told

log = structlog.get_logger("selfservice.web")

PLAIN = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Sorry, there is a problem</title>'
    "</head><body><h1>Sorry, there is a problem</h1><p>Try again in a few minutes.</p></body></html>"
)


BASIC_CHECK = gettext_noop(
    "This needs a basic check: two right answers, one of them neither name nor address."
)


class Refused(HTTPException):
    """A refusal with words of its own: `status`, a heading, paragraphs, and the seconds to wait, if any.

    With `keeps_typed` the page gives back what was typed, to be sent again once the reason has gone. `link` is where
    to go for that: words and an address.
    """

    def __init__(
        self,
        status: int,
        heading: str,
        words: Sequence[str],
        retry_after: int | None = None,
        *,
        keeps_typed: bool = False,
        link: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(heading)
        self.code = status
        self.heading = heading
        self.words = tuple(words)
        self.retry_after = retry_after
        self.keeps_typed = keeps_typed
        self.link = link


def signed_out(address: str) -> Response:
    """The page for a post of somebody who is no longer signed in: what was typed goes along, to be sent again."""
    return refuse(
        Refused(
            401,
            _("You are no longer signed in"),
            (_("Sign in again in another tab. Then come back to this page and press “Try again”."),),
            keeps_typed=True,
            link=(_("Sign in"), address),
        )
    )


def not_for_them() -> Refused:
    """For an agent at a draft of somebody whom they are not helping: in whose name would it be?"""
    return Refused(
        409,
        _("This form is not of the person you are helping"),
        (
            _(
                "In another tab you have stopped helping the person it was begun for, or begun to help somebody else."
            ),
            _("Nothing was saved. To go on with it, help that person again and press “Try again”."),
        ),
        keeps_typed=True,
        link=(_("Go to your desk"), "/desk/"),
    )


def not_verified(unsure: NotVerified) -> Refused:
    """For an agent who would send what wants them to be more certain of who the customer is."""
    return Refused(
        403,
        _("Check who they are before you send this"),
        (
            _("This needs a full check: three right answers, with the date of birth or a code among them.")
            if unsure.needs is Verification.FULL
            else _(BASIC_CHECK),
            _("Nothing was sent, and every answer is kept. You come back to it after the check."),
        ),
        link=(_("Check who they are"), "/desk/verify"),
    )


def not_sure_enough(unsure: Exception) -> Response:
    """The page for an agent who would change what wants them to be more certain: what was typed is given back, to be
    sent again after the check."""
    full = isinstance(unsure, NotVerified) and unsure.needs is Verification.FULL
    return refuse(
        Refused(
            409,
            _("Do a full check first") if full else _("Do a check first"),
            (
                _("Names, dates of birth, phone numbers and addresses are what we know people by.")
                if full
                else _(BASIC_CHECK),
                _("Nothing was changed. Do the check in another tab, then come back and press “Try again”."),
            ),
            keeps_typed=True,
            link=(_("Check who they are"), "/desk/verify"),
        )
    )


def not_checked(*, keeps_typed: bool = False) -> Refused:
    """For an agent at the record of somebody who has not shown who they are. With `keeps_typed` what was typed is given
    back: the page may have stood since before the contact was paused."""
    return Refused(
        403,
        _("You do not know yet who this is"),
        (_("What we hold about a customer is shown once they have given two right answers."),),
        keeps_typed=keeps_typed,
        link=(_("Check who they are"), "/desk/verify"),
    )


def lost_draft() -> Refused:
    """For a draft that is not there, or is not this browser's: the two are told apart to nobody."""
    return Refused(
        404,
        _("We cannot find your answers"),
        (
            _(
                "We keep answers for the browser they were typed in. You see this page when you use another "
                "browser or device, when cookies were cleared or blocked, or after 30 days."
            ),
            _(
                "If you have not sent them yet, go back to the browser that you used before, or start again "
                "from the council’s page."
            ),
            _(
                "If you have sent them, they are safe: choose “Check progress” and enter your reference and "
                "postcode."
            ),
        ),
    )


def went_elsewhere() -> Refused:
    """For a draft that was this browser's until it was come back to in another."""
    return Refused(
        410,
        _("You went on with this on another device"),
        (
            _(
                "Somebody opened the link that you saved, and entered its code. To keep your answers safe, only "
                "one device has them at a time."
            ),
            _(
                "If it was you, go on there. To have your answers here again, open the link in our email on this "
                "device and enter your code."
            ),
            _("If it was not you, call us, so that we can look into it."),
        ),
    )


def install(app: Flask) -> None:
    """Answer every failure with a page."""
    app.register_error_handler(HTTPException, refuse)
    app.register_error_handler(DatabaseError, away)
    app.register_error_handler(Unopenable, unopened)
    app.register_error_handler(NotAllowed, not_allowed)
    app.register_error_handler(NotVerified, not_sure_enough)
    app.register_error_handler(Exception, fail)


def refuse(error: HTTPException) -> Response:
    """The page for a refusal that is no fault of ours."""
    response = error.get_response()
    if error.code is None or error.code < 400:  # a redirect: the router's own, to the address with its slash
        return make_response(response)
    if isinstance(error, Refused):
        retry = given_back.typed() if error.keeps_typed else None
        answer = page(error.code or 400, error.heading, error.words, retry=retry, link=error.link)
        if error.retry_after is not None:
            answer.headers["Retry-After"] = str(error.retry_after)
        return answer
    if error.code == 400 and error.description == "expired":
        return page(400, *_words_when_expired())
    if isinstance(error, RequestEntityTooLarge):
        return page(413, *_words_when_too_large())
    answer = page(error.code, *_refusal(error.code))
    if "Allow" in response.headers:
        answer.headers["Allow"] = response.headers["Allow"]
    return answer


def away(error: Exception) -> Response:
    """The page while the database does not answer: what was typed goes along, to be sent again."""
    if not is_away(error):
        return fail(error)
    log.error("database_away", **told(error))
    heading = _("Sorry, we cannot save your answers at the moment")
    words = [
        _("The answers you have given so far are kept. Wait a minute, then try again."),
        _("Trying again cannot send anything twice."),
    ]
    response = page(503, heading, words, retry=given_back.typed())
    response.headers["Retry-After"] = "60"
    return response


def unopened(error: Exception) -> Response:
    """The page while sealed answers cannot be opened: a key is missing here, which a person puts right."""
    log.error("answers_not_opened", words=str(error), **told(error))
    heading = _("Sorry, we cannot open your answers at the moment")
    words = [
        _("Your answers are kept, but we cannot read them until we have put something right."),
        _("Try again later. If you cannot wait, call the council instead."),
    ]
    response = page(503, heading, words)
    response.headers["Retry-After"] = "600"
    return response


def not_allowed(_error: Exception) -> Response:
    """The page for what an actor may not do, such as an agent at a council that they do not work for."""
    words = (_("You may not do this with the role that you have, or not for this council."),)
    return refuse(Refused(403, _("You cannot do this"), words))


def fail(error: Exception) -> Response:
    """The page of last resort, with the id under which the failure was written down."""
    log.error("failed", **told(error))
    return page(500, *_refusal(500))


def page(
    status: int,
    heading: str,
    words: Sequence[str],
    retry: GivenBack | None = None,
    link: tuple[str, str] | None = None,
) -> Response:
    """The page of errors; when even that cannot be drawn, the plainest page there is."""
    try:
        drawn = render_template(
            "errors/error.html",
            status=status,
            heading=heading,
            words=tuple(words),
            request_id=g.get("request_id") if status >= 500 else None,
            retry=retry,
            link=link,
        )
    except Exception as error:
        log.error("error_page_failed", **told(error))
        drawn = PLAIN
    return make_response(drawn, status)


def _refusal(status: int) -> tuple[str, list[str]]:
    heading, words = widgets.refusal(status)
    return _(heading), [_(each) for each in words]


def _words_when_expired() -> tuple[str, tuple[str, ...]]:
    return (
        _("This page was open for too long"),
        (
            _("For your security we did not act on it."),
            _("Go back, load the page again and send it once more."),
        ),
    )


def _words_when_too_large() -> tuple[str, tuple[str, ...]]:
    return (
        _("What you sent is too large"),
        (
            _("Each file must be smaller than 10MB, and all that you add at once must be smaller than 70MB."),
            _("Go back and add fewer or smaller files. Your other answers and files are kept."),
        ),
    )
