"""What the script of the map says, in the reader's language: printed with the page, for a script has no gettext."""

import json

from flask import current_app
from markupsafe import Markup, escape

from selfservice.domain.council import Council
from selfservice.web.languages import _, language


def map_words(council: Council) -> Markup:
    """The script's sentences by the names that it calls them, as JSON for an attribute: made once for each language
    and council. {near} and {metres} are left for the script to fill in."""
    kept: dict[object, Markup] = current_app.extensions.setdefault("selfservice map words", {})
    key = (language().tag, council.slug)
    if key not in kept:
        said = _around(council) | _of_the_pin() | _of_the_location()
        kept[key] = escape(json.dumps(said, ensure_ascii=False))
    return kept[key]


def _around(council: Council) -> dict[str, str]:
    return {
        "heading": _("Or put a pin on the map"),
        "hint": _("Click or tap the map. Zoom in and drag the pin to move it to the exact spot."),
        "view": _(
            "Map of the area of %(council)s. Arrow keys move the map, plus and minus zoom, Enter puts the pin in "
            "the middle.",
            council=council.name,
        ),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "drawn": _("Drawn from postcodes, not a street map."),
        "approximate": _("The council’s border is approximate."),
        "rights": _(
            "Contains OS data © Crown copyright and database right, Royal Mail data © Royal Mail copyright and "
            "database right, National Statistics data © Crown copyright and database right."
        ),
    }


def _of_the_pin() -> dict[str, str]:
    return {
        "middle": _("Put the pin in the middle of the map"),
        "off": _("Remove the pin"),
        "pin": _("Pin"),
        "pinKeys": _("Pin. Arrow keys move it."),
        "put": _("Pin put. Press Continue to use it, or move it."),
        "putNear": _("Pin put near {near}. Press Continue to use it, or move it."),
        "moved": _("Pin moved. Press Continue to use it, or move it."),
        "movedNear": _("Pin moved near {near}. Press Continue to use it, or move it."),
        "removed": _("Pin removed."),
        "removedByTyping": _("Pin removed, because you are typing the place."),
    }


def _of_the_location() -> dict[str, str]:
    return {
        "here": _("Use my location"),
        "finding": _("Finding your location…"),
        "located": _(
            "Pin put where you are, to within about {metres} metres. Press Continue to use it, or move it."
        ),
        "locatedNear": _(
            "Pin put where you are, near {near}, to within about {metres} metres. Press Continue to use it, or "
            "move it."
        ),
        "notAllowed": _(
            "Your browser did not let us use your location. You can allow it in the browser’s settings, or tell "
            "us the place another way."
        ),
        "notFound": _(
            "Your device could not find where it is. Put the pin yourself, or tell us the place another way."
        ),
        "tookTooLong": _("Finding your location took too long. Try again, or put the pin yourself."),
    }
