"""What a person typed, as it arrives, and how it is tidied before a question reads it."""

import unicodedata
from collections.abc import Mapping

# The part of an input ("" for a question of one input, else "day", "latitude" …) -> the texts posted for it.
Typed = Mapping[str, tuple[str, ...]]

NO_WIDTH = "\ufeff\u200b\u2060"
# Marks of direction, which address books and chats put around what is copied from them. A whole text may need
# those within it; a text's ends never do.
DIRECTION = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = frozenset(NO_WIDTH + DIRECTION)

# The full-width forms of ! to ~, which keyboards for Chinese, Japanese and Korean write.
WIDE, WIDEST = "\uff01", "\uff5e"


# Control characters that nobody types, and that may stand in no page; tabs and the ends of lines are none.
CONTROL = dict.fromkeys(code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r")


def first(typed: Typed, part: str = "") -> str:
    """The first text posted for one input; empty when there was none."""
    texts = typed.get(part, ())
    return texts[0] if texts else ""


def cleaned(text: str) -> str:
    """Text without what no person types: control characters, halves, marks of no width at its ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    first, last = 0, len(kept)
    while first < last and _is_blank(kept[first]):
        first += 1
    while last > first and _is_blank(kept[last - 1]):
        last -= 1
    return kept[first:last]


def _is_blank(character: str) -> bool:
    """Whether nothing is seen of it: a space of any script, a mark of no width or of direction."""
    return character.isspace() or character in UNSEEN


def one_line(text: str) -> str:
    """Cleaned text on one line, its spaces made single."""
    return " ".join(cleaned(text).split())


def plain(text: str) -> str:
    """One line of a number or a code in plain characters: letters, digits and signs of any width and digits of any
    script as on an English keyboard, every dash as a hyphen. Keyboards and documents put in others, and they mean
    the same."""
    return "".join(map(_plain, one_line(text)))


def _plain(character: str) -> str:
    if character.isascii():
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) == "Pd" or character == "−":
        return "-"
    narrow = WIDE <= character <= WIDEST
    return chr(ord(character) - ord(WIDE) + ord("!")) if narrow else "£" if character == "￡" else character


def counted(text: str) -> int:
    """The length as a browser counts it (UTF-16 units), so that server and page agree."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
