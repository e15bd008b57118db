"""Each service's outline, reviewed when it changes."""

from dataclasses import replace
from pathlib import Path

import pytest

from forms.catalogue import SERVICES
from forms.kit.outline import outline
from forms.kit.service import Years

KEPT = Path(__file__).resolve().parent.parent / "outlines"


@pytest.mark.parametrize("kept", sorted(KEPT.glob("*.txt")), ids=lambda path: path.stem)
def test_the_outline_is_the_one_that_was_reviewed(kept: Path) -> None:
    """A new service is one file, reviewed as it stands; `make outlines` keeps its outline for its first change."""
    assert kept.stem in SERVICES, f"there is no such service any more: remove {kept.name}"
    again = f"selfservice outline {kept.stem} > tests/forms/outlines/{kept.name}"
    assert outline(SERVICES[kept.stem]) + "\n" == kept.read_text(encoding="utf-8"), (
        f"if this is meant: {again}"
    )


def test_one_year_is_told_as_one() -> None:
    service = SERVICES["fly-tipping"]
    assert outline(replace(service, keep_for=Years(1))).endswith("Kept for 1 year.")
    assert outline(replace(service, keep_for=Years(2))).endswith("Kept for 2 years.")
