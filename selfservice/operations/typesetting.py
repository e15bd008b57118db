"""The child process that lays out a customer's copy: a description as JSON comes in, a tagged PDF goes out.

Reads standard input, writes standard output; exit code 0 done, 3 cannot be laid out. The text of a customer is
data to the typesetter, never its code. Run as `python -m selfservice.operations.typesetting`.
"""

import io
import json
import re
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pikepdf

TEMPLATES = Path(__file__).resolve().parent / "templates"
# Packages that hold nothing but typefaces (SIL Open Font License): their files are used, no code of theirs is run.
FONTS = ("manimgx-fonts", "manimgx-fonts-cjk")
STANDARD: Final = "ua-1"
MEMORY_BYTES = 2 * 1024 * 1024 * 1024  # of addresses: the typefaces are mapped, not read
PROCESSOR_SECONDS = 15
CANNOT = 3

# Signs that no typeface has and PDF/UA forbids: controls, private use, the byte order mark.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb\ufffe\uffff\ue000-\uf8ff\ud800-\udfff]")
# Text whose drawn signs, in the order drawn, are the text: left to right, one sign for each letter, no two spaces.
LETTERS = (
    "[!-~\u00a1-\u00ac\u00ae-\u024f\u0391-\u03ff\u0400-\u0482\u048a-\u052f"
    "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u20ac]"
)
PLAIN = re.compile(f"{LETTERS}+(?: {LETTERS}+)*")


def limit_this_process() -> None:
    """No more memory or processor time than a long copy needs, no file written, none left behind."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def typeset(copy: dict[str, Any]) -> bytes:
    """The PDF of a copy as `copying.described` describes it: PDF/UA-1 where every sign has a glyph.

    Raises `RuntimeError` when it cannot be laid out.
    """
    cells = [cell for row in copy["answers"] for cell in ([row["question"]], row["lines"])]
    drawn = _compiled(json.dumps(_drawable(copy)))
    plain = all(PLAIN.fullmatch(line) for cell in cells for line in cell if line)
    return drawn if plain else _with_what_was_written(drawn, cells)


def _drawable(copy: dict[str, Any]) -> dict[str, Any]:
    """The copy with a replacement character for each sign that cannot be drawn, and without empty lines."""
    answers = [
        {"question": _seen(row["question"]), "lines": [_seen(line) for line in row["lines"] if line]}
        for row in copy["answers"]
    ]
    return copy | {"answers": answers}


def _seen(line: str) -> str:
    return UNSEEN.sub("\N{REPLACEMENT CHARACTER}", line).replace("\t", " ")


def _compiled(copy: str) -> bytes:
    """The pages, drawn by Typst; it may read our template and our typefaces, and nothing else."""
    import typst  # after the limits are set

    compiler = typst.Compiler(
        str(TEMPLATES / "copy.typ"),
        root=str(TEMPLATES),
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=_typefaces()
        ),
        sys_inputs={"copy": copy},
    )
    try:
        drawn = compiler.compile(format="pdf", pdf_standards=STANDARD)
    except typst.TypstError:  # a sign that no typeface of ours has: shown as a box, and no claim made
        drawn = compiler.compile(format="pdf")
    if not isinstance(drawn, bytes):
        raise RuntimeError("the typesetter gave no PDF")
    return drawn


def _typefaces() -> list[str]:
    """The folders of the packages of typefaces that are installed."""
    folders = []
    for name in FONTS:
        with suppress(PackageNotFoundError):
            folders.append(str(distribution(name).locate_file(name.replace("-", "_"))))
    return folders


def _with_what_was_written(drawn: bytes, cells: list[list[str]]) -> bytes:
    """The PDF with each line of an answer as it was written beside the signs that draw it (`ActualText`).

    In Arabic, Hebrew or Hindi the order and number of drawn signs are not those of the letters, and some signs
    cannot be drawn at all. A screen reader that is given the text itself needs to guess nothing.
    """
    import pikepdf  # takes half of the time of a plain copy

    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        found = [each for each in _elements(pdf.Root.StructTreeRoot) if each.S == "/TD"]
        if len(found) != len(cells):
            raise RuntimeError("the table has other cells than it was given")
        for element, cell in zip(found, cells):
            _tell(element, [line for line in cell if line])
        pdf.Root.ViewerPreferences.DisplayDocTitle = True
        kept = io.BytesIO()
        pdf.save(kept, deterministic_id=True)
    return kept.getvalue()


def _tell(cell: "pikepdf.Object", lines: list[str]) -> None:
    """Say of each paragraph of a cell what was written; of the cell itself where these do not match."""
    paragraphs = [each for each in _elements(cell.get("/K")) if each.S == "/P"]
    if len(paragraphs) != len(lines):
        cell.ActualText = _text("\n".join(lines))
        return
    for element, line in zip(paragraphs, lines):
        if not PLAIN.fullmatch(line):
            element.ActualText = _text(line)


def _text(written: str) -> "pikepdf.String":
    import pikepdf

    return pikepdf.String(written.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _elements(node: "pikepdf.Object | None") -> "Iterator[pikepdf.Object]":
    """The elements of a part of the structure tree, in reading order."""
    import pikepdf

    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from _elements(each)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        yield from _elements(node.get("/K"))


def main() -> int:
    """Lay out what comes in; say how it went by the exit code alone."""
    limit_this_process()
    try:
        pdf = typeset(json.load(sys.stdin))
    except Exception:  # its words may hold the customer's
        return CANNOT
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
