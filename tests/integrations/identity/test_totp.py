"""A code of an app works for its half minute and the ones beside it, and once."""

import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pyotp
import pytest
from lxml import etree

from integrations.identity import totp

NOW = datetime(2026, 6, 3, 13, 5, 10, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = timedelta(seconds=totp.SECONDS)


def code(secret: str, at: datetime = NOW) -> str:
    return pyotp.TOTP(secret).at(at)


@pytest.mark.parametrize(
    ("seconds", "told"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_standards_own_examples(seconds: int, told: str) -> None:
    """RFC 6238, appendix B, with the last six of its eight digits."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    at = datetime.fromtimestamp(seconds, UTC)
    assert totp.matching_step(secret, told, at, None) == seconds // 30


def test_a_code_is_good_for_one_step_either_way() -> None:
    secret = totp.new_secret()
    current = int(NOW.timestamp()) // 30
    for drift in (-1, 0, 1):
        assert totp.matching_step(secret, code(secret, NOW + drift * STEP), NOW, None) == current + drift
    for drift in (-2, 2):
        assert totp.matching_step(secret, code(secret, NOW + drift * STEP), NOW, None) is None


def test_a_code_works_once_and_one_before_it_not_at_all() -> None:
    secret = totp.new_secret()
    used = totp.matching_step(secret, code(secret), NOW, None)
    assert used is not None
    assert totp.matching_step(secret, code(secret), NOW, used) is None
    assert totp.matching_step(secret, code(secret, NOW - STEP), NOW, used) is None
    assert totp.matching_step(secret, code(secret, NOW + STEP), NOW + STEP, used) == used + 1


def test_a_code_may_be_typed_with_spaces_and_nothing_else() -> None:
    secret = totp.new_secret()
    good = code(secret)
    assert totp.matching_step(secret, f" {good[:3]} {good[3:]}\n", NOW, None)
    arabic = "".join(chr(0x660 + int(digit)) for digit in good)
    for wrong in ("", good[:5], good + "0", "abcdef", arabic, f"+{good[1:]}", "٣" * 6):
        assert totp.matching_step(secret, wrong, NOW, None) is None


def test_secrets_are_160_bits_and_never_the_same() -> None:
    secrets = {totp.new_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert {len(base64.b32decode(secret)) for secret in secrets} == {20}


def test_an_app_is_told_whose_the_secret_is_and_by_whom() -> None:
    parts = urlsplit(totp.address(SECRET, "rosa.marsh@example.org", "Boston & East Lindsey"))
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parse_qs(parts.query) == {"secret": [SECRET], "issuer": ["Boston & East Lindsey"]}
    assert "rosa.marsh%40example.org" in parts.path


def test_the_qr_code_is_a_picture_that_stands_in_the_page_itself() -> None:
    address = totp.qr_data_uri(totp.address(totp.new_secret(), "rosa.marsh@example.org", "Example"))
    kind, _, drawing = address.partition(",")
    assert kind.startswith("data:image/svg+xml")
    picture = etree.fromstring(unquote(drawing).encode())
    assert picture.tag.endswith("svg")
    assert not [name for each in picture.iter() for name in each.attrib if name.startswith(("on", "style"))]
