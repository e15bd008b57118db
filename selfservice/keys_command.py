"""What `selfservice keys` does: lists the keys that seal, makes a new one, and wraps data keys anew under it."""

import sys

from selfservice import sealing_keys
from selfservice.command_database import opened
from selfservice.operations import sealing
from selfservice.seals import Seals
from selfservice.settings import Misconfigured, Settings


def show(settings: Settings) -> int:
    """Print each key, newest first, and how many data keys it wraps; 1 when one that is needed is missing."""
    with opened(settings) as database, database.read() as session:
        counts = sealing.data_keys_by_sealing_key(session)
    known = Seals(settings.sealing_keys, {}).known
    for number, key_id in enumerate(known):
        _say(f"{key_id}\t{_data_keys(counts.get(key_id, 0))}{'' if number else ', newest'}")
    missing = sorted(counts.keys() - set(known))
    for key_id in missing:
        _say(f"{key_id}\t{_data_keys(counts[key_id])}, MISSING: what they seal cannot be opened")
    return 1 if missing else 0


def add(settings: Settings) -> int:
    """Make a new key: put first in the file of keys, or printed where the environment holds them."""
    file = settings.sealing_keys.file
    if file is not None:
        try:
            added = sealing_keys.add_to_file(file)
        except (sealing_keys.BadKeys, OSError) as wrong:
            raise Misconfigured([f"SEALING_KEYS_FILE: {file} cannot be changed: {wrong}"]) from wrong
        _say(f"{added.id} is the newest key in {file}. Back the file up, then run `selfservice keys rotate`.")
        return 0
    _say(
        "Put this key after the others in SEALING_KEYS of every process and start them again; then put it first"
    )
    _say("and start them again; then run `selfservice keys rotate`:")
    _say(sealing_keys.new_key().line)
    return 0


def rotate(settings: Settings) -> int:
    """Wrap every data key under the newest key, some at a time; 1 when any could not be. Can be repeated."""
    seals, done, failed, after = Seals(settings.sealing_keys, {}), 0, dict[str, int](), ""
    with opened(settings) as database:
        while True:
            with database.write() as session:
                step = sealing.rewrap(session, seals, after)
            done += step.done
            for words in step.failed:
                failed[words] = failed.get(words, 0) + 1
            if step.after is None:
                break
            after = step.after
    _say(f"{done} data keys are now wrapped under {seals.newest}")
    for words, number in failed.items():
        _say(f"{number} could not be wrapped anew: {words}")
    return 1 if failed else 0


def _data_keys(number: int) -> str:
    return f"{number} data key{'' if number == 1 else 's'}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
