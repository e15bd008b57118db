"""One start tells every mistake there is, in whichever file: mending some never uncovers others."""

import shutil
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from forms import catalogue
from forms.catalogue import SERVICES
from selfservice.installation import open_installation
from selfservice.settings import ROOT, Misconfigured, load_settings


def change(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")


def test_mistakes_of_every_kind_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    councils = tmp_path / "config" / "councils"
    change(
        councils / "boston.toml",
        ('phone = "', 'fone = "'),
        ("[contacts]", "[overrides.fly-tipping]\ntitel = 'x'\n\n[contacts]"),
        ('kind = "open311"', 'kind = "open312"'),
    )
    change(councils / "south_holland.toml", ('services = "all"', 'services = ["lost-property"]'))
    change(councils / "east_lindsey.toml", ("[map]", '[layers]\nboundary = "gone.geojson"\n\n[map]'))
    module = ModuleType("forms.services.fly_tipping")
    module.SERVICE = replace(SERVICES["fly-tipping"], lgsl=0)  # type: ignore[attr-defined]
    monkeypatch.setattr(catalogue, "_modules", lambda: ["forms/services/a.py: line 1: NameError: b", module])
    told = {"SELFSERVICE_HOME": str(tmp_path), "CONFIG_FOLDER": str(tmp_path / "config")}
    with pytest.raises(Misconfigured) as caught:
        open_installation(load_settings(told))
    expected = [
        "config/councils/boston.toml: contacts.phone: is missing",
        "config/councils/boston.toml: contacts.fone: is not a key that is known here",
        "config/councils/east_lindsey.toml: layers.boundary: there is no file",
        "forms/services/a.py: line 1: NameError: b",
        "forms/services/fly_tipping.py: service fly-tipping: lgsl: must be",
        "config/councils/boston.toml: overrides.fly-tipping.titel: is unknown",
        "config/councils/south_holland.toml: services: there is no service 'lost-property'",
        "boston: connectors.street-scene: ",
    ]
    found = caught.value.mistakes
    assert len(found) == len(expected), found
    assert all(line.startswith(start) for line, start in zip(found, expected, strict=True)), found
