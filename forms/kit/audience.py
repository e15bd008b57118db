"""Who is asked what: a service as residents see it, without the questions that are asked of agents alone."""

from dataclasses import replace

from forms.kit.once import once_each
from forms.kit.service import Page, Service, Stop


@once_each
def for_residents(service: Service) -> Service:
    """The service without its agents' questions, and without the pages that had no others.

    What a condition says of such a question does not hold for a resident. The same object each time, for its
    form is told apart by that.
    """
    if not agents_alone(service):
        return service
    return replace(service, pages=tuple(page for page in map(_of_page, service.pages) if page is not None))


@once_each
def agents_alone(service: Service) -> frozenset[str]:
    """The ids of the questions that are asked of agents alone."""
    return frozenset(question.id for question in service.questions() if question.of == "agent")


def _of_page(page: Page | Stop) -> Page | Stop | None:
    if isinstance(page, Stop):
        return page
    asked = tuple(question for question in page.questions if question.of != "agent")
    if not any(question.asks for question in asked) and page.asked:
        return None
    return Page(page.slug, *asked, title=page.title, when=page.when, at_least_one=page.at_least_one)
