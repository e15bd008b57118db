"""Files are held back until the scanner has said that they are clean, whatever happens to the scanner."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from redis import Redis

from integrations.files.contract import Away
from integrations.scanning.clamd import Clamd
from selfservice import clock
from selfservice.database import Database
from selfservice.domain.draft import Draft
from selfservice.domain.files import DOCX, PDF, Scan, Scanned, Verdict
from selfservice.doorbell import SCAN_JOB
from selfservice.installation import Installation
from selfservice.operations import delivering, drafting, requesting, scanning, submitting, uploading
from selfservice.operations.uploading import Kept, LookedAt
from selfservice.store.files import FileRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories import scanners
from tests.factories.documents import docx, pdf
from tests.factories.files import PHOTO, add_file
from tests.factories.scanners import MARKER
from tests.factories.submitted import (
    BOSTON,
    RESIDENT,
    SEALS,
    a_draft,
    completed,
    installation,
    settings,
)
from workers import scan, sweep

CLEAN, INFECTED = LookedAt(PDF, pdf(), b""), LookedAt(DOCX, docx(word__a_dot_txt=MARKER), b"")


class Says:
    """A scanner that says what it is told to."""

    def __init__(self, *verdicts: Verdict) -> None:
        self.verdicts, self.asked = list(verdicts), 0

    def scan(self, data: bytes) -> Scanned:
        self.asked += 1
        return Scanned(self.verdicts.pop(0) if len(self.verdicts) > 1 else self.verdicts[0], "Test")


@pytest.fixture
def one(each_database: Database, tmp_path: Path) -> Installation:
    return installation(each_database, settings(tmp_path, POLL_SECONDS="3600"), object())


def with_scanner(one: Installation, scanner: object) -> Installation:
    one.__dict__["scanner"] = scanner
    return one


def begin(one: Installation) -> Draft:
    with one.database.write() as session:
        return a_draft(session, clock.now())


def add(one: Installation, draft: Draft, what: LookedAt = CLEAN) -> Kept:
    """A file more that waits, and is an answer of the draft."""
    file = add_file(
        one.database, one.files, RESIDENT, draft, clock.now(), what=what, question="proof", scanned=True
    )
    with one.database.write() as session:
        kept = uploading.of_question(session, "boston", draft.id, "proof")
        ids = [each.id for each in kept if each.scan is not Scan.INFECTED]
        drafting.save(session, RESIDENT, draft.id, {"proof": ids}, SEALS, clock.now())
    return file


def submit(one: Installation, draft: Draft, *files: Kept) -> str:
    """Send the draft with these files; the id of the delivery to the back office."""
    with one.database.write() as session:
        found = drafting.find(session, RESIDENT, draft.id, SEALS, lock=True)
        assert found is not None
        whole = completed(file_ids=tuple(file.id for file in files))
        return submitting.submit(
            session, RESIDENT, found, whole, one.links, SEALS, clock.now(), council=BOSTON
        ).delivery_ids[0]


def stands(one: Installation, file: Kept) -> Scan:
    with one.database.read() as session:
        row = session.get(FileRow, file.id)
    assert row is not None
    return Scan(row.scan)


def answers(one: Installation, draft: Draft) -> object:
    with one.database.read() as session:
        found = drafting.find(session, RESIDENT, draft.id, SEALS)
    assert found is not None
    return found.answers.get("proof")


def sweep_once(one: Installation) -> None:
    """One sweep, all of it, as if it were time to try again."""
    with one.database.write() as session:
        session.execute(
            sa.update(FileRow)
            .where(FileRow.scan_at.is_not(None))
            .values(scan_at=clock.now() - timedelta(seconds=1))
        )
    sweeper = sweep.Sweeper(one)
    sweeper.tick()
    sweeper.wait()


@pytest.mark.parametrize("kept", [PHOTO, CLEAN])
def test_a_clean_file_is_released(one: Installation, kept: LookedAt) -> None:
    with_scanner(one, Says(Verdict.CLEAN))
    file = add(one, begin(one), kept)
    assert stands(one, file) is Scan.WAITING
    sweep_once(one)
    assert stands(one, file) is Scan.CLEAN
    assert one.files.exists(file.key)


@pytest.mark.parametrize("verdict", [Verdict.AWAY, Verdict.TOO_BIG])
def test_what_is_no_verdict_holds_it_back_and_it_is_asked_again_later(
    one: Installation, verdict: Verdict
) -> None:
    scanner = Says(verdict, verdict, Verdict.CLEAN)
    file = add(with_scanner(one, scanner), begin(one))
    for stand in (Scan.WAITING, Scan.WAITING, Scan.CLEAN):
        scan.one(one, file.id)
        assert stands(one, file) is stand
        assert one.files.exists(file.key)
    scan.one(one, file.id)
    assert scanner.asked == 3


def test_an_infected_file_leaves_the_draft_and_its_bytes_are_deleted(one: Installation) -> None:
    draft = begin(with_scanner(one, Says(Verdict.INFECTED, Verdict.CLEAN)))
    bad, good = add(one, draft, PHOTO), add(one, draft)
    assert scan.batch(one, [bad.id, good.id]) == 2
    assert (stands(one, bad), stands(one, good)) == (Scan.INFECTED, Scan.CLEAN)
    assert [one.files.exists(key) for key in (*bad.keys, good.key)] == [False, False, True]
    assert answers(one, draft) == [good.id]
    add(one, draft)  # there is room again for what was taken away


def test_the_bytes_of_an_infected_file_are_deleted_also_when_that_fails_at_first(
    one: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = add(with_scanner(one, Says(Verdict.INFECTED)), begin(one))

    def fails(_key: str) -> None:
        raise Away("no network")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(one.files, "delete", fails)
        scan.one(one, file.id)
    assert stands(one, file) is Scan.INFECTED
    assert one.files.exists(file.key)
    sweep_once(one)
    assert not one.files.exists(file.key)
    with one.database.read() as session:
        assert scanning.waiting(session, file.id) is None


def test_a_submission_is_accepted_while_its_files_wait_and_says_so(one: Installation) -> None:
    draft = begin(with_scanner(one, Says(Verdict.INFECTED, Verdict.CLEAN)))
    bad, good, slow = (add(one, draft) for _ in range(3))
    submit(one, draft, bad, good, slow)
    assert told(one) == (3, 3)
    scan.batch(one, [bad.id, good.id])
    assert told(one) == (2, 1)
    with one.database.read() as session:
        words = session.scalars(
            sa.select(TimelineEventRow.words).where(TimelineEventRow.what == "file_infected")
        ).all()
    assert words == [scanning.REMOVED]
    assert answers(one, draft) == [bad.id, good.id, slow.id]  # what was sent never changes


def told(one: Installation) -> tuple[int, int]:
    """How many links a back office is given, and how many files it is told are held back."""
    with one.database.write() as session:
        held = delivering.claim(session, "a worker", clock.now(), one.timings)
        assert held is not None
        request = requesting.request_for(session, held, one.links, one.seals)
        session.rollback()
    return len(request.photo_links), request.files_held_back


def test_a_file_that_went_meanwhile_is_let_be(one: Installation) -> None:
    draft = begin(with_scanner(one, Says(Verdict.CLEAN)))
    file = add(one, draft)
    with one.database.write() as session:
        uploading.remove(session, RESIDENT, draft.id, file.id)
    assert scan.one(one, file.id)
    with one.database.write() as session:
        assert scanning.record(session, file.id, Scanned(Verdict.INFECTED), clock.now()) is None


def test_a_second_verdict_changes_nothing(one: Installation) -> None:
    file = add(one, begin(one))
    with one.database.write() as session:
        scanning.record(session, file.id, Scanned(Verdict.CLEAN), clock.now())
        assert scanning.record(session, file.id, Scanned(Verdict.INFECTED), clock.now()) is Scan.CLEAN


def test_with_no_scanner_files_are_released_unscanned(one: Installation) -> None:
    file = add_file(one.database, one.files, RESIDENT, begin(one), clock.now())
    assert file.scan is Scan.UNSCANNED
    sweep_once(one)
    assert stands(one, file) is Scan.UNSCANNED


def test_the_real_scanner_away_and_back(one: Installation, real_clamd: scanners.Clamd) -> None:
    """Away: held back, and the submission still accepted. Back: the sweeper has it scanned, and it is released."""
    draft = begin(with_scanner(one, Clamd(real_clamd.urls[0])))
    good, bad = add(one, draft), add(one, draft, INFECTED)
    submit(one, draft, good, bad)
    sweep_once(one)
    assert (stands(one, good), stands(one, bad)) == (Scan.WAITING, Scan.WAITING)
    assert one.files.exists(good.key)
    real_clamd.start()
    sweep_once(one)
    assert (stands(one, good), stands(one, bad)) == (Scan.CLEAN, Scan.INFECTED)
    assert [one.files.exists(key) for key in (good.key, bad.key)] == [True, False]


def test_where_there_is_a_bell_it_is_rung_for_what_waits(
    database: Database, tmp_path: Path, redis_url: str, redis_prefix: str
) -> None:
    told = settings(tmp_path, POLL_SECONDS="3600", REDIS_URL=redis_url, REDIS_PREFIX=redis_prefix)
    one = with_scanner(installation(database, told, object()), Says(Verdict.CLEAN))
    file = add(one, begin(one))
    sweep_once(one)
    with Redis.from_url(redis_url) as client:
        [job] = client.lrange(f"rq:queue:{redis_prefix}-deliver", 0, -1)
        kept = client.hget(b"rq:job:" + job, "description")
    assert f"{SCAN_JOB}('{file.id}')" in (kept or b"").decode()
    assert stands(one, file) is Scan.WAITING  # it is the worker's to do now
    scan.use(one)
    one.database.close()  # a job lets its parent's connections alone, and here it is its own parent
    scan.scan(file.id)
    assert stands(one, file) is Scan.CLEAN
