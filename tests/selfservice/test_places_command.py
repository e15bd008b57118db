"""`selfservice places` answers for one point and reports on the files of areas."""

import json
import shutil
from pathlib import Path

import pytest

from selfservice import places_command
from selfservice.settings import ROOT, Misconfigured, load_settings
from tests.factories.homes import home_with_postcodes

SECRET = "a secret of the tests, long enough to sign with"


def the_three_councils(config: Path) -> Path:
    """The configuration as it is with the three councils, without any that was added beside them."""
    shutil.copytree(ROOT / "config", config, dirs_exist_ok=True)
    for file in (config / "councils").glob("*.toml"):
        if file.stem not in ("boston", "east_lindsey", "south_holland"):
            file.unlink()
    return config


def test_one_point_is_answered_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = load_settings(
        {
            "SELFSERVICE_HOME": str(home_with_postcodes(tmp_path)),
            "CONFIG_FOLDER": str(the_three_councils(tmp_path / "config")),
            "SECRET_KEY": SECRET,
        }
    )
    assert places_command.at(settings, 532650, 344120) == 0
    told = capsys.readouterr().out
    assert "Near PE21 6NG, Boston. Grid reference TF 32650 44120" in told
    assert "council: boston" in told
    assert "approximately" in told
    assert places_command.at(settings, 506849, 345515) == 0
    assert "council: none here; North Kesteven District Council" in capsys.readouterr().out
    assert places_command.at(settings, 5, 4) == 1
    assert "not in Great Britain" in capsys.readouterr().out
    assert places_command.check(settings) == 0
    assert "boston: no boundary" in capsys.readouterr().out


def test_a_file_that_cannot_be_used_is_a_mistake_of_the_configuration(tmp_path: Path) -> None:
    the_three_councils(tmp_path)
    with (tmp_path / "councils" / "boston.toml").open("a", encoding="utf-8") as boston:
        boston.write('\n[layers]\nboundary = "b.geojson"\n')
    empty = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {}, "geometry": None}],
    }
    (tmp_path / "b.geojson").write_text(json.dumps(empty), encoding="utf-8")
    settings = load_settings(
        {"SELFSERVICE_HOME": str(tmp_path), "CONFIG_FOLDER": str(tmp_path), "SECRET_KEY": SECRET}
    )
    with pytest.raises(Misconfigured, match=r"b\.geojson: feature 1"):
        places_command.check(settings)
