"""Pages that many services share, so that they read alike everywhere."""

from forms.kit.addresses import Address, Property
from forms.kit.chosen import Declaration, Radios, YesNo
from forms.kit.conditions import Condition, Is
from forms.kit.contacts import Email, Name, Phone
from forms.kit.dates import Moment
from forms.kit.files import Files, Photos
from forms.kit.located import PlaceQuestion
from forms.kit.questions import Choice, Information
from forms.kit.service import AtLeastOne, Page, Stop, ask
from forms.kit.whereabouts import OutsidePartnership
from forms.kit.written import LongText

ELSEWHERE = Stop(
    "elsewhere",
    "This place is outside our area",
    when=OutsidePartnership("place"),
    guidance=(
        "The place you gave is in the area of {place.authority}, so we cannot deal with it.",
        "You gave: {place.words}.",
        "Report it to {place.authority} instead. Nothing has been sent.",
    ),
)
EXACT_PLACE = Page(
    "exact-place",
    Information("place_found", "This is the place we found", text=("{place.words}",)),
    LongText(
        "place_detail",
        "Describe exactly where it is",
        hint="For example, behind the bus shelter, or by the gate opposite number 12",
        noun="The description of the place",
        max_length=500,
        rows=3,
        optional=True,
    ),
    title="Check the place",
)


def where_is_it(title: str) -> tuple[Page | Stop, ...]:
    """Where it is, told any way one likes; a stop outside the partnership; then exactly where."""
    place = PlaceQuestion(
        "place",
        title,
        hint="Enter a postcode, a grid reference or coordinates, such as PE21 6RY or TF 327 441",
        missing="Enter where it is, such as a postcode or a grid reference",
    )
    return Page("where", place), ELSEWHERE, EXACT_PLACE


def which_property(
    title: str = "What is the address?",
    *,
    id: str = "property",
    hint: str = "Enter the postcode, then choose the address",
    own: bool = False,
    when: Condition | None = None,
) -> tuple[Page | Stop, ...]:
    """An address inside the council; a stop where it is outside the partnership. `own` where it is the home of the
    person who fills it in."""
    slug = id.replace("_", "-")
    asked = Property(id, title, hint=hint, missing="Enter the postcode of the address", own=own)
    elsewhere = OutsidePartnership(id)
    stop = Stop(
        f"{slug}-elsewhere",
        "This address is outside our area",
        when=elsewhere if when is None else when & elsewhere,
        guidance=(
            f"The address you gave is in the area of {{{id}.authority}}, so we cannot deal with it.",
            f"You gave: {{{id}.words}}.",
            f"Tell {{{id}.authority}} instead. Nothing has been sent.",
        ),
    )
    return Page(slug, asked, when=when), stop


def your_address(
    title: str = "What is your address?",
    *,
    id: str = "home_address",
    optional: bool = False,
    when: Condition | None = None,
) -> Page:
    """Where somebody lives, anywhere."""
    asked = Address(
        id,
        title,
        hint="Enter your postcode, then choose your address. You can also enter it by hand",
        missing="Enter your postcode, or enter your address by hand",
        own=True,
        optional=optional,
    )
    return Page(id.replace("_", "-"), asked, when=when)


# By what somebody may act for another.
AUTHORITY = (
    Choice("asked", "They asked me to"),
    Choice("attorney", "I have power of attorney or am their deputy"),
    Choice("appointee", "I am their appointee for benefits"),
    Choice("parent", "I am their parent or guardian"),
    Choice("landlord", "I am their landlord or agent"),
    Choice("councillor", "I am their councillor or MP"),
    Choice("other", "Another reason"),
)


def for_whom() -> tuple[Page, ...]:
    """Whether somebody acts for themselves or for another, whose name it is, and by what authority."""
    other = Is("for_whom", "other")
    return (
        Page(
            "for-whom",
            Radios(
                "for_whom",
                "Who is this for?",
                choices=(
                    Choice("me", "Me"),
                    Choice(
                        "other", "Someone I help", "Such as a relative, a friend, a tenant or a constituent"
                    ),
                ),
                missing="Select who this is for",
            ),
        ),
        Page(
            "on-behalf",
            Name("subject_name", "Their full name", noun="Their name", missing="Enter their full name"),
            Radios(
                "authority",
                "Why can you act for them?",
                choices=AUTHORITY,
                missing="Select why you can act for them",
            ),
            title="About the person you help",
            when=other,
        ),
    )


def proof(
    title: str = "Add proof",
    *,
    hint: str = "",
    optional: bool = True,
    most: int = 5,
    when: Condition | None = None,
) -> Page:
    """Photos, scans or documents that show it."""
    asked = Files("proof", title, hint=hint, missing="Add a file", optional=optional, most=most)
    return Page("proof", asked, when=when)


def declaration(*text: str, label: str = "I have read this and agree", when: Condition | None = None) -> Page:
    """What somebody says is true, at the end."""
    asked = Declaration(
        "declaration", label, text=text, missing="Tick the box to say that you have read this and agree"
    )
    return Page("declaration", asked, title="Declaration", when=when)


def photos(*, optional: bool = True, label: str = "Add photos") -> Page:
    """Photos of it."""
    hint = "Take them from a safe distance. Do not show people’s faces if you can help it"
    return Page("photos", Photos("photos", label, hint=hint, missing="Add a photo", optional=optional))


def seen_it_happen(*, who: str = "How many people, and what they looked like") -> tuple[Page, ...]:
    """Whether they saw it; if so when, who it was, and whether an officer may call them as a witness."""
    seen = Is("witnessed", "yes")
    call = "An officer would call you as a witness. If you say yes, we need your name and how to reach you"
    return (
        ask(YesNo("witnessed", "Did you see it happen?", missing="Select yes if you saw it happen")),
        ask(
            Moment("when", "When did you see it?", missing="Enter the date you saw it", past=True), when=seen
        ),
        ask(LongText("who", "Who did it?", hint=who, optional=True), when=seen),
        ask(
            YesNo(
                "statement",
                "Would you make a statement?",
                hint=call,
                missing="Select yes if you would make a statement",
            ),
            when=seen,
        ),
    )


# Beside the phone number, where we ring to take payment or to agree a day.
WE_RING = "We ring this number. If you cannot take calls, leave it empty and give your email address"


def about_you(*, optional: bool = True, required_when: Condition | None = None, phone_hint: str = "") -> Page:
    """Who is telling us: name, and an email address or a phone number."""
    name = Name(
        "name", "Full name", missing="Enter your full name", optional=optional, required_when=required_when
    )
    email = Email(
        "email",
        "Email address",
        hint="We will send you a receipt, and tell you what was done",
        missing="Enter your email address",
        optional=True,
    )
    phone = Phone("phone", "Phone number", hint=phone_hint, missing="Enter your phone number", optional=True)
    either = AtLeastOne(
        ("email", "phone"), "Enter your email address or your phone number", when=required_when
    )
    demanded = not optional or required_when is not None
    return Page("about-you", name, email, phone, title="About you", at_least_one=either if demanded else None)
