"""What an OpenID provider says of itself: its addresses and the keys that it signs with, and the line to it.

Both are kept for ten minutes. Only the hosts that the configuration names are ever spoken to, and no redirect is
followed: what a provider says of itself must not lead us elsewhere.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, Key, KeySet, OKPKey, RSAKey
from joserfc.util import base64_to_int

from integrations.contract import Rejected, Unavailable, Unconfirmed
from integrations.http import Answer, Http, Limits
from integrations.identity.provider import Provider, ProviderAway, SignInFailed, loopback, place_of, secure

KEPT_SECONDS = 600.0
LIMITS = Limits(connect=3.0, read=5.0, largest=512 * 1024)
DOCUMENT = "/.well-known/openid-configuration"
LEAST_RSA_BITS = 2048
MOST_KEYS = 50


@dataclass(frozen=True, slots=True)
class Metadata:
    """What we need of a provider's discovery document; `userinfo` is "" where it has none that we may ask."""

    authorization: str
    token: str
    keys: str
    userinfo: str
    auth_methods: frozenset[str]
    names_itself: bool  # its answers must say by `iss` whose they are (RFC 9207)


_documents: dict[Provider, tuple[float, Metadata]] = {}
_key_sets: dict[Provider, tuple[float, KeySet]] = {}


def metadata(provider: Provider) -> Metadata:
    """What it says of itself. Raises `ProviderAway` when it says nothing, or what cannot be used."""
    kept = _documents.get(provider)
    if kept and time.monotonic() - kept[0] < KEPT_SECONDS:
        return kept[1]
    told = read(provider, provider.issuer.rstrip("/") + DOCUMENT)
    if told.get("issuer") != provider.issuer:
        raise ProviderAway("It says of itself that it is another issuer than the configured one.")
    methods = told.get("token_endpoint_auth_methods_supported")
    found = Metadata(
        authorization=_usable(provider, told, "authorization_endpoint"),
        token=_usable(provider, told, "token_endpoint"),
        keys=_usable(provider, told, "jwks_uri"),
        userinfo=_if_usable(provider, told, "userinfo_endpoint"),
        auth_methods=frozenset(map(str, methods if isinstance(methods, list) else ["client_secret_basic"])),
        names_itself=told.get("authorization_response_iss_parameter_supported") is True,
    )
    _documents[provider] = (time.monotonic(), found)
    return found


def keys(provider: Provider, *, anew: bool = False) -> KeySet:
    """The keys that it signs with; `anew` asks again, when it has signed with one that was not there."""
    kept = _key_sets.get(provider)
    if kept and not anew and time.monotonic() - kept[0] < KEPT_SECONDS:
        return kept[1]
    told = read(provider, metadata(provider).keys).get("keys")
    found = KeySet([*_strong(told if isinstance(told, list) else [])])
    if not found:
        raise ProviderAway("It names no key that we could check its signatures by.")
    _key_sets[provider] = (time.monotonic(), found)
    return found


def forget() -> None:
    """Forget what every provider said of itself."""
    _documents.clear()
    _key_sets.clear()


def read(provider: Provider, address: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A JSON object from one of its addresses. Raises `ProviderAway`."""
    line, path = _line(provider, address)
    try:
        told = line.read(path, headers=headers)
    except Unavailable as away:
        raise ProviderAway(str(away)) from None
    except RecursionError:
        raise ProviderAway("It answered with JSON that is too deep.") from None
    if not isinstance(told, dict):
        raise ProviderAway("It answered with something that is not a JSON object.")
    return told


def post(
    provider: Provider, address: str, form: Sequence[tuple[str, str]], headers: Mapping[str, str]
) -> Answer:
    """Send a form to one of its addresses. Raises `SignInFailed` when it refuses it, else `ProviderAway`."""
    line, path = _line(provider, address)
    try:
        return line.send(path, form=form, headers=headers, judged_by=_judge)
    except Rejected as refused:
        raise SignInFailed(str(refused)) from None
    except (Unavailable, Unconfirmed) as away:
        raise ProviderAway(str(away)) from None


def _judge(answer: Answer) -> Rejected | Unavailable | Unconfirmed | None:
    """What its answer to a code means. Its own words are left out: they may quote what it was sent."""
    if 200 <= answer.status < 300:
        return None
    if answer.status in (400, 403, 422):
        return Rejected(f"It answered {answer.status}: it does not take the code.")
    return Unavailable(f"It answered {answer.status}: it is away, or our id or secret does not serve.")


def _line(provider: Provider, address: str) -> tuple[Http, str]:
    """The line to one of its addresses and the path there, made of the parts that were checked."""
    parts = urlsplit(allowed(provider, address))
    host = f"[{parts.hostname}]" if ":" in str(parts.hostname) else parts.hostname
    base = f"{parts.scheme}://{host}:{place_of(parts).rpartition(':')[2]}"
    ours = loopback(urlsplit(provider.issuer).hostname or "")
    line = Http(
        base,
        allow_private=provider.allow_private or ours,
        limits=LIMITS,
        secrets=(provider.client_secret,),
    )
    return line, parts._replace(scheme="", netloc="").geturl().lstrip("/")


def allowed(provider: Provider, address: str) -> str:
    """`address`, if it is one that the configuration lets this provider have. Raises `ProviderAway`."""
    if not secure(address):
        raise ProviderAway("One of its addresses is not https.")
    issuer = urlsplit(provider.issuer)
    hosts = {place_of(issuer), *(each if ":" in each else f"{each}:443" for each in provider.more_hosts)}
    if place_of(urlsplit(address)) not in hosts:
        raise ProviderAway("One of its addresses is at a host that the configuration does not name.")
    return address


def _usable(provider: Provider, told: Mapping[str, Any], name: str) -> str:
    address = told.get(name)
    if not isinstance(address, str):
        raise ProviderAway(f"It does not say its {name}.")
    return allowed(provider, address)


def _if_usable(provider: Provider, told: Mapping[str, Any], name: str) -> str:
    """The same; "" where there is none, or one where we do not go: it can be done without."""
    try:
        return _usable(provider, told, name)
    except ProviderAway:
        return ""


def _strong(told: Sequence[Any]) -> Iterator[Key]:
    """Those keys that can be used; one that is malformed or weak spoils none of the others."""
    for each in told[:MOST_KEYS]:
        try:
            if each["kty"] == "RSA" and base64_to_int(each["n"]).bit_length() < LEAST_RSA_BITS:
                continue
            key = JWKRegistry.import_key(each)
            key.ensure_kid()
        except (JoseError, ValueError, TypeError, KeyError, AttributeError):
            continue
        if isinstance(key, RSAKey | ECKey | OKPKey):  # never one that is shared
            yield key
