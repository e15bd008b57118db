"""The services of a council as its page lists them: by topic, and those that fit what is searched for."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from forms.kit.service import Service, Topic
from selfservice.web.languages import _, ngettext

LONGEST = 60  # characters of a search


@dataclass(frozen=True, slots=True)
class Listed:
    """A service on the page of its council."""

    title: str
    description: str
    url: str


@dataclass(frozen=True, slots=True)
class ListedTopic:
    """A heading and the services under it; `id` is where links lead."""

    id: str
    title: str
    services: tuple[Listed, ...]


def by_topic(council: str, services: Mapping[str, Service], search: str = "") -> list[ListedTopic]:
    """The services of a council (slug) that have every word of `search`, under their topics in the usual order."""
    fitting = _fitting([_stem(word) for word in search.lower().split()], services)
    found: list[ListedTopic] = []
    for topic in Topic:
        listed = tuple(
            Listed(service.title, _description(service), f"/{council}/{slug}/")
            for slug, service in services.items()
            if service.topic is topic and slug in fitting
        )
        if listed:
            found.append(ListedTopic(topic.name.lower().replace("_", "-"), _(topic.value), listed))
    return found


def _fitting(words: Sequence[str], services: Mapping[str, Service]) -> Collection[str]:
    """The services (slugs) that speak of each of these words: as the beginning of a word, so that "tree" finds no
    street; where none does, in any part of one, since not every language writes spaces."""
    told = {slug: _told(service) for slug, service in services.items()}
    beginnings = [re.compile(rf"(?<!\w){re.escape(word)}") for word in words]
    begun = [slug for slug, text in told.items() if all(each.search(text) for each in beginnings)]
    return begun or [slug for slug, text in told.items() if all(word in text for word in words)]


def _told(service: Service) -> str:
    """All that a service is found by."""
    topic = _(service.topic.value)
    return " ".join((service.title, service.description, topic, *service.start.need, *service.also)).lower()


def _stem(word: str) -> str:
    """A word without the ending of many, so that "bins" finds "bin"."""
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _description(service: Service) -> str:
    if service.signposted and service.duty:
        return _("%(authority)s looks after this", authority=service.duty.authority)
    if service.description:
        return service.description
    minutes = service.start.minutes
    return ngettext("Takes about %(num)s minute", "Takes about %(num)s minutes", minutes)
