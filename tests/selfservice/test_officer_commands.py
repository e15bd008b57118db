"""An officer sees what is on, what is off and what differs, as a table or as JSON."""

import json
import re
import shutil
from pathlib import Path

import pytest

from forms.catalogue import SERVICES
from selfservice.cli import main
from selfservice.settings import ROOT

PARTNERS = ("boston", "east_lindsey", "south_holland")
OWN_WORDS = """
[overrides.fly-tipping]
title = "Tell us about fly-tipping"
resolve_days = 3

[overrides.fly-tipping.questions.road]
label = "Can traffic pass?"
"""


@pytest.fixture(autouse=True)
def config(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The configuration of the three councils, in which Boston has words of its own and offers little else."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SELFSERVICE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CONFIG_FOLDER", str(tmp_path / "config"))
    folder = Path(shutil.copytree(ROOT / "config", tmp_path / "config"))
    for file in (folder / "councils").glob("*.toml"):
        if file.stem not in PARTNERS:
            file.unlink()
    boston = folder / "councils" / "boston.toml"
    text = boston.read_text(encoding="utf-8").split("[overrides")[0]
    text, changed = re.subn(
        r"^services = (\[[^]]*\]|\"all\")$", 'services = ["fly-tipping"]', text, flags=re.M
    )
    assert changed == 1
    boston.write_text(f"{text}{OWN_WORDS}", encoding="utf-8")
    return folder


def printed(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    assert main([*command]) == 0
    return capsys.readouterr().out


def test_one_councils_services_are_listed_with_all_that_differs(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "services", "list", "--council", "boston").splitlines()
    assert lines[0].split() == ["council", "service", "title", "kind", "topic", "state", "differs"]
    assert lines[1].split()[:2] == ["boston", "fly-tipping"]
    assert lines[1].split()[-2:] == ["on", "3"]
    assert set(lines[2:5]) == {
        "    title: ‘Report fly-tipping’ → ‘Tell us about fly-tipping’",
        "    questions.road.label: ‘Is it blocking the road?’ → ‘Can traffic pass?’",
        "    promise.resolve.days: 5 → 3",
    }
    off = [line for line in lines[5:-2] if line.endswith("off")]
    assert [line.split()[1] for line in off] == [slug for slug in SERVICES if slug != "fly-tipping"]
    assert lines[-1] == "1 service is on: boston 1"
    assert not any("east-lindsey" in line for line in lines)


def test_every_councils_services_are_listed_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "services", "list").splitlines()
    slugs = [line.split()[:2] for line in lines[1:-2]]
    assert ["boston", "fly-tipping"] in slugs
    assert ["south-holland", "fly-tipping"] in slugs
    assert not any("→" in line or line.endswith("off") for line in lines)


def test_the_list_as_json_says_what_the_table_says_and_more(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(printed(capsys, "services", "list", "--format", "json"))
    [boston] = [row for row in rows if (row["council"], row["slug"]) == ("boston", "fly-tipping")]
    assert boston["title"] == "Tell us about fly-tipping"
    assert (boston["lgsl"], boston["kind"], boston["department"]) == (587, "report", "street-scene")
    assert boston["routes"] == [
        {"department": "street-scene", "connector": "street-scene", "service_code": "FLYTIP"}
    ]
    assert (boston["promise"], boston["keep_for"]) == ({"acknowledge": 1, "resolve": 3}, 2)
    assert sorted(boston["differs"]) == ["promise.resolve.days", "questions.road.label", "title"]
    assert boston["differences"]["promise.resolve.days"] == {"declared": 5, "here": 3}
    of_one = json.loads(printed(capsys, "services", "list", "--format", "json", "--council", "boston"))
    assert [row["slug"] for row in of_one if row["on"]] == ["fly-tipping"]
    assert {row["slug"] for row in of_one} == SERVICES.keys()


def test_the_check_says_what_each_council_has(capsys: pytest.CaptureFixture[str]) -> None:
    told = printed(capsys, "councils", "check")
    assert told.startswith("3 councils are in order: boston, east-lindsey, south-holland\n")
    [boston] = [part for part in told.split("\n\n") if part.startswith("boston: Boston Borough Council")]
    assert "\n  1 service, 2 own words in 1 service\n" in boston
    assert "\n  connector street-scene (open311): fly-tipping" in boston
    assert "\n  promised days that differ:\n    fly-tipping: promise.resolve.days: 5 → 3" in boston
    assert "prices that differ" not in boston


def test_a_mistake_ends_the_check_and_the_list_with_2(
    capsys: pytest.CaptureFixture[str], config: Path
) -> None:
    with (config / "councils" / "boston.toml").open("a", encoding="utf-8") as opened:
        opened.write('colour = "red"\n')
    for command in (["councils", "check"], ["services", "list"]):
        assert main(command) == 2
        assert "overrides.fly-tipping.questions.road.colour: is unknown" in capsys.readouterr().err


def test_a_council_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["services", "list", "--council", "lincoln"]) == 2
    assert capsys.readouterr().err == (
        "there is no council 'lincoln', only boston, east-lindsey, south-holland\n"
    )
