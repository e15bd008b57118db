"""The first page, which finds your council, and each council's own page with its services."""

from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms.kit.questions import NotFound
from forms.kit.typed import one_line
from selfservice.web import listing, theme
from selfservice.web.begun import council_of
from selfservice.web.languages import _, gettext_noop, services_in_language
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import installation
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("home", __name__)

NO_POSTCODE = gettext_noop("Enter a postcode or a grid reference")


@blueprint.get("/")
@open_to(Who.ANYONE)
def front() -> ResponseReturnValue:
    """Choose a council, by postcode or by name."""
    return _front("", None)


@blueprint.post("/")
@open_to(Who.ANYONE, csrf=Csrf.ASKED_AGAIN)
def find_council() -> ResponseReturnValue:
    """The council that a postcode lies in."""
    here = installation()
    typed = one_line(request.form.get("postcode", "")[:200])[:60]
    if expired():
        return _front(typed, _(PRESS_AGAIN), status=400)
    if not typed:
        return _front(typed, _(NO_POSTCODE), status=422)
    try:
        place = here.places.resolve(typed)
    except NotFound as error:
        return _front(typed, error.told(_), status=422)
    if place.council:
        return redirect(f"/{place.council}/", 303)
    name = place.authority or _("a council outside this partnership")
    return _front(typed, None, elsewhere={"name": name, "website": place.authority_website or ""})


@blueprint.get("/<council>/")
@open_to(Who.ANYONE)
def council_page(council: str) -> ResponseReturnValue:
    """The services of one council, by topic; `?search=` leaves those that have its words."""
    here = council_of(council)
    search = one_line(request.args.get("search", "")[:200])[: listing.LONGEST]
    topics = listing.by_topic(here.slug, services_in_language(here.slug), search)
    count = sum(len(topic.services) for topic in topics)
    return render_template("council.html", topics=topics, search=search, count=count)


@blueprint.get("/<council>/theme.css")
@open_to(Who.ANYONE)
def theme_of(council: str) -> Response:
    """The council's colours, as custom properties of the style sheet."""
    response = make_response(theme.theme_css(council_of(council)))
    response.content_type = "text/css; charset=utf-8"
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _front(
    typed: str, error: str | None, elsewhere: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    return make_response(
        render_template(
            "home.html",
            councils=tuple(installation().councils.values()),
            postcode=typed,
            error=error,
            elsewhere=elsewhere,
        ),
        status,
    )
