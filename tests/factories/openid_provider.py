"""An OpenID provider for tests, by Authlib's provider side: it signs people in for real, and misbehaves when told to.

It speaks the authorization code flow with PKCE, discovery, JWKS and userinfo, on a loopback port of its own. Who
signs in is chosen on its page, or at once by `person=<subject>` in the address ("nobody" says no).
"""

import base64
import json
import threading
import time
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.base import OAuth2Error
from authlib.oauth2.rfc6749 import ClientMixin
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, Response, redirect, request
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, OKPKey, RSAKey
from werkzeug.serving import make_server

from integrations.identity.provider import Provider

CLIENT_ID, CLIENT_SECRET = "selfservice", "a secret that the provider gave us"
NOBODY = "nobody"


class Way(StrEnum):
    """A way to misbehave."""

    WRONG_NONCE = "wrong nonce"
    NO_NONCE = "no nonce"
    WRONG_AUDIENCE = "wrong audience"
    OTHER_PARTY = "issued to another party"
    EXPIRED = "expired"
    JUST_EXPIRED = "expired half a minute ago"
    NOT_YET = "from the future"
    NO_ALGORITHM = "alg none"
    UNSIGNED = "unsigned"
    OUR_SECRET = "signed with our secret"
    OTHER_ISSUER = "other issuer"
    NO_SUBJECT = "no subject"
    UNKNOWN_KEY = "unknown key"
    FORGED = "signed by another key under the same name"
    NO_TOKEN = "no id_token"
    BROKEN_TOKEN = "an id_token that is none"
    OTHER_ACCESS_TOKEN = "at_hash of another access token"
    REFUSES_CODE = "refuses the code"
    REFUSES_US = "refuses our secret"
    NOT_JSON = "not JSON"
    DEEP_JSON = "deep JSON"
    AWAY = "away"
    SLOW = "slow"
    REDIRECTS = "redirects elsewhere"
    OTHER_HOST = "its token address is at another host"
    PLAIN_HTTP = "its token address is not https"
    CALLS_ITSELF_OTHERWISE = "calls itself otherwise"
    MIXED_UP = "answers as another provider"
    SILENT = "does not say who answers"
    THIN = "tells only the subject in the id_token"
    OTHER_USERINFO = "userinfo of somebody else"


@dataclass(frozen=True)
class Person:
    """Somebody with an account at the provider."""

    subject: str
    name: str = "Rosa Marsh"
    email: str = "rosa.marsh@example.org"
    email_verified: bool = True
    groups: tuple[str, ...] = ()
    amr: tuple[str, ...] = ("pwd",)
    acr: str = ""


PEOPLE = (
    Person("rosa"),
    Person("unproven", "Ivor Fen", "ivor.fen@example.org", email_verified=False),
    Person(
        "agent",
        "Ada Wold",
        "ada.wold@example.org",
        groups=("Customer services",),
        amr=("pwd", "mfa"),
        acr="2",
    ),
)


class _Client(ClientMixin):
    """The one client: us."""

    client_id = CLIENT_ID
    redirect_uri = ""

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_allowed_scope(self, scope: str | None) -> str:
        return scope or ""

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri.startswith(("http://localhost", "http://127.0.0.1"))

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == CLIENT_SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in ("client_secret_basic", "client_secret_post", "none")

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class _Code:
    """An authorization code that was given out."""

    person: Person
    asked: dict[str, str]

    def __post_init__(self) -> None:
        self.code_challenge = self.asked.get("code_challenge")
        self.code_challenge_method = self.asked.get("code_challenge_method")

    def get_redirect_uri(self) -> str:
        return self.asked["redirect_uri"]

    def get_scope(self) -> str:
        return self.asked["scope"]

    def get_nonce(self) -> str | None:
        return self.asked.get("nonce")

    def get_auth_time(self) -> int:
        return int(time.time())

    def get_acr(self) -> str:
        return self.person.acr

    def get_amr(self) -> list[str]:
        return list(self.person.amr)


@cache
def _key(kind: str, name: str) -> Any:
    """A key, made once for all tests."""
    told: Any = {"kid": name, "use": "sig"}
    if kind == "ES256":
        return ECKey.generate_key("P-256", told)
    if kind == "EdDSA":
        return OKPKey.generate_key("Ed25519", told)
    return RSAKey.generate_key(2048, told)


@dataclass
class OpenIDProvider:
    """Runs while the block lasts. `ways` are how it misbehaves; `asked` are the paths that it was asked for."""

    people: Iterable[Person] = PEOPLE
    algorithm: str = "RS256"
    auth_methods: tuple[str, ...] | None = ("client_secret_post", "client_secret_basic")
    ways: set[Way] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    secrets_told: list[str] = field(default_factory=list)
    key: str = "first key"
    elsewhere: str = ""
    seconds: float = 0.6

    def __enter__(self) -> "OpenIDProvider":
        self.codes: dict[str, _Code] = {}
        self.tokens: dict[str, tuple[Person, str]] = {}
        self._server = make_server("127.0.0.1", 0, _app(self), threaded=True)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def provider(self, **changes: Any) -> Provider:
        """What the configuration says of it."""
        told = Provider(
            name="example",
            label="Example account",
            issuer=self.issuer,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            groups_claim="groups",
            trusts_email=True,
        )
        return replace(told, **changes)

    def answer(self, address: str, person: str = "rosa") -> dict[str, str]:
        """Go to an address as a browser does, choose who it is, and come back: the arguments of the answer."""
        came = requests.get(address, params={"person": person}, allow_redirects=False, timeout=5)
        assert came.status_code == 302, came.text
        return dict(parse_qsl(urlsplit(came.headers["Location"]).query))

    def rotate(self) -> None:
        """Sign with a new key from now on, and forget the old one."""
        self.key = "second key"

    def signing_key(self) -> Any:
        return _key(self.algorithm, self.key)

    def public_keys(self) -> dict[str, Any]:
        return dict(KeySet([self.signing_key()]).as_dict(private=False))

    def metadata(self) -> dict[str, Any]:
        """Its discovery document."""
        told: dict[str, Any] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [self.algorithm],
            "authorization_response_iss_parameter_supported": True,
        }
        if self.auth_methods is not None:
            told["token_endpoint_auth_methods_supported"] = list(self.auth_methods)
        if Way.OTHER_HOST in self.ways:
            told["token_endpoint"] = "https://tokens.example.net/token"
        if Way.PLAIN_HTTP in self.ways:
            told["token_endpoint"] = "http://tokens.example.net/token"
        if Way.CALLS_ITSELF_OTHERWISE in self.ways:
            told["issuer"] = "https://login.example.net"
        return told

    def info(self, person: Person, scope: str) -> UserInfo:
        """What it says of somebody, as far as it was asked for."""
        told = {"sub": person.subject, "groups": list(person.groups)}
        if "email" in scope:
            told |= {"email": person.email, "email_verified": person.email_verified}
        if "profile" in scope:
            told["name"] = person.name
        return UserInfo(told)


class _Grant(AuthorizationCodeGrant):
    """The code flow, with codes in memory."""

    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post", "none")

    def save_authorization_code(self, code: str, asked: Any) -> None:
        self.server.ours.codes[code] = _Code(asked.user, dict(asked.payload.data))

    def query_authorization_code(self, code: str, client: Any) -> _Code | None:
        found: _Code | None = self.server.ours.codes.get(code)
        return found

    def delete_authorization_code(self, authorization_code: _Code) -> None:
        codes = self.server.ours.codes
        for code in [code for code, kept in codes.items() if kept is authorization_code]:
            del codes[code]

    def authenticate_user(self, authorization_code: _Code) -> Person:
        return authorization_code.person


class _IdTokens(OpenIDCode):
    """The id_tokens, right or wrong."""

    def __init__(self, ours: OpenIDProvider) -> None:
        super().__init__(require_nonce=True)
        self.ours = ours

    def exists_nonce(self, nonce: str, _request: Any) -> bool:
        return any(code.get_nonce() == nonce for code in self.ours.codes.values())

    def get_client_algorithm(self, client: Any) -> str:
        return self.ours.algorithm

    def get_encode_header(self, client: Any) -> dict[str, Any]:
        named = "a key that it does not show" if Way.UNKNOWN_KEY in self.ours.ways else self.ours.key
        return {"alg": self.ours.algorithm, "kid": named}

    def resolve_client_private_key(self, client: Any) -> Any:
        wrong = {Way.UNKNOWN_KEY, Way.FORGED} & self.ours.ways
        return _key(self.ours.algorithm, "a key that it does not show") if wrong else self.ours.signing_key()

    def get_client_claims(self, client: Any) -> dict[str, Any]:
        ways, now = self.ours.ways, int(time.time())
        claims: dict[str, Any] = {"iss": self.ours.issuer, "aud": [CLIENT_ID], "iat": now, "exp": now + 300}
        if Way.OTHER_ISSUER in ways:
            claims["iss"] = "https://login.example.net"
        if Way.WRONG_AUDIENCE in ways:
            claims["aud"] = ["another client"]
        if Way.OTHER_PARTY in ways:
            claims |= {"aud": [CLIENT_ID, "another client"], "azp": "another client"}
        if Way.EXPIRED in ways:
            claims |= {"iat": now - 900, "exp": now - 90}
        if Way.JUST_EXPIRED in ways:
            claims |= {"iat": now - 330, "exp": now - 30}
        if Way.NOT_YET in ways:
            claims |= {"iat": now + 900, "nbf": now + 900, "exp": now + 1800}
        return claims

    def get_authorization_code_claims(self, authorization_code: Any) -> dict[str, Any]:
        claims: dict[str, Any] = super().get_authorization_code_claims(authorization_code)
        if Way.WRONG_NONCE in self.ours.ways:
            claims["nonce"] = "another nonce"
        if Way.NO_NONCE in self.ours.ways:
            del claims["nonce"]
        return claims

    def generate_user_info(self, user: Person, scope: str) -> UserInfo:
        return UserInfo(sub=user.subject) if Way.THIN in self.ours.ways else self.ours.info(user, scope)

    def encode_id_token(self, token: dict[str, Any], asked: Any) -> str:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # joserfc warns of the old name of EdDSA, which is what is tried here
            made: str = super().encode_id_token(token, asked)
        head, payload, signature = made.split(".")
        ways = self.ours.ways
        if Way.UNSIGNED in ways:
            return f"{head}.{payload}."
        if Way.NO_ALGORITHM in ways:
            return f"{_encoded({'alg': 'none'})}.{payload}."
        if Way.OUR_SECRET in ways:
            return jwt.encode(
                {"alg": "HS256"}, _decoded(payload), OctKey.import_key(CLIENT_SECRET), ["HS256"]
            )
        if {Way.NO_SUBJECT, Way.OTHER_ACCESS_TOKEN} & ways:
            told = {"sub": ""} if Way.NO_SUBJECT in ways else {"at_hash": "b3RoZXI"}
            key = self.ours.signing_key()
            return jwt.encode(
                self.get_encode_header(None), _decoded(payload) | told, key, [self.ours.algorithm]
            )
        return "a.b.c" if Way.BROKEN_TOKEN in ways else f"{head}.{payload}.{signature}"


def _encoded(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _decoded(part: str) -> dict[str, Any]:
    return dict(json.loads(base64.urlsafe_b64decode(part + "==")))


def _server_of(ours: OpenIDProvider, app: Flask) -> Any:
    def kept(token: dict[str, Any], asked: Any) -> None:
        ours.tokens[token["access_token"]] = (asked.user, token["scope"])

    server = AuthorizationServer(
        app, query_client=lambda name: _Client() if name == CLIENT_ID else None, save_token=kept
    )
    server.ours = ours
    server.register_grant(_Grant, [CodeChallenge(required=True), _IdTokens(ours)])
    return server


def _app(ours: OpenIDProvider) -> Flask:
    app = Flask("an OpenID provider")
    server = _server_of(ours, app)
    app.before_request(lambda: _misbehaving(ours))
    app.add_url_rule("/.well-known/openid-configuration", "metadata", lambda: ours.metadata())
    app.add_url_rule("/keys", "keys", lambda: ours.public_keys())
    app.add_url_rule("/authorize", "authorize", lambda: _authorize(ours, server), methods=["GET", "POST"])
    app.add_url_rule("/token", "token", lambda: _token(ours, server), methods=["POST"])
    app.add_url_rule("/userinfo", "userinfo", lambda: _userinfo(ours))
    return app


def _misbehaving(ours: OpenIDProvider) -> Any:
    """What it answers to whatever it is asked while it misbehaves in a way that concerns everything."""
    ours.asked.append(request.path)
    if Way.AWAY in ours.ways:
        return Response("Back soon", 503)
    if Way.SLOW in ours.ways:
        time.sleep(ours.seconds)
    if Way.NOT_JSON in ours.ways:
        return Response("<p>Hello", 200)
    if Way.DEEP_JSON in ours.ways:
        return Response("[" * 100_000, 200)
    if Way.REDIRECTS in ours.ways:
        return redirect(f"{ours.elsewhere}{request.path}", 307)
    return None


def _authorize(ours: OpenIDProvider, server: Any) -> Any:
    chosen = request.values.get("person")
    people = {person.subject: person for person in ours.people}
    try:
        grant = server.get_consent_grant(end_user=people.get(chosen or ""))
    except OAuth2Error as wrong:
        return Response(f"{wrong.error}: {wrong.description}", 400)
    if chosen is None:
        buttons = "".join(
            f'<button name="person" value="{escape(subject)}">{escape(name)}</button>'
            for subject, name in [*((each.subject, each.name) for each in ours.people), (NOBODY, "Cancel")]
        )
        return f'<!doctype html><title>Who are you?</title><form method="post"><h1>Who are you?</h1>{buttons}</form>'
    answer = server.create_authorization_response(grant_user=people.get(chosen), grant=grant)
    if Way.SILENT not in ours.ways:
        issuer = "https://login.example.net" if Way.MIXED_UP in ours.ways else ours.issuer
        answer.headers["Location"] += f"&iss={issuer}"
    return answer


def _token(ours: OpenIDProvider, server: Any) -> Any:
    ours.secrets_told.append(
        "basic" if request.authorization else "post" if "client_secret" in request.form else "none"
    )
    if Way.REFUSES_CODE in ours.ways:
        return {"error": "invalid_grant", "error_description": f"No: {request.form['code']}"}, 400
    if Way.REFUSES_US in ours.ways:
        return {"error": "invalid_client"}, 401
    answer = server.create_token_response()
    if Way.NO_TOKEN in ours.ways:
        return {key: value for key, value in answer.json.items() if key != "id_token"}
    return answer


def _userinfo(ours: OpenIDProvider) -> Any:
    told = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if told not in ours.tokens:
        return {"error": "invalid_token"}, 401
    person, scope = ours.tokens[told]
    info = ours.info(person, scope)
    return dict(info) | {"sub": "somebody else"} if Way.OTHER_USERINFO in ours.ways else dict(info)
