"""Passkeys (WebAuthn): what the browser is asked, and whether what it answers was signed by the person's key.

The challenge is made here and kept by the caller until the answer comes, once. What is known of a key is public:
its id, its public key and how often it says that it was used.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import webauthn
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_attestation_object,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AttestationFormat,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from integrations.http import one_line

LARGEST_ANSWER = 16 * 1024  # characters
ID = re.compile(
    r"[A-Za-z0-9_-]{1,1364}"
)  # base64url of at most 1023 bytes, the most that a credential's id may have
# We ask for no attestation. Then browsers send none, or what the key says of itself; other kinds are never read.
FORMATS = (AttestationFormat.NONE, AttestationFormat.PACKED)
LONGEST_USER_ID = 64  # bytes

_Answered = TypeVar("_Answered")


class BadPasskey(Exception):
    """The answer is not that of the person's key; words for a log, without anything personal."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What the page hands to the browser, as JSON, and the challenge to be kept (base64url)."""

    options_json: str
    challenge: str


@dataclass(frozen=True, slots=True)
class Passkey:
    """A person's key as it is kept; id and public key in base64url."""

    credential_id: str
    public_key: str
    sign_count: int
    transports: tuple[str, ...]


def begin_registration(
    rp_id: str, rp_name: str, user_id: str, user_name: str, display_name: str, exclude: Collection[str]
) -> Begun:
    """Ask for a new key. `rp_id` is our host's name, `user_id` an opaque id, `exclude` the keys there already."""
    if len(user_id.encode()) > LONGEST_USER_ID:
        raise ValueError("the user id is too long for a passkey")
    options = webauthn.generate_registration_options(
        rp_id=rp_id,
        rp_name=rp_name,
        user_id=user_id.encode(),
        user_name=user_name,
        user_display_name=display_name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=_named(exclude),
    )
    return Begun(webauthn.options_to_json(options), bytes_to_base64url(options.challenge))


def finish_registration(answer_json: str, challenge: str, rp_id: str, origin: str) -> Passkey:
    """The key that the browser made. `origin` is where the page stood: "https://forms.example.org".

    Raises `BadPasskey`.
    """

    def verified() -> Passkey:
        answer = parse_registration_credential_json(_read(answer_json))
        if parse_attestation_object(answer.response.attestation_object).fmt not in FORMATS:
            raise BadPasskey("the key came with an attestation that was not asked for")
        found = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=rp_id,
            expected_origin=origin,
        )
        return Passkey(
            credential_id=bytes_to_base64url(found.credential_id),
            public_key=bytes_to_base64url(found.credential_public_key),
            sign_count=found.sign_count,
            transports=tuple(each.value for each in answer.response.transports or ()),
        )

    return _or_bad(verified)


def begin_sign_in(rp_id: str, allow: Collection[str] = ()) -> Begun:
    """Ask for a key that is there: one of `allow` (ids) as a second step, else whichever the person chooses.

    A key that is all there is must see to it that it is the person: by a PIN, a finger or a face.
    """
    wanted = UserVerificationRequirement.PREFERRED if allow else UserVerificationRequirement.REQUIRED
    options = webauthn.generate_authentication_options(
        rp_id=rp_id, allow_credentials=_named(allow), user_verification=wanted
    )
    return Begun(webauthn.options_to_json(options), bytes_to_base64url(options.challenge))


def credential_of(answer_json: str) -> str | None:
    """The id of the key that an answer says it is by, to look the key up; None when it names none."""
    try:
        named = _read(answer_json).get("id")
    except BadPasskey:
        return None
    return named if isinstance(named, str) and ID.fullmatch(named) else None


def finish_sign_in(
    answer_json: str,
    challenge: str,
    rp_id: str,
    origin: str,
    public_key: str,
    sign_count: int,
    *,
    user_verification: bool,
) -> int:
    """How often the key says that it was used by now, to be kept; the key is the one of `credential_of`.

    `user_verification`: the key must have asked for a PIN, a finger or a face. Raises `BadPasskey`, also when the
    count has not grown: then there may be two of the key.
    """

    def verified() -> int:
        found = webauthn.verify_authentication_response(
            credential=_read(answer_json),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=rp_id,
            expected_origin=origin,
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=sign_count,
            require_user_verification=user_verification,
        )
        return found.new_sign_count

    return _or_bad(verified)


def _named(ids: Iterable[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(each)) for each in ids]


def _read(answer_json: str) -> dict[str, Any]:
    """The answer as it was sent. Raises `BadPasskey` when it is no JSON object, or a huge one."""
    if len(answer_json) > LARGEST_ANSWER:
        raise BadPasskey("the answer is too large")
    try:
        read = json.loads(answer_json)
    except (ValueError, RecursionError):
        raise BadPasskey("the answer is not JSON") from None
    if not isinstance(read, dict):
        raise BadPasskey("the answer is not a JSON object")
    return read


def _or_bad(verified: Callable[[], _Answered]) -> _Answered:
    """What `verified` returns; whatever it raises about what was sent is a `BadPasskey`."""
    try:
        return verified()
    except BadPasskey:
        raise
    except WebAuthnException as wrong:
        raise BadPasskey(one_line(str(wrong))) from None
    except Exception as wrong:
        # Bytes of strangers go through CBOR, ASN.1 and curves, each with errors of its own. None lets anyone in.
        raise BadPasskey(f"the answer cannot be read ({type(wrong).__name__})") from None
