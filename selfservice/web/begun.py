"""A journey that was begun: the council, the service and the draft of an address, for its holder only."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from forms.completing import destination, tells_whose
from forms.kit import journey
from forms.kit.audience import for_residents
from forms.kit.comparing import today
from forms.kit.own import Own
from forms.kit.service import Page, Service, Stop
from selfservice import clock
from selfservice.domain.council import Council
from selfservice.domain.draft import Draft
from selfservice.domain.people import Verification
from selfservice.domain.permissions import NotVerified
from selfservice.operations import drafting, prefilling
from selfservice.web.actors import actor
from selfservice.web.away import why_not
from selfservice.web.errors import Refused, not_checked
from selfservice.web.languages import _, services_in_language
from selfservice.web.logging import bind_submission
from selfservice.web.session import installation
from selfservice.web.standing import helping
from selfservice.web.viewing import note_look

CHECK = "check-answers"
SENT = "sent"


@dataclass(frozen=True)
class Begun:
    """A draft with the council and the service that it is for, as residents are asked it, in the reader's
    language."""

    council: Council
    service: Service
    draft: Draft

    @cached_property
    def _today(self) -> dict[str, Any]:
        """The day, the same for all that is told of this request."""
        return dict(today(clock.now(), installation().bank_holidays))

    @cached_property
    def answers(self) -> dict[str, Any]:
        """The answers so far, and beside them the day, which conditions look at."""
        return {**self.draft.answers, **self._today}

    @cached_property
    def counted(self) -> dict[str, Any]:
        """The answers that count, those on the way alone, and beside them the day: what is demanded or told on a
        page must not hang on an answer that another has since taken off the way."""
        return {**self.way.kept, **self._today}

    @cached_property
    def way(self) -> journey.Way:
        """How far the answers lead."""
        return journey.walk(self.service, self.answers)

    def url(self, slug: str, *, change: bool = False, wrong: bool = False) -> str:
        """The address of one page of this journey; with `change`, one that comes back to check answers.

        With `wrong` it shows what was last typed there and could not be taken.
        """
        # Put together by hand, for each page has several: slugs and ids need no quoting.
        said = "&".join(f"{name}=1" for name, true in (("change", change), ("wrong", wrong)) if true)
        address = f"/{self.council.slug}/{self.service.slug}/{self.draft.id}/{slug}"
        return f"{address}?{said}" if said else address

    @cached_property
    def on_account(self) -> Mapping[Own, Any]:
        """What the account of the customer who fills it in, or is helped to, answers; nothing of whoever has none."""
        who = actor()
        if not (who.signed_in or who.acting) or _is_unknown():
            return {}
        with installation().database.look() as session:
            return prefilling.known(session, who)

    @property
    def written(self) -> Service:
        """The service as its council words it in English: what is kept of it and told to others."""
        return as_written(self.council, self.service)

    @cached_property
    def sent_elsewhere_to(self) -> Council | None:
        """The council that the report goes to, where that is not the one on whose page it is made."""
        council = destination(self.service, self.council, installation().councils, self.way.kept)
        return council if council != self.council else None

    @property
    def not_taken_by(self) -> Council | None:
        """The council that the report would go to, where that one does not offer the service."""
        council = self.sent_elsewhere_to
        return council if council and self.service.slug not in installation().services[council.slug] else None

    @property
    def place_page(self) -> str:
        """The slug of the page that asks where it is; the first page where none does."""
        pages = self.way.pages
        return next((page.slug for page in pages if self.asks_where(page)), pages[0].slug)

    def asks_where(self, page: Page | Stop | None) -> bool:
        """Whether this is a page on which it is told whose it is: it can be changed whatever was told."""
        return isinstance(page, Page) and any(tells_whose(self.service, each) for each in page.asked)

    @property
    def finished(self) -> bool:
        """Whether every page has been answered, and none of them ends the journey."""
        return self.way.through

    def resume_at(self) -> str:
        """The slug of the page to go on with: the first that wants an answer, else check answers."""
        return self.way.ends_at

    def leads_to(self, slug: str) -> bool:
        """Whether the answers lead to the page with this slug."""
        return self.way.leads_to(slug)


def _is_unknown() -> bool:
    """Whether an agent helps somebody of whom nothing may be shown, for nobody knows yet that it is them."""
    helped = helping()
    return helped is not None and helped.verification < Verification.BASIC


def as_written(council: Council, service: Service) -> Service:
    """The same service in English, as its council words it and asks it here."""
    return _asked(installation().services[council.slug][service.slug])


def council_of(slug: str) -> Council:
    """The council with this slug. Raises `Refused` (404) when there is none."""
    council = installation().councils.get(slug)
    if council is None:
        raise Refused(
            404,
            _("Page not found"),
            (
                _("If you typed the address, check that it is right."),
                _("You can choose your council on the first page."),
            ),
        )
    return council


def council_and_service(council: str, service: str) -> tuple[Council, Service]:
    """The council and the service of these slugs. Raises `Refused` (404) when there is none."""
    here = council_of(council)
    offered = services_in_language(council)
    if service not in offered:
        raise Refused(
            404,
            _("Page not found"),
            (
                _("%(council)s has no such service here.", council=here.name),
                _("You can choose from its services on the council’s page."),
            ),
        )
    return here, _asked(offered[service])


def _asked(service: Service) -> Service:
    """The service as it is asked here: whole where an agent helps, else without what is asked of agents alone."""
    return service if helping() else for_residents(service)


def load(council: str, service: str, draft_id: str) -> Begun:
    """The journey at an address, if this browser holds its draft. Raises what `away.why_not` gives when it does not:
    a refusal, or the page that says who has it. An agent who does not know yet whose it is, is led to the check."""
    try:
        return load_if_sure(council, service, draft_id)
    except NotVerified:
        raise not_checked(keeps_typed=True) from None


def load_if_sure(council: str, service: str, draft_id: str) -> Begun:
    """As `load`, but raises `NotVerified` for an agent who does not know yet who the customer is. That an agent looks
    at a form in which they had no hand this time is written down first."""
    found_council, found_service = council_and_service(council, service)
    with installation().database.look() as session:
        draft = drafting.find(session, actor(), draft_id, installation().seals)
    if draft is None or (draft.council, draft.service) != (council, service):
        raise why_not(draft_id)
    if draft.submission_id:
        bind_submission(draft.submission_id)
    elif draft.from_before:
        note_look("form", council)
    return Begun(found_council, found_service, draft)
