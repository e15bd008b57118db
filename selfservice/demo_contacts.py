"""A month of contacts that three fictional agents of the demonstration had: for supervisors to have something to see.

And one customer who is about to ring.

The same hundred whenever it is begun, but for their days, which are the last thirty. Everybody in them is made up.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from selfservice.demo_people import CALLER
from selfservice.domain.acting import Reason
from selfservice.domain.contact import Outcome
from selfservice.domain.moments import LONDON
from selfservice.domain.people import Actor, Channel
from selfservice.installation import Installation
from selfservice.operations import demonstrating, rehearsing
from selfservice.operations.rehearsing import Scene, Sent

AGENTS = (
    ("Asha Rowe", "asha.rowe@example.org"),
    ("Ben Tulloch", "ben.tulloch@example.org"),
    ("Cora Lindqvist", "cora.lindqvist@example.org"),
)
CUSTOMERS = (
    *("Anita Bratoft", "Walter Prentice", "Nadia Sowerby", "Alfred Okoro", "Jean Wainfleet", "Piotr Zawada"),
    *("Lena Skirbeck", "Omar Haddad", "Ruth Gosberton", "Callum Frith", "Grace Moulton", "Ivy Holbeach"),
)
NAMESAKE = "Ida Rowe"  # of the first agent, who helps her: supervisors are told
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
    _caller(installation, now)
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
        last_of_hers = max(place for place, scene in enumerate(scenes) if scene.agent is agents[0])
        scenes[last_of_hers] = replace(scenes[last_of_hers], customer=NAMESAKE)
        for scene in scenes:
            known[scene.customer] = rehearsing.play(session, scene, known)
        last = scenes[-1]
        evening = _at(now - timedelta(days=2), time(21, 10))
        rehearsing.look_about(session, agents[1], last.council, last.customer, known[last.customer], evening)
    return len(scenes)


def _caller(installation: Installation, now: datetime) -> None:
    who = CALLER
    if who.council not in installation.councils:
        return
    council = installation.councils[who.council]
    home = {
        "uprn": "", "lines": [who.line, "", who.town], "postcode": who.postcode,
        "words": f"{who.line}, {who.town}, {who.postcode}",
        "by_hand": True, "council": who.council, "authority": council.name, "authority_website": "",
        "easting": None, "northing": None, "ward": None,
    }  # fmt: skip
    with installation.database.write() as session:
        demonstrating.make_customer(session, who.name, who.phone, who.born, home, now)


def _scenes(
    installation: Installation, agents: Sequence[Actor], sent: Sequence[Sent], now: datetime
) -> Iterator[Scene]:
    """The contacts in the order of their beginnings: one in four about what somebody was in touch about before."""
    chance = random.Random(20)  # noqa: S311 - no secret
    before: list[Scene] = []
    left = list(sent)  # each is asked about once, and perhaps again
    for agent, began_at in _beginnings(agents, now, chance):
        again = chance.choice(before[-15:]) if before and chance.random() < 0.25 else None
        about = again or next((each for each in left if each.at < began_at), None)
        if about in left:
            left.remove(about)
        council = about.council if about else chance.choice(list(installation.councils))
        reason = Reason.PROGRESS if again else chance.choice(list(ABOUT))
        scene = Scene(
            agent=agent,
            customer=again.customer if again else chance.choice(CUSTOMERS),
            council=council,
            channel=chance.choices(list(CHANNELS), list(CHANNELS.values()))[0],
            service=about.service if about else _service(installation, council, chance),
            reference=about.reference if about else "",
            reason=reason,
            outcome=ABOUT[reason],
            began_at=began_at,
            seconds=int(chance.lognormvariate(5.4, 0.7)) + 40,
        )
        before.append(scene)
        yield scene


def _service(installation: Installation, council: str, chance: random.Random) -> str:
    """One of the services that a council offers here, some much more often than others."""
    offered: list[str] = [
        each.slug for each in installation.services[council].values() if not each.signposted
    ]
    return offered[int(len(offered) * chance.random() ** 3)]


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
