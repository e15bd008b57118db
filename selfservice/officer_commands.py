"""What `selfservice services list` and `selfservice councils check` tell an officer: what is on, what differs."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from forms import catalogue
from forms.kit.differences import Difference, differences
from forms.kit.service import Service
from selfservice.domain.council import Council
from selfservice.installation import Installation, open_installation
from selfservice.settings import Misconfigured, Settings

HEADING = ("council", "service", "title", "kind", "topic", "state", "differs")
OFF = "off"


class Offered(NamedTuple):
    """One service at one council: as the council words it, whether it is on, and what is not as declared."""

    council: Council
    service: Service
    on: bool
    differs: tuple[Difference, ...]

    @property
    def state(self) -> str:
        """What somebody finds there: "on", "on, points elsewhere" or "off"."""
        if not self.on:
            return OFF
        return "on, points elsewhere" if self.service.signposted else "on"


def list_services(settings: Settings, council: str | None, form: str) -> int:
    """Print the services of every council, or of one (slug) with those that it does not offer and all that
    differs. `form` is "text" or "json". Raises `Misconfigured`, also when there is no such council."""
    installation = open_installation(settings)
    if council is not None and council not in installation.councils:
        words = f"there is no council {council!r}, only {', '.join(installation.councils)}"
        raise Misconfigured([words])
    councils = [each for slug, each in installation.councils.items() if council in (None, slug)]
    rows = [row for each in councils for row in offered(installation, each, those_off=council is not None)]
    if form == "json":
        return _print([json.dumps([as_json(row) for row in rows], ensure_ascii=False, indent=2)])
    return _print(as_text(rows, all_that_differs=council is not None))


def check_councils(settings: Settings) -> int:
    """Print what each council has. Raises `Misconfigured` with every mistake in the configuration and forms."""
    installation = open_installation(settings)
    lines = [f"{len(installation.councils)} councils are in order: {', '.join(installation.councils)}"]
    for council in installation.councils.values():
        lines += ["", *about_council(council, list(offered(installation, council)))]
    return _print(lines)


def offered(installation: Installation, council: Council, *, those_off: bool = False) -> Iterator[Offered]:
    """The services of a council in its order, and then, with `those_off`, those that it does not offer."""
    on = installation.services[council.slug]
    for slug, service in on.items():
        declared = catalogue.SERVICES.get(slug, service)
        yield Offered(council, service, True, differences(declared, service))
    if those_off:
        for slug, service in catalogue.SERVICES.items():
            if slug not in on:
                yield Offered(council, service, False, ())


def as_text(rows: Sequence[Offered], *, all_that_differs: bool) -> Iterator[str]:
    """A table with a line for each service, under it what differs where that is asked for, and a count."""
    cells = [HEADING, *map(_cells, rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADING))]
    for line, row in zip(cells, [None, *rows], strict=True):
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        if row is not None and all_that_differs:
            yield from (f"    {difference.words}" for difference in row.differs)
    yield ""
    slugs = {row.service.slug for row in rows if row.on}
    of_each = {row.council.slug: 0 for row in rows}
    for row in rows:
        of_each[row.council.slug] += row.on
    counted = ", ".join(f"{slug} {number}" for slug, number in of_each.items())
    yield f"{_counted(len(slugs), 'service')} {'is' if len(slugs) == 1 else 'are'} on: {counted}"


def as_json(row: Offered) -> dict[str, Any]:
    """One service at one council as JSON. Days of promises are working days, prices are in pence."""
    council, service = row.council, row.service
    return {
        "council": council.slug,
        "slug": service.slug,
        "title": str(service.title),
        "lgsl": service.lgsl,
        "kind": service.kind.value,
        "topic": service.topic.value,
        "department": service.department,
        "on": row.on,
        "signposted": service.signposted,
        "routes": [
            {
                "department": to.department,
                "connector": council.routes.get(to.department),
                "service_code": to.service_code,
            }
            for to in service.deliver
        ],
        "promise": {
            "acknowledge": service.promise.acknowledge.days,
            "resolve": service.promise.resolve.days,
        },
        "prices": {price.id: price.pence for price in service.prices},
        "keep_for": service.keep_for.years,
        "differs": [difference.key for difference in row.differs],
        "differences": {each.key: {"declared": each.declared, "here": each.here} for each in row.differs},
    }


def about_council(council: Council, rows: Sequence[Offered]) -> Iterator[str]:
    """How many services and words of its own a council has, who serves them, and what it charges and promises
    otherwise than declared."""
    promised = {"prices": "prices that differ", "promise": "promised days that differ"}
    words = [
        (row, difference)
        for row in rows
        for difference in row.differs
        if difference.key.split(".")[0] not in promised
    ]
    services = len({row.service.slug for row, _ in words})
    yield f"{council.slug}: {council.name}"
    yield f"  {_counted(len(rows), 'service')}, {_counted(len(words), 'own word')}" + (
        f" in {_counted(services, 'service')}" if words else ""
    )
    for name, choice in council.connectors.items():
        served = _served(council, rows, name)
        yield f"  connector {name} ({choice.kind}): {', '.join(served) or 'serves no service that is on'}"
    for key, told in promised.items():
        lines = [
            f"    {row.service.slug}: {difference.words}"
            for row in rows
            for difference in row.differs
            if difference.key.split(".")[0] == key
        ]
        yield from ([f"  {told}:", *lines] if lines else ())


def _served(council: Council, rows: Iterable[Offered], connector: str) -> list[str]:
    """The slugs of the services that this connector of the council hears of."""
    return [
        row.service.slug
        for row in rows
        if any(council.routes.get(to.department) == connector for to in row.service.deliver)
    ]


def _cells(row: Offered) -> tuple[str, ...]:
    service = row.service
    kind, topic = service.kind.value, service.topic.value
    differs = str(len(row.differs)) if row.differs else ""
    return (row.council.slug, service.slug, str(service.title), kind, topic, row.state, differs)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _print(lines: Iterable[str]) -> int:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0
