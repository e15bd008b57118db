"""Report a missed bin: from 3pm on the day of collection to the end of the next working day."""

from forms.kit import (
    Ago,
    Before,
    Choice,
    Date,
    EarlierToday,
    Is,
    Kind,
    LongText,
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
from forms.kit.shared import about_you, which_property

BINS = (
    Choice("rubbish", "Rubbish"),
    Choice("recycling", "Recycling"),
    Choice("paper", "Paper and card"),
    Choice("food", "Food waste"),
    Choice("garden", "Garden waste"),
)
WHO_ELSE = (
    Choice("mine", "Only mine"),
    Choice("some", "Mine and a few others"),
    Choice("street", "The whole street"),
    Choice("unknown", "I do not know"),
)
# Crews may still come until this hour of the day; afterwards, those who keep the window are asked to go back.
EMPTIED_BY = 15
WINDOW_IN_WORKING_DAYS = 1
NEXT_TIME = "Put the bin out for your next collection. Nothing has been sent."

SERVICE = Service(
    slug="missed-bin",
    title="Report a missed bin",
    lgsl=524,
    kind=Kind.REPORT,
    topic=Topic.RUBBISH,
    description="A bin that we did not empty on its day",
    also=("bin not collected", "rubbish not taken", "missed collection", "wheelie bin", "dustbin"),
    department="waste",
    start=Start(
        need=("the address", "which bin it is, and the day it should have been emptied"),
        minutes=3,
        next=("We tell the crew.", "We come back for it, or say why we did not empty it."),
    ),
    pages=(
        *which_property("Which address was missed?", own=True),
        ask(Radios("bin", "Which bin was missed?", choices=BINS, missing="Select which bin was missed")),
        ask(
            Date(
                "collection_day",
                "On what day should it have been emptied?",
                missing="Enter the day it should have been emptied",
                noun="The day",
                past=True,
            )
        ),
        Stop(
            "too-early",
            "It is too early to say that it was missed",
            EarlierToday("collection_day", EMPTIED_BY),
            guidance=(
                "We may still come. Crews work until 3pm, and not always at the same time.",
                "Leave the bin out. Come back after 3pm if it has not been emptied. Nothing has been sent.",
            ),
        ),
        Stop(
            "too-late",
            "It is too late to come back for it",
            Before("collection_day", Ago(working_days=WINDOW_IN_WORKING_DAYS)),
            guidance=(
                "We can only come back if you tell us by the end of the next working day.",
                NEXT_TIME,
            ),
        ),
        ask(
            YesNo(
                "assisted",
                "Do we fetch your bins from your home?",
                hint="This is called an assisted collection. You do not put your bins out yourself",
                missing="Select yes if we fetch your bins from your home",
            )
        ),
        ask(
            YesNo(
                "out",
                "Was it at the edge of your property by 6am?",
                missing="Select yes if it was out by 6am",
            ),
            when=Is("assisted", "no"),
        ),
        Stop(
            "not-out",
            "The bin was not out in time",
            Is("out", "no"),
            guidance=(
                "Crews start at 6am, and do not come back for a bin that was put out later.",
                NEXT_TIME,
            ),
        ),
        ask(
            YesNo(
                "right_bin",
                "Was it the right bin for that day?",
                hint="Look at your bin calendar if you are not sure",
                missing="Select yes if it was the right bin for that day",
            )
        ),
        Stop(
            "wrong-bin",
            "It was another bin’s turn",
            Is("right_bin", "no"),
            guidance=("We empty each kind of bin on its own days. Your bin calendar shows them.", NEXT_TIME),
        ),
        ask(YesNo("closed", "Was the lid closed?", missing="Select yes if the lid was closed")),
        Stop(
            "too-full",
            "The bin was too full",
            Is("closed", "no"),
            guidance=(
                "We cannot empty a bin safely when its lid is open.",
                "Take some out until the lid closes. You can take the rest to a recycling centre.",
                NEXT_TIME,
            ),
        ),
        ask(
            YesNo(
                "only_right",
                "Was everything in it allowed in that bin?",
                hint="Select no if the crew left a sticker or a tag to say that something was wrong",
                missing="Select yes if everything in it was allowed",
            )
        ),
        Stop(
            "wrong-things",
            "Something in it cannot go in that bin",
            Is("only_right", "no"),
            guidance=("Take out what should not be there. A sticker or a tag may say what it is.", NEXT_TIME),
        ),
        ask(
            Radios(
                "who_else",
                "Was it only yours, or the whole street?",
                choices=WHO_ELSE,
                missing="Select whose bins were missed",
            )
        ),
        ask(
            LongText(
                "anything_else",
                "Is there anything that the crew should know?",
                hint="For example, where the bin is now, or what was in the way",
                optional=True,
                max_length=500,
                rows=3,
            )
        ),
        about_you(optional=True),
    ),
    deliver=(To("waste", service_code="MISSEDBIN"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(2)),
    keep_for=Years(1),
)
