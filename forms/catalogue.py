"""Every service there is, found by listing forms/services: adding a service is adding one file."""

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType

import forms.services
from forms.kit.check import mistakes_in, placeholder_mistakes
from forms.kit.overrides import overridden
from forms.kit.service import Service
from selfservice.domain.council import Council


def _modules() -> list[ModuleType]:
    listed = pkgutil.iter_modules(forms.services.__path__)
    return [import_module(f"forms.services.{module.name}") for module in listed]


SERVICES: Mapping[str, Service] = {
    module.SERVICE.slug: module.SERVICE for module in _modules() if hasattr(module, "SERVICE")
}


def for_council(council: Council) -> Mapping[str, Service]:
    """The services that a council offers, in its order and its words. Unknown ones are left to `mistakes`."""
    return {
        slug: overridden(SERVICES[slug], council.overrides.get(slug, {}))[0]
        for slug in council.services
        if slug in SERVICES
    }


def mistakes(councils: Mapping[str, Council]) -> list[str]:
    """Everything wrong in the declarations and in the councils' words for them, by file and key."""
    return [
        *(words for module in _modules() for words in _in_module(module)),
        *(words for council in councils.values() for words in _in_council(council, councils)),
    ]


def _in_module(module: ModuleType) -> Iterator[str]:
    name = module.__name__.rpartition(".")[2]
    file = f"forms/services/{name}.py"
    service = getattr(module, "SERVICE", None)
    if not isinstance(service, Service):
        yield f"{file}: has no SERVICE"
        return
    if service.slug != name.replace("_", "-"):
        yield f"{file}: slug {service.slug!r}: must be that of the file, {name.replace('_', '-')!r}"
    yield from (f"{file}: service {service.slug}: {words}" for words in mistakes_in(service))


def _in_council(council: Council, councils: Mapping[str, Council]) -> Iterator[str]:
    file = f"config/councils/{council.slug.replace('-', '_')}.toml"
    for slug in council.services:
        if slug not in SERVICES:
            yield f"{file}: services: there is no service {slug!r}"
    for slug, own in council.overrides.items():
        if slug not in SERVICES:
            yield f"{file}: overrides.{slug}: there is no service of this name"
            continue
        changed, wrong = overridden(SERVICES[slug], own)
        yield from (f"{file}: overrides.{slug}.{words}" for words in wrong)
        yield from (f"{file}: overrides.{slug}: {words}" for words in placeholder_mistakes(changed))
    # A report begun on any council's page may lie in this council's area, and then comes here.
    offered = dict.fromkeys(
        slug for other in councils.values() for slug in other.services if slug in SERVICES
    )
    departments = dict.fromkeys(to.department for slug in offered for to in SERVICES[slug].deliver)
    for department in departments:
        if department not in council.routes:
            yield f"{file}: routes.{department}: is missing, and a service is passed on to this department"
