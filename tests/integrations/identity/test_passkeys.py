"""A passkey is made and used as a browser does it; whatever else is sent is refused, and breaks nothing."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.identity import passkeys
from integrations.identity.passkeys import BadPasskey, Passkey
from tests.factories.authenticator import ORIGIN, Authenticator, decoded, encoded

HOST = "localhost"


def begin(exclude: tuple[str, ...] = ()) -> passkeys.Begun:
    return passkeys.begin_registration(
        HOST,
        "Example councils",
        "0198f2a0-0000-7000-8000-000000000001",
        "rosa@example.org",
        "Rosa Marsh",
        exclude,
    )


def registered(key: Authenticator) -> Passkey:
    begun = begin()
    return passkeys.finish_registration(key.register(begun.options_json), begun.challenge, HOST, ORIGIN)


def sign_in(
    key: Authenticator, kept: Passkey, *, count: int = 0, verified: bool = True, **changes: Any
) -> int:
    begun = passkeys.begin_sign_in(HOST, [kept.credential_id])
    answer = key.sign_in(begun.options_json, **changes)
    return finish(answer, begun.challenge, kept, count=count, verified=verified)


def finish(answer: str, challenge: str, kept: Passkey, *, count: int = 0, verified: bool = True) -> int:
    return passkeys.finish_sign_in(
        answer, challenge, HOST, ORIGIN, kept.public_key, count, user_verification=verified
    )


def test_a_key_that_was_made_signs_in() -> None:
    key = Authenticator()
    kept = registered(key)
    assert kept.transports == ("usb", "nfc")
    assert kept.sign_count == 0
    assert sign_in(key, kept) == 1
    assert sign_in(key, kept, count=1) == 2


def test_a_key_may_be_chosen_by_the_person_alone() -> None:
    key = Authenticator()
    kept = registered(key)
    begun = passkeys.begin_sign_in(HOST)
    options = json.loads(begun.options_json)
    assert (options["allowCredentials"], options["userVerification"]) == ([], "required")
    answer = key.sign_in(begun.options_json)
    assert passkeys.credential_of(answer) == kept.credential_id
    assert finish(answer, begun.challenge, kept) == 1


def test_the_browser_is_told_whose_key_it_is_and_which_are_there() -> None:
    key = Authenticator()
    kept = registered(key)
    options = json.loads(begin((kept.credential_id,)).options_json)
    assert options["rp"] == {"id": HOST, "name": "Example councils"}
    assert decoded(options["user"]["id"]).decode() == "0198f2a0-0000-7000-8000-000000000001"
    assert options["attestation"] == "none"
    with pytest.raises(ValueError, match="already"):
        key.register(json.dumps(options))


def test_every_challenge_is_new_and_works_for_its_own_answer_alone() -> None:
    key = Authenticator()
    kept = registered(key)
    first, second = passkeys.begin_sign_in(HOST), passkeys.begin_sign_in(HOST)
    assert first.challenge != second.challenge
    assert len(decoded(first.challenge)) >= 32
    with pytest.raises(BadPasskey, match="challenge"):
        finish(key.sign_in(first.options_json), second.challenge, kept)
    with pytest.raises(BadPasskey, match="challenge"):
        passkeys.finish_registration(key.register(begin().options_json), begin().challenge, HOST, ORIGIN)


def test_a_key_that_cannot_count_signs_in_too() -> None:
    key = Authenticator(counts=False)
    kept = registered(key)
    assert sign_in(key, kept) == 0
    assert sign_in(key, kept) == 0


def test_a_count_that_has_not_grown_tells_of_a_second_key() -> None:
    key = Authenticator()
    kept = registered(key)
    with pytest.raises(BadPasskey, match="count"):
        sign_in(key, kept, count=7)


def test_a_key_without_a_pin_is_enough_where_none_is_asked_for() -> None:
    key = Authenticator(verifies=False)
    kept = registered(key)
    assert sign_in(key, kept, verified=False) == 1
    with pytest.raises(BadPasskey, match="verif"):
        sign_in(key, kept, count=1)


@pytest.mark.parametrize(
    "changes",
    [
        {"client": {"origin": "http://localhost.example.net"}},
        {"client": {"type": "webauthn.create"}},
        {"client": {"challenge": encoded(b"another challenge")}},
        {"client": {"challenge": 7}},
        {"client": {"origin": None}},
        {"rp_id": "example.net"},
        {"flags": 0},
        {"signature": b""},
        {"signature": b"\x30\x06\x02\x01\x01\x02\x01\x01"},
    ],
)
def test_an_answer_that_is_not_the_keys_own_is_refused(changes: dict[str, Any]) -> None:
    key = Authenticator()
    kept = registered(key)
    with pytest.raises(BadPasskey):
        sign_in(key, kept, **changes)


def test_another_key_does_not_do() -> None:
    key, other = Authenticator(), Authenticator()
    kept = registered(key)
    registered(other)
    begun = passkeys.begin_sign_in(HOST)
    with pytest.raises(BadPasskey, match="signature"):
        finish(other.sign_in(begun.options_json), begun.challenge, kept)


@pytest.mark.parametrize(
    "changes",
    [
        {"client": {"origin": "https://example.net"}},
        {"client": {"type": "webauthn.get"}},
        {"rp_id": "example.net"},
        {"flags": 0x40},
        {"attestation": {"fmt": ["none"]}},
        {"attestation": {"attStmt": {"sig": b"something"}}},
        {"attestation": {"authData": b"short"}},
        {"attestation": {"authData": "text"}},
        {"attestation": {"authData": bytes(37) + bytes(16) + b"\xff\xff"}},
    ],
)
def test_a_key_that_was_not_made_as_asked_is_refused(changes: dict[str, Any]) -> None:
    begun = begin()
    answer = Authenticator().register(begun.options_json, **changes)
    with pytest.raises(BadPasskey):
        passkeys.finish_registration(answer, begun.challenge, HOST, ORIGIN)


@pytest.mark.parametrize("kind", ["tpm", "android-key", "android-safetynet", "apple", "fido-u2f", "new"])
def test_an_attestation_that_was_not_asked_for_is_not_even_read(kind: str) -> None:
    begun = begin()
    answer = Authenticator().register(
        begun.options_json, attestation={"fmt": kind, "attStmt": {"x5c": [b"\x30"]}}
    )
    with pytest.raises(BadPasskey, match="not asked for"):
        passkeys.finish_registration(answer, begun.challenge, HOST, ORIGIN)


def _with(answer: str, **response: Any) -> str:
    told = json.loads(answer)
    told["response"] |= response
    return json.dumps(told)


def _told(**changes: Any) -> Callable[[str], str]:
    return lambda answer: json.dumps(json.loads(answer) | changes)


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda _: "",
        lambda _: "null",
        lambda _: "[]",
        lambda _: '"text"',
        lambda _: "{}",
        lambda _: "[" * 10_000,
        lambda _: '{"a":' * 3_000,
        lambda answer: answer + " " * passkeys.LARGEST_ANSWER,
        lambda answer: answer[:-1],
        lambda answer: "\ud800" + answer,
        _told(id=7),
        _told(id="another"),
        _told(rawId="another"),
        _told(type="something else"),
        _told(response="text"),
        _told(authenticatorAttachment="glued on"),
        lambda answer: _with(answer, clientDataJSON=encoded(b"[" * 9_000)),
        lambda answer: _with(answer, clientDataJSON=encoded(b"not json")),
        lambda answer: _with(answer, clientDataJSON="§§§"),
        lambda answer: _with(answer, clientDataJSON=None),
    ],
)
def test_whatever_is_malformed_is_refused_in_words(spoilt: Callable[[str], str]) -> None:
    key = Authenticator()
    kept = registered(key)
    asked, wanted = passkeys.begin_sign_in(HOST), begin()
    with pytest.raises(BadPasskey) as refused:
        finish(spoilt(key.sign_in(asked.options_json)), asked.challenge, kept)
    assert 0 < len(str(refused.value)) <= 300
    with pytest.raises(BadPasskey):
        passkeys.finish_registration(
            spoilt(key.register(wanted.options_json)), wanted.challenge, HOST, ORIGIN
        )


@pytest.mark.parametrize(
    "cbor", [b"", b"\x81" * 9_000, b"\xbf" * 5_000, cbor2.dumps([1]), b"\x9b" + b"\xff" * 8]
)
def test_cbor_that_is_deep_broken_or_endless_is_refused(cbor: bytes) -> None:
    begun = begin()
    answer = _with(Authenticator().register(begun.options_json), attestationObject=encoded(cbor))
    with pytest.raises(BadPasskey):
        passkeys.finish_registration(answer, begun.challenge, HOST, ORIGIN)


@pytest.mark.parametrize("answer", ["", "[]", "{}", '{"id": 7}', '{"id": ""}', '{"id": "a b"}', "{" * 9_000])
def test_an_answer_that_names_no_key_names_none(answer: str) -> None:
    assert passkeys.credential_of(answer) is None
    assert passkeys.credential_of(json.dumps({"id": "A" * 1365})) is None


@given(st.binary(max_size=300), st.integers(0, 250))
def test_no_changed_byte_of_an_attestation_breaks_anything(noise: bytes, at: int) -> None:
    begun = begin()
    answer = Authenticator().register(begun.options_json)
    made = decoded(json.loads(answer)["response"]["attestationObject"])
    spoilt = _with(answer, attestationObject=encoded(made[:at] + noise + made[at + len(noise) :]))
    with suppress(BadPasskey):
        made_of_it = passkeys.finish_registration(spoilt, begun.challenge, HOST, ORIGIN)
        assert made_of_it.credential_id
