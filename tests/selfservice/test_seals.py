"""What is sealed opens in its own place, under its own key, as it was sealed, and nowhere else."""

import base64
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfservice import sealing_keys
from selfservice.sealing_keys import SealingKeys, new_key
from selfservice.seals import DataKey, Seals, UnknownKey, Unopenable, Wrapped, is_sealed

CANARY = "a canary in the coal mine"
KEY = DataKey("boston", "one-owner", bytes(range(32)))

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def fresh(*keys: sealing_keys.SealingKey) -> Seals:
    return Seals(SealingKeys(keys or (new_key(),)), {})


@given(json_values)
def test_whatever_json_is_sealed_opens_as_it_was(value: Any) -> None:
    sealed = KEY.seal("illness", "answer", value)
    assert is_sealed(sealed)
    assert KEY.open("illness", "answer", sealed) == value


def test_the_same_answer_is_never_sealed_alike_and_never_in_the_clear() -> None:
    first, second = (KEY.seal("illness", "answer", CANARY) for _ in range(2))
    assert first != second
    assert "canary" not in str(first)
    assert b"canary" not in base64.urlsafe_b64decode(first["sealed"].split(".")[2] + "==")


def test_the_length_does_not_tell_yes_from_no() -> None:
    answers = ("yes", "no", "prefer-not-to-say", None)
    assert len({len(KEY.seal("disabled", "answer", answer)["sealed"]) for answer in answers}) == 1


@pytest.mark.parametrize(
    "other",
    [
        (replace(KEY, council="south-holland"), "illness", "answer"),
        (replace(KEY, owner="another-owner"), "illness", "answer"),
        (KEY, "income", "answer"),
        (KEY, "illness", "shown"),
        (replace(KEY, secret=bytes(32)), "illness", "answer"),
    ],
    ids=["council", "owner", "question", "part", "key"],
)
def test_moved_elsewhere_it_does_not_open(other: tuple[DataKey, str, str]) -> None:
    sealed = KEY.seal("illness", "answer", CANARY)
    key, question, part = other
    with pytest.raises(Unopenable):
        key.open(question, part, sealed)


def test_with_any_sign_changed_it_does_not_open() -> None:
    sealed = KEY.seal("illness", "answer", "flu")["sealed"]
    for place, sign in enumerate(sealed[:-1]):  # the last sign of base64 holds bits that count for nothing
        changed = sealed[:place] + ("A" if sign != "A" else "B") + sealed[place + 1 :]
        with pytest.raises(Unopenable):
            KEY.open("illness", "answer", {"sealed": changed})
    for broken in ("", ".", "1.a.b", "2.x.y", "1.€.€", sealed[:-20]):
        with pytest.raises(Unopenable):
            KEY.open("illness", "answer", {"sealed": broken})


def test_no_answer_looks_sealed() -> None:
    for value in (None, "sealed", {}, {"sealed": 1}, {"sealed": "x", "more": 1}, ["sealed"]):
        assert not is_sealed(value)


def test_a_data_key_is_wrapped_under_the_newest_key_and_opens_under_its_own() -> None:
    older, newer = new_key(), new_key()
    key = fresh(older).new_data_key("boston", "one-owner")
    before, after = fresh(older).wrap(key), fresh(newer, older).wrap(key)
    assert (before.key_id, after.key_id) == (older.id, newer.id)
    assert fresh(newer, older).unwrap("boston", "one-owner", before) == key
    assert fresh(newer, older).unwrap("boston", "one-owner", after) == key


def test_a_data_key_of_another_row_or_under_a_key_of_the_same_id_does_not_open() -> None:
    own = new_key()
    wrapped = fresh(own).wrap(DataKey("boston", "one-owner", bytes(32)))
    impostor = replace(own, secret=bytes(32))
    for seals, council, owner in (
        (fresh(own), "boston", "another-owner"),
        (fresh(own), "south-holland", "one-owner"),
        (fresh(impostor), "boston", "one-owner"),
    ):
        with pytest.raises(Unopenable):
            seals.unwrap(council, owner, wrapped)
    with pytest.raises(Unopenable):
        fresh(own).unwrap("boston", "one-owner", Wrapped(own.id, "not one at all"))


def test_a_key_that_is_not_there_is_named() -> None:
    wrapped = fresh(new_key()).wrap(KEY)
    with pytest.raises(UnknownKey, match=wrapped.key_id):
        fresh(new_key()).unwrap(KEY.council, KEY.owner, wrapped)


def test_a_key_that_another_process_added_to_the_file_is_found_there(tmp_path: Path) -> None:
    file = tmp_path / "sealing_keys"
    sealing_keys.make_file(file)
    running = Seals(sealing_keys.from_file(file), {})
    added = sealing_keys.add_to_file(file)
    wrapped = Seals(sealing_keys.from_file(file), {}).wrap(KEY)
    assert wrapped.key_id == added.id
    assert running.unwrap(KEY.council, KEY.owner, wrapped) == KEY
    assert running.newest == added.id
    file.write_text("spoilt")
    with pytest.raises(UnknownKey, match="cannot be read"):
        running.unwrap(KEY.council, KEY.owner, Wrapped("key-of-nobody", wrapped.text))


def test_no_key_is_shown_when_it_is_printed() -> None:
    own = new_key()
    for shown in (repr(own), repr(SealingKeys((own,))), repr(KEY), repr(fresh(own))):
        assert own.line.split(":")[1] not in shown
        assert repr(own.secret) not in shown
        assert repr(KEY.secret) not in shown
