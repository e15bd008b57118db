"""Every service there is, found by listing forms/services: adding a service is adding one file."""

import pkgutil
import traceback
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType

import forms.services
from forms.kit.check import mistakes_in, placeholder_mistakes
from forms.kit.overrides import overridden
from forms.kit.service import Service, Topic
from selfservice.domain.council import EVERY_SERVICE, Council


def _modules() -> list[ModuleType | str]:
    """Each file's module; of a file that cannot be imported, what is wrong with it."""
    return [_imported(listed.name) for listed in _listed()]


def _listed() -> Iterator[pkgutil.ModuleInfo]:
    return pkgutil.iter_modules(forms.services.__path__)


def _imported(name: str) -> ModuleType | str:
    try:
        return import_module(f"forms.services.{name}")
    except Exception as error:  # what a file declares can go wrong in any way
        return f"forms/services/{name}.py: {_line(name, error)}{type(error).__name__}: {_words(error)}"


def _line(name: str, error: Exception) -> str:
    """The line of the file at which it went wrong, such as "line 12: "; nothing when it is not known."""
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        frames.append((error.filename or "", error.lineno))
    lines = [line for file, line in frames if Path(file).parts[-2:] == ("services", f"{name}.py") and line]
    return f"line {lines[-1]}: " if lines else ""


def _words(error: Exception) -> str:
    return " ".join((error.msg if isinstance(error, SyntaxError) else str(error)).split())


def _unfit(module: ModuleType) -> Iterator[str]:
    """What keeps a module's SERVICE from being looked at any further."""
    service = getattr(module, "SERVICE", None)
    if not isinstance(service, Service):
        yield "has no SERVICE"
        return
    for name in ("pages", "deliver", "also"):
        if not isinstance(getattr(service, name), tuple):
            yield f"service {service.slug}: {name}: must be a tuple; is the comma missing after its only one?"


SERVICES: Mapping[str, Service] = {
    module.SERVICE.slug: module.SERVICE
    for module in _modules()
    if isinstance(module, ModuleType) and not list(_unfit(module))
}


def for_council(council: Council) -> Mapping[str, Service]:
    """The services that a council offers, in its order and its words. Unknown ones are left to `mistakes`."""
    return {slug: _worded(council, slug) for slug in offered_by(council) if slug in SERVICES}


def as_offered(council: Council, slug: str) -> Service | None:
    """One service in a council's words; None when it does not offer it."""
    offered = council.services == (EVERY_SERVICE,) or slug in council.services
    return _worded(council, slug) if slug in SERVICES and offered and slug not in council.without else None


def _worded(council: Council, slug: str) -> Service:
    return overridden(SERVICES[slug], council.overrides.get(slug, {}))[0]


def offered_by(council: Council) -> tuple[str, ...]:
    """The slugs of what a council offers: those it lists, or all there are in the order of topics and titles."""
    listed = council.services
    if listed == (EVERY_SERVICE,):
        order = list(Topic)
        every = sorted(SERVICES.values(), key=lambda each: (order.index(each.topic), each.title))
        listed = tuple(service.slug for service in every)
    return tuple(slug for slug in listed if slug not in council.without)


def mistakes(councils: Mapping[str, Council]) -> list[str]:
    """Everything wrong in the declarations and in the councils' words for them, by file and key."""
    return [
        *(words for module in _modules() for words in _in_file(module)),
        *(words for council in councils.values() for words in _in_council(council, councils)),
    ]


def _in_file(module: ModuleType | str) -> Iterator[str]:
    if isinstance(module, str):
        yield module
        return
    name = module.__name__.rpartition(".")[2]
    file = f"forms/services/{name}.py"
    unfit = list(_unfit(module))
    if unfit:
        yield from (f"{file}: {words}" for words in unfit)
        return
    service: Service = module.SERVICE
    if service.slug != name.replace("_", "-"):
        yield f"{file}: slug {service.slug!r}: must be that of the file, {name.replace('_', '-')!r}"
    yield from (f"{file}: service {service.slug}: {words}" for words in mistakes_in(service))


def _in_council(council: Council, councils: Mapping[str, Council]) -> Iterator[str]:
    file = f"config/councils/{council.slug.replace('-', '_')}.toml"
    # Of a service whose file cannot be used, that is told of the file alone.
    known = {*SERVICES, *(listed.name.replace("_", "-") for listed in _listed())}
    for key, slugs in (("services", offered_by(council)), ("without", council.without)):
        yield from (f"{file}: {key}: there is no service {slug!r}" for slug in slugs if slug not in known)
    for slug, own in council.overrides.items():
        if slug not in SERVICES:
            if slug not in known:
                yield f"{file}: overrides.{slug}: there is no service of this name"
            continue
        changed, wrong = overridden(SERVICES[slug], own)
        yield from (f"{file}: overrides.{slug}.{words}" for words in wrong)
        yield from (f"{file}: overrides.{slug}: {words}" for words in placeholder_mistakes(changed))
    # A report begun on any council's page may lie in this council's area, and then comes here.
    offered = dict.fromkeys(
        slug for other in councils.values() for slug in offered_by(other) if slug in SERVICES
    )
    departments = dict.fromkeys(to.department for slug in offered for to in SERVICES[slug].deliver)
    for department in departments:
        if department not in council.routes:
            yield f"{file}: routes.{department}: is missing, and a service is passed on to this department"
