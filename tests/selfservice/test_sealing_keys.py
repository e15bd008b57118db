"""The keys: read from a setting or a file, made once, added whole, and never told in a mistake."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from selfservice import sealing_keys
from selfservice.sealing_keys import BadKeys, from_file, new_key
from selfservice.settings import Misconfigured, load_settings

OWN = new_key()


@pytest.mark.parametrize("between", [",", ", ", "\n", "\n\n"])
def test_keys_are_read_in_their_order(between: str) -> None:
    keys = [new_key() for _ in range(3)]
    assert list(sealing_keys.read(between.join(key.line for key in keys))) == keys


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "there is no key"),
        (OWN.line.split(":")[1], "has no id"),
        (OWN.line.replace("key-", "KEY "), "has no id"),
        ("key-1:", "is not 32 bytes"),
        (OWN.line[:-8], "is not 32 bytes"),
        ("key-1:MTIz", "is not 32 bytes"),
        (f"{OWN.line},{OWN.line}", "twice"),
    ],
    ids=range(7),  # a key is another in each process, and may not name a test
)
def test_keys_that_cannot_be_used_are_told_without_the_key(text: str, words: str) -> None:
    with pytest.raises(BadKeys, match=words) as caught:
        sealing_keys.read(text)
    assert OWN.line.split(":")[1][:20] not in str(caught.value)


def test_a_home_without_keys_gets_one_that_its_owner_alone_can_read(tmp_path: Path) -> None:
    told = {"SELFSERVICE_HOME": str(tmp_path)}
    first, second = load_settings(told), load_settings(told)
    assert first.sealing_keys == second.sealing_keys
    assert len(first.sealing_keys.keys) == 1
    assert stat.S_IMODE((tmp_path / "sealing_keys").stat().st_mode) == 0o600
    assert repr(first.sealing_keys.keys[0].secret) not in repr(first)


def test_of_many_that_begin_at_once_one_makes_the_key(tmp_path: Path) -> None:
    def begin(_number: int) -> str:
        sealing_keys.make_file(tmp_path / "sealing_keys")
        return from_file(tmp_path / "sealing_keys").keys[0].id

    with ThreadPoolExecutor(16) as people:
        assert len(set(people.map(begin, range(64)))) == 1
    assert os.listdir(tmp_path) == ["sealing_keys"]


def test_keys_added_at_once_are_all_there_the_first_to_come_last(tmp_path: Path) -> None:
    file = tmp_path / "sealing_keys"
    sealing_keys.make_file(file)
    own = from_file(file).keys[0]
    with ThreadPoolExecutor(8) as people:
        added = list(people.map(lambda _: sealing_keys.add_to_file(file), range(8)))
    keys = from_file(file).keys
    assert set(keys) == {own, *added}
    assert keys[-1] == own
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["sealing_keys"]


def test_the_setting_counts_and_makes_no_file(tmp_path: Path) -> None:
    settings = load_settings({"SELFSERVICE_HOME": str(tmp_path), "SEALING_KEYS": OWN.line})
    assert settings.sealing_keys.keys == (OWN,)
    assert settings.sealing_keys.again() is settings.sealing_keys
    assert not (tmp_path / "sealing_keys").exists()


def test_a_file_of_keys_may_lie_elsewhere_and_is_never_made(tmp_path: Path) -> None:
    file = tmp_path / "elsewhere"
    told = {"SELFSERVICE_HOME": str(tmp_path), "SEALING_KEYS_FILE": str(file)}
    with pytest.raises(Misconfigured, match=r"SEALING_KEYS_FILE: .* cannot be read"):
        load_settings(told)
    file.write_text(f"{OWN.line}\n")
    assert load_settings(told).sealing_keys.keys == (OWN,)
    with pytest.raises(Misconfigured, match="SEALING_KEYS_FILE: is of no use"):
        load_settings(told | {"SEALING_KEYS": OWN.line})
    with pytest.raises(Misconfigured, match="SEALING_KEYS: key 1"):
        load_settings({"SELFSERVICE_HOME": str(tmp_path), "SEALING_KEYS": "spoilt"})


def test_a_spoilt_file_in_the_home_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "sealing_keys").write_text("spoilt")
    with pytest.raises(Misconfigured, match="SELFSERVICE_HOME: key 1"):
        load_settings({"SELFSERVICE_HOME": str(tmp_path)})
    assert (tmp_path / "sealing_keys").read_text() == "spoilt"
