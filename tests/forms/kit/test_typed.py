"""What was typed is tidied of what no person types, and of what copying brought along."""

import pytest

from forms.kit.typed import cleaned


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u202aada@example.org\u202c", "ada@example.org"),
        ("\u200ePE21 6RY\u200f", "PE21 6RY"),
        ("\u2066+44 1632 960001\u2069 \n", "+44 1632 960001"),
        ("Ada\u0000\u0007 Marsh", "Ada Marsh"),
        ("half \ud83d", "half"),
        ("Zoë 王秀英 😀", "Zoë 王秀英 😀"),
        ("one \u2066עברית\u2069 two", "one \u2066עברית\u2069 two"),
    ],
)
def test_only_what_was_meant_is_kept(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept
