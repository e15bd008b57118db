"""Kinds are found by being there, and every mistake in a choice is told by its key."""

from pathlib import Path

import pytest

from integrations import back_office, registry
from integrations.back_office.open311 import Open311
from selfservice.domain.council import ConnectorChoice


def choice(**options: object) -> ConnectorChoice:
    return ConnectorChoice("street-scene", "open311", options)


def test_every_module_of_back_office_is_a_kind() -> None:
    modules = Path(*back_office.__path__).glob("*.py")
    assert set(registry.KINDS) == {module.stem for module in modules} - {"__init__"}
    assert {"open311", "example"} <= set(registry.KINDS)


def test_an_unknown_kind_is_told_with_those_there_are() -> None:
    (words,) = registry.mistakes(ConnectorChoice("x", "fax", {}))
    assert words.startswith("kind: 'fax' is not known")
    assert "open311" in words


def test_all_mistakes_are_told_at_once_each_by_its_key() -> None:
    words = registry.mistakes(
        choice(base_url="ftp://crm", ap_key="x", settle=-1, statuses={"A1": "finished"}, lookup="maybe")
    )
    keys = [line.partition(": ")[0] for line in words]
    assert keys == sorted(
        f"options.{key}" for key in ("ap_key", "base_url", "lookup", "settle", "statuses.A1")
    )


@pytest.mark.parametrize(
    "address",
    ["http://", "crm.example.org", "http://crm:0", "http://crm:x", "http://u:p@crm", "http://crm/?k=1"],
)
def test_an_address_that_cannot_serve_is_a_mistake(address: str) -> None:
    assert registry.mistakes(choice(base_url=address))


def test_options_come_as_an_environment_writes_them() -> None:
    built = registry.build(
        choice(
            base_url="http://127.0.0.1:8001/x",
            allow_private="1",
            push_secrets=["a", ""],
            api_key="",
            settle="60",
        )
    )
    assert isinstance(built, Open311)
    assert built.push_secrets == ("a",)
    assert built.settle_seconds == 60
    assert built.options.allow_private
    assert not registry.build(choice(base_url="http://x", allow_private="")).options.allow_private  # type: ignore[attr-defined]


def test_what_has_mistakes_is_not_built() -> None:
    with pytest.raises(ValueError, match="base_url"):
        registry.build(choice())
