"""The PDF as a screen reader meets it: its structure, its order, and text that is what was written."""

import json
import subprocess
import sys
from collections import Counter
from typing import Any

import pikepdf
import pytest

from selfservice.operations import typesetting
from selfservice.settings import ROOT
from tests.factories.reading import Read, elements

SCRIPTS = [
    "Żółć, Ağaoğlu & Ștefănescu",
    "Ελληνικά",
    "Привет, България",
    "العربية السلام عليكم",
    "שלום עולם",
    "हिन्दी नमस्ते",
    "中文 日本語 한국어",
    "ภาษาไทย",
    "😀 👨‍👩‍👧 flags 🏴",
]
ODD = [
    "two  spaces ",
    " a space before",
    "a\ttab",
    "zero\u200bwidth",
    "\u202eright to left",
    "nul \x00 and bell \x07",
    "\ue000 of nobody",
    "\ufeffmark",
    "𓀀 a sign that no typeface of ours has",
    "\U0010ffff",
    "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟",
    "\u200b",
    " ",
    '#sys.inputs #panic("x") *bold* _it_ $x^2$ `raw` <label> @ref // -- --- ~ \\ [ ] { }',
    "'; DROP TABLE submissions; --",
    "<script>alert(1)</script> &amp; %s {{7*7}} ${7*7}",
    "A" + "xyz" * 200,
    "http://a.example.org/" + "b" * 300,
]


def copy(answers: list[tuple[str, list[str]]]) -> dict[str, Any]:
    """A copy with these answers."""
    return {
        "title": "Report fly-tipping: your copy (BOS-1A2B-C3)",
        "language": "en",
        "council": "Boston Borough Council",
        "colour": "#0b4f6c",
        "service": "Report fly-tipping",
        "reference": "BOS-1A2B-C3",
        "facts": [("Your reference", "BOS-1A2B-C3"), ("Sent", "3 March 2026 at 9:30am")],
        "answers_heading": "What you told us",
        "columns": ["Question", "Your answer"],
        "answers": [{"question": question, "lines": lines} for question, lines in answers],
        "next_heading": "What happens next",
        "next": ["Boston Borough Council passes it on.", "The team looks at it by Monday."],
        "follow_heading": "How to follow it",
        "follow": ["Use your reference."],
        "progress_url": "https://reports.example.org/boston/progress/abc",
        "progress_words": "See its progress",
        "contact_heading": "Contact Boston Borough Council",
        "contacts": [("Telephone", "01632 960301")],
    }


def sixty() -> list[tuple[str, list[str]]]:
    return [(f"What is question {n}?", [f"Answer {n}", "on two lines"]) for n in range(60)]


@pytest.fixture(scope="module")
def long() -> Read:
    """A copy of sixty answers, over several pages."""
    return Read(typesetting.typeset(copy(sixty())))


def test_it_is_tagged_and_claims_the_standard_for_it(long: Read) -> None:
    assert long.root.MarkInfo.Marked
    assert not long.root.MarkInfo.get("/Suspects", False)
    assert str(long.root.Lang).startswith("en")
    assert long.root.ViewerPreferences.DisplayDocTitle
    assert str(long.pdf.docinfo["/Title"]) == "Report fly-tipping: your copy (BOS-1A2B-C3)"
    with long.pdf.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert told["dc:title"] == "Report fly-tipping: your copy (BOS-1A2B-C3)"


def test_its_headings_stand_in_order(long: Read) -> None:
    headings = [(str(each.S)[1:], long.text(each)) for each in elements(long.root.StructTreeRoot)
                if str(each.S) in ("/H1", "/H2", "/H3")]  # fmt: skip
    assert headings == [
        ("H1", "Report fly-tipping"),
        ("H2", "What you told us"),
        ("H2", "What happens next"),
        ("H2", "How to follow it"),
        ("H2", "Contact Boston Borough Council"),
    ]


def test_sixty_answers_are_one_table_over_several_pages(long: Read) -> None:
    assert len(long.pdf.pages) > 2
    assert len(long.all("Table")) == 1
    assert long.texts("TH") == ["Question", "Your answer"], "repeated on each page, and read once"
    assert all(each.A[0].Scope == "/Column" for each in long.all("TH"))
    cells = [cell for question, lines in sixty() for cell in (question, "\n".join(lines))]
    assert long.texts("TD") == cells
    assert [kind for kind in long.kinds() if kind == "TR"] == ["TR"] * 61


def test_its_lists_are_lists_and_its_link_says_where_it_goes(long: Read) -> None:
    assert "See its progress" in long.texts("Link")[0]
    links = [note for page in long.pdf.pages for note in page.get("/Annots", [])]
    assert [str(link.A.URI) for link in links] == ["https://reports.example.org/boston/progress/abc"]
    assert all(str(link.Contents) for link in links), "PDF/UA wants a description"
    assert [text for text in long.texts("LBody") if "Monday" in text] == ["The team looks at it by Monday."]
    assert "Your reference" in long.texts("Lbl")


def test_the_foot_of_the_page_is_not_read_out(long: Read) -> None:
    document = long.text(long.root.StructTreeRoot)
    assert document.count("BOS-1A2B-C3") == 1, "the reference among the facts, and no foot of a page"


@pytest.mark.parametrize("written", SCRIPTS)
def test_names_in_any_script_are_shown_and_read_out_as_written(written: str) -> None:
    pdf = typesetting.typeset(copy([("What is your name?", [written, "and a line"])]))
    assert b"pdfuaid" in pdf, "every sign has a glyph"
    assert Read(pdf).texts("TD") == ["What is your name?", f"{written}\nand a line"]


@pytest.mark.parametrize("written", ODD, ids=ascii)
def test_whatever_is_typed_is_read_out_as_typed(written: str) -> None:
    read = Read(typesetting.typeset(copy([("What?", ["before", written, "after"])])))
    assert read.root.MarkInfo.Marked
    assert read.texts("TD") == ["What?", f"before\n{written}\nafter"]


def test_a_word_longer_than_a_line_goes_on_in_the_next() -> None:
    read = Read(typesetting.typeset(copy([("W" * 200, ["W" * 2000])])))
    assert read.texts("TD") == ["W" * 200, "W" * 2000]
    signs: Counter[tuple[int, float]] = Counter()
    for number, page in enumerate(read.pdf.pages):
        height = 0.0
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "cm":
                height = float(operands[5])
            elif str(operator) in ("Tj", "TJ"):
                shown = operands[0] if str(operator) == "TJ" else [operands[0]]
                signs[number, height] += sum(
                    len(bytes(each)) // 2 for each in shown if isinstance(each, pikepdf.String)
                )
    assert max(signs.values()) < 60, "at this size a line has room for no more, in both columns together"


def test_a_copy_without_answers_has_no_empty_table() -> None:
    read = Read(typesetting.typeset(copy([])))
    assert read.all("Table") == []
    assert "What you told us" not in read.texts("H2")


def test_the_child_answers_by_its_exit_code_and_tells_nothing_of_the_customer() -> None:
    child = [sys.executable, "-m", "selfservice.operations.typesetting"]
    broken = json.dumps(copy([]) | {"colour": "Ann Example"}).encode()
    ended = subprocess.run(child, input=broken, capture_output=True, cwd=ROOT, env={}, timeout=60)
    assert (ended.returncode, ended.stdout) == (3, b"")
    assert b"Ann" not in ended.stderr
