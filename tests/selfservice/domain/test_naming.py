"""Names are found however they are typed: with accents or without, with any apostrophe or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfservice.domain.naming import LONGEST_KEY, name_key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Mary Smith", "mary smith"),
        ("  MARY \t smith ", "mary smith"),
        ("Siobhán O’Neill-Smith", "siobhan oneill-smith"),
        ("Siobhan O'Neill‐Smith", "siobhan oneill-smith"),
        ("Łukasz Wójcik", "lukasz wojcik"),
        ("Søren Ærø", "soren aero"),
        ("Jürgen Strauß", "jurgen strauss"),
        ("İpek Işık", "ipek isik"),
        ("Ｊａｎｅ Marsh", "jane marsh"),
        ("Zoe\u0308 Fenn", "zoe fenn"),
        ("Ben\u00ad Fen\u200bn", "ben fenn"),
        ("李小龙", "李小龙"),
    ],
)
def test_a_name_has_one_key_however_it_is_typed(typed: str, key: str) -> None:
    assert name_key(typed) == key


@given(st.text(max_size=220))
def test_a_key_is_its_own_key_and_fits_its_column(name: str) -> None:
    key = name_key(name)
    assert name_key(key) == key
    assert len(key) <= LONGEST_KEY
