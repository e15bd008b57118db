"""Signing in by an account elsewhere: OpenID Connect's code flow with PKCE, by Authlib and joserfc.

`begin` says where to send the person and what to keep meanwhile; `finish` says who came back. Both speak to the
provider, so neither belongs inside a transaction. What is kept goes into the person's own session and is used once.
"""

import hmac
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.client import OAuth2Client
from authlib.oauth2.rfc6749 import OAuth2Error

from integrations.http import Answer
from integrations.identity import discovery
from integrations.identity.id_tokens import claims_of, texts
from integrations.identity.provider import Provider, ProviderAway, SignInFailed

__all__ = ["Begun", "Identity", "Provider", "ProviderAway", "SignInFailed", "begin", "finish"]

KEPT = ("provider", "redirect_uri", "state", "nonce", "verifier")
LONGEST = 4096  # characters of whatever comes back in an address
LONGEST_EMAIL, LONGEST_NAME = 254, 200
AWAY = {"server_error", "temporarily_unavailable"}


@dataclass(frozen=True, slots=True)
class Begun:
    """The address to send the person to, and what must be there again when they come back."""

    address: str
    kept: dict[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the provider says has come. `issuer` and `subject` together are who it is, for good.

    `email_verified` is the provider's word, and worth what `Provider.trusts_email` says. `amr` and `acr` are how
    the person proved to the provider who they are.
    """

    subject: str
    issuer: str
    email: str | None = field(repr=False)
    email_verified: bool
    name: str | None = field(repr=False)
    groups: frozenset[str]
    amr: tuple[str, ...]
    acr: tuple[str, ...]


def begin(provider: Provider, redirect_uri: str) -> Begun:
    """Begin to sign somebody in, who will come back to `redirect_uri`. Raises `ProviderAway`."""
    kept = {
        "provider": provider.name,
        "redirect_uri": redirect_uri,
        "state": secrets.token_urlsafe(32),
        "nonce": secrets.token_urlsafe(32),
        "verifier": secrets.token_urlsafe(48),
    }
    address, _ = _client(provider, redirect_uri).create_authorization_url(
        discovery.metadata(provider).authorization,
        state=kept["state"],
        code_verifier=kept["verifier"],
        nonce=kept["nonce"],
    )
    return Begun(address, kept)


def finish(
    provider: Provider, redirect_uri: str, kept: Mapping[str, str], arguments: Mapping[str, str]
) -> Identity:
    """Who has come back. `arguments` are those of the address, `kept` what `begin` gave, never used twice.

    Raises `SignInFailed`, with `denied` when the person said no, or `ProviderAway`.
    """
    _check_answer(provider, redirect_uri, kept, arguments)
    told = _token(provider, redirect_uri, kept["verifier"], arguments["code"])
    access_token = told.get("access_token")
    access_token = access_token if isinstance(access_token, str) else None
    id_token = told.get("id_token")
    if not isinstance(id_token, str):
        raise SignInFailed("It sent no id_token.")
    claims = claims_of(provider, id_token, kept["nonce"], access_token)
    return _identity(provider, claims, _more(provider, claims, access_token))


def _client(
    provider: Provider, redirect_uri: str, line: Any = None, method: str | None = None
) -> OAuth2Client:
    return OAuth2Client(
        session=line,
        client_id=provider.client_id,
        client_secret=provider.client_secret or None,
        token_endpoint_auth_method=method,
        scope=" ".join(provider.scopes),
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
    )


def _check_answer(
    provider: Provider, redirect_uri: str, kept: Mapping[str, str], arguments: Mapping[str, str]
) -> None:
    """That the answer belongs to what this person began with this provider, and says yes."""
    if not all(kept.get(name) for name in KEPT):
        raise SignInFailed("Nothing was begun, or it was finished before.")
    if (kept["provider"], kept["redirect_uri"]) != (provider.name, redirect_uri):
        raise SignInFailed("It was begun with another provider.")
    if any(len(value) > LONGEST for value in arguments.values()):
        raise SignInFailed("The answer is too long.")
    if not hmac.compare_digest(kept["state"].encode(), arguments.get("state", "").encode(errors="replace")):
        raise SignInFailed("The answer belongs to something else that was begun (state).")
    issuer = arguments.get("iss")
    if issuer is None and discovery.metadata(provider).names_itself:
        raise SignInFailed("The answer does not say whose it is (iss).")
    if issuer is not None and issuer != provider.issuer:
        raise SignInFailed("The answer is another provider's (iss).")
    error = arguments.get("error")
    if error in AWAY:
        raise ProviderAway(f"It sent the person back with {error}.")
    if error:
        raise SignInFailed("It sent the person back with a no.", denied=error == "access_denied")
    if not arguments.get("code"):
        raise SignInFailed("The answer holds no code.")


class _Line:
    """What Authlib's client posts by: our own line to the provider, with its limits."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def post(
        self, url: str, data: Mapping[str, str], headers: Mapping[str, str], auth: ClientAuth
    ) -> "_Told":
        """Send the form, as the client that we are."""
        url, headers, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        return _Told(discovery.post(self._provider, url, parse_qsl(body, keep_blank_values=True), headers))


class _Told:
    """An answer as Authlib's client reads it."""

    def __init__(self, answer: Answer) -> None:
        self.status_code = answer.status
        self.json = answer.parsed

    def raise_for_status(self) -> None:
        """Whatever is no success has been told before it came here."""


def _token(provider: Provider, redirect_uri: str, verifier: str, code: str) -> Mapping[str, Any]:
    """What the provider gives for the code."""
    found = discovery.metadata(provider)
    method = "client_secret_post" if "client_secret_post" in found.auth_methods else "client_secret_basic"
    client = _client(provider, redirect_uri, _Line(provider), method if provider.client_secret else "none")
    try:
        told: Mapping[str, Any] = client.fetch_token(
            found.token, grant_type="authorization_code", code=code, code_verifier=verifier
        )
    except OAuth2Error:
        raise SignInFailed("It does not take the code.") from None
    except (ValueError, TypeError, RecursionError):
        raise ProviderAway("It answered to the code with something that is not a token.") from None
    return told


def _more(provider: Provider, claims: Mapping[str, Any], access_token: str | None) -> Mapping[str, Any]:
    """What it says of the person at its userinfo address, where the id_token leaves out what we look for."""
    wanted = {"email", provider.groups_claim} - {""}
    address = discovery.metadata(provider).userinfo
    if not access_token or not address or wanted <= claims.keys():
        return {}
    told = discovery.read(provider, address, {"Authorization": f"Bearer {access_token}"})
    if told.get("sub") != claims["sub"]:
        raise SignInFailed("Its userinfo is about somebody else.")
    return told


def _identity(provider: Provider, claims: Mapping[str, Any], more: Mapping[str, Any]) -> Identity:
    """The id_token is believed before the userinfo; an address and whether it is verified come from the same."""
    mailed = claims if "email" in claims else more
    email = _email(mailed.get("email"))
    grouped = claims if provider.groups_claim in claims else more
    return Identity(
        subject=claims["sub"],
        issuer=provider.issuer,
        email=email,
        email_verified=email is not None and mailed.get("email_verified") in (True, "true"),
        name=_name(claims.get("name") or more.get("name")),
        groups=frozenset(texts(grouped, provider.groups_claim)),
        amr=texts(claims, "amr"),
        acr=texts(claims, "acr"),
    )


def _email(told: object) -> str | None:
    if not isinstance(told, str) or len(told) > LONGEST_EMAIL or not told.isprintable():
        return None
    local, at, host = told.rpartition("@")
    return told if local and at and host and " " not in told else None


def _name(told: object) -> str | None:
    """A name on one line, without what cannot be seen."""
    if not isinstance(told, str):
        return None
    seen = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in told)
    return " ".join(seen.split())[:LONGEST_NAME] or None
