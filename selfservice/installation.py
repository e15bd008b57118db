"""Everything a process needs, opened once at its door: councils, services, database, bell, links."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from integrations.files.contract import Files
from integrations.identity.provider import Provider
from selfservice.database import Database
from selfservice.domain.council import Council
from selfservice.domain.delivery import Timings
from selfservice.doorbell import Doorbell
from selfservice.filing import Scanner
from selfservice.links import Links
from selfservice.seals import Seals
from selfservice.settings import Misconfigured, Settings, make_home
from selfservice.sign_in_file import StaffSignIn, read_sign_in
from selfservice.texting import SendsTexts
from selfservice.translations import ENGLISH, Language, read_languages

if TYPE_CHECKING:
    from integrations.identity.passwords import Passwords


class SendsMail(Protocol):
    """What sends a message: `integrations.messages.smtp.Mailer`, or a fake in tests."""

    def send(self, mail: Any) -> None:
        """Send it. Raises `Rejected`, `Unavailable` or `Unconfirmed` of the connectors' contract."""
        ...


@dataclass
class Installation:
    """The councils of this installation and what serves them.

    `councils` is by slug; `services` by council slug and then by service slug, each as its council words it, in
    English. The first of the `languages` is what people read who ask for none of the others.
    By `resident_providers` residents may sign in, by `staff_sign_in` members of staff, beside our own accounts.
    `fakes` lets a test put a connector of its own in place, by (council slug, connector name).
    """

    settings: Settings
    councils: Mapping[str, Council]
    services: Mapping[str, Mapping[str, Any]]
    database: Database
    doorbell: Doorbell
    links: Links
    timings: Timings = field(default_factory=Timings)
    languages: tuple[Language, ...] = (ENGLISH,)
    resident_providers: tuple[Provider, ...] = ()
    staff_sign_in: StaffSignIn | None = None
    fakes: dict[tuple[str, str], Any] = field(default_factory=dict)

    def connector(self, council: str, name: str) -> Any:
        """The connector that the council (slug) calls `name`. Raises KeyError when it has none so named."""
        if (council, name) not in self.fakes:
            from integrations import registry

            self.fakes[council, name] = registry.build(self.councils[council].connectors[name])
        return self.fakes[council, name]

    def takes_updates(self, council: str, name: str) -> bool:
        """Whether what customers write about their cases goes to the connector that the council (slug) calls `name`.

        One that the configuration has lost counts as if it did: what waits for it goes out once that is mended.
        """
        from integrations.contract import TakesUpdates

        try:
            return isinstance(self.connector(council, name), TakesUpdates)
        except (KeyError, ValueError):
            return True

    @cached_property
    def mailer(self) -> SendsMail:
        """What sends e-mail."""
        from integrations.messages.smtp import Mailer

        return Mailer(self.settings.smtp_url)

    @property
    def texts_offered(self) -> bool:
        """Whether text messages can be sent from here, so that pages may offer them."""
        return self.settings.texting.offered

    @cached_property
    def texter(self) -> SendsTexts | None:
        """What sends text messages; None where nobody does."""
        return self.settings.texting.open_texter()

    @cached_property
    def files(self) -> Files:
        """What keeps the bytes of customers' files; never to be called while a transaction is open."""
        return self.settings.filing.open_files(self.settings.home)

    @cached_property
    def scanner(self) -> Scanner | None:
        """What scans customers' files; None where this installation has no scanner."""
        return self.settings.filing.open_scanner()

    @cached_property
    def passwords(self) -> "Passwords":
        """What hashes and compares passwords."""
        from integrations.identity.passwords import Passwords

        return Passwords()

    @cached_property
    def bank_holidays(self) -> frozenset[date]:
        """The bank holidays on which no promised day falls."""
        from selfservice.bank_holidays import england

        return england()

    @cached_property
    def seals(self) -> Seals:
        """What seals the answers to the sensitive questions of every service here."""
        from forms.kit.sensitive import sensitive_ids

        sensitive: dict[str, frozenset[str]] = {}
        for services in self.services.values():
            for slug, service in services.items():
                sensitive[slug] = sensitive.get(slug, frozenset()) | sensitive_ids(service)
        return Seals(self.settings.sealing_keys, sensitive)

    @cached_property
    def places(self) -> Any:
        """What resolves places: `operations.placing.Places`, loaded on first use."""
        from selfservice.operations import placing

        return placing.open_places(self.councils, self.settings)


def open_installation(settings: Settings) -> Installation:
    """Read the configuration and open what this process needs.

    Raises `Misconfigured` with every mistake in the files of the configuration, the forms and the connectors at once.
    """
    from forms import catalogue
    from selfservice.configuration import read_councils
    from selfservice.operations import placing

    councils, checkable, mistakes = read_councils(settings.config_folder, settings.environment)
    mistakes += catalogue.mistakes(checkable)
    languages, wrong_languages = read_languages(settings.languages, settings.config_folder)
    sign_in = read_sign_in(settings.config_folder, settings.environment, checkable)
    mistakes += [*wrong_languages, *_of_connectors(checkable), *sign_in.mistakes]
    try:
        places = placing.open_places(councils, settings)
    except placing.UnusableLayers as wrong:
        mistakes += wrong.mistakes
    if mistakes:
        raise Misconfigured(mistakes)
    make_home(settings.home)
    installation = Installation(
        settings=settings,
        councils=councils,
        services={slug: catalogue.for_council(council) for slug, council in councils.items()},
        database=Database(settings.database_url),
        doorbell=Doorbell(settings.redis_url, settings.redis_prefix),
        links=Links(settings),
        languages=languages,
        resident_providers=sign_in.residents,
        staff_sign_in=sign_in.staff,
    )
    installation.places = places
    return installation


def _of_connectors(councils: Mapping[str, Council]) -> Iterator[str]:
    """What is wrong with the connectors that the councils chose."""
    from integrations import registry

    for council in councils.values():
        for choice in council.connectors.values():
            for words in registry.mistakes(choice):
                yield f"{council.slug}: connectors.{choice.name}: {words}"
