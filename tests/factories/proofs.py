"""A service that asks for photos on one page and for files on another; no council offers it."""

from forms.kit import Kind, Photos, Promise, Service, Start, To, Topic, WorkingDays, Years, YesNo, ask
from forms.kit.files import Files

WITH_PROOF = Service(
    slug="with-proof",
    title="Ask for help with proof",
    lgsl=1,
    kind=Kind.REQUEST,
    topic=next(iter(Topic)),
    department="street-scene",
    pages=(
        ask(YesNo("sure", "Are you sure?", missing="Select yes if you are sure")),
        ask(Photos("photos", "Add photos", missing="Add a photo", optional=True, most=3)),
        ask(Files("proof", "Add proof of where you live", missing="Add a file", optional=True, most=3)),
    ),
    deliver=(To("street-scene", service_code="PROOF"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(5)),
    start=Start(need=(), minutes=2, next=()),
    keep_for=Years(1),
)
