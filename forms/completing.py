"""From a finished journey to what operations accept: whose it is, to whom it goes, and what we promise."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from forms.catalogue import for_council
from forms.kit.answers import given
from forms.kit.conditions import Answers
from forms.kit.journey import finished, kept
from forms.kit.located import PlaceQuestion
from forms.kit.questions import Photos
from forms.kit.service import Service
from selfservice.domain.case import Contact
from selfservice.domain.council import Council
from selfservice.domain.places import Place
from selfservice.domain.submission import Completed, DeliverTo
from selfservice.domain.working_days import promised_by


class Unfinished(Exception):
    """The answers do not reach the end of the service."""


def complete(
    service: Service,
    council_of_page: Council,
    councils: Mapping[str, Council],
    answers: Answers,
    now: datetime,
    bank_holidays: Collection[date],
) -> Completed:
    """What is to be accepted. Answers off the path are dropped; the place says whose it is, not the page.

    `now` is in UTC. The words are those of the page it was told on, the promise that of the council it goes
    to. Raises `Unfinished`.
    """
    if not finished(service, answers):
        raise Unfinished(service.slug)
    counted = kept(service, answers)
    place = _place(service, counted)
    council = destination(service, council_of_page, councils, answers)
    promise = for_council(council).get(service.slug, service).promise
    return Completed(
        council=council.slug,
        begun_at=council_of_page.slug,
        service=service.slug,
        service_title=service.title,
        answers=given(service, answers),
        place=place,
        contact=Contact(*(counted.get(part) or "" for part in ("name", "email", "phone"))),
        urgent=service.urgent_when is not None and service.urgent_when.holds(counted),
        file_ids=_file_ids(service, counted),
        lookup_postcodes=(place.postcode,) if place and place.postcode else (),
        acknowledge_by=promised_by(now, promise.acknowledge.days, bank_holidays),
        resolve_by=promised_by(now, promise.resolve.days, bank_holidays),
        deliver=tuple(DeliverTo(council.routes[to.department], to.service_code) for to in service.deliver),
    )


def destination(
    service: Service, council_of_page: Council, councils: Mapping[str, Council], answers: Answers
) -> Council:
    """The council that these answers go to: the one that the place is in, whichever page they began on."""
    place = _place(service, kept(service, answers))
    return councils[place.council] if place and place.council else council_of_page


def _place(service: Service, counted: Answers) -> Place | None:
    """Where it is: the answer to the first question for a place."""
    for question in service.questions():
        if isinstance(question, PlaceQuestion) and counted.get(question.id) is not None:
            return Place.from_json(counted[question.id])
    return None


def _file_ids(service: Service, counted: Answers) -> tuple[str, ...]:
    return tuple(
        file_id
        for question in service.questions()
        if isinstance(question, Photos)
        for file_id in counted.get(question.id) or ()
    )
