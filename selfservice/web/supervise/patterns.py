"""What is worth a look: patterns in who opened whose record, and some accesses drawn by lot, week by week."""

from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from selfservice.domain.acting import REASON_WORDS, Reason
from selfservice.domain.figures import Period
from selfservice.domain.patterns import PATTERN_WORDS, USUAL, Found, Pattern
from selfservice.domain.people import Actor, Role
from selfservice.operations import patterns, reading_record
from selfservice.operations.patterns import LOOKING_AFTER
from selfservice.web.languages import _, ngettext
from selfservice.web.security import Who, open_to
from selfservice.web.session import installation
from selfservice.web.supervise import asking
from selfservice.web.supervise.room import chosen_council, councils_of, given, supervisor

blueprint = Blueprint("supervise_patterns", __name__)

DAYS = 7


@blueprint.get("/supervise/patterns")
@open_to(Who.STAFF, Role.SUPERVISOR, Role.AUDITOR)
def show() -> ResponseReturnValue:
    """A week up to the day that the address names, or up to today."""
    council, actor = chosen_council(*LOOKING_AFTER), supervisor()
    last = min(asking.day_in("until") or asking.today(), asking.today())
    week = Period(last - timedelta(days=DAYS - 1), last)
    with installation().database.read() as session:
        review = patterns.review(session, actor, week, council)
    return render_template(
        "supervise/patterns.html",
        **given("patterns"),
        review=review,
        week=week,
        before=week.first - timedelta(days=1),
        after=min(last + timedelta(days=DAYS), asking.today()) if last < asking.today() else None,
        today=asking.today(),
        councils=councils_of(*LOOKING_AFTER),
        chosen=council or "",
        audited=_audited(actor),
        pattern_words={each: _(words) for each, words in PATTERN_WORDS.items()},
        how_many=how_many,
        reason_words={each.value: _(REASON_WORDS[each]) for each in Reason},
        thresholds=USUAL,
    )


def _audited(actor: Actor) -> tuple[str, ...]:
    """The records whose lines they may read; none for who is no auditor."""
    if not actor.councils_as(Role.AUDITOR):
        return ()
    return reading_record.councils(actor, installation().councils)


def how_many(found: Found) -> str:
    """The number of what was found, in words."""
    number = found.number
    if found.pattern is Pattern.MANY_AGENTS:
        return ngettext("%(num)s agent", "%(num)s agents", number)
    if found.pattern is Pattern.NOTHING_SENT:
        return ngettext("%(num)s record", "%(num)s records", number)
    if found.pattern is Pattern.NO_CONTACT:
        return ngettext("%(num)s search", "%(num)s searches", number)
    return ngettext("%(num)s time", "%(num)s times", number)
