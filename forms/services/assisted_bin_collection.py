"""Ask the crew to fetch the bins of somebody who cannot move them."""

from forms.kit import (
    Checkboxes,
    Choice,
    Date,
    Is,
    Kind,
    LongText,
    Page,
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
from forms.kit.shared import about_you, declaration, for_whom, proof, which_property

WHY = (
    Choice("mobility", "I find it hard to walk or to keep my balance"),
    Choice("strength", "I am not strong enough"),
    Choice("illness", "I am ill, or was in hospital"),
    Choice("pregnancy", "I am pregnant or have just had a baby"),
    Choice("sight", "I do not see well"),
    Choice("other", "Another reason"),
)
ACCESS = (
    Choice("steps", "Steps"),
    Choice("gate", "A gate"),
    Choice("locked", "A locked gate or a door with a code"),
    Choice("gravel", "Gravel, grass or a slope"),
    Choice("dog", "A dog or another animal"),
    Choice("none", "None of these"),
)
TEMPORARY = Is("how_long", "temporary")

SERVICE = Service(
    slug="assisted-bin-collection",
    title="Help with putting your bins out",
    lgsl=854,
    kind=Kind.APPLICATION,
    topic=Topic.RUBBISH,
    description="The crew fetches your bins, if nobody in your home can move them",
    department="waste",
    start=Start(
        need=("the address", "why nobody in the home can move the bins", "where the bins stand"),
        minutes=6,
        next=(
            "We read what you tell us. We may come to see where the bins stand.",
            "We tell you from which day the crew fetches them.",
        ),
    ),
    pages=(
        *for_whom(),
        *which_property("At which address are the bins?", own=True),
        ask(
            YesNo(
                "somebody_can",
                "Can anyone of 16 or over in the home move the bins?",
                missing="Select yes if anyone of 16 or over can move the bins",
                sensitive=True,
            )
        ),
        Stop(
            "help-not-needed",
            "We cannot help with your bins",
            Is("somebody_can", "yes"),
            guidance=(
                "We fetch bins only where nobody of 16 or over in the home can move them.",
                "Ask that person to put the bins out instead. Nothing has been sent.",
            ),
        ),
        ask(
            Checkboxes(
                "why",
                "Why can nobody move the bins?",
                choices=WHY,
                missing="Select why nobody can move the bins",
                sensitive=True,
            )
        ),
        ask(
            LongText(
                "why_more",
                "Is there anything else about it that we should know?",
                max_length=1000,
                optional=True,
                sensitive=True,
            )
        ),
        ask(
            Radios(
                "how_long",
                "For how long do you need help?",
                choices=(
                    Choice("permanent", "From now on"),
                    Choice("temporary", "For a while", "For example, until a broken leg has healed"),
                ),
                missing="Select for how long you need help",
                sensitive=True,
            )
        ),
        ask(
            Date(
                "until",
                "Until when?",
                missing="Enter until when you need help",
                noun="The day",
                future=True,
            ),
            when=TEMPORARY,
        ),
        proof(hint="For example, a letter from a doctor or about a benefit. You can also show it later"),
        ask(
            LongText(
                "bins_where",
                "Where do the bins stand?",
                hint="For example, behind the house, to the left of the back door",
                noun="Where the bins stand",
                missing="Enter where the bins stand",
                max_length=500,
                rows=3,
            )
        ),
        ask(
            Checkboxes(
                "access",
                "What is on the way to the bins?",
                choices=ACCESS,
                exclusive="none",
                missing="Select what is on the way, or select ‘None of these’",
            )
        ),
        Page(
            "way",
            LongText(
                "way_more",
                "How can the crew get to them?",
                hint="For example, how many steps there are, or that the dog stays inside. Do not give door codes",
                max_length=500,
                rows=3,
                optional=True,
            ),
        ),
        declaration(
            "What I have told you is true.",
            "I will tell you when somebody in the home can move the bins.",
        ),
        about_you(optional=False),
    ),
    deliver=(To("waste", service_code="ASSISTED"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(10)),
    keep_for=Years(3),
)
