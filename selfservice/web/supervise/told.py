"""The figures of a period told as tables: time, moments, help and repeats; each name is that of a file to download."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from selfservice.domain.figures import HOURS, WEEKDAYS, Assisted, Figures, Times, longest_first, share
from selfservice.web.languages import _
from selfservice.web.supervise import charts
from selfservice.web.supervise.charts import MOST_BARS, Bar
from selfservice.web.supervise.room import (
    channel_name,
    contacts_counted,
    lasting,
    percent,
    service_title,
    short_day,
)
from selfservice.web.supervise.tables import Column, Kind, Table, hour_words, o_clock, week_words
from selfservice.web.words import WEEKDAYS as NAMES_OF_DAYS

# Between these hours is always drawn, so that a quiet evening is seen to be one.
USUAL_HOURS = range(8, 18)


def tables(figures: Figures, titles: Mapping[str, str], agents: Mapping[str, str]) -> Iterator[Table]:
    """Every table of these figures. `titles` are those of services by slug, `agents` names by id, for supervisors."""
    yield by_channel(figures)
    yield by_service(figures, titles)
    yield by_day(figures)
    yield by_weekday(figures)
    yield by_hour(figures)
    yield assisted_by_week(figures)
    yield assisted_by_service(figures, titles)
    yield repeats_by_service(figures, titles)
    if agents:
        yield by_agent(figures, agents)


def by_channel(figures: Figures) -> Table:
    """How long contacts took by each channel."""
    told = [(channel_name(key), times) for key, times in longest_first(figures.by_channel)]
    lead = _("Active time, without pauses. Median: half of the contacts were over within this time.")
    return _times("time-by-channel", _("Time by channel"), lead, _("Channel"), told, figures.all)


def by_service(figures: Figures, titles: Mapping[str, str]) -> Table:
    """How long contacts took about each service."""
    told = [(service_title(key, titles), times) for key, times in longest_first(figures.by_service)]
    lead = _("Which services take the most of agents’ time.")
    return _times("time-by-service", _("Time by service"), lead, _("Service"), told, figures.all)


def by_agent(figures: Figures, agents: Mapping[str, str]) -> Table:
    """How long contacts took with each agent, at the councils that one supervises."""
    told = [(agents.get(key, key), times) for key, times in longest_first(figures.by_agent)]
    lead = _("Short is not better: who takes the hard contacts takes longer.")
    table = _times("time-by-agent", _("Time by agent"), lead, _("Agent"), told, figures.all)
    contacts, seconds, repeats = (
        sum(getattr(each, name) for _agent, each in told) for name in ("contacts", "seconds", "repeats")
    )
    if contacts == figures.all.contacts:
        return table
    # Of some of the councils alone: medians cannot be added up.
    return replace(table, total=(_("All"), contacts, None, None, seconds, repeats))


def by_day(figures: Figures) -> Table:
    """How many contacts began on each day."""
    counted = [(day, figures.moments.on(day)) for day in figures.period.days]
    busiest = max(counted, key=lambda each: each[1])
    words = _("The most on %(day)s: %(contacts)s.", day=short_day(busiest[0]), contacts=f"{busiest[1]:,}")
    title = _("Contacts by day")
    return Table(
        "contacts-by-day",
        title,
        words,
        (Column(_("Day"), Kind.DAY), Column(_("Contacts"))),
        tuple(counted),
        (_("All"), figures.moments.all),
        charts.line(
            "chart-by-day", title, words, [(short_day(day), number) for day, number in counted]
        ),
    )  # fmt: skip


def by_weekday(figures: Figures) -> Table:
    """How many contacts began on each day of the week."""
    every = figures.moments.all
    counted = [(_(NAMES_OF_DAYS[day]), figures.moments.on_weekday(day)) for day in WEEKDAYS]
    rows = [Bar(name, (number,), contacts_counted(number)) for name, number in counted]
    title = _("Contacts by day of the week")
    return Table(
        "contacts-by-weekday",
        title,
        _("When to have more people at work."),
        (Column(_("Day"), Kind.TEXT), Column(_("Contacts")), Column(_("Share"), Kind.SHARE)),
        tuple((name, number, share(number, every)) for name, number in counted),
        (_("All"), every, share(every, every)),
        charts.bars("chart-by-weekday", title, _spoken(rows), rows),
    )


def by_hour(figures: Figures) -> Table:
    """How many contacts began in each hour, by day of the week."""
    moments = figures.moments
    used = [hour for hour in HOURS if moments.at(hour) or hour in USUAL_HOURS]
    hours = range(used[0], used[-1] + 1)
    counted = [(hour, moments.at(hour)) for hour in hours]
    busiest = max(counted, key=lambda each: each[1])
    words = _(
        "The most from %(hour)s: %(contacts)s.", hour=hour_words(busiest[0]), contacts=f"{busiest[1]:,}"
    )
    title = _("Contacts by hour")
    days = [Column(_(name)) for name in NAMES_OF_DAYS]
    return Table(
        "contacts-by-hour",
        title,
        words,
        (Column(_("Hour"), Kind.HOUR), *days, Column(_("All"))),
        tuple(
            (hour, *(moments.at(hour, day) for day in WEEKDAYS), number) for hour, number in counted
        ),
        (_("All"), *(moments.on_weekday(day) for day in WEEKDAYS), moments.all),
        charts.columns(
            "chart-by-hour", title, words, [(o_clock(hour), number) for hour, number in counted]
        ),
    )  # fmt: skip


def assisted_by_week(figures: Figures) -> Table:
    """In how many submissions an agent had a hand, week by week."""
    weeks = figures.period.weeks
    told = [(week, figures.assisted_in_week(number)) for number, week in enumerate(weeks)]
    rows = [_helped_bar(week_words(week), each) for week, each in told]
    title = _("Submissions that agents helped with, by week")
    return Table(
        "assisted-by-week",
        title,
        _("%(share)s of all in this period.", share=percent(figures.assisted_in_all.share)),
        (Column(_("Week"), Kind.WEEK), *_helped_columns()),
        tuple((week, *_helped(each)) for week, each in told),
        (_("All"), *_helped(figures.assisted_in_all)),
        charts.bars("chart-assisted-by-week", title, _spoken(rows), rows[-MOST_BARS:], _helped_or_not()),
    )


def assisted_by_service(figures: Figures, titles: Mapping[str, str]) -> Table:
    """In how many submissions to each service an agent had a hand, in all and in each week."""
    told = {slug: figures.assisted_with(slug) for slug, _week in figures.assisted}
    order = sorted(told, key=lambda slug: (-told[slug].assisted, -told[slug].submissions, slug))
    rows = [_helped_bar(service_title(slug, titles), told[slug]) for slug in order]
    weeks = figures.period.weeks
    title = _("Submissions that agents helped with, by service")
    return Table(
        "assisted-by-service",
        title,
        _("Where many need help, the form may be at fault."),
        (Column(_("Service"), Kind.TEXT), *_helped_columns(), *_week_columns(figures)),
        tuple(
            (
                service_title(slug, titles),
                *_helped(told[slug]),
                *(figures.assisted.get((slug, number), Assisted()).assisted for number in range(len(weeks))),
            )
            for slug in order
        ),
        (
            _("All"),
            *_helped(figures.assisted_in_all),
            *(figures.assisted_in_week(number).assisted for number in range(len(weeks))),
        ),
        charts.bars("chart-assisted-by-service", title, _spoken(rows), rows[:MOST_BARS], _helped_or_not()),
    )  # fmt: skip


def repeats_by_service(figures: Figures, titles: Mapping[str, str]) -> Table:
    """How many contacts were about what somebody had been in touch about within the fourteen days before."""
    told = sorted(
        figures.by_service.items(), key=lambda each: (-each[1].repeats, -each[1].contacts, each[0] or "")
    )
    rows = [
        Bar(
            service_title(slug, titles),
            (times.repeats, times.contacts - times.repeats),
            _share_of(times.repeat_share, times.contacts),
        )
        for slug, times in told
        if times.repeats
    ]  # fmt: skip
    title = _("Repeat contacts about the same case")
    return Table(
        "repeats-by-service",
        title,
        _(
            "%(share)s of all were by somebody who had been in touch about it in the 14 days before: “Where is it?” "
            "is demand that we make ourselves.",
            share=percent(figures.all.repeat_share),
        ),
        (Column(_("Service"), Kind.TEXT), Column(_("Contacts")), Column(_("Repeats")), Column(_("Share"), Kind.SHARE)),
        tuple((service_title(slug, titles), each.contacts, each.repeats, each.repeat_share) for slug, each in told),
        (_("All"), figures.all.contacts, figures.all.repeats, figures.all.repeat_share),
        charts.bars(
            "chart-repeats-by-service", title, _spoken(rows), rows[:MOST_BARS], (_("Repeats"), _("First contacts"))
        ),
    )  # fmt: skip


def _times(
    name: str, title: str, lead: str, heading: str, told: Sequence[tuple[str, Times]], every: Times
) -> Table:
    columns = (
        Column(heading, Kind.TEXT),
        Column(_("Contacts")),
        Column(_("Median"), Kind.SECONDS),
        Column(_("9 in 10 within"), Kind.SECONDS),
        Column(_("Total"), Kind.SECONDS),
        Column(_("Repeats")),
    )
    rows = [Bar(label, (times.seconds,), lasting(times.seconds)) for label, times in told]
    return Table(
        name,
        title,
        lead,
        columns,
        tuple((label, *_columns(times)) for label, times in told),
        (_("All"), *_columns(every)),
        charts.bars(f"chart-{name}", title, _spoken(rows), rows[:MOST_BARS]),
    )


def _columns(times: Times) -> tuple[int, ...]:
    return times.contacts, times.median, times.ninetieth, times.seconds, times.repeats


def _helped(each: Assisted) -> tuple[int, int, float]:
    return each.submissions, each.assisted, each.share


def _helped_columns() -> tuple[Column, ...]:
    return Column(_("Submissions")), Column(_("Helped with")), Column(_("Share"), Kind.SHARE)


def _week_columns(figures: Figures) -> tuple[Column, ...]:
    return tuple(Column(_("Helped with, %(week)s", week=week_words(week))) for week in figures.period.weeks)


def _helped_bar(label: str, each: Assisted) -> Bar:
    words = _share_of(each.share, each.submissions)
    return Bar(label, (each.assisted, each.submissions - each.assisted), words)


def _share_of(part: float, whole: int) -> str:
    return _("%(share)s of %(all)s", share=percent(part), all=f"{whole:,}")


def _helped_or_not() -> tuple[str, str]:
    return _("With an agent’s help"), _("By themselves")


def _spoken(rows: Sequence[Bar]) -> str:
    """The longest bars in words, for who does not see them."""
    first = sorted(rows, key=lambda row: -sum(row.parts))[:3]
    return "; ".join(f"{row.label}: {row.words}" for row in first) or _("Nothing in this period.")
