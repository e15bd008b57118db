"""Ask for a licence to drive a taxi or private hire car, or for the vehicle."""

from forms.kit import (
    AddAnother,
    Choice,
    Date,
    Files,
    Is,
    Kind,
    Link,
    LongText,
    OneOf,
    Page,
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
from forms.kit.shared import WE_RING, about_you, declaration, your_address

WHAT = (
    Choice("driver", "A driver", "Of taxis, of private hire cars, or of both"),
    Choice("taxi", "A taxi", "It may wait at a rank, and be stopped in the street"),
    Choice("private-hire", "A private hire car", "It must be booked"),
    Choice("operator", "A company that takes bookings"),
)
DRIVER, VEHICLE = Is("what", "driver"), OneOf("what", "taxi", "private-hire")

SERVICE = Service(
    slug="taxi-licence",
    title="Taxi or private hire licence",
    lgsl=635,
    kind=Kind.APPLICATION,
    topic=Topic.LICENCES,
    description="For drivers, vehicles and companies: get or renew a licence",
    department="licensing",
    by_phone="We ring you to take payment and to agree a day for the checks. You pay nothing online.",
    start=Start(
        need=(
            "your driving licence",
            "for a driver: every address of the last 5 years",
            "for a vehicle: its registration, log book, MOT and insurance",
        ),
        minutes=15,
        next=(
            "We ring you to take payment and to agree a day for the checks.",
            "Drivers have their criminal record, health and knowledge of the area checked.",
            "We decide, and tell you. Do not take passengers before that.",
        ),
    ),
    pages=(
        ask(
            Radios("what", "What is the licence for?", choices=WHAT, missing="Select what the licence is for")
        ),
        ask(
            Radios(
                "new_or_renew",
                "Is it new or renewed?",
                choices=(Choice("new", "New"), Choice("renew", "Renewed")),
                missing="Select whether it is new or renewed",
            )
        ),
        ask(
            Text(
                "licence",
                "What is the number of the licence?",
                noun="The number",
                missing="Enter the number of the licence",
                max_length=30,
            ),
            when=Is("new_or_renew", "renew"),
        ),
        ask(
            YesNo(
                "full_licence",
                "Have you had a full driving licence for at least a year?",
                missing="Select yes if you have had a full driving licence for at least a year",
            ),
            when=DRIVER,
        ),
        Stop(
            "too-new",
            "You cannot have a licence yet",
            Is("full_licence", "no"),
            guidance=(
                "The law says that drivers must have had a full licence for at least 12 months.",
                "Come back when you have had yours for a year instead. Nothing has been sent.",
            ),
            links=(Link("Become a taxi driver", "https://www.gov.uk/taxi-driver-licence"),),
        ),
        Page(
            "driver",
            Date(
                "born",
                "Your date of birth",
                hint="For example, 27 3 1975",
                noun="Your date of birth",
                missing="Enter your date of birth",
                past=True,
                own=True,
                sensitive=True,
            ),
            Text(
                "driver_number",
                "Driving licence number",
                hint="It is in section 5 of the card",
                noun="The driving licence number",
                missing="Enter your driving licence number",
                max_length=20,
                sensitive=True,
            ),
            title="About you as a driver",
            when=DRIVER,
        ),
        ask(
            AddAnother(
                "addresses",
                "Where have you lived in the last 5 years?",
                questions=(
                    Text("lived_at", "Address and postcode", missing="Enter the address and postcode"),
                    Date(
                        "lived_from",
                        "From which day?",
                        missing="Enter from which day",
                        noun="The day",
                        past=True,
                    ),
                ),
                each="Address",
                most=10,
                missing="Add where you have lived",
            ),
            when=DRIVER,
        ),
        ask(
            YesNo(
                "convicted",
                "Have you ever been convicted, cautioned or fined?",
                hint="Include driving offences, and those of long ago. For this licence all of them count",
                missing="Select yes if you have ever been convicted, cautioned or fined",
                sensitive=True,
            ),
            when=~VEHICLE,
        ),
        ask(
            LongText(
                "convictions",
                "What for, when, and with what result?",
                missing="Enter what for, when, and with what result",
                sensitive=True,
            ),
            when=Is("convicted", "yes"),
        ),
        ask(
            YesNo(
                "health",
                "Is there anything about your health that affects your driving?",
                missing="Select yes if anything about your health affects your driving",
                sensitive=True,
            ),
            when=DRIVER,
        ),
        Page(
            "vehicle",
            VehicleRegistration("registration", "Registration", missing="Enter the registration", hint=""),
            Text(
                "model", "Make, model and colour", noun="The make", missing="Enter the make, model and colour"
            ),
            Text(
                "seats",
                "How many passengers can it carry?",
                noun="The number",
                missing="Enter how many passengers it can carry",
                max_length=20,
            ),
            YesNo(
                "wheelchair", "Can it carry a wheelchair?", missing="Select yes if it can carry a wheelchair"
            ),
            title="About the vehicle",
            when=VEHICLE,
        ),
        ask(
            YesNo(
                "refused",
                "Has a licence of yours ever been refused or taken away?",
                missing="Select yes if a licence of yours was refused or taken away",
                sensitive=True,
            )
        ),
        your_address(),
        ask(
            Files(
                "papers",
                "Add your papers",
                hint="For a driver, both sides of the driving licence. For a vehicle, log book, MOT and insurance",
                missing="Add your papers",
                most=8,
            )
        ),
        declaration(
            "What I have told you is true. I know that it is a crime to say otherwise.",
            "You may check it with the police, the driving licence office and other councils.",
        ),
        about_you(optional=False, phone_hint=WE_RING),
    ),
    prices=(
        Price("driver", "A driver’s licence, for 3 years", 25_000, when=DRIVER),
        Price("vehicle", "A vehicle licence, for a year", 20_000, when=VEHICLE),
        Price("operator", "A company’s licence, for 5 years", 45_000, when=Is("what", "operator")),
    ),
    deliver=(To("licensing", service_code="TAXI"),),
    promise=Promise(acknowledge=WorkingDays(3), resolve=WorkingDays(40)),
    keep_for=Years(6),
)
