"""Ask for a repair to a council home."""

from forms.kit import (
    Choice,
    Is,
    Kind,
    Link,
    LongText,
    OneOf,
    Promise,
    Radios,
    Service,
    Start,
    Stop,
    To,
    Topic,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.shared import WE_RING, about_you, for_whom, photos, which_property

LANDLORD = (
    Choice("council", "The council"),
    Choice("association", "A housing association"),
    Choice("private", "A private landlord"),
    Choice("own", "I own the home"),
)
DANGER = (
    Choice("gas", "I smell gas, or an alarm for carbon monoxide sounds"),
    Choice("fire", "There is a fire, or sparks"),
    Choice("none", "None of these"),
)
TROUBLE = (
    Choice("heating", "Heating or hot water"),
    Choice("leak", "A leak, a pipe or a drain"),
    Choice("toilet", "Toilet"),
    Choice("kitchen-bath", "Tap, sink, bath or shower"),
    Choice("electric", "Lights, sockets or the fuse box"),
    Choice("door-window", "Door, lock or window"),
    Choice("damp", "Damp or mould"),
    Choice("roof", "Roof, gutter or outside wall"),
    Choice("inside", "Wall, ceiling, floor or stairs"),
    Choice("outside", "Path, fence or gate"),
    Choice("other", "Something else"),
)
NOW = (
    Choice("flood", "Water that cannot be turned off"),
    Choice("no-power", "No electricity or no water at all"),
    Choice("no-heat", "No heating or hot water"),
    Choice("no-toilet", "The only toilet does not work"),
    Choice("unsafe", "An outside door that cannot be locked"),
    Choice("mould", "Somebody who is ill because of damp or mould"),
    Choice("none", "None of these"),
)

SERVICE = Service(
    slug="housing-repair",
    title="Ask for a repair to your council home",
    lgsl=141,
    kind=Kind.REQUEST,
    topic=Topic.HOUSING,
    description="For tenants of the council: what is broken, and how urgent it is",
    department="housing",
    start=Start(
        need=("the address", "what is wrong, and where", "photos, if you can take them safely"),
        minutes=5,
        next=(
            "We ring you to agree a day.",
            "For what cannot wait, we come within 24 hours. In the night, ring us.",
        ),
    ),
    pages=(
        ask(
            Radios(
                "danger", "Is one of these happening now?", choices=DANGER, missing="Select what is happening"
            )
        ),
        Stop(
            "gas-leak",
            "Call the gas emergency line",
            Is("danger", "gas"),
            guidance=(
                "Open the windows, do not touch any switch, and go outside.",
                "Then call 0800 111 999 at once, at any hour. Nothing has been sent.",
            ),
        ),
        Stop(
            "on-fire",
            "Get out and call 999",
            Is("danger", "fire"),
            guidance=("Leave the home, and call 999 instead of using this form. Nothing has been sent.",),
        ),
        ask(
            Radios(
                "landlord", "Who is your landlord?", choices=LANDLORD, missing="Select who your landlord is"
            )
        ),
        Stop(
            "ask-your-landlord",
            "Ask your landlord",
            OneOf("landlord", "association", "private"),
            guidance=(
                "Your landlord must repair your home. Tell them in writing, and keep a copy.",
                "If they do nothing and it is dangerous, ring us instead. Nothing has been sent.",
            ),
            links=(Link("Repairs in rented homes", "https://www.gov.uk/private-renting/repairs"),),
        ),
        Stop(
            "your-own",
            "We repair council homes only",
            Is("landlord", "own"),
            guidance=(
                "Owners look after their own homes.",
                "If somebody there is disabled, see ‘Disabled facilities grant’ instead. Nothing has been sent.",
            ),
        ),
        *for_whom(),
        *which_property("Which home is it?", own=True),
        ask(Radios("trouble", "What needs a repair?", choices=TROUBLE, missing="Select what needs a repair")),
        ask(
            Radios(
                "cannot_wait",
                "Is there any of this?",
                choices=NOW,
                missing="Select what there is, or ‘None of these’",
            )
        ),
        ask(
            LongText(
                "what",
                "What is wrong, and in which room?",
                hint="Say when it began, and what you have tried",
                noun="What is wrong",
                missing="Enter what is wrong, and in which room",
                max_length=1500,
            )
        ),
        ask(
            YesNo(
                "care",
                "Is anyone there under 5, over 70, ill or disabled?",
                hint="We then come sooner where we can",
                missing="Select yes if anyone there is under 5, over 70, ill or disabled",
                sensitive=True,
            )
        ),
        ask(
            LongText(
                "access",
                "When can we come, and what should we know?",
                hint="For example, only in the mornings, or that there is a dog",
                max_length=500,
                rows=3,
                optional=True,
            )
        ),
        photos(optional=True),
        about_you(optional=False, phone_hint=WE_RING),
    ),
    urgent_when=OneOf("cannot_wait", "flood", "no-power", "no-heat", "no-toilet", "unsafe", "mould"),
    deliver=(To("housing", service_code="REPAIR"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(20)),
    keep_for=Years(6),
)
