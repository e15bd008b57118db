"""Which kinds of back office there are: every module in `integrations/back_office` is one, by being there."""

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any

from marshmallow import ValidationError

from integrations import back_office
from integrations.contract import Connector
from integrations.options import OptionsSchema
from selfservice.domain.council import ConnectorChoice


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of back office: the module's name, what checks its options, and what builds a connector."""

    name: str
    schema: type[OptionsSchema]
    connector: type[Any]


def _found() -> Mapping[str, Kind]:
    kinds = {}
    for listed in pkgutil.iter_modules(back_office.__path__):
        module = import_module(f"{back_office.__name__}.{listed.name}")
        kinds[listed.name] = Kind(listed.name, module.OPTIONS, module.CONNECTOR)
    return MappingProxyType(kinds)


KINDS: Mapping[str, Kind] = _found()


def mistakes(choice: ConnectorChoice) -> list[str]:
    """Everything wrong with a choice, each as `options.key: what is wrong`; empty when all is well."""
    kind = KINDS.get(choice.kind)
    if kind is None:
        return [f"kind: {choice.kind!r} is not known; there are {', '.join(sorted(KINDS))}"]
    found: Any = kind.schema().validate(dict(choice.options))
    return sorted(_listed("options", found))


def build(choice: ConnectorChoice) -> Connector:
    """The connector that a council chose. Raises ValueError with every mistake, should there be any."""
    wrong = mistakes(choice)
    if wrong:
        raise ValueError("\n".join(wrong))
    kind = KINDS[choice.kind]
    try:
        options = kind.schema().load(dict(choice.options))
    except ValidationError as error:  # pragma: no cover - `mistakes` has found it already
        raise ValueError(str(error)) from error
    connector: Connector = kind.connector(options)
    return connector


def _listed(path: str, found: object) -> list[str]:
    """marshmallow's nested messages, flattened to one line each."""
    if isinstance(found, Mapping):
        return [line for key, inner in found.items() for line in _listed(_under(path, key), inner)]
    if isinstance(found, list):
        return [line for inner in found for line in _listed(path, inner)]
    return [f"{path}: {found}"]


def _under(path: str, key: object) -> str:
    # "value" is only marshmallow's word for the inside of a dictionary.
    return path if key in ("value", "_schema") else f"{path}.{key}"
