"""Each service's outline, reviewed when it changes."""

from dataclasses import replace
from pathlib import Path

import pytest

from forms.catalogue import SERVICES
from forms.kit.outline import outline
from forms.kit.service import Service, Years

KEPT = Path(__file__).resolve().parent.parent / "outlines"


@pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))
def test_the_outline_is_the_one_that_was_reviewed(service: Service) -> None:
    kept = KEPT / f"{service.slug}.txt"
    again = f"selfservice outline {service.slug} > tests/forms/outlines/{service.slug}.txt"
    assert kept.is_file(), f"read the outline, and keep it: {again}"
    assert outline(service) + "\n" == kept.read_text(encoding="utf-8"), f"if this is meant: {again}"


def test_one_year_is_told_as_one() -> None:
    service = SERVICES["fly-tipping"]
    assert outline(replace(service, keep_for=Years(1))).endswith("Kept for 1 year.")
    assert outline(replace(service, keep_for=Years(2))).endswith("Kept for 2 years.")


def test_no_outline_is_kept_of_a_service_that_is_gone() -> None:
    assert {file.stem for file in KEPT.glob("*.txt")} == set(SERVICES)
