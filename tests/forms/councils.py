"""Two councils to test forms with."""

from dataclasses import replace

from selfservice.domain.council import Contacts, Council, Landmark

BOSTON_COUNCIL = Council(
    slug="boston",
    name="Boston Borough Council",
    prefix="BO",
    gss_code="E07000136",
    colour="#123456",
    contacts=Contacts(
        "01632 960001", "Monday to Friday, 9am to 5pm", "boston@example.org", "1 Example Street"
    ),
    website="https://boston.example.org/",
    privacy_url="https://boston.example.org/privacy",
    email_from="boston@example.org",
    services=("fly-tipping",),
    centre=Landmark("Boston", 532960, 343900),
    routes={"street-scene": "boston-streets"},
)
SOUTH_HOLLAND_COUNCIL = replace(
    BOSTON_COUNCIL,
    slug="south-holland",
    name="South Holland District Council",
    routes={"street-scene": "south-holland-streets"},
    overrides={"fly-tipping": {"title": "Tell us about dumped waste", "resolve_days": 10}},
)
COUNCILS = {council.slug: council for council in (BOSTON_COUNCIL, SOUTH_HOLLAND_COUNCIL)}
