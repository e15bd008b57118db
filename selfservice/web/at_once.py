"""A form as an agent asks it: on one page, all that can be asked without knowing the answers first.

The pages are those of the form, and so are their rules. What hangs on an answer that is still to come is asked
afterwards, as are photos and pages that tell what was found. See docs/decisions/0026-the-desk.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from forms.kit import journey as way
from forms.kit.comparing import TODAY
from forms.kit.compile import PageForm
from forms.kit.questions import Information, Question
from forms.kit.service import Page, Stop
from forms.kit.ways import mentions
from selfservice.web import answering, form_changed, photo_page
from selfservice.web.begun import Begun
from selfservice.web.languages import _
from selfservice.web.standing import helping

# The field of such a page that says which pages stand on it.
FIELD = "together"


@dataclass(frozen=True, slots=True)
class Together:
    """Several pages of a form as one: `page` asks what `pages` ask, under the slug of the first of them."""

    page: Page
    pages: tuple[Page, ...]

    @property
    def slugs(self) -> str:
        """The slugs of the pages, as the form says them."""
        return " ".join(page.slug for page in self.pages)


def to_show(begun: Begun, first: Page) -> Together | None:
    """What an agent is asked together with a page; None where that is nothing, and for everybody else."""
    if helping() is None or answering.changing() or _is_alone(begun, first):
        return None
    return _joined([first, *_that_can_follow(begun, first)])


def posted(begun: Begun, first: Page) -> Together | None:
    """The pages that stood on the page that was posted; None where it stood alone."""
    slugs = request.form.get(FIELD, "").split()
    if helping() is None or not slugs:
        return None
    pages = [each for each in begun.service.pages if isinstance(each, Page) and each.slug in slugs]
    pages = [each for each in pages if each is first or not _cannot_follow(begun, each)]
    return _joined(pages) if pages[:1] == [first] else None


def stopped(begun: Begun, together: Together, form: PageForm) -> dict[str, Any] | None:
    """What can be taken of a form that is not right as a whole, where that much already leads to a page which ends
    the journey: the rest need not be asked. None where it does not."""
    taken: dict[str, Any] = {}
    for page in together.pages:
        if any(form[question.id].errors for question in page.asked):
            return None
        taken |= {question.id: form[question.id].data for question in page.asked}
        ends = way.walk(begun.service, {**begun.answers, **taken}).pages[-1]
        if isinstance(ends, Stop):
            return taken
    return None


def _that_can_follow(begun: Begun, first: Page) -> Iterator[Page]:
    known = begun.answers.keys() | {TODAY}
    pages = begun.service.pages
    for page in pages[pages.index(first) + 1 :]:
        if not isinstance(page, Page) or _cannot_follow(begun, page):
            continue
        if all(question.id in begun.draft.answers for question in page.asked):
            continue  # answered before
        if any(mention.question not in known for mention in mentions(page.when)):
            continue  # asked once that is known
        if page.when is None or page.when.holds(begun.answers):
            yield page


def _is_alone(begun: Begun, page: Page) -> bool:
    """Whether a page must stand by itself."""
    return photo_page.asks_for_photos(page) or form_changed.asks_again(begun, page)


def _cannot_follow(begun: Begun, page: Page) -> bool:
    """Whether a page must be the first: it tells what hangs on the answers before it."""
    return _is_alone(begun, page) or any(isinstance(each, Information) for each in page.questions)


def _joined(pages: Sequence[Page]) -> Together | None:
    if len(pages) < 2:
        return None
    ruled = [page.at_least_one for page in pages if page.at_least_one]
    if len(ruled) > 1:  # a page keeps one such rule
        return _joined(pages[:-1])
    questions: list[Question] = []
    for page in pages:
        if page.title:
            questions.append(Information(f"heading_{page.slug.replace('-', '_')}", page.title))
        questions += page.questions
    page = Page(pages[0].slug, *questions, title=_("What to ask"), at_least_one=next(iter(ruled), None))
    return Together(page, tuple(pages))
