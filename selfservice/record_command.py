"""What `selfservice record` does: proves that the record is as it was written, and says how far it goes."""

import sys
from pathlib import Path

from selfservice import clock
from selfservice.command_database import opened
from selfservice.domain.people import SYSTEM
from selfservice.domain.record import Head, HeadsRead, read_heads
from selfservice.operations import reading_record, recording
from selfservice.settings import Misconfigured, Settings


def verify(settings: Settings, council: str | None, file: Path | None, *, note: bool = False) -> int:
    """Say of every line of one council's record (slug), or of all, that is not as it was written; 1 if there is any.

    `file` holds heads that were kept elsewhere. With `note` a line of each record says what came of it. Raises
    `Misconfigured` when the file cannot be read, or nothing is known of the council.
    """
    kept = _heads_in(file, settings)
    with opened(settings) as database, database.read() as session:
        ends = recording.heads(session, clock.now())
        slugs = sorted({head.council for head in (*ends, *kept.heads)})
        if council is not None and council not in slugs:
            known = ", ".join(slugs) or "of nobody"
            raise Misconfigured([f"there is no record of {council!r}, only {known}"])
        found = recording.verify(session, council, kept.heads)
    if note:
        _note(settings, [head for head in ends if council in (None, head.council)], found)
    for mistake in kept.mistakes:
        _say(f"{file}: {mistake}")
    for finding in found:
        _say(finding.words)
    if found or kept.mistakes:
        _say("THE RECORD IS NOT AS IT WAS WRITTEN" if found else "The record is in order; the file is not")
        return 1
    _say_in_order([head for head in ends if council in (None, head.council)], kept)
    return 0


def heads(settings: Settings, *, sign: bool) -> int:
    """Print how far the record of each council goes, as lines of JSON to keep elsewhere."""
    with opened(settings) as database, database.read() as session:
        ends = recording.heads(session, clock.now())
    for head in ends:
        sys.stdout.write(head.as_line(settings.secret_key if sign else None))
    return 0


def _heads_in(file: Path | None, settings: Settings) -> HeadsRead:
    if file is None:
        return HeadsRead((), 0, ())
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured([f"--head: {file} cannot be read: {type(error).__name__}"]) from error
    return read_heads(text, (settings.secret_key, *settings.secret_keys_old))


def _note(settings: Settings, ends: list[Head], found: list[recording.Finding]) -> None:
    """Write down of each record what came of it; also of one of which no line is left."""
    now, lost = clock.now(), {finding.council for finding in found} - {end.council for end in ends}
    with opened(settings) as database, database.write() as session:
        for end in (*ends, *(Head(council, 0, "", now) for council in sorted(lost))):
            wrong = sum(finding.council == end.council for finding in found)
            checked = reading_record.Checked(now, end.number, end.hash, wrong)
            reading_record.note_check(session, SYSTEM, end.council, checked)


def _say_in_order(ends: list[Head], kept: HeadsRead) -> None:
    for end in ends:
        heads = sum(head.council == end.council for head in kept.heads)
        agrees = f", and as {_counted(heads, 'kept head')} said" if heads else ""
        _say(f"{end.council}: {_counted(end.number, 'line')}, each as it was written{agrees}")
    if not ends:
        _say("There is no line yet")
    if kept.unsigned:
        _say(f"{_counted(kept.unsigned, 'head')} without a signature: worth as much as the place of the file")
    if not kept.heads:
        _say("Without heads kept elsewhere (--head) nobody can tell whether the end was cut off")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
