"""The way through a service, computed from the answers alone: no deploy and no changed answer strands anyone.

An answer counts once its page has been walked over; answers on pages off the path are as if not given.
A question left blank is kept as None, so a page counts as done only when it has been seen; of one that asks nothing,
`seen` is kept among the answers and is no answer. Beside the answers
may stand what `comparing.today` gives; without it no condition that looks at today holds.
"""

from dataclasses import dataclass
from typing import Any

from forms.kit.comparing import TODAY
from forms.kit.conditions import Answers
from forms.kit.service import Page, Service, Stop

CHECK_ANSWERS = "check-answers"


@dataclass(frozen=True, slots=True)
class Way:
    """How far some answers lead: walk once and ask it, for every page asks several of these things.

    `pages` are in order, up to and including the first that is not done, or a Stop. `kept` are the answers on them
    alone, None for a question left blank. `through` says whether every page is done, and none is a Stop.
    """

    pages: tuple[Page | Stop, ...]
    kept: dict[str, Any]
    through: bool

    @property
    def ends_at(self) -> str:
        """The slug to go on with: of the first page that wants an answer, of a Stop, or "check-answers"."""
        return CHECK_ANSWERS if self.through else self.pages[-1].slug

    def leads_to(self, slug: str) -> bool:
        """Whether the answers lead to the page; "check-answers" is when all is done."""
        return self.through if slug == CHECK_ANSWERS else any(page.slug == slug for page in self.pages)

    def after(self, slug: str) -> str:
        """The page after this one: a slug, or "check-answers".

        From a page that is not done, itself; from one that is no longer on the path, the last one that is.
        """
        slugs = [page.slug for page in self.pages] + ([CHECK_ANSWERS] if self.through else [])
        return slugs[slugs.index(slug) + 1] if slug in slugs[:-1] else slugs[-1]

    def before(self, slug: str) -> str | None:
        """The page before this one ("check-answers" included), or None before the first."""
        slugs = [page.slug for page in self.pages]
        place = slugs.index(slug) if slug in slugs else len(slugs)
        return slugs[place - 1] if place else None


def path(service: Service, answers: Answers) -> tuple[Page | Stop, ...]:
    """`Way.pages` of these answers."""
    return walk(service, answers).pages


def kept(service: Service, answers: Answers) -> dict[str, Any]:
    """`Way.kept` of these answers."""
    return walk(service, answers).kept


def finished(service: Service, answers: Answers) -> bool:
    """`Way.through` of these answers."""
    return walk(service, answers).through


def find(service: Service, slug: str) -> Page | Stop | None:
    """The page with this slug, on the path or not."""
    return next((page for page in service.pages if page.slug == slug), None)


def done(page: Page, answers: Answers) -> bool:
    """Whether the page has been seen and everything demanded on it was answered."""
    for question in page.asked:
        if question.id not in answers or (answers[question.id] is None and question.required(answers)):
            return False
    return page.at_least_one is None or not page.at_least_one.broken(answers)


def seen(page: Page) -> dict[str, bool]:
    """What is kept of a page that asks nothing once its reader has gone on: that it was seen."""
    return {} if page.asked else {f"seen-{page.slug}": True}


def walk(service: Service, answers: Answers) -> Way:
    """Walk over the pages as far as the answers lead.

    A page that only tells something is waited at until it was seen, or something after it was answered: nobody is
    led back to one that a deploy has put there.
    """
    way: list[Page | Stop] = []
    so_far: dict[str, Any] = {TODAY: answers[TODAY]} if TODAY in answers else {}
    unseen: int | None = None  # how long the way is to the first page that waits to be seen
    through = True
    for page in service.pages:
        if page.when is not None and not page.when.holds(so_far):
            continue
        way.append(page)
        if isinstance(page, Stop):
            through = False
            break
        if not page.asked:
            unseen = unseen or (None if seen(page).keys() <= answers.keys() else len(way))
            continue
        taken = fitting(page, answers)
        unseen = None if taken else unseen
        so_far |= taken
        if not done(page, so_far):
            through = False
            break
    so_far.pop(TODAY, None)
    return Way(tuple(way), so_far, through) if unseen is None else Way(tuple(way[:unseen]), so_far, False)


def fitting(page: Page, answers: Answers) -> dict[str, Any]:
    """The page's answers that still fit its questions: a choice since taken away is asked for again."""
    return {
        question.id: answers[question.id]
        for question in page.asked
        if question.id in answers and (answers[question.id] is None or question.accepts(answers[question.id]))
    }
