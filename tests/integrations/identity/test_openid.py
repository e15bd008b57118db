"""Signing in by an account elsewhere, with a provider that works and with one that misbehaves in every way we know."""

import logging
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from integrations.http import Limits
from integrations.identity import discovery, openid
from integrations.identity.openid import Identity, Provider, ProviderAway, SignInFailed
from integrations.identity.provider import secure
from tests.factories.openid_provider import NOBODY, OpenIDProvider, Person, Way

BACK = "http://localhost/signed-in"


def sign_in(elsewhere: OpenIDProvider, person: str = "rosa", **changes: Any) -> Identity:
    """Begin, go there, choose, and come back."""
    provider = elsewhere.provider(**changes)
    begun = openid.begin(provider, BACK)
    return openid.finish(provider, BACK, begun.kept, elsewhere.answer(begun.address, person))


def test_a_person_signs_in(elsewhere: OpenIDProvider) -> None:
    assert sign_in(elsewhere) == Identity(
        subject="rosa",
        issuer=elsewhere.issuer,
        email="rosa.marsh@example.org",
        email_verified=True,
        name="Rosa Marsh",
        groups=frozenset(),
        amr=("pwd",),
        acr=(),
    )


def test_a_member_of_staff_brings_groups_and_how_they_proved_it(elsewhere: OpenIDProvider) -> None:
    found = sign_in(elsewhere, "agent")
    assert (found.groups, found.amr, found.acr) == (frozenset({"Customer services"}), ("pwd", "mfa"), ("2",))
    assert sign_in(elsewhere, "agent", groups_claim="").groups == frozenset()


def test_an_address_that_the_provider_did_not_prove_is_not_verified(elsewhere: OpenIDProvider) -> None:
    assert not sign_in(elsewhere, "unproven").email_verified


def test_what_is_asked_says_who_we_are_and_holds_no_secret(elsewhere: OpenIDProvider) -> None:
    begun = openid.begin(elsewhere.provider(), BACK)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(begun.address).query).items()}
    challenge = urlsafe_b64encode(sha256(begun.kept["verifier"].encode()).digest()).rstrip(b"=").decode()
    assert asked == {
        "response_type": "code",
        "client_id": "selfservice",
        "redirect_uri": BACK,
        "scope": "openid email profile",
        "state": begun.kept["state"],
        "nonce": begun.kept["nonce"],
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    again = openid.begin(elsewhere.provider(), BACK).kept
    assert all(begun.kept[name] != again[name] for name in ("state", "nonce", "verifier"))
    assert all(len(again[name]) >= 43 for name in ("state", "nonce", "verifier"))
    assert begun.kept["verifier"] not in repr(begun)


@pytest.mark.parametrize(
    ("offered", "secret", "told"),
    [
        (("client_secret_post", "client_secret_basic"), True, "post"),
        (("client_secret_basic",), True, "basic"),
        (None, True, "basic"),
        (("client_secret_post",), False, "none"),
    ],
)
def test_our_secret_is_told_as_the_provider_wants_it(
    elsewhere: OpenIDProvider, offered: tuple[str, ...] | None, secret: bool, told: str
) -> None:
    elsewhere.auth_methods = offered
    assert sign_in(elsewhere, **({} if secret else {"client_secret": ""})).subject == "rosa"
    assert elsewhere.secrets_told == [told]


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256", "EdDSA"])
def test_every_algorithm_with_a_public_key_is_believed(elsewhere: OpenIDProvider, algorithm: str) -> None:
    elsewhere.algorithm = algorithm
    assert sign_in(elsewhere).subject == "rosa"


@pytest.mark.parametrize("algorithm", ["RS384", "RS512"])
def test_no_other_algorithm_is(elsewhere: OpenIDProvider, algorithm: str) -> None:
    elsewhere.algorithm = algorithm
    with pytest.raises(SignInFailed, match="unsupported_algorithm"):
        sign_in(elsewhere)


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (Way.WRONG_NONCE, "nonce"),
        (Way.NO_NONCE, "nonce"),
        (Way.WRONG_AUDIENCE, "aud"),
        (Way.OTHER_PARTY, "azp"),
        (Way.EXPIRED, "expired"),
        (Way.NOT_YET, "iat|not yet|future"),
        (Way.NO_ALGORITHM, "unsupported_algorithm"),
        (Way.UNSIGNED, "bad_signature"),
        (Way.OUR_SECRET, "unsupported_algorithm"),
        (Way.OTHER_ISSUER, "iss"),
        (Way.NO_SUBJECT, "subject"),
        (Way.UNKNOWN_KEY, "invalid_key_id"),
        (Way.FORGED, "bad_signature"),
        (Way.NO_TOKEN, "no id_token"),
        (Way.BROKEN_TOKEN, "id_token"),
        (Way.OTHER_ACCESS_TOKEN, "at_hash"),
        (Way.REFUSES_CODE, "does not take the code"),
        (Way.MIXED_UP, "another provider"),
        (Way.SILENT, "does not say whose"),
    ],
)
def test_an_answer_that_does_not_hold_signs_nobody_in(
    elsewhere: OpenIDProvider, way: Way, words: str
) -> None:
    elsewhere.ways.add(way)
    with pytest.raises(SignInFailed, match=words) as failed:
        sign_in(elsewhere)
    assert not failed.value.denied
    elsewhere.ways.clear()
    assert sign_in(elsewhere).subject == "rosa"


def test_two_clocks_may_differ_by_half_a_minute(elsewhere: OpenIDProvider) -> None:
    elsewhere.ways.add(Way.JUST_EXPIRED)
    assert sign_in(elsewhere).subject == "rosa"


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (Way.AWAY, "503"),
        (Way.NOT_JSON, "not JSON"),
        (Way.DEEP_JSON, "deep"),
        (Way.REDIRECTS, "307"),
        (Way.OTHER_HOST, "host"),
        (Way.PLAIN_HTTP, "https"),
        (Way.CALLS_ITSELF_OTHERWISE, "another issuer"),
        (Way.SLOW, "ReadTimeout"),
    ],
)
def test_a_provider_that_cannot_be_asked_is_away(
    elsewhere: OpenIDProvider, way: Way, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "LIMITS", Limits(connect=1, read=0.2, largest=512 * 1024))
    elsewhere.ways.add(way)
    with pytest.raises(ProviderAway, match=words):
        openid.begin(elsewhere.provider(), BACK)
    elsewhere.ways.clear()
    assert sign_in(elsewhere).subject == "rosa"


@pytest.mark.parametrize(
    "way", [Way.AWAY, Way.NOT_JSON, Way.DEEP_JSON, Way.REDIRECTS, Way.SLOW, Way.REFUSES_US]
)
def test_a_provider_may_go_away_while_the_person_is_there(
    elsewhere: OpenIDProvider, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "LIMITS", Limits(connect=1, read=0.2, largest=512 * 1024))
    provider = elsewhere.provider()
    begun = openid.begin(provider, BACK)
    arguments = elsewhere.answer(begun.address)
    elsewhere.ways.add(way)
    with pytest.raises(ProviderAway):
        openid.finish(provider, BACK, begun.kept, arguments)


def test_a_provider_that_is_not_there_is_away(elsewhere: OpenIDProvider) -> None:
    provider = elsewhere.provider(issuer="http://127.0.0.1:9")
    with pytest.raises(ProviderAway, match="refused the connection"):
        openid.begin(provider, BACK)


def test_a_redirect_leads_nowhere_with_our_secret(elsewhere: OpenIDProvider) -> None:
    with OpenIDProvider() as other:
        provider = elsewhere.provider()
        begun = openid.begin(provider, BACK)
        arguments = elsewhere.answer(begun.address)
        elsewhere.elsewhere = other.issuer
        elsewhere.ways.add(Way.REDIRECTS)
        with pytest.raises(ProviderAway):
            openid.finish(provider, BACK, begun.kept, arguments)
        assert other.asked == []


def test_a_person_who_says_no_is_told_apart(elsewhere: OpenIDProvider) -> None:
    with pytest.raises(SignInFailed) as failed:
        sign_in(elsewhere, NOBODY)
    assert failed.value.denied


def test_a_no_that_answers_nothing_of_ours_is_no_answer(elsewhere: OpenIDProvider) -> None:
    begun = openid.begin(elsewhere.provider(), BACK)
    with pytest.raises(SignInFailed, match="state") as failed:
        openid.finish(elsewhere.provider(), BACK, begun.kept, {"error": "access_denied"})
    assert not failed.value.denied


def test_a_provider_that_says_it_is_busy_is_away(elsewhere: OpenIDProvider) -> None:
    begun = openid.begin(elsewhere.provider(), BACK)
    told = {"error": "temporarily_unavailable", "state": begun.kept["state"], "iss": elsewhere.issuer}
    with pytest.raises(ProviderAway):
        openid.finish(elsewhere.provider(), BACK, begun.kept, told)


Spoil = Callable[[dict[str, str], dict[str, str]], Any]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda kept, _: kept.clear(), "Nothing was begun"),
        (lambda kept, _: kept.pop("verifier"), "Nothing was begun"),
        (lambda kept, _: kept.update(nonce=""), "Nothing was begun"),
        (lambda kept, _: kept.update(provider="another"), "another provider"),
        (lambda kept, _: kept.update(redirect_uri="http://localhost/other"), "another provider"),
        (lambda _, told: told.pop("state"), "state"),
        (lambda _, told: told.update(state="another"), "state"),
        (lambda _, told: told.update(state="\ud800é"), "state"),
        (lambda _, told: told.pop("code"), "no code"),
        (lambda _, told: told.update(code="x" * 5000), "too long"),
        (lambda _, told: told.update(code="another"), "does not take the code"),
        (lambda _, told: told.update(code="§ %\x00"), "does not take the code"),
        (lambda _, told: told.update(iss="https://login.example.net"), "another provider"),
        (lambda kept, _: kept.update(verifier="another" * 8), "does not take the code"),
    ],
)
def test_what_comes_back_must_be_what_was_begun(elsewhere: OpenIDProvider, spoil: Spoil, words: str) -> None:
    provider = elsewhere.provider()
    begun = openid.begin(provider, BACK)
    arguments = elsewhere.answer(begun.address)
    spoil(begun.kept, arguments)
    with pytest.raises(SignInFailed, match=words):
        openid.finish(provider, BACK, begun.kept, arguments)


def test_a_code_works_once(elsewhere: OpenIDProvider) -> None:
    provider = elsewhere.provider()
    begun = openid.begin(provider, BACK)
    arguments = elsewhere.answer(begun.address)
    openid.finish(provider, BACK, begun.kept, arguments)
    with pytest.raises(SignInFailed, match="does not take the code"):
        openid.finish(provider, BACK, begun.kept, arguments)


def test_a_provider_that_changes_its_key_is_asked_for_it_once(elsewhere: OpenIDProvider) -> None:
    sign_in(elsewhere)
    elsewhere.rotate()
    assert sign_in(elsewhere).subject == "rosa"
    assert sign_in(elsewhere).subject == "rosa"
    assert elsewhere.asked.count("/keys") == 2
    elsewhere.ways.add(Way.UNKNOWN_KEY)
    with pytest.raises(SignInFailed):
        sign_in(elsewhere)
    assert elsewhere.asked.count("/keys") == 3


def test_what_a_provider_says_of_itself_is_kept_for_ten_minutes(
    elsewhere: OpenIDProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = discovery.DOCUMENT
    for _ in range(3):
        sign_in(elsewhere)
    assert (elsewhere.asked.count(document), elsewhere.asked.count("/keys")) == (1, 1)
    later = time.monotonic() + discovery.KEPT_SECONDS + 1
    monkeypatch.setattr(discovery.time, "monotonic", lambda: later)
    sign_in(elsewhere)
    assert (elsewhere.asked.count(document), elsewhere.asked.count("/keys")) == (2, 2)


def test_what_the_id_token_leaves_out_is_asked_for(elsewhere: OpenIDProvider) -> None:
    elsewhere.ways.add(Way.THIN)
    found = sign_in(elsewhere, "agent")
    assert (found.email, found.email_verified, found.name) == ("ada.wold@example.org", True, "Ada Wold")
    assert found.groups == {"Customer services"}
    elsewhere.ways.add(Way.OTHER_USERINFO)
    with pytest.raises(SignInFailed, match="somebody else"):
        sign_in(elsewhere, "agent")


@pytest.mark.parametrize(
    ("person", "email", "name"),
    [
        (Person("odd", name="Rosa\r\n\u202eMarsh  ", email="rosa"), None, "Rosa Marsh"),
        (Person("odd", name="x" * 900, email="a b@example.org"), None, "x" * 200),
        (Person("odd", name="\u200b", email="rosa@example.org\n"), None, None),
        (Person("odd", name=7, email=["rosa@example.org"]), None, None),  # type: ignore[arg-type]  # on purpose
    ],
)
def test_odd_names_and_addresses_come_to_no_harm(
    elsewhere: OpenIDProvider, person: Person, email: str | None, name: str | None
) -> None:
    elsewhere.people = [person]
    found = sign_in(elsewhere, "odd")
    assert (found.email, found.email_verified, found.name) == (email, False, name)


def test_weak_and_broken_keys_spoil_no_others(
    elsewhere: OpenIDProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = elsewhere.public_keys()["keys"]
    weak = {"kty": "RSA", "kid": "weak", "n": "AQAB" * 20, "e": "AQAB"}
    padded = {"kty": "RSA", "kid": "padded", "n": "A" * 300 + "AQAB" * 20, "e": "AQAB"}
    shared = {"kty": "oct", "kid": "shared", "k": "c2VjcmV0IHNlY3JldCBzZWNyZXQ"}
    told = [
        weak,
        padded,
        shared,
        7,
        {},
        {"kty": "RSA"},
        {"kty": "RSA", "n": 7},
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"},
        *good,
    ]
    monkeypatch.setattr(OpenIDProvider, "public_keys", lambda _: {"keys": told})
    assert sign_in(elsewhere).subject == "rosa"
    assert [key.kid for key in discovery.keys(elsewhere.provider())] == [elsewhere.key]
    discovery.forget()
    monkeypatch.setattr(OpenIDProvider, "public_keys", lambda _: {"keys": told[:8]})
    with pytest.raises(ProviderAway, match="no key"):
        sign_in(elsewhere)


def test_nothing_of_the_person_or_of_our_secret_is_told(
    elsewhere: OpenIDProvider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "integrations")
    provider = elsewhere.provider()
    told = [repr(sign_in(elsewhere)), repr(provider)]
    for way in (Way.REFUSES_CODE, Way.WRONG_NONCE, Way.REFUSES_US):
        elsewhere.ways = {way}
        with pytest.raises((SignInFailed, ProviderAway)) as failed:
            sign_in(elsewhere)
        told.append(str(failed.value))
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("integrations")]
    for words in (*told, *ours):
        assert not [secret for secret in ("rosa.marsh", "Rosa", provider.client_secret) if secret in words]


def at(issuer: str, *more: str) -> Provider:
    return Provider("example", "Example", issuer, "selfservice", "", more_hosts=more)


@pytest.mark.parametrize(
    ("provider", "address"),
    [
        (at("https://login.example.org"), "https://login.example.org/token"),
        (at("https://login.example.org"), "https://LOGIN.example.org:443/token?p=1"),
        (at("https://login.example.org/realms/a/"), "https://login.example.org/other"),
        (at("https://login.example.org", "tokens.example.org"), "https://tokens.example.org/token"),
        (at("https://login.example.org", "tokens.example.org:8443"), "https://tokens.example.org:8443/token"),
        (at("http://[::1]:8080"), "http://[::1]:8080/token"),
    ],
)
def test_a_provider_is_spoken_to_where_the_configuration_says(provider: Provider, address: str) -> None:
    assert discovery.allowed(provider, address) == address


@pytest.mark.parametrize(
    "address",
    [
        "http://login.example.org/token",
        "https://login.example.org:8443/token",
        "https://login.example.org.example.net/token",
        "https://login.example.org@example.net/token",
        "https://example.net\\@login.example.org/token",
        "https://example.net#@login.example.org",
        "https://login.example.org\n.example.net/",
        "https://lögin.example.org/",
        "http://127.0.0.1/token",
        "https://169.254.169.254/latest",
        "file:///etc/passwd",
        "//login.example.org/token",
        "https://login.example.org:port/",
        "https://[::1",
        "",
    ],
)
def test_and_nowhere_else(address: str) -> None:
    with pytest.raises(ProviderAway):
        discovery.allowed(at("https://login.example.org"), address)


def test_plain_http_is_for_this_machine_alone() -> None:
    assert secure("http://localhost:8080/realm")
    assert secure("http://127.0.0.2")
    assert not secure("http://localhost.example.org")
    assert not secure("https://name:password@login.example.org")
    assert not secure("http://10.1.2.3")


def test_a_private_address_is_asked_only_where_the_configuration_says_so(
    elsewhere: OpenIDProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "loopback", lambda _: False)
    with pytest.raises(ProviderAway, match="private"):
        openid.begin(elsewhere.provider(), BACK)
    assert elsewhere.asked == []
    assert openid.begin(replace(elsewhere.provider(), allow_private=True), BACK).address
