"""Councils are data, and a mistake in the data is told by file and key, all mistakes at once."""

import shutil
from pathlib import Path

import pytest

from selfservice.configuration import EXAMPLES, load_councils, read_council
from selfservice.domain.colours import LEAST_CONTRAST, contrast
from selfservice.domain.council import EVERY_SERVICE
from selfservice.settings import ROOT, Misconfigured

CONFIG = ROOT / "config"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A configuration folder with Boston and South Holland in it."""
    (tmp_path / "councils").mkdir()
    for name in ("boston", "south_holland"):
        shutil.copy(CONFIG / "councils" / f"{name}.toml", tmp_path / "councils")
    return tmp_path


def change(folder: Path, old: str, new: str, file: str = "boston.toml") -> None:
    path = folder / "councils" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def mistakes(folder: Path, environment: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(Misconfigured) as caught:
        load_councils(folder, environment or {})
    return caught.value.mistakes


def test_the_three_councils_of_the_partnership_load_without_any_setting() -> None:
    codes = {"boston": "E07000136", "east-lindsey": "E07000137", "south-holland": "E07000140"}
    councils = {slug: council for slug, council in load_councils(CONFIG, {}).items() if slug in codes}
    assert {slug: council.gss_code for slug, council in councils.items()} == codes
    assert all(council.services == (EVERY_SERVICE,) for council in councils.values())
    assert len({council.colour for council in councils.values()}) == 3
    assert all(8 <= len(council.landmarks) <= 12 for council in councils.values())


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_example_is_a_council_that_would_load(name: str) -> None:
    council, wrong = read_council(CONFIG / "councils" / name, {})
    assert wrong == []
    assert council is not None
    assert council.slug not in load_councils(CONFIG, {})


def test_a_value_is_taken_from_the_environment_and_else_from_its_default(folder: Path) -> None:
    options = (
        load_councils(folder, {"BOSTON_OPEN311_URL": "https://back.example.org/v2"})["boston"]
        .connectors["street-scene"]
        .options
    )
    assert options["base_url"] == "https://back.example.org/v2"
    assert options["push_secrets"] == []
    told = (
        load_councils(folder, {"BOSTON_PUSH_SECRET": "a" * 32})["boston"].connectors["street-scene"].options
    )
    assert told["push_secrets"] == ["a" * 32]


def test_a_value_that_the_environment_must_set_and_does_not_is_a_mistake(folder: Path) -> None:
    change(folder, '{ env = "BOSTON_OPEN311_KEY", default = "" }', '{ env = "BOSTON_OPEN311_KEY" }')
    assert mistakes(folder) == [
        f"{folder.name}/councils/boston.toml: connectors.street-scene.options.api_key: "
        "the environment does not set BOSTON_OPEN311_KEY, and there is no default"
    ]


def test_every_mistake_of_every_file_is_told_at_once_by_file_and_key(folder: Path) -> None:
    change(folder, 'phone = "01632 960301"', 'fone = "01632 960301"')
    change(folder, 'colour = "#0b4f6c"', 'colour = "#ffcc00"')
    change(folder, "easting = 532960", "easting = 9532960")
    change(folder, 'website = "https://', 'website = "', "south_holland.toml")
    told = mistakes(folder)
    assert [line.split("/councils/")[1] for line in told] == [
        "boston.toml: colour: has a contrast of 1.5 to 1 with white; 4.5 is the least",
        "boston.toml: contacts.phone: is missing",
        "boston.toml: contacts.fone: is not a key that is known here",
        "boston.toml: map.centre.easting: is not between 0 and 700000",
        "south_holland.toml: website: is not a web address such as https://www.example.org",
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('colour = "#0b4f6c"', 'colour = "blue"', "colour: is not a colour such as #1f5c3d"),
        ('prefix = "BOS"', 'prefix = "boston"', "prefix: is not two to four capital letters"),
        (
            'services = "all"',
            'services = ["Fly tipping"]',
            "services.0: is not a slug such as fly-tipping",
        ),
        ('kind = "open311"', 'sort = "open311"', "connectors.street-scene.kind: is missing"),
        (
            'street-scene = "street',
            'street-scene = "steet',
            "routes.street-scene: there is no connector named 'steet-scene'",
        ),
        ("[map]", '[layers]\nboundary = "gone.geojson"\n\n[map]', "layers.boundary: there is no file"),
        ("[contacts]", "[contacts", "cannot be read as TOML"),
    ],
)
def test_a_mistake_is_told_in_words(folder: Path, old: str, new: str, words: str) -> None:
    change(folder, old, new)
    assert any(words in line for line in mistakes(folder))


def test_two_councils_cannot_share_a_prefix_or_a_district(folder: Path) -> None:
    change(folder, 'prefix = "SH"', 'prefix = "BOS"', "south_holland.toml")
    change(folder, "E07000140", "E07000136", "south_holland.toml")
    assert mistakes(folder) == [
        "south-holland: prefix: 'BOS' is boston's already",
        "south-holland: gss_code: 'E07000136' is boston's already",
    ]


def test_a_folder_without_councils_is_a_mistake(tmp_path: Path) -> None:
    assert "no council is declared here" in mistakes(tmp_path)[0]


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert all(
        contrast(council.colour, "#ffffff") > LEAST_CONTRAST for council in load_councils(CONFIG, {}).values()
    )


def test_no_council_is_called_as_a_part_of_the_product_is(folder: Path) -> None:
    (folder / "councils" / "boston.toml").rename(folder / "councils" / "desk.toml")
    assert any("a council cannot be called desk" in line for line in mistakes(folder))
