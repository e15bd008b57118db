"""Signed links: what lets somebody without an account see one thing, and nothing else."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

from selfservice.settings import Settings

PHOTO_SECONDS = 180 * 24 * 3600


class Links:
    """Makes and reads signed links; each purpose has a salt of its own, so one cannot serve as another."""

    def __init__(self, settings: Settings) -> None:
        self._base = settings.base_url
        keys = [*reversed(settings.secret_keys_old), settings.secret_key]
        self._progress = URLSafeSerializer(keys, salt="progress")
        self._photo = URLSafeTimedSerializer(keys, salt="photo")
        self._unclaim = URLSafeSerializer(keys, salt="unclaim")
        newest_first = [settings.secret_key, *settings.secret_keys_old]
        self.returning = Returning(self._base, newest_first, "return")
        self.challenges = Returning(self._base, newest_first, "challenge")
        self.handovers = Returning(self._base, newest_first, "handover")
        self.spoken = Spoken(newest_first, "help")

    def progress(self, council: str, submission_id: str) -> str:
        """The address of the progress page of one submission."""
        return f"{self._base}/{council}/progress/{self._progress.dumps(submission_id)}"

    def read_progress(self, token: str) -> str | None:
        """The submission's id in the token of a progress page, or None if we did not sign it."""
        return _text(self._progress, token)

    def unclaim(self, submission_id: str, claimed_at: str) -> str:
        """The address at which a claim of a submission can be undone; `claimed_at` tells which claim, as text."""
        return f"{self._base}/account/unclaim/{self._unclaim.dumps([submission_id, claimed_at])}"

    def read_unclaim(self, token: str) -> tuple[str, str] | None:
        """The submission's id and when it was claimed, in the token of such an address; None if it is not ours."""
        try:
            submission_id, claimed_at = self._unclaim.loads(token)
        except (BadSignature, ValueError, TypeError):
            return None
        return str(submission_id), str(claimed_at)

    def photo(self, file_id: str) -> str:
        """The address from which a back office may fetch one photo, for 180 days."""
        return f"{self._base}/photos/{self._photo.dumps(file_id)}"

    def read_photo(self, token: str) -> str | None:
        """The file's id in the token of a photo link, or None if it is not ours or too old."""
        try:
            return str(self._photo.loads(token, max_age=PHOTO_SECONDS))
        except BadSignature:
            return None


class Returning:
    """The tokens and codes that open something, such as a saved draft: worked out from the secret key when needed,
    kept nowhere.

    So neither a copy of the database nor the mail that waits in it opens anything. `keys` begin with the one
    in use; older ones still make what they made before. `purpose` keeps what opens one kind of thing from opening
    another; addresses begin with it unless they are told another `path`.
    """

    def __init__(self, base: str, keys: Sequence[str], purpose: str) -> None:
        self._base = base
        self._keys = [key.encode() for key in keys]
        self._purpose = purpose

    def token(self, link_id: str) -> str:
        """The token of a new link: 256 bits that only the secret key can make of its id."""
        return self._token(self._keys[0], link_id)

    def address(self, link_id: str, token_hash: str, path: str = "") -> str:
        """The address of a link. Raises LookupError when its key is no longer kept."""
        token = self._token(self._key(link_id, token_hash), link_id)
        return f"{self._base}/{path or self._purpose}/{token}"

    def code(self, what: str, link_id: str, token_hash: str) -> str:
        """The six digits that belong to `what`, the id of a link or of a message. Raises as `address` does."""
        mixed = self._mixed(self._key(link_id, token_hash), "code", what)
        return f"{int.from_bytes(mixed) % 1_000_000:06d}"

    def _key(self, link_id: str, token_hash: str) -> bytes:
        """The key that made the token which is told by this hash."""
        for key in self._keys:
            if hmac.compare_digest(hashed(self._token(key, link_id)), token_hash):
                return key
        raise LookupError(link_id)

    def _token(self, key: bytes, link_id: str) -> str:
        return urlsafe_b64encode(self._mixed(key, "token", link_id)).rstrip(b"=").decode()

    def _mixed(self, key: bytes, kind: str, what: str) -> bytes:
        return hmac.digest(key, f"{self._purpose} {kind} {what}".encode(), "sha256")


class Spoken:
    """Six figures that somebody says aloud, by which something is found: worked out as those of `Returning` are.

    The database knows them by a hash that cannot be made without the key: of six figures alone, every hash could be
    tried in a second.
    """

    def __init__(self, keys: Sequence[str], purpose: str) -> None:
        self._keys = [key.encode() for key in keys]
        self._purpose = purpose

    def code(self, what: str) -> str:
        """The figures of something new, by its id."""
        return self._code(self._keys[0], what)

    def code_of(self, what: str, told_by: str) -> str:
        """The figures of what is told by this. Raises LookupError when their key is no longer kept."""
        for key in self._keys:
            code = self._code(key, what)
            if hmac.compare_digest(self._told_by(key, code), told_by):
                return code
        raise LookupError(what)

    def told_by(self, code: str) -> list[str]:
        """What these figures may be told by, the first by the key in use."""
        return [self._told_by(key, code) for key in self._keys]

    def _code(self, key: bytes, what: str) -> str:
        mixed = hmac.digest(key, f"{self._purpose} spoken {what}".encode(), "sha256")
        return f"{int.from_bytes(mixed) % 1_000_000:06d}"

    def _told_by(self, key: bytes, code: str) -> str:
        return hmac.digest(key, f"{self._purpose} told by {code}".encode(), "sha256").hex()


def hashed(token: str) -> str:
    """What a token is told by in the database."""
    return hashlib.sha256(token.encode()).hexdigest()


def _text(serializer: URLSafeSerializer, token: str) -> str | None:
    try:
        return str(serializer.loads(token))
    except BadSignature:
        return None
