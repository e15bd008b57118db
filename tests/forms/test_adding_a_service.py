"""The example in docs/adding-a-service.md runs as it stands there."""

import re
from pathlib import Path
from textwrap import dedent
from typing import Any

from forms.kit.check import mistakes_in

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "adding-a-service.md"


def test_the_example_is_a_service_without_mistakes() -> None:
    found = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    names: dict[str, Any] = {}
    exec(dedent(found[1]), names)
    assert names["SERVICE"].slug == "dog-fouling"
    assert mistakes_in(names["SERVICE"]) == []
