"""Pages that many services share, so that they read alike everywhere."""

from forms.kit.conditions import Condition, OutsidePartnership
from forms.kit.contacts import Email, Name, Phone
from forms.kit.located import PlaceQuestion
from forms.kit.questions import Information, LongText, Photos
from forms.kit.service import AtLeastOne, Page, Stop

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


def photos(*, optional: bool = True, label: str = "Add photos") -> Page:
    """Photos of it."""
    hint = "Take them from a safe distance. Do not show people’s faces if you can help it"
    return Page("photos", Photos("photos", label, hint=hint, missing="Add a photo", optional=optional))


def about_you(*, optional: bool = True, required_when: Condition | None = None) -> Page:
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
    phone = Phone("phone", "Phone number", missing="Enter your phone number", optional=True)
    either = AtLeastOne(
        ("email", "phone"), "Enter your email address or your phone number", when=required_when
    )
    demanded = not optional or required_when is not None
    return Page("about-you", name, email, phone, title="About you", at_least_one=either if demanded else None)
