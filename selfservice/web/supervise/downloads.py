"""Tables to take away: CSV in which no cell is a formula to a spreadsheet, whoever wrote the words in it."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from flask import Response

# What a cell of a spreadsheet begins with that is worked out rather than shown, also written twice as wide.
FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
MARK = "'"
UNSEEN = frozenset({"Cc", "Cf"})  # Unicode's signs of control and form: some spreadsheets pass over them


def harmless(value: object) -> str:
    """A cell's words. Text that a spreadsheet would take for a formula has an apostrophe put before it."""
    if value is None:
        return ""
    text = str(value)
    seen = "".join(sign for sign in text if unicodedata.category(sign) not in UNSEEN).lstrip()
    if isinstance(value, str) and (text[:1] in FORMULA or seen[:1] in FORMULA):
        return MARK + text
    return text


def lines(rows: Iterable[Sequence[object]]) -> str:
    """The rows as CSV, every cell in quotation marks."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([harmless(value) for value in row] for row in rows)
    return written.getvalue()


def download(name: str, rows: Iterable[Sequence[object]]) -> Response:
    """The rows as a file called `name`. It begins with a mark by which spreadsheets know its letters (UTF-8)."""
    response = Response(lines(rows).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
