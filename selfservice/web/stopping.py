"""The pages that end a journey with advice: nothing is sent, and the reader is told where to go instead."""

from flask import render_template

from forms.kit import journey as way
from forms.kit.service import Stop
from forms.kit.words import filled_in
from selfservice.domain.council import Council
from selfservice.web.answering import back_from
from selfservice.web.begun import Begun
from selfservice.web.languages import _


def show(begun: Begun, stop: Stop) -> str:
    """A stop of the service; naming whose it is when the place lies outside the partnership."""
    return render_template(
        "journey/stop.html",
        service=begun.service,
        page=stop,
        guidance=filled_in(stop.guidance, begun.counted, _),
        told_already=_tells_that_nothing_is_sent(begun, stop),
        back_url=back_from(begun, stop.slug),
        elsewhere=_authority(begun),
    )


def show_not_taken(begun: Begun, council: Council) -> str:
    """The place is in the area of a council of this installation that does not offer the service."""
    return render_template(
        "journey/stop.html",
        service=begun.service,
        page=None,
        heading=_("%(council)s does not take this online", council=council.name),
        guidance=(
            _("The place you gave is in the area of %(council)s.", council=council.name),
            _("Call them on %(phone)s instead. Nothing has been sent.", phone=council.contacts.phone),
        ),
        told_already=True,
        back_url=begun.url(begun.place_page),
        elsewhere={"name": council.name, "website": f"/{council.slug}/"},
    )


def _tells_that_nothing_is_sent(begun: Begun, stop: Stop) -> bool:
    """Whether the stop's own words say so, as they are written in English."""
    written = way.find(begun.written, stop.slug)
    return isinstance(written, Stop) and any("Nothing has been sent" in words for words in written.guidance)


def _authority(begun: Begun) -> dict[str, str] | None:
    """Name and website of the council outside the partnership whose area the place is in."""
    for answer in begun.way.kept.values():
        if isinstance(answer, dict) and answer.get("authority") and not answer.get("council"):
            return {"name": answer["authority"], "website": answer.get("authority_website") or ""}
    return None
