"""Ask us to collect medical waste from a home."""

from forms.kit import (
    Checkboxes,
    Choice,
    Date,
    Includes,
    Is,
    Kind,
    LongText,
    Promise,
    Radios,
    Service,
    Start,
    Stop,
    Text,
    To,
    Topic,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.shared import about_you, for_whom, which_property

WASTE = (
    Choice("sharps", "Needles, in a yellow sharps box"),
    Choice("dressings", "Used dressings or bandages that may spread an infection"),
    Choice("dialysis", "Waste from kidney dialysis at home"),
    Choice("other", "Something else that a nurse told me to keep apart"),
    Choice("pads", "Only nappies, pads, stoma or catheter bags"),
)
START_STOP = (
    Choice("start", "Start a collection"),
    Choice("once", "Collect once"),
    Choice("change", "Change a collection"),
    Choice("stop", "Stop a collection"),
)
STARTING = Is("what", "start") | Is("what", "once")

SERVICE = Service(
    slug="clinical-waste",
    title="Medical waste collection",
    lgsl=859,
    kind=Kind.REQUEST,
    topic=Topic.RUBBISH,
    description="Needles, dressings and other waste from treatment at home",
    department="waste",
    page_note="Keep needles in a closed sharps box, away from children. Never put them in a bin.",
    start=Start(
        need=("the address", "what kind of waste it is", "who treats you, such as your doctor or nurse"),
        minutes=5,
        next=(
            "We contact you to agree a day.",
            "We collect it, and leave new boxes or bags if you need them.",
        ),
    ),
    pages=(
        *for_whom(),
        ask(
            Radios(
                "what", "What do you want to do?", choices=START_STOP, missing="Select what you want to do"
            )
        ),
        *which_property("From which address?", own=True),
        ask(
            Checkboxes(
                "waste",
                "What kind of waste is it?",
                choices=WASTE,
                exclusive="pads",
                missing="Select what kind of waste it is",
                sensitive=True,
            ),
            when=STARTING,
        ),
        Stop(
            "pads",
            "You can put this in your rubbish bin",
            Includes("waste", "pads"),
            guidance=(
                "Nappies, pads, and stoma and catheter bags can go in your rubbish bin, if nothing is infected.",
                "Empty bags first. Wrap it well. Nothing has been sent.",
                "If there is too much for the bin, use ‘Get a new or replacement bin’ instead.",
            ),
        ),
        ask(
            Radios(
                "how_often",
                "How often do you need a collection?",
                choices=(
                    Choice("weekly", "Every week"),
                    Choice("fortnightly", "Every 2 weeks"),
                    Choice("monthly", "Every month"),
                    Choice("less", "Less often"),
                ),
                missing="Select how often you need a collection",
                sensitive=True,
            ),
            when=Is("what", "start"),
        ),
        ask(
            Text(
                "told_by",
                "Who treats you?",
                hint="Your doctor’s surgery, nurse or hospital. We may ask them what the waste is",
                noun="Who treats you",
                missing="Enter who treats you",
                sensitive=True,
            ),
            when=STARTING,
        ),
        ask(
            YesNo(
                "supplies",
                "Do you need empty boxes or bags?",
                missing="Select yes if you need empty boxes or bags",
            ),
            when=STARTING,
        ),
        ask(
            Date(
                "from_day",
                "From which day?",
                missing="Enter from which day",
                noun="The day",
                future=True,
            )
        ),
        ask(
            LongText(
                "more",
                "What else should we know?",
                hint="For example, what should change, or where we find the waste",
                max_length=1000,
                optional=True,
                sensitive=True,
            )
        ),
        about_you(optional=False),
    ),
    deliver=(To("waste", service_code="CLINICAL"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(10)),
    keep_for=Years(2),
)
