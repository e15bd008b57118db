"""What keeps files keeps the contract, whichever kind it is."""

from pathlib import Path
from threading import Thread

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from integrations.files import folder as folders
from integrations.files.contract import Away, Files, Missing
from integrations.files.folder import Folder
from integrations.files.s3 import S3
from tests.integrations.files.stores import ACCOUNT, BUCKET, client

KEY = "a1/0198-file.pdf"
PDF = "application/pdf"


def test_what_is_put_is_there_byte_for_byte(files: Files) -> None:
    data = bytes(range(256)) * 4000
    files.put(KEY, data, PDF)
    assert files.exists(KEY)
    assert files.get(KEY) == data


def test_what_is_put_again_takes_the_place_of_what_was(files: Files) -> None:
    files.put(KEY, b"the first, which is longer", PDF)
    files.put(KEY, b"the second", PDF)
    assert files.get(KEY) == b"the second"


def test_nothing_is_kept_as_well_as_something(files: Files) -> None:
    files.put("a1/empty.pdf", b"", PDF)
    assert files.exists("a1/empty.pdf")
    assert files.get("a1/empty.pdf") == b""


def test_what_is_not_there_is_missing(files: Files) -> None:
    assert not files.exists("b2/never.pdf")
    with pytest.raises(Missing):
        files.get("b2/never.pdf")


def test_what_is_deleted_is_gone_and_may_be_deleted_again(files: Files) -> None:
    files.put(KEY, b"something", PDF)
    files.delete(KEY)
    files.delete(KEY)
    assert not files.exists(KEY)
    with pytest.raises(Missing):
        files.get(KEY)


@pytest.mark.parametrize(
    "key", ["", "../up.pdf", "/etc/passwd", "a/../b", "Capital", "sp ace", "a\nb", "a//b", "é"]
)
def test_a_key_that_is_not_ours_is_a_mistake(files: Files, key: str) -> None:
    for tried in (lambda: files.put(key, b"x", PDF), lambda: files.get(key), lambda: files.delete(key)):
        with pytest.raises(ValueError, match="not a key of ours"):
            tried()


def test_several_at_once_each_read_a_whole_file(files: Files) -> None:
    files.put(KEY, b"0" * 200_000, PDF)
    read: list[bytes] = []
    writing = [Thread(target=files.put, args=(KEY, sign * 200_000, PDF)) for sign in (b"1", b"2", b"3")]
    reading = [Thread(target=lambda: read.append(files.get(KEY))) for _ in range(6)]
    for thread in (*writing, *reading):
        thread.start()
    for thread in (*writing, *reading):
        thread.join()
    assert len(read) == 6
    assert all(len(data) == 200_000 and len(set(data)) == 1 for data in read)


def test_one_that_is_away_says_so_and_nothing_else(away: Files) -> None:
    for tried in (lambda: away.put(KEY, b"x", PDF), lambda: away.get("a1/x.pdf/y")):
        with pytest.raises((Away, Missing)) as told:
            tried()
        assert "127.0.0.1" not in str(told.value)
    with pytest.raises(Away):
        away.put(KEY, b"x", PDF)


def test_a_folder_is_its_owners_alone(tmp_path: Path) -> None:
    Folder(tmp_path / "files").put(KEY, b"x", PDF)
    modes = {path.relative_to(tmp_path): path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert modes == {Path("files"): 0o700, Path("files/a1"): 0o700, Path("files") / KEY: 0o600}


def test_a_full_disk_leaves_nothing_behind_and_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = Folder(tmp_path)
    files.put(KEY, b"the old one", PDF)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders.os, "fsync", full)
    with pytest.raises(Away, match="No space left"):
        files.put(KEY, b"the new one", PDF)
    assert files.get(KEY) == b"the old one"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_an_object_is_encrypted_typed_and_its_owners_alone(store: str) -> None:
    S3(BUCKET, "council/", store, ACCOUNT).put(KEY, b"x", PDF)
    kept = client(store).get_object(Bucket=BUCKET, Key=f"council/{KEY}")
    assert (kept["ServerSideEncryption"], kept["ContentType"]) == ("AES256", PDF)
    grants = client(store).get_object_acl(Bucket=BUCKET, Key=f"council/{KEY}")["Grants"]
    assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]


def test_a_request_is_signed_and_holds_no_secret(httpserver: HTTPServer) -> None:
    asked: list[Request] = []

    def answer(request: Request) -> Response:
        asked.append(request)
        return Response("", 200)

    httpserver.expect_request(f"/{BUCKET}/{KEY}", method="PUT").respond_with_handler(answer)
    S3(BUCKET, "", httpserver.url_for("").rstrip("/"), ACCOUNT).put(KEY, b"x", PDF)
    [request] = asked
    authorization = request.headers["Authorization"]
    assert authorization.startswith(f"AWS4-HMAC-SHA256 Credential={ACCOUNT.key_id}/")
    assert "/eu-west-2/s3/aws4_request" in authorization
    assert "x-amz-server-side-encryption" in authorization
    assert ACCOUNT.secret not in str(request.headers)
    assert "x-amz-acl" not in request.headers


@pytest.mark.parametrize("status", [403, 500, 503])
def test_a_store_that_refuses_is_away_and_never_missing(httpserver: HTTPServer, status: int) -> None:
    httpserver.expect_request(f"/{BUCKET}/{KEY}").respond_with_data("", status)
    files = S3(BUCKET, "", httpserver.url_for("").rstrip("/"), ACCOUNT)
    for tried in (lambda: files.get(KEY), lambda: files.exists(KEY), lambda: files.put(KEY, b"x", PDF)):
        with pytest.raises(Away):
            tried()
