"""Ask to work on a protected tree, or give notice in a conservation area."""

from forms.kit import (
    AddAnother,
    Choice,
    Is,
    Kind,
    Link,
    LongText,
    OneOf,
    Photos,
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
from forms.kit.shared import about_you, declaration, proof, where_is_it

PROTECTED = (
    Choice("order", "By a tree preservation order"),
    Choice("area", "It is in a conservation area"),
    Choice("both", "Both of these"),
    Choice("unknown", "I do not know"),
    Choice("neither", "It is not protected"),
)
WORK = (
    Choice("prune", "Cut it back or thin it out"),
    Choice("lift", "Take off low branches"),
    Choice("fell", "Cut it down"),
    Choice("dead", "Take off dead wood"),
    Choice("other", "Something else"),
)
BY_ORDER = OneOf("protected", "order", "both", "unknown")

SERVICE = Service(
    slug="tree-works",
    title="Work on a protected tree",
    lgsl=508,
    kind=Kind.APPLICATION,
    topic=Topic.PLANNING,
    description="Ask before you cut a protected tree, or one in a conservation area",
    department="planning",
    start=Start(
        need=(
            "where each tree stands, and what kind it is",
            "what you want to do to it, and why",
            "a photo or a sketch that shows which tree it is",
        ),
        minutes=10,
        next=(
            "Our tree officer looks at it.",
            "For an order, we decide within 8 weeks. In a conservation area, we answer within 6 weeks.",
            "Wait for our answer. It is a crime to cut a protected tree without it.",
        ),
    ),
    pages=(
        *where_is_it("Where is the tree?"),
        ask(
            Radios(
                "protected", "How is it protected?", choices=PROTECTED, missing="Select how it is protected"
            )
        ),
        Stop(
            "not-protected",
            "You do not need to ask us",
            Is("protected", "neither"),
            guidance=(
                "You may work on your own tree if nothing protects it. Do not disturb birds that nest in it.",
                "Ask the owner instead, if it is not yours. Nothing has been sent.",
            ),
        ),
        ask(
            YesNo(
                "danger",
                "Is it about to fall and hurt somebody?",
                missing="Select yes if it is about to fall",
            )
        ),
        Stop(
            "dangerous-tree",
            "Make it safe first",
            Is("danger", "yes"),
            guidance=(
                "Keep people away. If anybody is in danger, call 999.",
                "You may do what is needed to make it safe at once. Take photos before and after.",
                "Then ring us instead of using this form. Nothing has been sent.",
            ),
            links=(
                Link(
                    "Protected trees",
                    "https://www.gov.uk/guidance/tree-preservation-orders-and-trees-in-conservation-areas",
                ),
            ),
        ),
        ask(
            Radios(
                "owner",
                "Whose tree is it?",
                choices=(
                    Choice("mine", "Mine"),
                    Choice("neighbour", "A neighbour’s"),
                    Choice("council", "The council’s"),
                    Choice("other", "Somebody else’s"),
                ),
                missing="Select whose tree it is",
            )
        ),
        ask(
            YesNo("told_owner", "Does the owner know?", missing="Select yes if the owner knows"),
            when=~Is("owner", "mine"),
        ),
        ask(
            AddAnother(
                "trees",
                "Which trees do you want to work on?",
                questions=(
                    Text("species", "What kind of tree?", missing="Enter what kind of tree", max_length=100),
                    Radios(
                        "work", "What do you want to do?", choices=WORK, missing="Select what you want to do"
                    ),
                    Text(
                        "how",
                        "How much?",
                        hint="For example, take 2 metres off the crown",
                        missing="Enter how much",
                    ),
                ),
                each="Tree",
                most=10,
                missing="Add a tree",
            )
        ),
        ask(
            LongText(
                "why",
                "Why do you want to do it?",
                hint="For example, it shades the house, or a branch has split",
                noun="Why",
                missing="Enter why you want to do it",
            )
        ),
        ask(
            YesNo(
                "harm",
                "Is it because the tree is ill or damages a building?",
                hint="If so, an expert must say so in writing",
                missing="Select yes if the tree is ill or damages a building",
            ),
            when=BY_ORDER,
        ),
        proof("Add the expert’s report", optional=False, when=Is("harm", "yes")),
        ask(
            Photos(
                "photos",
                "Add a photo or a sketch of the trees",
                hint="Mark each tree, so that we know which it is",
                missing="Add a photo or a sketch of the trees",
            )
        ),
        declaration("I will wait for your answer before any work begins."),
        about_you(optional=False),
    ),
    deliver=(To("planning", service_code="TREEWORK"),),
    promise=Promise(acknowledge=WorkingDays(3), resolve=WorkingDays(40)),
    keep_for=Years(10),
)
