"""By what a message reaches a customer, and how much a text message holds."""

from enum import StrEnum

MOST_PARTS = 3  # in which any text message of ours must fit: 459 signs that count as one


class Medium(StrEnum):
    """How a message reaches a person. Of a delivery that is a message, it is the connector's name."""

    EMAIL = "email"
    SMS = "sms"


def medium_of(address: str) -> Medium:
    """By what a message goes to an address: an e-mail address, or a number in E.164."""
    return Medium.EMAIL if "@" in address else Medium.SMS


# The alphabet of text messages (GSM 03.38). The second lot is sent as two signs each; one sign beyond both, and
# the whole message is sent in another alphabet, of which a part holds less than half as many.
_ONE = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWO = frozenset("^{}\\[~]|€")
# What stands in our own texts for the look of it, and what it is in a text message.
_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ", "\u2011": "-"}
)


def plain_signs(words: str) -> str:
    """`words` with curly quotes, dashes and the like as the signs of a typewriter, which count as one each."""
    return words.translate(_PLAIN)


def text_parts(words: str) -> int:
    """In how many parts a text message with these words is sent, and paid for; phones show them as one."""
    length, alone, joined = _length(words)
    return 1 if length <= alone else -(-length // joined)


def _length(words: str) -> tuple[int, int, int]:
    """How long it is, how much fits in one message, and how much in each part of several."""
    if all(sign in _ONE or sign in _TWO for sign in words):
        return sum(2 if sign in _TWO else 1 for sign in words), 160, 153
    return len(words.encode("utf-16-be")) // 2, 70, 67
