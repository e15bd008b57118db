"""Marks words that are written in one place and put into the reader's language in another."""

from collections.abc import Callable


def gettext_noop(words: str) -> str:
    """`words` as they are. What is marked so is found by `selfservice languages extract`; whoever shows it
    translates it."""
    return words


class Saying(Exception):
    """Something that a person must be told: `words` are a sentence such as "There is no postcode {postcode}", and
    the `named` values take the places of its names once it is in the reader's language."""

    def __init__(self, words: str, **named: object) -> None:
        super().__init__(words.format(**named) if named else words)
        self.words = words
        self.named = named

    def told(self, translate: Callable[[str], str] = str) -> str:
        """The whole sentence, in the language that `translate` speaks."""
        found = translate(self.words)
        return found.format(**self.named) if self.named else found
