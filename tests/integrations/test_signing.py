"""Pushed news is believed only with a fresh signature over exactly its bytes."""

from datetime import UTC, datetime

import pytest

from integrations.signing import sign, verify

AT = 1_780_000_000
BODY = b'{"updates": []}'


def test_what_was_signed_is_believed_for_five_minutes_either_way() -> None:
    header = sign("one", AT, BODY)
    assert header.startswith(f"t={AT},v1=")
    for now, believed in (
        (AT, True),
        (AT + 300, True),
        (AT - 300, True),
        (AT + 301, False),
        (AT - 301, False),
    ):
        assert verify(["one"], header, BODY, now) is believed
    assert verify(["one"], header, BODY, datetime.fromtimestamp(AT, UTC))


def test_either_of_two_live_secrets_serves_and_no_third() -> None:
    header = sign("old", AT, BODY)
    assert verify(["new", "old"], header, BODY, AT)
    assert not verify(["newest", "new", "old"], header, BODY, AT)
    both = f"{sign('other', AT, BODY)},{header.partition(',')[2]}"
    assert verify(["old"], both, BODY, AT)


@pytest.mark.parametrize("secrets", [[], [""], ["two"]])
def test_without_the_secret_nothing_is_believed(secrets: list[str]) -> None:
    assert not verify(secrets, sign("one", AT, BODY), BODY, AT)
    assert not verify([""], sign("", AT, BODY), BODY, AT)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "t=,v1=",
        f"t={AT}",
        "v1=00",
        f"t={AT},v1=é",
        "t=²,v1=00",
        f"t=-{AT},v1=00",
        "t=" + "9" * 40,
        "," * 99,
    ],
)
def test_a_malformed_header_is_not_believed(header: str | None) -> None:
    assert not verify(["one"], header, BODY, AT)


def test_another_body_or_another_time_is_not_believed() -> None:
    header = sign("one", AT, BODY)
    assert not verify(["one"], header, BODY + b" ", AT)
    assert not verify(["one"], header.replace(str(AT), str(AT + 1)), BODY, AT)
