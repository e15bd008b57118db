"""A PDF as a screen reader takes it: by the structure that it is tagged with."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf


def elements(node: Any) -> Iterator[Any]:
    """The elements of a structure tree in reading order."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from elements(each)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        yield from elements(node.get("/K"))


class Read:
    """A PDF as a screen reader takes it: by its structure, each element with the text that it stands for."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.root = self.pdf.Root
        self.marked = {page.objgen: self._marked(page) for page in self.pdf.pages}

    def kinds(self) -> list[str]:
        """The kinds of its elements in reading order."""
        return [str(each.S)[1:] for each in elements(self.root.StructTreeRoot)]

    def all(self, kind: str) -> list[Any]:
        """The elements of one kind."""
        return [each for each in elements(self.root.StructTreeRoot) if f"/{kind}" == each.S]

    def texts(self, kind: str) -> list[str]:
        """What is read out for each element of one kind."""
        return [self.text(each) for each in self.all(kind)]

    def text(self, node: Any, page: Any = None) -> str:
        """What is read out for an element: what is said to be its text, else the text of its signs."""
        if isinstance(node, int):
            return self.marked[page.objgen].get(node, "")
        if isinstance(node, pikepdf.Array):
            parts = [self.text(each, page) for each in node]
            paragraphs = all(isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/P" for each in node)
            return ("\n" if paragraphs else "").join(parts)
        if "/ActualText" in node:
            return str(node.ActualText)
        page = node.get("/Pg", page)
        if node.get("/Type") == "/MCR":
            return self.marked[page.objgen].get(int(node.MCID), "")
        return self.text(node.K, page) if "/K" in node else ""

    def _marked(self, page: pikepdf.Page) -> dict[int, str]:
        """The text of each marked part of a page."""
        found: dict[int, str] = {}
        stack: list[int | None] = []
        signs: dict[int, str] = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC":
                    stack.append(
                        operands[1].get("/MCID") if isinstance(operands[1], pikepdf.Dictionary) else None
                    )
                case "BMC":
                    stack.append(None)
                case "EMC":
                    stack.pop()
                case "Tf":
                    signs = letters(page.Resources.Font[operands[0]])
                case "Tj" | "TJ":
                    shown = operands[0] if str(operator) == "TJ" else [operands[0]]
                    codes = b"".join(bytes(each) for each in shown if isinstance(each, pikepdf.String))
                    text = "".join(
                        signs.get(codes[i] << 8 | codes[i + 1], "\x00") for i in range(0, len(codes), 2)
                    )
                    number = next((each for each in reversed(stack) if each is not None), None)
                    if number is not None:
                        found[int(number)] = found.get(int(number), "") + text
        return found


def letters(font: Any) -> dict[int, str]:
    """What each sign of a font stands for."""
    made: dict[int, str] = {}
    for line in font.ToUnicode.read_bytes().decode().splitlines():
        parts = line.replace("<", " ").replace(">", " ").split()
        if len(parts) == 2 and all(set(part) <= set("0123456789ABCDEF") for part in parts):
            made[int(parts[0], 16)] = bytes.fromhex(parts[1]).decode("utf-16-be")
    return made
