"""Signed links: what lets somebody without an account see one thing, and nothing else."""

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

    def progress(self, council: str, submission_id: str) -> str:
        """The address of the progress page of one submission."""
        return f"{self._base}/{council}/progress/{self._progress.dumps(submission_id)}"

    def read_progress(self, token: str) -> str | None:
        """The submission's id in the token of a progress page, or None if we did not sign it."""
        return _text(self._progress, token)

    def photo(self, file_id: str) -> str:
        """The address from which a back office may fetch one photo, for 180 days."""
        return f"{self._base}/photos/{self._photo.dumps(file_id)}"

    def read_photo(self, token: str) -> str | None:
        """The file's id in the token of a photo link, or None if it is not ours or too old."""
        try:
            return str(self._photo.loads(token, max_age=PHOTO_SECONDS))
        except BadSignature:
            return None


def _text(serializer: URLSafeSerializer, token: str) -> str | None:
    try:
        return str(serializer.loads(token))
    except BadSignature:
        return None
