"""Keeps files in an object store that speaks S3: Amazon's, or another at an address of its own.

No access list is sent: an object without one is its owner's alone, and stores that have lists switched off,
as new ones of Amazon's do, refuse every request that carries one. Addresses, keys and bodies are not logged.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from integrations.files.contract import Away, Missing, checked

CONNECT_SECONDS = 3
READ_SECONDS = 20
ENCRYPTION = "AES256"
GONE = ("404", "NoSuchKey", "NotFound")


@dataclass(frozen=True, slots=True)
class Account:
    """Who we are there. Empty: what the machine itself knows (an instance's role, for example)."""

    key_id: str = ""
    secret: str = field(default="", repr=False)
    region: str = "eu-west-2"


class S3:
    """Files of one bucket whose keys all begin with `prefix` (ends in "/", or is "")."""

    def __init__(self, bucket: str, prefix: str, endpoint: str, account: Account) -> None:
        self._bucket = bucket
        self._prefix = prefix
        self._client: Any = boto3.session.Session().client(
            "s3",
            endpoint_url=endpoint or None,
            region_name=account.region,
            aws_access_key_id=account.key_id or None,
            aws_secret_access_key=account.secret or None,
            config=_config(own_address=bool(endpoint)),
        )

    def put(self, key: str, data: bytes, media_type: str) -> None:
        """Send it, to be encrypted where it lies."""
        with _told():
            self._client.put_object(
                **self._at(key), Body=data, ContentType=media_type, ServerSideEncryption=ENCRYPTION
            )

    def get(self, key: str) -> bytes:
        """Fetch it whole: files are small. Raises `Missing`."""
        with _told(key):
            body: bytes = self._client.get_object(**self._at(key))["Body"].read()
            return body

    def delete(self, key: str) -> None:
        """Delete it; S3 says the same whether or not it was there."""
        with _told():
            self._client.delete_object(**self._at(key))

    def exists(self, key: str) -> bool:
        """Ask for its head."""
        try:
            with _told(key):
                self._client.head_object(**self._at(key))
        except Missing:
            return False
        return True

    def _at(self, key: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": self._prefix + checked(key)}


def _config(*, own_address: bool) -> Config:
    """Short waits, few tries, and only what every store of this kind understands."""
    return Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": 2},
        signature_version="s3v4",
        s3={"addressing_style": "path" if own_address else "auto"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


@contextmanager
def _told(key: str = "") -> Iterator[None]:
    """What went wrong, in the contract's words: a code, never an address."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if key and code in GONE:
            raise Missing(key) from None
        raise Away(f"the object store answered {code}") from None
    except (BotoCoreError, OSError) as error:
        raise Away(f"the object store: {type(error).__name__}") from None
