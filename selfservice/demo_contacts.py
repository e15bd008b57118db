"""A month of contacts that three fictional agents of the demonstration had: for supervisors to have something to see.

The same hundred whenever it is begun, but for their days, which are the last thirty. Everybody in them is made up.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from selfservice.domain.acting import Reason
from selfservice.domain.contact import Outcome
from selfservice.domain.moments import LONDON
from selfservice.domain.people import Actor, Channel
from selfservice.installation import Installation
from selfservice.operations import rehearsing
from selfservice.operations.rehearsing import Scene, Sent

AGENTS = (
    ("Asha Rowe", "asha.rowe@example.org"),
    ("Ben Tulloch", "ben.tulloch@example.org"),
    ("Cora Lindqvist", "cora.lindqvist@example.org"),
)
CUSTOMERS = (
    *("Ida Rowe", "Walter Prentice", "Nadia Sowerby", "Alfred Okoro", "Jean Wainfleet", "Piotr Zawada"),
    *("Lena Skirbeck", "Omar Haddad", "Ruth Gosberton", "Callum Frith", "Grace Moulton", "Ivy Holbeach"),
)
NUMBER, DAYS = 100, 30
OPENS, CLOSES = time(8, 30), time(17, 15)
CHANNELS = {Channel.PHONE: 12, Channel.FACE_TO_FACE: 4, Channel.EMAIL: 3, Channel.CHAT: 2, Channel.LETTER: 1}
ABOUT = {
    Reason.NEW_REQUEST: Outcome.SENT,
    Reason.PROGRESS: Outcome.ANSWERED,
    Reason.CARRY_ON: Outcome.LATER,
    Reason.COMPLAINT: Outcome.PASSED_ON,
}


def fill(installation: Installation, now: datetime) -> int:
    """Have all of these contacts, in one unit of work; how many. None where the agents are there already."""
    with installation.database.write() as session:
        agents: list[Actor] = []
        for name, email in AGENTS:
            agent = rehearsing.colleague(session, name, email, tuple(installation.councils), now)
            if agent is None:
                return 0
            agents.append(agent)
        sent = rehearsing.sent(session, tuple(installation.councils), NUMBER // 4)
        known: dict[str, str] = {}
        scenes = list(_scenes(installation, agents, sent, now))
        for scene in scenes:
            known[scene.customer] = rehearsing.play(session, scene, known)
        last = scenes[-1]
        evening = _at(now - timedelta(days=2), time(21, 10))
        rehearsing.look_about(session, agents[1], last.council, last.customer, known[last.customer], evening)
    return len(scenes)


def _scenes(
    installation: Installation,
    agents: Sequence[Actor],
    sent: Sequence[Sent],
    now: datetime,
) -> Iterator[Scene]:
    """The contacts in the order of their beginnings: one in four about what somebody was in touch about before."""
    chance = random.Random(20)  # noqa: S311 - no secret
    before: list[Scene] = []
    left = list(sent)  # each is asked about once, and perhaps again
    for agent, began_at in _beginnings(agents, now, chance):
        again = chance.choice(before[-15:]) if before and chance.random() < 0.25 else None
        if again is not None:
            council, service, reference = again.council, again.service, again.reference
        elif told := [each for each in left if each.at < began_at]:
            left.remove(told[0])
            council, service, reference = told[0].council, told[0].service, told[0].reference
        else:
            council = chance.choice(list(installation.councils))
            offered = [each.slug for each in installation.services[council].values() if not each.signposted]
            service, reference = offered[int(len(offered) * chance.random() ** 3)], ""
        reason = Reason.PROGRESS if again else chance.choice(list(ABOUT))
        scene = Scene(
            agent=agent,
            customer=again.customer if again else chance.choice(CUSTOMERS),
            council=council,
            channel=chance.choices(list(CHANNELS), list(CHANNELS.values()))[0],
            service=service,
            reference=reference,
            reason=reason,
            outcome=ABOUT[reason],
            began_at=began_at,
            seconds=int(chance.lognormvariate(5.4, 0.7)) + 40,
        )
        before.append(scene)
        yield scene


def _beginnings(
    agents: Sequence[Actor], now: datetime, chance: random.Random
) -> list[tuple[Actor, datetime]]:
    """When the contacts began, and with whom: an agent has one every quarter of an hour at most."""
    days = [now - timedelta(days=back) for back in range(DAYS, 0, -1)]
    worked = [day for day in days if day.astimezone(LONDON).weekday() < 5]
    quarters = (CLOSES.hour - OPENS.hour) * 4 - 2
    places = [(day, quarter, agent) for day in worked for quarter in range(quarters) for agent in agents]
    chosen = chance.sample(range(len(places)), NUMBER)
    return [
        (agent, _at(day, OPENS) + timedelta(minutes=15 * quarter))
        for day, quarter, agent in (places[each] for each in sorted(chosen))
    ]


def _at(day: datetime, hour: time) -> datetime:
    return datetime.combine(day.astimezone(LONDON).date(), hour, LONDON)
