"""A customer's profile: what somebody tells the councils of themselves once, so that no form has to ask again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from selfservice.domain.marking import gettext_noop


class Preferred(StrEnum):
    """The way by which somebody wants to hear from us."""

    EMAIL = "email"
    SMS = "sms"
    PHONE = "phone"
    LETTER = "letter"


PREFERRED_WORDS = {
    Preferred.EMAIL: gettext_noop("Email"),
    Preferred.SMS: gettext_noop("Text message"),
    Preferred.PHONE: gettext_noop("Phone call"),
    Preferred.LETTER: gettext_noop("Letter"),
}


class Need(StrEnum):
    """What somebody needs so that they can deal with us."""

    LARGE_PRINT = "large_print"
    BRAILLE = "braille"
    AUDIO = "audio"
    EASY_READ = "easy_read"
    COLOURED_PAPER = "coloured_paper"
    PHONE_NOT_WRITE = "phone_not_write"
    WRITE_NOT_PHONE = "write_not_phone"
    RELAY = "relay"
    SIGN_LANGUAGE = "sign_language"
    INTERPRETER = "interpreter"
    MORE_TIME = "more_time"


NEED_WORDS = {
    Need.LARGE_PRINT: gettext_noop("Large print"),
    Need.BRAILLE: gettext_noop("Braille"),
    Need.AUDIO: gettext_noop("Audio instead of writing"),
    Need.EASY_READ: gettext_noop("Easy read: short sentences with pictures"),
    Need.COLOURED_PAPER: gettext_noop("Coloured paper"),
    Need.PHONE_NOT_WRITE: gettext_noop("Please phone, do not write"),
    Need.WRITE_NOT_PHONE: gettext_noop("Please write, do not phone"),
    Need.RELAY: gettext_noop("Relay UK (text relay)"),
    Need.SIGN_LANGUAGE: gettext_noop("British Sign Language"),
    Need.INTERPRETER: gettext_noop("An interpreter for another language"),
    Need.MORE_TIME: gettext_noop("More time to answer"),
}


class Relation(StrEnum):
    """What a person in the same home is to the customer."""

    PARTNER = "partner"
    CHILD = "child"
    PARENT = "parent"
    FAMILY = "family"
    OTHER = "other"


RELATION_WORDS = {
    Relation.PARTNER: gettext_noop("Husband, wife or partner"),
    Relation.CHILD: gettext_noop("Child"),
    Relation.PARENT: gettext_noop("Parent"),
    Relation.FAMILY: gettext_noop("Other family"),
    Relation.OTHER: gettext_noop("Somebody else, such as a friend or a lodger"),
}


@dataclass(frozen=True, slots=True)
class Home:
    """An address of a customer: the `current` one, or one from before.

    `answer` is as the forms keep it; `council` the slug of the council that it lies in, None outside them all.
    """

    id: str
    words: str
    postcode: str
    uprn: str | None
    council: str | None
    answer: Mapping[str, Any]
    current: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """What is held of a customer. Telephone numbers are in E.164.

    `sign_in_email` and `sign_in_phone` are what they sign in to their account by, None without one: those are changed
    by nobody but them. `needs` are codes of `Need`, `household` a list as the forms keep it. Of `homes`, those are
    here that the reader may see, the current one first.
    """

    name: str
    date_of_birth: date | None
    email: str | None
    phone: str | None
    other_phone: str | None
    preferred: Preferred
    language: str
    needs: tuple[str, ...]
    needs_words: str
    household: tuple[Mapping[str, Any], ...]
    homes: tuple[Home, ...]
    has_account: bool
    sign_in_email: str | None = None
    sign_in_phone: str | None = None

    @property
    def current_home(self) -> Home | None:
        """Where they live now."""
        return next((home for home in self.homes if home.current), None)

    @property
    def phone_is_sign_in(self) -> bool:
        """Whether they sign in by the number that we ring."""
        return self.phone is not None and self.phone == self.sign_in_phone
