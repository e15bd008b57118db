"""The way through a service, computed from the answers alone: no deploy and no changed answer strands anyone.

An answer counts once its page has been walked over; answers on pages off the path are as if not given.
A question left blank is kept as None, so a page counts as done only when it has been seen. Beside the answers
may stand what `comparing.today` gives; without it no condition that looks at today holds.
"""

from typing import Any

from forms.kit.comparing import TODAY
from forms.kit.conditions import Answers
from forms.kit.service import Page, Service, Stop

CHECK_ANSWERS = "check-answers"


def path(service: Service, answers: Answers) -> tuple[Page | Stop, ...]:
    """The pages in order, up to and including the first that is not done, or a Stop."""
    return _walk(service, answers)[0]


def kept(service: Service, answers: Answers) -> dict[str, Any]:
    """The answers on the path alone; a question left blank is there as None."""
    return _walk(service, answers)[1]


def finished(service: Service, answers: Answers) -> bool:
    """Whether every page on the path is done, and none is a Stop."""
    return _walk(service, answers)[2]


def next_slug(service: Service, answers: Answers, after: str) -> str:
    """The page after this one: a slug, or "check-answers".

    From a page that is not done, itself; from one that is no longer on the path, the last one that is.
    """
    way, _, through = _walk(service, answers)
    slugs = [page.slug for page in way] + ([CHECK_ANSWERS] if through else [])
    if after in slugs[:-1]:
        return slugs[slugs.index(after) + 1]
    return slugs[-1]


def previous_slug(service: Service, answers: Answers, before: str) -> str | None:
    """The page before this one ("check-answers" included), or None before the first."""
    slugs = [page.slug for page in path(service, answers)]
    place = slugs.index(before) if before in slugs else len(slugs)
    return slugs[place - 1] if place else None


def find(service: Service, slug: str) -> Page | Stop | None:
    """The page with this slug, on the path or not."""
    return next((page for page in service.pages if page.slug == slug), None)


def on_path(service: Service, answers: Answers, slug: str) -> bool:
    """Whether these answers lead to the page; "check-answers" is when all is done."""
    if slug == CHECK_ANSWERS:
        return finished(service, answers)
    return any(page.slug == slug for page in path(service, answers))


def done(page: Page, answers: Answers) -> bool:
    """Whether the page has been seen and everything demanded on it was answered."""
    for question in page.asked:
        if question.id not in answers or (answers[question.id] is None and question.required(answers)):
            return False
    return page.at_least_one is None or not page.at_least_one.broken(answers)


def _walk(service: Service, answers: Answers) -> tuple[tuple[Page | Stop, ...], dict[str, Any], bool]:
    """The path, the answers on it, and whether it came through to the end."""
    way: list[Page | Stop] = []
    so_far: dict[str, Any] = {TODAY: answers[TODAY]} if TODAY in answers else {}
    for page in service.pages:
        if page.when is not None and not page.when.holds(so_far):
            continue
        way.append(page)
        if isinstance(page, Stop):
            return _walked(way, so_far, False)
        so_far |= _taken(page, answers)
        if not done(page, so_far):
            return _walked(way, so_far, False)
    return _walked(way, so_far, True)


def _walked(
    way: list[Page | Stop], so_far: dict[str, Any], through: bool
) -> tuple[tuple[Page | Stop, ...], dict[str, Any], bool]:
    so_far.pop(TODAY, None)
    return tuple(way), so_far, through


def _taken(page: Page, answers: Answers) -> dict[str, Any]:
    """The page's answers that still fit its questions: a choice since taken away is asked for again."""
    return {
        question.id: answers[question.id]
        for question in page.asked
        if question.id in answers and (answers[question.id] is None or question.accepts(answers[question.id]))
    }
