"""A security key in software, for tests: it makes real passkeys and signs with them as a browser would hand them on."""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

ORIGIN = "http://localhost"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def encoded(data: bytes) -> str:
    """Base64url without padding, as all of WebAuthn's JSON has it."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes of base64url without padding."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Authenticator:
    """Holds keys by their ids. `verifies` says whether it asks for a PIN, `counts` whether it counts its uses."""

    origin: str = ORIGIN
    verifies: bool = True
    counts: bool = True
    keys: dict[bytes, ec.EllipticCurvePrivateKey] = field(default_factory=dict)
    uses: int = 0

    def register(self, options_json: str, **changes: Any) -> str:
        """Make a key as the page asked, and answer. `changes` are told by `attestation`, else by `_told`."""
        options = json.loads(options_json)
        if any(decoded(each["id"]) in self.keys for each in options["excludeCredentials"]):
            raise ValueError("it holds one of the person's keys already")
        assert {"type": "public-key", "alg": -7} in options["pubKeyCredParams"]
        id_, key = uuid4().bytes, ec.generate_private_key(ec.SECP256R1())
        self.keys[id_] = key
        attested = uuid4().bytes + len(id_).to_bytes(2, "big") + id_ + _cose(key)
        data = self._data(options["rp"]["id"], ATTESTED, attested, changes)
        attestation = {"fmt": "none", "attStmt": {}, "authData": data} | changes.get("attestation", {})
        client = self._client("webauthn.create", options["challenge"], changes)
        response = {
            "clientDataJSON": encoded(client),
            "attestationObject": encoded(cbor2.dumps(attestation)),
            "transports": ["usb", "nfc", "something new"],
        }
        return _answer(id_, response)

    def sign_in(self, options_json: str, **changes: Any) -> str:
        """Sign with a key that the page allows, or with whichever there is when it names none."""
        options = json.loads(options_json)
        allowed = [decoded(each["id"]) for each in options.get("allowCredentials", ())]
        id_ = next(each for each in self.keys if each in allowed or not allowed)
        self.uses += 1 if self.counts else 0
        data = self._data(options["rpId"], 0, b"", changes)
        client = self._client("webauthn.get", options["challenge"], changes)
        signature = self.keys[id_].sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        signature = changes.get("signature", signature)
        response = {
            "clientDataJSON": encoded(client),
            "authenticatorData": encoded(data),
            "signature": encoded(signature),
            "userHandle": None,
        }
        return _answer(id_, response)

    def _data(self, rp_id: str, flags: int, attested: bytes, changes: dict[str, Any]) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        uses = int(changes.get("uses", self.uses))
        host = hashlib.sha256(str(changes.get("rp_id", rp_id)).encode()).digest()
        return host + bytes([int(changes.get("flags", flags))]) + uses.to_bytes(4, "big") + attested

    def _client(self, kind: str, challenge: str, changes: dict[str, Any]) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told | changes.get("client", {})).encode()


def _cose(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public key as WebAuthn writes it: kty EC2, alg ES256, curve P-256, x and y."""
    numbers = key.public_key().public_numbers()
    return cbor2.dumps(
        {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
    )


def _answer(id_: bytes, response: dict[str, Any]) -> str:
    told = {"id": encoded(id_), "rawId": encoded(id_), "type": "public-key", "response": response}
    return json.dumps(told | {"clientExtensionResults": {}, "authenticatorAttachment": "cross-platform"})
