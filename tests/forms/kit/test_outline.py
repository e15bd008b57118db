"""Each service's outline, reviewed when it changes."""

from pathlib import Path

import pytest

from forms.catalogue import SERVICES
from forms.kit.outline import outline
from forms.kit.service import Service

KEPT = Path(__file__).resolve().parent.parent / "outlines"


@pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))
def test_the_outline_is_the_one_that_was_reviewed(service: Service) -> None:
    kept = KEPT / f"{service.slug}.txt"
    again = f"selfservice outline {service.slug} > tests/forms/outlines/{service.slug}.txt"
    assert kept.is_file(), f"read the outline, and keep it: {again}"
    assert outline(service) + "\n" == kept.read_text(encoding="utf-8"), f"if this is meant: {again}"


def test_no_outline_is_kept_of_a_service_that_is_gone() -> None:
    assert {file.stem for file in KEPT.glob("*.txt")} == set(SERVICES)
