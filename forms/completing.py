"""From a finished journey to what operations accept: whose it is, to whom it goes, and what we promise."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from forms.catalogue import as_offered
from forms.kit.addresses import Address, Property
from forms.kit.answers import given
from forms.kit.comparing import today
from forms.kit.conditions import Answers
from forms.kit.files import Photos
from forms.kit.journey import walk
from forms.kit.located import PlaceQuestion
from forms.kit.paying import in_pounds, to_pay
from forms.kit.questions import Question
from forms.kit.service import Service, To
from selfservice.domain.case import Contact, GivenAnswer
from selfservice.domain.council import Council
from selfservice.domain.places import Place, Precision
from selfservice.domain.submission import Completed, DeliverTo
from selfservice.domain.working_days import promised_by

# The kinds of question whose answer says which council the whole goes to.
LOCATING = (PlaceQuestion, Property)


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

    `now` is in UTC. Words are the page's, the promise is the receiving council's. Raises `Unfinished`.
    """
    way = walk(service, answers := {**answers, **today(now, bank_holidays)})
    if not way.through:
        raise Unfinished(service.slug)
    counted, place = way.kept, _place(service, way.kept)
    council = destination(service, council_of_page, councils, counted)
    acknowledge_by, resolve_by = _promised(service, council, now, bank_holidays)
    return Completed(
        council=council.slug,
        begun_at=council_of_page.slug,
        service=service.slug,
        service_title=service.title,
        answers=(*given(service, answers), *_to_pay(service, counted)),
        place=place,
        contact=Contact(*(counted.get(part) or "" for part in ("name", "email", "phone"))),
        urgent=service.urgent_when is not None and service.urgent_when.holds(counted),
        file_ids=_file_ids(service, counted),
        lookup_postcodes=_postcodes(service, counted, place),
        acknowledge_by=acknowledge_by,
        resolve_by=resolve_by,
        deliver=_told(service, counted, council, councils),
        verified=service.verified,
    )


def destination(
    service: Service, council_of_page: Council, councils: Mapping[str, Council], counted: Answers
) -> Council:
    """The council that these answers go to: the one that the place or the property is in, whichever page they
    began on. One that does not pass on what is the county's duty is spared it, and one that has left this
    installation since the place was told gets nothing: the page's council does.

    `counted` are the answers on the path alone (`journey.Way.kept`).
    """
    for question in service.questions():
        answer = counted.get(question.id)
        if isinstance(question, LOCATING) and answer is not None:
            theirs = councils.get(answer["council"] or "", council_of_page)
            return theirs if _takes(service, theirs) else council_of_page
    # Told at addresses alone: a council that none of them is in has no part in it, whosever page it was begun on.
    told = [_theirs(to, counted, council_of_page, councils) for to in service.deliver if to.at]
    concerned = [council for council in told if council is not None]
    return council_of_page if council_of_page in concerned or not concerned else concerned[0]


def tells_whose(service: Service, question: Question) -> bool:
    """Whether the answer to a question bears on which council the whole goes to (see `destination`)."""
    return isinstance(question, LOCATING) or any(to.at == question.id for to in service.deliver)


def _takes(service: Service, council: Council) -> bool:
    """Whether a council takes what is reported in its area. What is the county's duty, only one that passes it on."""
    if service.duty is None:
        return True
    offered = as_offered(council, service.slug)
    return offered is not None and not offered.signposted


def _promised(
    service: Service, council: Council, now: datetime, bank_holidays: Collection[date]
) -> tuple[datetime, datetime]:
    """By when the council that it goes to looks at it, and has done it."""
    promise = (as_offered(council, service.slug) or service).promise
    days = (promise.acknowledge.days, promise.resolve.days)
    acknowledge_by, resolve_by = (promised_by(now, each, bank_holidays) for each in days)
    return acknowledge_by, resolve_by


def _told(
    service: Service, counted: Answers, council: Council, councils: Mapping[str, Council]
) -> tuple[DeliverTo, ...]:
    """Every back office that must hear of it. One outside this installation cannot, and is left out."""
    found: dict[DeliverTo, None] = {}
    for to in service.deliver:
        if to.when is not None and not to.when.holds(counted):
            continue
        theirs = _theirs(to, counted, council, councils)
        if theirs is not None:
            connector = theirs.routes[to.department]
            found[DeliverTo(connector, to.service_code, theirs.slug, to.title, to.without)] = None
    return tuple(found)


def _theirs(to: To, counted: Answers, council: Council, councils: Mapping[str, Council]) -> Council | None:
    """The council whose department hears: `council`, or the one that an address is in; None outside them all."""
    return councils.get((counted.get(to.at) or {}).get("council") or "") if to.at else council


def _to_pay(service: Service, counted: Answers) -> tuple[GivenAnswer, ...]:
    """What there is to pay, as the back office and the customer read it; nothing where nothing is priced."""
    if not service.prices:
        return ()
    pence = to_pay(service, counted)
    return (GivenAnswer("to_pay", "To pay", in_pounds(pence), f"{pence / 100:.2f}"),)


def _place(service: Service, counted: Answers) -> Place | None:
    """Where it is: the answer to the first question for a place, else the property that it is about."""
    for question in service.questions():
        answer = counted.get(question.id)
        if isinstance(question, PlaceQuestion) and answer is not None:
            return Place.from_json(answer)
        if isinstance(question, Property) and answer is not None and answer["easting"] is not None:
            return Place(
                answer["easting"],
                answer["northing"],
                Precision.POSTCODE,
                answer["postcode"],
                answer["words"],
                council=answer["council"],
                ward=answer["ward"],
                postcode=answer["postcode"],
            )
    return None


def _postcodes(service: Service, counted: Answers, place: Place | None) -> tuple[str, ...]:
    """The postcodes that open the progress, with the reference: of the place, and of every address given."""
    found = [place.postcode] if place and place.postcode else []
    found += [
        counted[question.id]["postcode"]
        for question in service.questions()
        if isinstance(question, Address) and counted.get(question.id)
    ]
    return tuple(dict.fromkeys(postcode for postcode in found if postcode))


def _file_ids(service: Service, counted: Answers) -> tuple[str, ...]:
    return tuple(
        file_id
        for question in service.questions()
        if isinstance(question, Photos)
        for file_id in counted.get(question.id) or ()
    )
