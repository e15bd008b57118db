"""Join the housing register, for a council or housing association home."""

from forms.kit import (
    AddAnother,
    Checkboxes,
    Choice,
    Date,
    Includes,
    Is,
    Kind,
    LongText,
    Money,
    Name,
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
from forms.kit.shared import about_you, declaration, for_whom, proof, your_address

TIES = (
    Choice("live", "I live there, and have for 12 months"),
    Choice("work", "I work there"),
    Choice("family", "Close family have lived there for 5 years"),
    Choice("forces", "I am or was in the armed forces"),
    Choice("abuse", "I had to flee from somebody who hurt me"),
    Choice("none", "None of these"),
)
NEEDS = (
    Choice("crowded", "We have too few bedrooms"),
    Choice("health", "The home makes an illness or a disability worse"),
    Choice("repair", "The home is in bad repair"),
    Choice("losing", "I must leave it"),
    Choice("shared", "I share it with people I would rather not live with"),
    Choice("money", "I cannot pay for it"),
    Choice("smaller", "It is too large"),
    Choice("other", "Another reason"),
)
NOW = (
    Choice("private", "I rent from a private landlord"),
    Choice("social", "I rent from the council or a housing association"),
    Choice("family", "I live with family or friends"),
    Choice("own", "I own it"),
    Choice("hostel", "I live in a hostel or a refuge"),
    Choice("none", "I have no home"),
)
WHOSE = (
    Choice("partner", "My partner"),
    Choice("child", "My child"),
    Choice("other", "Somebody else"),
)

SERVICE = Service(
    slug="housing-register",
    title="Join the housing register",
    lgsl=89,
    kind=Kind.APPLICATION,
    topic=Topic.HOUSING,
    description="Ask for a home from the council or a housing association",
    department="housing",
    start=Start(
        need=(
            "the name and date of birth of everyone who would live with you",
            "what you earn and have saved",
            "proof of who you are and where you live",
        ),
        minutes=20,
        next=(
            "We may ask you for more proof.",
            "We tell you if you are on the register, and how great we think your need is.",
            "You can then say which homes you would like. Waiting can take years.",
        ),
    ),
    pages=(
        *for_whom(),
        ask(
            Radios(
                "home_now",
                "Where do you live now?",
                choices=NOW,
                missing="Select where you live now",
                sensitive=True,
            )
        ),
        Stop(
            "no-home",
            "Get help now",
            Is("home_now", "none"),
            guidance=(
                "The register is no quick way to a home. We have other ways to help you now.",
                "Use ‘Homeless, or about to lose your home’ instead. Nothing has been sent.",
            ),
        ),
        your_address(),
        ask(
            Date(
                "moved_in",
                "When did you move in?",
                missing="Enter when you moved in",
                noun="The day",
                past=True,
            )
        ),
        ask(
            Checkboxes(
                "ties",
                "What ties you to this area?",
                choices=TIES,
                exclusive="none",
                missing="Select what ties you to this area, or select ‘None of these’",
                sensitive=True,
            )
        ),
        ask(
            LongText(
                "no_ties",
                "Why do you need to live here?",
                noun="Why you need to live here",
                missing="Enter why you need to live here",
                sensitive=True,
            ),
            when=Includes("ties", "none"),
        ),
        ask(
            YesNo(
                "with_others",
                "Would anybody live with you?",
                missing="Select yes if anybody would live with you",
            )
        ),
        ask(
            AddAnother(
                "people",
                "Who would live with you?",
                questions=(
                    Name(
                        "person",
                        "Full name",
                        noun="Their name",
                        missing="Enter their full name",
                        sensitive=True,
                    ),
                    Date(
                        "person_born",
                        "Date of birth",
                        noun="Their date of birth",
                        missing="Enter their date of birth",
                        past=True,
                        sensitive=True,
                    ),
                    Radios(
                        "person_is",
                        "Who are they?",
                        choices=WHOSE,
                        missing="Select who they are",
                        sensitive=True,
                    ),
                ),
                each="Person",
                most=12,
                missing="Add who would live with you",
            ),
            when=Is("with_others", "yes"),
        ),
        ask(
            Checkboxes(
                "needs",
                "Why do you need to move?",
                choices=NEEDS,
                missing="Select why you need to move",
                sensitive=True,
            )
        ),
        ask(
            LongText(
                "needs_more",
                "Tell us more about why you need to move",
                hint="For example, who sleeps where, or what is hard for you at home",
                noun="Why you need to move",
                missing="Enter why you need to move",
                sensitive=True,
            )
        ),
        ask(
            Money(
                "income",
                "How much comes in each month?",
                hint="Of you and your partner, after tax, with benefits. A rough amount is enough",
                missing="Enter how much comes in each month",
                sensitive=True,
            )
        ),
        ask(
            Money(
                "savings",
                "How much do you have in savings?",
                hint="Of you and your partner. Enter 0 if you have none",
                missing="Enter how much you have in savings",
                sensitive=True,
            )
        ),
        ask(
            YesNo(
                "owes",
                "Do you owe rent to a council or a housing association?",
                missing="Select yes if you owe rent",
                sensitive=True,
            )
        ),
        ask(
            YesNo(
                "abroad",
                "Have you moved to the UK from abroad in the last 5 years?",
                missing="Select yes if you have moved to the UK from abroad in the last 5 years",
                sensitive=True,
            )
        ),
        ask(
            Text(
                "where",
                "Where would you like to live?",
                hint="Towns or villages. Leave this empty for anywhere",
                optional=True,
            )
        ),
        proof(hint="Who you are, where you live, and what you have. Cover account numbers"),
        declaration(
            "What I have told you is true. I know that it is a crime to say otherwise to get a home.",
            "I will tell you when anything changes.",
        ),
        about_you(optional=False),
    ),
    deliver=(To("housing", service_code="REGISTER"),),
    promise=Promise(acknowledge=WorkingDays(3), resolve=WorkingDays(20)),
    keep_for=Years(6),
)
