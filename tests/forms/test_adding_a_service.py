"""docs/adding-a-service.md and docs/adding-a-council.md: their examples run as they stand, and nothing is left out."""

import re
import tomllib
from pathlib import Path
from textwrap import dedent
from typing import Any

import forms.kit
from forms.kit.check import mistakes_in
from forms.kit.overrides import overridden
from forms.services.bulky_waste import SERVICE as BULKY_WASTE

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "adding-a-service.md"


def test_the_example_is_a_service_without_mistakes() -> None:
    found = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    names: dict[str, Any] = {}
    exec(dedent(found[1]), names)
    assert names["SERVICE"].slug == "work-accident"
    assert mistakes_in(names["SERVICE"]) == []


def test_the_example_writes_over_no_service() -> None:
    named = re.search(
        r"forms/services/fly_tipping.py (forms/services/\w+\.py)", PAGE.read_text(encoding="utf-8")
    )
    assert named
    assert not (PAGE.parent.parent / named[1]).exists()


def test_every_kind_and_condition_of_the_kit_is_told() -> None:
    words = set(re.findall(r"\w+", PAGE.read_text(encoding="utf-8")))
    assert [name for name in forms.kit.__all__ if name not in words] == []


def test_the_words_of_a_council_are_taken_as_they_stand() -> None:
    told = (PAGE.parent / "adding-a-council.md").read_text(encoding="utf-8")
    found = re.search(r"```toml\n(.*?)```", told, re.DOTALL)
    assert found
    changed, mistakes = overridden(BULKY_WASTE, tomllib.loads(found[1])["overrides"]["bulky-waste"])
    assert mistakes == []
    assert [price.pence for price in changed.prices if price.id == "large"] == [1750]
