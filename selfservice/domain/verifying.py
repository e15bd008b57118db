"""Finding out who a customer is: what is asked, when an answer is right, how sure that makes, and when it locks.

An agent is told the question, and whether the answer was right; never what is kept.
"""

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from selfservice.domain.marking import gettext_noop
from selfservice.domain.naming import name_key
from selfservice.domain.people import Verification
from selfservice.domain.reference import read_reference

# After so many wrong answers nobody can be verified as this customer for a while, by whichever agent.
MOST_WRONG = 3
LOCKED_FOR = timedelta(minutes=15)
# Within one contact, what was proven holds for so long.
GOOD_FOR = timedelta(hours=1)
LONGEST_ANSWER = 200
LAST_DIGITS = 6  # an agent is shown the last three of who was found


class Proof(StrEnum):
    """Something by which a customer shows who they are; the first six are questions."""

    BORN = "date_of_birth"
    REFERENCE = "reference"
    PHONE = "phone"
    POSTCODE = "postcode"
    LAST_LINE = "last_line"
    NAME = "name"
    CODE = "code"  # sent to the phone or the e-mail address that we keep
    DOCUMENTS = "documents"  # seen face to face


QUESTIONS = (Proof.BORN, Proof.POSTCODE, Proof.NAME, Proof.LAST_LINE, Proof.PHONE, Proof.REFERENCE)
QUESTION_WORDS = {
    Proof.BORN: gettext_noop("What is your date of birth?"),
    Proof.POSTCODE: gettext_noop("What is your postcode?"),
    Proof.NAME: gettext_noop("What is your full name?"),
    Proof.LAST_LINE: gettext_noop("What is the last line of your address, before the postcode?"),
    Proof.PHONE: gettext_noop("What are the last six digits of your phone number?"),
    Proof.REFERENCE: gettext_noop("What is the reference of something you sent us?"),
}
PROOF_WORDS = {
    Proof.BORN: gettext_noop("Date of birth"),
    Proof.POSTCODE: gettext_noop("Postcode"),
    Proof.NAME: gettext_noop("Full name"),
    Proof.LAST_LINE: gettext_noop("Last line of the address"),
    Proof.PHONE: gettext_noop("Last digits of the phone number"),
    Proof.REFERENCE: gettext_noop("Reference"),
    Proof.CODE: gettext_noop("Code sent to them"),
    Proof.DOCUMENTS: gettext_noop("Documents seen"),
}


class Document(StrEnum):
    """What somebody may show at a counter."""

    PASSPORT = "passport"
    LICENCE = "driving_licence"
    RESIDENCE = "residence_permit"
    BUS = "bus_pass"
    BILL_AND_CARD = "bill_and_bank_card"


DOCUMENT_WORDS = {
    Document.PASSPORT: gettext_noop("Passport"),
    Document.LICENCE: gettext_noop("Photo driving licence"),
    Document.RESIDENCE: gettext_noop("Residence permit, or proof of immigration status"),
    Document.BUS: gettext_noop("Older or disabled person’s bus pass"),
    Document.BILL_AND_CARD: gettext_noop("A bill and a bank card, both in their name"),
}
# Whoever knows the one of these knows the other: together they prove one thing.
_SAME_THING = {Proof.LAST_LINE: Proof.POSTCODE}
# What any neighbour knows.
_KNOWN_TO_MANY = frozenset({Proof.NAME, Proof.POSTCODE})
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "lady", "dame", "lord", "rev", "prof"})
_BETWEEN = frozenset({"st", "nd", "rd", "th", "of", "the"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def level(proven: Collection[Proof]) -> Verification:
    """How sure these make: basic is two things of which one is not known to many, full is three with the date of
    birth or a code among them, or documents."""
    if Proof.DOCUMENTS in proven:
        return Verification.FULL
    things = {_SAME_THING.get(proof, proof) for proof in proven}
    if len(things) >= 3 and not things.isdisjoint({Proof.BORN, Proof.CODE}):
        return Verification.FULL
    if len(things) >= 2 and things - _KNOWN_TO_MANY:
        return Verification.BASIC
    return Verification.NONE


def is_locked(locked_until: datetime | None, now: datetime) -> bool:
    """Whether nobody can be verified as this customer at the moment."""
    return locked_until is not None and now < locked_until


def after_wrong(wrong: int, now: datetime) -> tuple[int, datetime | None]:
    """The number of wrong answers after one more, and until when that locks; the count begins anew with a lock."""
    return (0, now + LOCKED_FOR) if wrong + 1 >= MOST_WRONG else (wrong + 1, None)


def same_name(kept: str, told: str) -> bool:
    """Whether somebody told the name: their first and last, in any order, with or without those between."""
    known, given = _names(kept), _names(told)
    if not known or not given:
        return False
    return {known[0], known[-1]} <= set(given) if len(given) > 1 else known == given


def same_day(kept: date, told: str) -> bool:
    """Whether somebody told the day, in numbers or words: "3.4.80", "3rd April 1980", "03041980", "1980-04-03"."""
    words = [
        word for word in re.findall(r"[0-9]+|[a-z]+", told[:LONGEST_ANSWER].lower()) if word not in _BETWEEN
    ]
    if not words:
        return False
    day, month, years = kept.day, kept.month, (kept.year, kept.year % 100)
    numbers = [_number(word) for word in words]
    if not words[0].isdigit():  # "April 3 1980"
        return numbers in [[month, day, year] for year in years]
    if numbers in [[day, month, year] for year in years] or numbers == [kept.year, month, day]:
        return True
    return "".join(words) in (f"{kept:%d%m%Y}", f"{kept:%d%m%y}", f"{kept:%Y%m%d}")


def same_postcode(kept: str, told: str) -> bool:
    """Whether somebody told the postcode; capitals, spaces and stops do no harm."""
    return bool(kept) and _signs(kept) == _signs(told)


def same_line(kept: str, told: str) -> bool:
    """Whether somebody told this line of an address; capitals, accents and stops do no harm."""
    return bool(kept) and _signs(name_key(kept)) == _signs(name_key(told))


def same_reference(kept: Iterable[str], told: str) -> bool:
    """Whether what was told is one of the references that are kept."""
    return not set(kept).isdisjoint(read_reference(told))


def same_last_digits(kept: str, told: str) -> bool:
    """Whether somebody told the last six digits of a number, or all of it, with or without the country's code."""
    digits, known = re.sub("[^0-9]", "", told), re.sub("[^0-9]", "", kept)
    if len(digits) > LAST_DIGITS:
        return len(digits) >= len(known) - 2 and known.endswith(digits.lstrip("0"))
    return len(digits) == LAST_DIGITS and known.endswith(digits)


def _names(name: str) -> list[str]:
    words = re.split("[^a-z0-9-]+", name_key(name))
    return [word for word in words if word and word not in _TITLES]


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word[:9])
    return next((place for place, month in enumerate(_MONTHS, 1) if word.startswith(month)), None)


def _signs(text: str) -> str:
    return "".join(sign for sign in text.upper() if sign.isalnum())
