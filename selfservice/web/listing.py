"""The services of a council as its page lists them: by topic, and those that fit what is searched for."""

from collections.abc import Iterable, Mapping
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
    words = [_stem(word) for word in search.lower().split()]
    found: list[ListedTopic] = []
    for topic in Topic:
        listed = tuple(
            Listed(service.title, _description(service), f"/{council}/{slug}/")
            for slug, service in services.items()
            if service.topic is topic and _fits(words, service)
        )
        if listed:
            found.append(ListedTopic(topic.name.lower().replace("_", "-"), _(topic.value), listed))
    return found


def _fits(words: Iterable[str], service: Service) -> bool:
    """Whether the service speaks of each of these words, in any part of a word."""
    told = " ".join((service.title, service.description, _(service.topic.value), *service.start.need)).lower()
    return all(word in told for word in words)


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
