"""An object store of the tests' own: moto's server, a process of its own on loopback."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3
import requests

from integrations.files.s3 import Account

ACCOUNT = Account("a-key-of-the-tests", "a secret of the tests", "eu-west-2")
BUCKET = "files-of-the-tests"
SERVER = "from moto.server import main; import sys; main(sys.argv[1:])"


@contextmanager
def object_store(port: int) -> Iterator[str]:
    """Its address, with one empty bucket in it."""
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("wb") as log:
        command = [sys.executable, "-c", SERVER, "-H", "127.0.0.1", "-p", str(port)]
        server = subprocess.Popen(command, cwd=folder, env={}, stdout=log, stderr=log)
        try:
            _wait_for(address, server)
            client(address).create_bucket(
                Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": ACCOUNT.region}
            )
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def client(address: str) -> "boto3.client":
    """A client of the store, to look behind what we keep there."""
    return boto3.session.Session().client(
        "s3",
        endpoint_url=address,
        region_name=ACCOUNT.region,
        aws_access_key_id=ACCOUNT.key_id,
        aws_secret_access_key=ACCOUNT.secret,
    )


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            if requests.get(f"{address}/moto-api/", timeout=2).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError("the object store of the tests did not start")
