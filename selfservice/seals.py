"""Seals what is sensitive: AES-256-GCM under a data key, which is itself wrapped under a key with an id.

Every ciphertext is bound to its council, its owner, its question and its part: moved elsewhere, it does not
open. This is the one module that encrypts (docs/decisions/0014-sealed-answers.md).
"""

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from selfservice.sealing_keys import BadKeys, SealingKey, SealingKeys

FORM = "1"  # of what is sealed: AES-256-GCM under the data key of its owner
NONCE_BYTES = 12
DATA_KEY_BYTES = 32
# Answers are filled up to a multiple of this, so that the length of a ciphertext does not tell "yes" from "no".
FILLED_TO = 64
SEALED = "sealed"


class Unopenable(Exception):
    """Something sealed cannot be opened; its words are for operators and hold nothing of what is sealed."""


class UnknownKey(Unopenable):
    """The data key is wrapped under a key that this process does not have."""


class Wrapped(NamedTuple):
    """A data key as it is stored: wrapped, in base64, and the id of the key that wraps it."""

    key_id: str
    text: str


@dataclass(frozen=True, slots=True)
class DataKey:
    """The key of one draft, and of the submission that it becomes: all that seals and opens its answers."""

    council: str
    owner: str
    secret: bytes = field(repr=False)

    def seal(self, question: str, part: str, value: Any) -> dict[str, str]:
        """`value`, any JSON, as {"sealed": text}, for this `part` of the answer to this question alone."""
        plain = json.dumps(value, separators=(",", ":")).encode()
        filled = plain.ljust(-(-len(plain) // FILLED_TO) * FILLED_TO)
        nonce = secrets.token_bytes(NONCE_BYTES)
        closed = AESGCM(self.secret).encrypt(nonce, filled, _bound(self.council, self.owner, question, part))
        return {SEALED: f"{FORM}.{_coded(nonce)}.{_coded(closed)}"}

    def open(self, question: str, part: str, kept: Mapping[str, str]) -> Any:
        """What `seal` was given. Raises `Unopenable` when it is not as it was sealed, or not in its place."""
        bound = _bound(self.council, self.owner, question, part)
        try:
            form, nonce, closed = kept[SEALED].split(".")
            if form != FORM:
                raise Unopenable(f"sealed in a form {form!r} that is not known here")
            return json.loads(AESGCM(self.secret).decrypt(_decoded(nonce), _decoded(closed), bound))
        except (InvalidTag, ValueError) as error:
            raise Unopenable("what is sealed was changed, or moved from its place") from error


class Seals:
    """The keys of this installation, and which questions of which service are sensitive.

    `sensitive` maps a service's slug to the ids of its sensitive questions.
    """

    def __init__(self, keys: SealingKeys, sensitive: Mapping[str, frozenset[str]]) -> None:
        self._keys = keys
        self._sensitive = sensitive

    def sensitive_in(self, service: str) -> frozenset[str]:
        """The ids of the sensitive questions of a service (slug)."""
        return self._sensitive.get(service, frozenset())

    @property
    def newest(self) -> str:
        """The id of the key that wraps what is made now."""
        return self._keys.keys[0].id

    @property
    def known(self) -> tuple[str, ...]:
        """The ids of every key, newest first."""
        return tuple(key.id for key in self._keys.keys)

    def new_data_key(self, council: str, owner: str) -> DataKey:
        """A fresh random data key."""
        return DataKey(council, owner, secrets.token_bytes(DATA_KEY_BYTES))

    def wrap(self, key: DataKey) -> Wrapped:
        """The data key, wrapped under the newest key."""
        newest = self._keys.keys[0]
        nonce = secrets.token_bytes(NONCE_BYTES)
        closed = AESGCM(newest.secret).encrypt(nonce, key.secret, _bound_key(key.council, key.owner))
        return Wrapped(newest.id, _coded(nonce + closed))

    def unwrap(self, council: str, owner: str, wrapped: Wrapped) -> DataKey:
        """The data key. Raises `UnknownKey`, and `Unopenable` when the row was changed or is another's."""
        secret = self._key(wrapped.key_id).secret
        try:
            both = _decoded(wrapped.text)
            nonce, closed = both[:NONCE_BYTES], both[NONCE_BYTES:]
            opened = AESGCM(secret).decrypt(nonce, closed, _bound_key(council, owner))
        except (InvalidTag, ValueError) as error:
            raise Unopenable(
                f"a data key does not open under {wrapped.key_id}: one of them was changed"
            ) from error
        return DataKey(council, owner, opened)

    def _key(self, key_id: str) -> SealingKey:
        """The key with this id; one added to the file meanwhile is found there. Raises `UnknownKey`."""
        found = self._find(key_id)
        if found is None:
            try:
                self._keys = self._keys.again()
            except BadKeys:
                raise UnknownKey(f"the file of sealing keys cannot be read; {key_id} was wanted") from None
            found = self._find(key_id)
        if found is None:
            raise UnknownKey(f"there is no sealing key {key_id}")
        return found

    def _find(self, key_id: str) -> SealingKey | None:
        return next((key for key in self._keys.keys if key.id == key_id), None)


def is_sealed(value: object) -> bool:
    """Whether a kept value is something sealed: no answer has this shape."""
    return isinstance(value, Mapping) and value.keys() == {SEALED} and isinstance(value[SEALED], str)


def _bound(council: str, owner: str, question: str, part: str) -> bytes:
    """What a ciphertext is bound to, told so that no two places are told alike."""
    return json.dumps([FORM, council, owner, question, part]).encode()


def _bound_key(council: str, owner: str) -> bytes:
    return json.dumps([FORM, council, owner]).encode()


def _coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
