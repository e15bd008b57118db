"""How much a text message holds, by the alphabet of telephones."""

import pytest

from selfservice.domain.messages import plain_signs, text_parts


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("", 1),
        ("x" * 160, 1),
        ("x" * 161, 2),
        ("x" * 306, 2),
        ("x" * 459, 3),
        ("x" * 460, 4),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ŵ" * 70, 1),
        ("ŵ" * 71, 2),
        ("x" * 134 + "ŵ", 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("é £5 @ àpt" * 16, 1),
    ],
)
def test_a_text_message_is_counted_in_parts_as_it_is_paid_for(words: str, parts: int) -> None:
    assert text_parts(words) == parts


def test_signs_that_are_there_for_the_look_of_them_cost_nothing_more() -> None:
    words = "“Tell us once” – the council’s\u00a0form…"
    assert plain_signs(words) == '"Tell us once" - the council\'s form...'
    assert text_parts(words * 4) == 3
    assert text_parts(plain_signs(words) * 4) == 1
