"""Questions about people and their vehicles: Name, Email, Phone, VehicleRegistration."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from forms.kit.questions import Refused, Translate
from forms.kit.typed import Typed, counted, plain
from forms.kit.written import Text
from selfservice.domain.marking import gettext_noop

BRITISH = "GB"


@dataclass(frozen=True, kw_only=True)
class Name(Text):
    """A person's name, in whatever letters they write it."""

    noun: str = "Your name"
    max_length: int = 100
    autocomplete: ClassVar[str] = "name"


@dataclass(frozen=True, kw_only=True)
class Email(Text):
    """An e-mail address; its form is checked, not whether anyone reads it."""

    noun: str = "Email address"
    max_length: int = 254
    autocomplete: ClassVar[str] = "email"

    def parse(self, text: str) -> str:
        """The address in its usual form, without what mail programs put around it when it is copied."""
        address = text.removeprefix("mailto:").strip("<>;, ")
        try:
            return validate_email(address, check_deliverability=False).normalized
        except EmailNotValidError as odd:
            raise Refused("Enter an email address in the correct format, like name@example.com") from odd

    def schema(self) -> dict[str, Any]:
        return {**super().schema(), "format": "email"}

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """Two addresses."""
        return ("name@example.org", "other@example.org")


@dataclass(frozen=True, kw_only=True)
class Phone(Text):
    """A telephone number, of this country or with its country code; kept as E.164, such as +441632960001.

    Only its length is checked: ranges are issued faster than lists of them, and nobody is refused for one.
    """

    noun: str = "Phone number"
    max_length: int = 50
    autocomplete: ClassVar[str] = "tel"

    def parse(self, text: str) -> str:
        """The number in E.164. Raises `Refused` when it is no possible number."""
        number = number_meant(text)
        if number is None:
            raise self._wrong()
        return number

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
        return (number_shown(str(value)),)

    def typed(self, value: Any) -> Typed:
        """The number as people here write it: what was kept long ago, or in an account, is read before it is sent."""
        return {"": (number_shown(str(value)),)}

    def accepts(self, value: Any) -> bool:
        if not isinstance(value, str) or re.fullmatch(r"\+[0-9]{5,20}", value[:30]) is None:
            return False
        try:
            return bool(phonenumbers.parse(value, None))
        except phonenumbers.NumberParseException:
            return False

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """Two numbers nobody has."""
        return ("+441632960001", "+447700900002")

    def _wrong(self) -> Refused:
        pattern = gettext_noop("Enter a {noun}, like 01632 960 001, 07700 900 982 or +44 808 157 0192")
        return Refused(pattern, noun=self.noun[0].lower() + self.noun[1:])


def number_shown(number: str) -> str:
    """A number in E.164 as people here write it: 01632 960001, or with its country code if it is abroad."""
    read = phonenumbers.parse(number, None)
    style = phonenumbers.PhoneNumberFormat
    british = read.country_code == phonenumbers.country_code_for_region(BRITISH)
    return phonenumbers.format_number(read, style.NATIONAL if british else style.INTERNATIONAL)


def number_meant(text: str) -> str | None:
    """The number that was typed, however it was written, in E.164; None when it is no possible one."""
    try:
        read = phonenumbers.parse(text, BRITISH)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(read) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)


def mobile_number(text: str) -> str | None:
    """The mobile number of this country that was typed, in E.164; None when it is none, or one abroad.

    The Crown dependencies' count. Numbers that begin with 070 and 076 only look like it: calls to them are
    passed on at a price, and pagers have them.
    """
    try:
        read = phonenumbers.parse(text, BRITISH)
    except phonenumbers.NumberParseException:
        return None
    number = phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)
    return number if re.fullmatch(r"\+447(?:[1-57-9][0-9]{8}|624[0-9]{6})", number) else None


@dataclass(frozen=True, kw_only=True)
class VehicleRegistration(Text):
    """A number plate as it was seen. Foreign, old, half-remembered and personal plates are all taken."""

    noun: str = "Vehicle registration"
    max_length: int = 30
    hint: str = "For example, AB12 CDE. Give what you saw of it, even if it is only a part"

    def parse(self, text: str) -> str:
        """The plate in capitals; one of today's pattern with its space."""
        narrow = plain(text)
        plate = (narrow if narrow.isascii() else text).upper()
        if counted(plate) > self.max_length:
            plate = text  # some letters have two for their capital
        joined = plate.replace(" ", "")
        return f"{joined[:4]} {joined[4:]}" if re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z]{3}", joined) else plate

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """Two plates."""
        return ("AB12 CDE", "Q 1")
