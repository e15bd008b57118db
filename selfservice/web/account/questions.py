"""What a profile is asked by: pages of the forms kit, made in the reader's language."""

from forms.kit.addresses import Address
from forms.kit.chosen import Checkboxes, Radios, Select, YesNo
from forms.kit.contacts import Name, Phone, mobile_number, number_shown
from forms.kit.dates import Date
from forms.kit.questions import Choice
from forms.kit.service import Page
from forms.kit.several import AddAnother
from forms.kit.written import LongText
from selfservice.domain.profile import NEED_WORDS, PREFERRED_WORDS, RELATION_WORDS, Preferred, Profile
from selfservice.web.languages import _
from selfservice.web.session import installation

MOST_IN_HOUSEHOLD = 15


def name_page(_profile: Profile) -> Page:
    """Name and date of birth."""
    return Page(
        "name",
        Name("name", _("Full name"), noun=_("Your name"), missing=_("Enter your full name")),
        Date(
            "date_of_birth",
            _("Date of birth"),
            hint=_("For example, 27 3 1975"),
            noun=_("Date of birth"),
            past=True,
            own=True,
            optional=True,
        ),
        title=_("Name and date of birth"),
    )


def phone_page(profile: Profile) -> Page:
    """The numbers that we ring; not the one by which they sign in."""
    phone = Phone("phone", _("Phone number"), noun=_("Phone number"), optional=True)
    other = Phone(
        "other_phone",
        _("Another phone number"),
        hint=_("Such as one at work, or of somebody who takes messages for you"),
        noun=_("Phone number"),
        optional=True,
    )
    return Page(
        "phone", *((other,) if profile.phone_is_sign_in else (phone, other)), title=_("Phone numbers")
    )


def contact_page(profile: Profile) -> Page:
    """How they want to hear from us, and in which language, where there is more than one."""
    reached = {
        Preferred.EMAIL: profile.email or _("We have no email address for you yet"),
        Preferred.SMS: _mobile(profile),
        Preferred.PHONE: _number(profile),
        Preferred.LETTER: profile.current_home.words
        if profile.current_home
        else _("We have no address for you yet"),
    }
    preferred = Radios(
        "preferred",
        _("How should we contact you?"),
        choices=tuple(Choice(way, _(words), reached[way]) for way, words in PREFERRED_WORDS.items()),
        missing=_("Select how we should contact you"),
    )
    languages = [each for each in installation().languages if not each.pseudo]
    language = Radios(
        "language",
        _("In which language?"),
        choices=tuple(Choice(each.tag, each.name) for each in languages),
        missing=_("Select a language"),
    )
    asked = (preferred, language) if len(languages) > 1 else (preferred,)
    return Page("contact", *asked, title=_("How we contact you"))


def needs_page(_profile: Profile) -> Page:
    """What they need so that they can deal with us."""
    return Page(
        "needs",
        Checkboxes(
            "needs",
            _("What would help you?"),
            hint=_("Select all that apply. Every council that deals with you can see it"),
            choices=tuple(Choice(need, _(words)) for need, words in NEED_WORDS.items()),
            optional=True,
        ),
        LongText(
            "needs_words",
            _("Anything else that we should know"),
            hint=_("For example, “I have a support worker” or “ring the bell and wait”"),
            noun=_("Anything else that we should know"),
            max_length=500,
            rows=3,
            optional=True,
        ),
        title=_("Help that you need from us"),
    )


def household_page(_profile: Profile) -> Page:
    """Who lives with them."""
    people = AddAnother(
        "household",
        _("Who lives with you?"),
        hint=_("You do not have to tell us. Leave it empty if nobody does"),
        each=_("Person"),
        noun=_("People"),
        least=0,
        most=MOST_IN_HOUSEHOLD,
        optional=True,
        questions=(
            Name("full_name", _("Full name"), noun=_("Full name"), missing=_("Enter their full name")),
            Date(
                "born",
                _("Date of birth"),
                hint=_("For example, 27 3 2009"),
                noun=_("Date of birth"),
                past=True,
                optional=True,
            ),
            Select(
                "relation",
                _("Who they are to you"),
                choices=tuple(Choice(each, _(words)) for each, words in RELATION_WORDS.items()),
                optional=True,
            ),
        ),
    )
    return Page("household", people)


def address_page(profile: Profile) -> Page:
    """An address, and whether they live there now."""
    address = Address(
        "address",
        _("Address"),
        hint=_("Enter the postcode, then choose the address. You can also enter it by hand"),
        noun=_("The address"),
        missing=_("Enter the postcode, or enter the address by hand"),
        own=True,
    )
    now = YesNo(
        "current",
        _("Do you live there now?"),
        choices=(Choice("yes", _("Yes")), Choice("no", _("No"))),
        hint=_("Then your address so far becomes an earlier one") if profile.current_home else "",
        missing=_("Select yes if you live there now"),
    )
    return Page("address", address, now, title=_("Add an address"))


def _mobile(profile: Profile) -> str:
    number = mobile_number(profile.phone) if profile.phone else None
    return number_shown(number) if number else _("We have no UK mobile number for you yet")


def _number(profile: Profile) -> str:
    return number_shown(profile.phone) if profile.phone else _("We have no phone number for you yet")
