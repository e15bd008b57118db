"""Photos and files: the answer is what was uploaded, never what a page says."""

from typing import Any

import pytest

from forms.kit.files import Files, Photos
from tests.forms.kit.tried import asking

PHOTOS = Photos("it", "It", most=2)
FILES = Files("it", "It", most=3)


@pytest.mark.parametrize("question", [PHOTOS, FILES])
@pytest.mark.parametrize("claimed", [(), ("somebody-elses",), ("a", "b")])
def test_a_page_cannot_claim_a_file(question: Photos, claimed: tuple[str, ...]) -> None:
    assert question.read({"": claimed}, asking()) is None
    assert question.read({"": claimed}, asking(["mine"])) == ["mine"]


@pytest.mark.parametrize(
    ("question", "value", "taken"),
    [
        (PHOTOS, ["a"], True),
        (PHOTOS, ["a", "b"], True),
        (PHOTOS, ["a", "b", "c"], False),
        (FILES, ["a", "b", "c"], True),
        (PHOTOS, [], False),
        (PHOTOS, "a", False),
        (FILES, [1], False),
        (FILES, None, False),
    ],
)
def test_no_more_are_taken_than_there_may_be(question: Photos, value: Any, taken: bool) -> None:
    assert question.accepts(value) is taken


def test_they_are_shown_by_how_many_there_are() -> None:
    assert PHOTOS.lines(["a", "b"]) == ("Photos added: 2",)
    assert FILES.lines(["a"]) == ("Files added: 1",)


def test_documents_are_taken_as_files_alone() -> None:
    assert FILES.documents
    assert not PHOTOS.documents
