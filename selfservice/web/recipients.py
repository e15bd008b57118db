"""Where a message is to go, as people type it: an e-mail address, or a mobile number where texts can be sent."""

from dataclasses import dataclass

from flask import request

from forms.kit.contacts import Email, mobile_number, number_shown
from forms.kit.questions import Refused
from forms.kit.typed import one_line
from selfservice.domain.messages import Medium
from selfservice.web.languages import gettext_noop
from selfservice.web.session import installation

FIELD = "recipient"
LONGEST = 320
_EMAIL = Email(id=FIELD, label="Email address", missing=gettext_noop("Enter an email address"))
_EITHER_MISSING = gettext_noop("Enter an email address or a mobile number")
_EITHER_WRONG = gettext_noop(
    "Enter an email address, like name@example.com, or a UK mobile number, like 07700 900 982"
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """By what a message goes, and where: an e-mail address, or a number in E.164."""

    medium: Medium
    address: str


def typed() -> str:
    """What the form holds, on one line."""
    return one_line(request.form.get(FIELD, "")[:1000])[:LONGEST]


def read() -> Recipient:
    """Where it is to go, of what the form holds. Raises the kit's `Refused` when that is no place to send to."""
    text = typed()
    if not installation().texts_offered:
        if not text:
            raise Refused(_EMAIL.missing)
        return Recipient(Medium.EMAIL, _EMAIL.parse(text))
    if not text:
        raise Refused(_EITHER_MISSING)
    if "@" in text:
        return Recipient(Medium.EMAIL, _EMAIL.parse(text))
    number = mobile_number(text)
    if number is None:
        raise Refused(_EITHER_WRONG)
    return Recipient(Medium.SMS, number)


def shown(medium: Medium, address: str) -> str:
    """Where it went, as people write it."""
    return number_shown(address) if medium is Medium.SMS else address
