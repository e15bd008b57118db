"""What is asked of a customer whom nobody knew: their name, and at least one way to reach them."""

from forms.kit.addresses import Address
from forms.kit.chosen import Radios
from forms.kit.conditions import Is, OneOf
from forms.kit.contacts import Email, Name, Phone
from forms.kit.dates import Date
from forms.kit.questions import Choice, Question
from forms.kit.service import Page
from selfservice.domain.profile import PREFERRED_WORDS, Preferred
from selfservice.web.languages import _


def questions() -> Page:
    """The questions, in the reader's language. How to reach them is asked for by what they say they prefer."""
    return Page(
        "create",
        Name("name", _("Full name"), noun=_("Their name"), missing=_("Enter their full name")),
        Date(
            "date_of_birth",
            _("Date of birth"),
            hint=_("For example, 27 3 1975"),
            noun=_("Date of birth"),
            past=True,
            optional=True,
        ),
        Radios(
            "preferred",
            _("How do they want to hear from us?"),
            choices=tuple(Choice(way, _(words)) for way, words in PREFERRED_WORDS.items()),
            missing=_("Select how they want to hear from us"),
        ),
        *_ways_to_reach_them(),
        title=_("Create a customer"),
    )


def _ways_to_reach_them() -> tuple[Question, ...]:
    phone = Phone(
        "phone",
        _("Phone number"),
        noun=_("Phone number"),
        missing=_("Enter their phone number, or choose another way to reach them"),
        optional=True,
        required_when=OneOf("preferred", Preferred.PHONE, Preferred.SMS),
    )
    email = Email(
        "email",
        _("Email address"),
        noun=_("Email address"),
        missing=_("Enter their email address, or choose another way to reach them"),
        optional=True,
        required_when=Is("preferred", Preferred.EMAIL),
    )
    address = Address(
        "address",
        _("Address"),
        noun=_("The address"),
        missing=_("Enter their postcode, or choose another way to reach them"),
        optional=True,
        required_when=Is("preferred", Preferred.LETTER),
    )
    return phone, email, address
