"""What the scanner says is understood, and nothing but a plain "OK" is ever taken for clean."""

import socket
from pathlib import Path

import pytest

from integrations.scanning.clamd import Clamd
from selfservice.domain.files import Scanned, Verdict
from tests.factories import scanners
from tests.factories.documents import docx, pdf
from tests.factories.scanners import EICAR, MARKER, stand_in

DATA = bytes(range(256)) * 1000


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"stream: OK\0", Scanned(Verdict.CLEAN)),
        (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", Scanned(Verdict.INFECTED, "Win.Test.EICAR_HDB-1")),
        (b"INSTREAM size limit exceeded. ERROR\0", Scanned(Verdict.TOO_BIG)),
        (b"INSTREAM: Can't allocate memory ERROR\0", Scanned(Verdict.AWAY)),
        (b"stream: OK", Scanned(Verdict.AWAY)),
        (b"stream: OK but FOUND nothing\0", Scanned(Verdict.AWAY)),
        (b"OK\0", Scanned(Verdict.AWAY)),
        (b"UNKNOWN COMMAND\0", Scanned(Verdict.AWAY)),
        (b"", Scanned(Verdict.AWAY)),
        (b"\xff\xfe\0", Scanned(Verdict.AWAY)),
        (b"x" * 10_000, Scanned(Verdict.AWAY)),
    ],
)
def test_what_it_answers_is_understood(answer: bytes, said: Scanned) -> None:
    with stand_in(answer) as (url, streamed):
        assert Clamd(url).scan(DATA) == said
    assert streamed == [DATA]


def test_one_that_hangs_up_in_the_middle_because_it_is_too_much_says_so() -> None:
    with stand_in(b"INSTREAM size limit exceeded. ERROR\0", after=70_000) as (url, _):
        assert Clamd(url).scan(DATA * 40).verdict in (Verdict.TOO_BIG, Verdict.AWAY)


def test_one_that_does_not_answer_in_time_is_away() -> None:
    with stand_in(b"stream: OK\0", silent=1.0) as (url, _):
        assert Clamd(url, seconds=0.2).scan(DATA) == Scanned(Verdict.AWAY)


def test_one_that_is_not_there_is_away(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    for url in (f"tcp://127.0.0.1:{port}", f"unix://{tmp_path}/none.sock"):
        assert Clamd(url).scan(DATA) == Scanned(Verdict.AWAY)


@pytest.mark.parametrize("way", ["tcp", "unix"])
def test_the_real_daemon_knows_good_from_bad(real_clamd: scanners.Clamd, way: str) -> None:
    real_clamd.start()
    scanner = Clamd(dict(zip(("tcp", "unix"), real_clamd.urls))[way])
    for clean in (b"", b"words", pdf(), docx(), DATA * 30):
        assert scanner.scan(clean) == Scanned(Verdict.CLEAN)
    assert scanner.scan(EICAR) == Scanned(Verdict.INFECTED, "Test.EICAR.UNOFFICIAL")
    assert scanner.scan(pdf(objects=b"% " + MARKER + b"\n")) == Scanned(
        Verdict.INFECTED, "Test.Marker.UNOFFICIAL"
    )
    packed = docx(word__media__letter_dot_txt=MARKER)
    assert scanner.scan(packed) == Scanned(Verdict.INFECTED, "Test.Marker.UNOFFICIAL")
    assert scanner.scan(b"0" * 13 * 1024 * 1024).verdict in (Verdict.TOO_BIG, Verdict.AWAY)
    real_clamd.stop()
    assert scanner.scan(b"words") == Scanned(Verdict.AWAY)
    real_clamd.start()
    assert scanner.scan(b"words") == Scanned(Verdict.CLEAN)
