"""A form that changed while somebody was filling it in: answers are kept, and they are told what is asked again."""

from typing import Any

from forms.kit import journey as way
from forms.kit.changed import asked_again, version_of
from forms.kit.service import Page
from selfservice.web.begun import Begun
from selfservice.web.languages import _


def notice(begun: Begun, page: Page) -> str | None:
    """What to tell on this page, when it is one that the changed form asks again; else None."""
    again = _again(begun)
    if page not in again:
        return None
    kept = _("This form has changed since you began. We kept your answers.")
    if len(again) == 1:
        return kept + " " + _("Please answer this again: %(question)s", question=again[0].heading)
    questions = "; ".join(each.heading for each in again)
    return kept + " " + _("Please answer these again: %(questions)s", questions=questions)


def asks_again(begun: Begun, page: Page) -> bool:
    """Whether this page is one that the changed form asks again: what follows it is answered already."""
    return page in _again(begun)


def version_after(begun: Begun, given: dict[str, Any]) -> str | None:
    """The form that the answers stand in once `given` is among them; None while some are still asked again."""
    if _changed(begun) and asked_again(begun.service, {**begun.answers, **given}):
        return None
    return version_of(begun.service)


def stranded(begun: Begun, slug: str) -> Page | None:
    """The page with this slug, if only the change of the form has taken it off the way: somebody had it open."""
    found = way.find(begun.service, slug)
    return found if isinstance(found, Page) and _changed(begun) else None


def _again(begun: Begun) -> tuple[Page, ...]:
    return asked_again(begun.service, begun.answers) if _changed(begun) else ()


def _changed(begun: Begun) -> bool:
    before = begun.draft.form_version
    return before is not None and before != version_of(begun.service)
