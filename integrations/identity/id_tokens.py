"""Checks an id_token: who signed it, for whom, when, and in answer to which question of ours."""

from collections.abc import Mapping
from copy import copy
from functools import cache
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jws import JWSRegistry
from joserfc.jwt import Token

from integrations.http import one_line
from integrations.identity import discovery
from integrations.identity.provider import Provider, SignInFailed

# Those with public keys alone: never "none", never our own secret as a key.
ALGORITHMS = ("RS256", "ES256", "PS256", "EdDSA")
LEEWAY = 60  # seconds by which two clocks may differ
LONGEST_SUBJECT = 255
LONGEST_HEADER = 8192  # some send their certificates along


@cache
def _signatures() -> JWSRegistry:
    """Knows these algorithms and no other. Headers that it does not know say nothing, unless they are critical."""
    known = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    known.algorithms = {name: copy(JWSRegistry.algorithms[name]) for name in ALGORITHMS}
    # RFC 9864 has a new name for it, and providers go on using the old one.
    known.algorithms["EdDSA"].security_warning = None
    known.max_header_length = LONGEST_HEADER
    return known


def claims_of(provider: Provider, id_token: str, nonce: str, access_token: str | None) -> dict[str, Any]:
    """What the provider says of the person, once every check has held. Raises `SignInFailed` or `ProviderAway`."""
    try:
        told = _signed(provider, id_token)
        _validated(provider, told, nonce, access_token)
    except JoseError as wrong:
        raise SignInFailed(f"Its id_token does not hold ({one_line(str(wrong))}).") from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as wrong:
        raise SignInFailed(f"Its id_token cannot be read ({type(wrong).__name__}).") from None
    return told.claims


def _signed(provider: Provider, id_token: str) -> Token:
    """The token, if one of the provider's keys signed it. A key that is not known yet is looked for once."""
    try:
        return jwt.decode(id_token, discovery.keys(provider), registry=_signatures())
    except InvalidKeyIdError:
        return jwt.decode(id_token, discovery.keys(provider, anew=True), registry=_signatures())


def _validated(provider: Provider, told: Token, nonce: str, access_token: str | None) -> None:
    options = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
    }
    params = {"nonce": nonce, "client_id": provider.client_id, "access_token": access_token}
    CodeIDToken(told.claims, told.header, options, params).validate(leeway=LEEWAY)
    subject = told.claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise SignInFailed("Its id_token says no usable subject.")


def texts(claims: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A claim that is a list of texts, or one text; whatever else it is counts for nothing."""
    told = claims.get(name)
    if isinstance(told, str):
        return (told,) if told else ()
    return tuple(each for each in told if isinstance(each, str)) if isinstance(told, list) else ()
