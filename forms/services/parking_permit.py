"""Apply for a parking permit, or renew or change one."""

from forms.kit import (
    AddAnother,
    Choice,
    Date,
    Is,
    Kind,
    OneOf,
    Price,
    Promise,
    Radios,
    Service,
    Start,
    Stop,
    Text,
    To,
    Topic,
    VehicleRegistration,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.shared import WE_RING, about_you, declaration, proof, which_property

WHO = (
    Choice("resident", "I live there"),
    Choice("visitor", "I want permits for my visitors"),
    Choice("business", "I run a business there"),
    Choice("carer", "I care for somebody who lives there"),
)
WHAT = (
    Choice("new", "Get a permit"),
    Choice("renew", "Renew my permit"),
    Choice("vehicle", "Put another vehicle on my permit"),
)
VEHICLES = Is("who", "visitor")

SERVICE = Service(
    slug="parking-permit",
    title="Parking permit",
    lgsl=474,
    kind=Kind.APPLICATION,
    topic=Topic.STREETS,
    description="Get, renew or change a permit for where you live, work or care",
    department="parking",
    by_phone="If there is something to pay, we ring you to take payment. You pay nothing online.",
    start=Start(
        need=(
            "the registration of each vehicle",
            "proof of where you live or work, such as a council tax bill",
            "proof that you keep the vehicle, such as its log book",
        ),
        minutes=6,
        next=(
            "We check what you sent.",
            "If there is something to pay, we ring you.",
            "We send your permit. Do not park there without it.",
        ),
    ),
    pages=(
        ask(
            Radios(
                "who", "Why do you need to park there?", choices=WHO, missing="Select why you need to park"
            )
        ),
        ask(Radios("what", "What do you want to do?", choices=WHAT, missing="Select what you want to do")),
        ask(
            Text(
                "permit",
                "What is the number of your permit?",
                hint="It is printed on the permit",
                noun="The number",
                missing="Enter the number of your permit",
                max_length=30,
            ),
            when=~Is("what", "new"),
        ),
        *which_property("What is the address that the permit is for?", own=True),
        ask(
            YesNo(
                "drive",
                "Is there a drive or a garage that you could park in?",
                missing="Select yes if there is a drive or a garage",
            ),
            when=Is("who", "resident"),
        ),
        Stop(
            "drive-first",
            "You cannot have a permit",
            Is("drive", "yes"),
            guidance=(
                "Permits are for homes that have nowhere else to park.",
                "Park on your drive or in your garage instead. Nothing has been sent.",
            ),
        ),
        ask(
            AddAnother(
                "vehicles",
                "Which vehicles is it for?",
                hint="A permit is for one vehicle. Add another for each permit that you need",
                questions=(
                    VehicleRegistration(
                        "registration",
                        "Registration",
                        hint="For example, AB12 CDE",
                        missing="Enter the registration",
                    ),
                    Text("model", "Make and colour", missing="Enter the make and colour", max_length=100),
                ),
                each="Vehicle",
                most=3,
                missing="Add a vehicle",
            ),
            when=~VEHICLES,
        ),
        ask(
            Date(
                "from_day",
                "From which day do you need it?",
                missing="Enter from which day you need it",
                noun="The day",
                future=True,
            )
        ),
        proof(
            hint="Show that you live or work there, and that you keep the vehicle. Cover bank details and amounts",
            optional=True,
        ),
        declaration(
            "What I have told you is true.",
            "I will give the permit back when I no longer live, work or care there.",
        ),
        about_you(optional=False, phone_hint=WE_RING),
    ),
    prices=(
        Price(
            "resident",
            "Resident’s permits, for a year",
            6_000,
            when=Is("who", "resident") & OneOf("what", "new", "renew"),
            each="vehicles",
        ),
        Price("visitor", "A book of 10 visitors’ permits", 1_000, when=Is("who", "visitor")),
        Price(
            "business",
            "Business permits, for a year",
            12_000,
            when=Is("who", "business") & OneOf("what", "new", "renew"),
            each="vehicles",
        ),
    ),
    deliver=(To("parking", service_code="PERMIT"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(10)),
    keep_for=Years(3),
)
