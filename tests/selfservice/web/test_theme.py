"""A council's colours reach its pages, and stay readable."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from selfservice.configuration import load_councils
from selfservice.domain.colours import LEAST_CONTRAST, contrast
from selfservice.domain.council import Council
from selfservice.web.assets import ROOT
from selfservice.web.theme import mixed, theme_css

COUNCILS = load_councils(Path(ROOT) / "config", {})


def colours(council: Council) -> dict[str, str]:
    return dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6});", theme_css(council)))


@pytest.mark.parametrize("council", COUNCILS.values(), ids=list(COUNCILS))
def test_words_are_readable_on_every_ground_of_every_council(council: Council) -> None:
    found = colours(council)
    for ground in ("--council-tint", "--council-soft", "--govuk-surface-background-colour"):
        assert contrast(found["--council-colour"], found[ground]) >= LEAST_CONTRAST
        assert contrast("#484949", found[ground]) >= LEAST_CONTRAST
    for link in ("--govuk-link-colour", "--govuk-link-hover-colour", "--council-dark"):
        assert contrast(found[link], "#ffffff") >= LEAST_CONTRAST


def test_the_theme_holds_for_whatever_is_marked_as_the_councils() -> None:
    council = replace(next(iter(COUNCILS.values())), slug="somewhere", colour="#123456")
    assert theme_css(council).startswith('[data-council="somewhere"] {')
    assert colours(council)["--govuk-brand-colour"] == "#123456"


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert mixed("#102030", "#ffffff", 0) == "#102030"
    assert mixed("#102030", "#ffffff", 1) == "#ffffff"
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
