"""Languages that nobody speaks, made from the English by rule: they show what was left out of translation.

In `en-XA` every letter has an accent, a text is at least 40% longer and stands in brackets: what is plain, cut
off or squeezed was not thought of. In `ar-XB` each word is turned round, and the page runs from right to left.
What is no words stays as it is: names to be filled in, tags, entities.
"""

import re
from collections.abc import Callable
from gettext import NullTranslations

# "%(name)s", "%%", "%{count}", "{place.words}", "<a href=…>", "&nbsp;": none of these is anybody's language.
KEPT = re.compile(r"(%\([a-z_]+\)[sd]|%%|%\{[a-z]+\}|\{[a-z_.]*\}|<[^>]*>|&[a-z#0-9]+;)")
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ACCENTED = "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž"
ACCENTS = str.maketrans(PLAIN, ACCENTED)
VOWELS = re.compile(r"([aeiou])")
LONGER = 1.4
PADDING = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# Unicode's marks: from right to left whatever the letters (and its end), within marks that stand for a letter
# of such a script, so that the line runs that way too.
TURNED, TURNED_END, RIGHT_TO_LEFT = "\u202e", "\u202c", "\u200f"


def accented(words: str) -> str:
    """The words with accents, 40% longer, in brackets."""
    shown = _outside(words, lambda part: VOWELS.sub(r"\1\1", part).translate(ACCENTS))
    lacking = round(len(_bare(words)) * LONGER) - len(_bare(shown))
    number = 0
    while lacking > 0:
        more = " " + PADDING[number % len(PADDING)].translate(ACCENTS)
        shown, lacking, number = shown + more, lacking - len(more), number + 1
    return f"[{shown}]"


def turned(words: str) -> str:
    """The words 40% longer, each of them running from right to left."""

    def turn(found: re.Match[str]) -> str:
        return RIGHT_TO_LEFT + TURNED + VOWELS.sub(r"\1\1", found[0]) + TURNED_END + RIGHT_TO_LEFT

    return _outside(words, lambda part: WORD.sub(turn, part))


def _outside(words: str, change: Callable[[str], str]) -> str:
    """`words` with `change` made to whatever is not kept."""
    parts = KEPT.split(words)
    return "".join(part if number % 2 else change(part) for number, part in enumerate(parts))


def _bare(words: str) -> str:
    return KEPT.sub("", words)


class Pseudo(NullTranslations):
    """Translations made by a rule, of whatever is asked for."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def gettext(self, message: str) -> str:
        """The message by the rule; what has no words stays as it is, and so does what has been done already."""
        done = message.startswith("[") or TURNED in message
        return message if done or not WORD.search(_bare(message)) else self._rule(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """As `gettext`, of the one that English uses for `n`."""
        return self.gettext(msgid1 if n == 1 else msgid2)
