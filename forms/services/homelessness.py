"""Tell us that one has nowhere to live, or is about to lose one's home."""

from forms.kit import (
    Checkboxes,
    Choice,
    Date,
    Information,
    Is,
    Kind,
    Link,
    LongText,
    Number,
    OneOf,
    Page,
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
from forms.kit.shared import about_you, declaration, for_whom, proof

WHEN = (
    Choice("now", "I have nowhere to stay tonight"),
    Choice("days", "In the next few days"),
    Choice("weeks", "In the next 8 weeks"),
    Choice("later", "Later, or I am not sure"),
)
STAYING = (
    Choice("outside", "Outside, in a tent or in a car"),
    Choice("friends", "With friends or family"),
    Choice("rented", "In a home I rent"),
    Choice("own", "In a home I own"),
    Choice("hostel", "In a hostel, a refuge or a hotel"),
    Choice("hospital", "In hospital"),
    Choice("prison", "In prison"),
    Choice("other", "Somewhere else"),
)
WHY = (
    Choice("notice", "My landlord told me to leave"),
    Choice("asked", "Family or friends asked me to leave"),
    Choice("arrears", "I owe rent or payments on my mortgage"),
    Choice("abuse", "Somebody hurts, threatens or controls me"),
    Choice("parted", "I have parted from my partner"),
    Choice("leaving", "I am leaving hospital, prison, care or the armed forces"),
    Choice("unfit", "My home is unsafe, or I can no longer manage there"),
    Choice("other", "Something else"),
)
HELP = (
    Choice("ill", "A long illness, or a disability"),
    Choice("mind", "My mental health"),
    Choice("pregnant", "Somebody is pregnant"),
    Choice("care", "I was in care as a child"),
    Choice("forces", "I was in the armed forces"),
    Choice("drink-drugs", "Drink or drugs"),
    Choice("none", "None of these"),
)
TONIGHT = Is("when", "now")

SERVICE = Service(
    slug="homelessness",
    title="Homeless, or about to lose your home",
    lgsl=112,
    kind=Kind.REQUEST,
    topic=Topic.HOUSING,
    description="Get help if you have nowhere to live, or may soon have nowhere",
    department="housing",
    page_note="If you have nowhere to stay tonight, ring us now as well.",
    start=Start(
        need=(
            "where you are staying, and by when you must leave",
            "who lives with you",
            "any letter that tells you to leave, if you have one",
        ),
        minutes=10,
        next=(
            "A housing officer contacts you. If it is for tonight, on the same working day.",
            "We make a plan with you, so that you can keep your home or find another.",
        ),
    ),
    pages=(
        ask(
            Radios(
                "danger",
                "Are you in danger now?",
                choices=(
                    Choice("no", "No"),
                    Choice("yes", "Yes", "Somebody may hurt you, or you may hurt yourself"),
                ),
                missing="Select yes if you are in danger now",
                sensitive=True,
            )
        ),
        Stop(
            "call-999",
            "Call 999 now",
            Is("danger", "yes"),
            guidance=(
                "If you cannot speak, call 999 from a mobile phone and press 55.",
                "If a partner or family member hurts you, the National Domestic Abuse Helpline is open day and night: "
                "0808 2000 247.",
                "If you may hurt yourself, call Samaritans on 116 123. Nothing has been sent.",
                "Ring us instead of using this form as soon as you are safe.",
            ),
            links=(
                Link(
                    "Domestic abuse: how to get help",
                    "https://www.gov.uk/guidance/domestic-abuse-how-to-get-help",
                ),
            ),
        ),
        *for_whom(),
        ask(
            Radios(
                "when",
                "When will you have nowhere to live?",
                choices=WHEN,
                missing="Select when you will have nowhere to live",
            )
        ),
        Page(
            "ring-now",
            Information(
                "ring",
                "Ring us as well",
                text=(
                    "We read this form in office hours only. Ring us now, at any hour, and say that it is for tonight.",
                    "You find our number where this form begins, and at its end.",
                ),
            ),
            title="Ring us now as well",
            when=TONIGHT,
        ),
        ask(
            Radios(
                "staying",
                "Where are you staying now?",
                choices=STAYING,
                missing="Select where you are staying now",
                sensitive=True,
            )
        ),
        ask(
            Text(
                "town",
                "In which town or village did you last have a home?",
                hint="It need not be in our area. You can ask us for help wherever you come from",
                noun="The town or village",
                missing="Enter in which town or village you last had a home",
                max_length=100,
                sensitive=True,
            )
        ),
        ask(
            Radios(
                "why",
                "What is the main reason?",
                choices=WHY,
                missing="Select the main reason",
                sensitive=True,
            )
        ),
        ask(
            Date(
                "leave",
                "By which day must you leave?",
                missing="Enter the day",
                optional=True,
                noun="The day",
            ),
            when=OneOf("when", "days", "weeks"),
        ),
        Page(
            "household",
            Number(
                "adults",
                "How many adults need a home, with you?",
                missing="Enter how many adults",
                noun="The number of adults",
                least=1,
                most=20,
            ),
            Number(
                "children",
                "How many children under 18?",
                hint="Enter 0 if there are none",
                missing="Enter how many children",
                noun="The number of children",
                most=20,
            ),
            title="Who needs a home?",
        ),
        ask(
            Checkboxes(
                "help",
                "Does any of this apply to you or them?",
                choices=HELP,
                exclusive="none",
                missing="Select what applies, or select ‘None of these’",
                sensitive=True,
            )
        ),
        ask(
            LongText(
                "more",
                "What else should we know?",
                hint="For example, about work, benefits, pets, or a part of the area where you are not safe",
                optional=True,
                sensitive=True,
            )
        ),
        proof("Add letters", hint="Such as one that tells you to leave"),
        ask(
            YesNo(
                "safe",
                "Is it safe to ring and write to you?",
                hint="For example, because nobody else reads your messages",
                missing="Select yes if it is safe to ring and write to you",
                sensitive=True,
            )
        ),
        Page(
            "safe-how",
            Information(
                "only_safe",
                "What we send",
                text=(
                    "We send a message to the email address that you give us on the last page.",
                    "Give us only an email address or a phone number that nobody else looks at.",
                ),
            ),
            Text(
                "safe_how",
                "How can we reach you safely?",
                hint="For example, a friend’s number, or only between 10am and midday",
                noun="How we can reach you",
                missing="Enter how we can reach you safely",
                sensitive=True,
            ),
            title="How we can reach you safely",
            when=Is("safe", "no"),
        ),
        declaration(
            "What I have told you is true.",
            "You may ask my landlord, other councils and those who support me about it.",
        ),
        about_you(optional=False),
    ),
    urgent_when=TONIGHT | Is("staying", "outside") | Is("why", "abuse"),
    deliver=(To("housing", service_code="HOMELESS"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(5)),
    keep_for=Years(6),
)
