"""What a service costs: told before anybody begins, and what these answers come to before they are sent."""

from typing import Any

from forms.kit.paying import due, in_pounds, to_pay
from forms.kit.service import Service
from selfservice.web.begun import Begun
from selfservice.web.languages import _


def price_list(service: Service) -> list[tuple[str, str]]:
    """What each thing is, and what it costs, such as "Each more" and "£5 each"."""
    return [
        (
            price.words,
            _("%(price)s each", price=in_pounds(price.pence)) if price.each else _pounds(price.pence),
        )
        for price in service.prices
    ]


def to_pay_on(begun: Begun) -> dict[str, Any] | None:
    """What there is to pay, in all and for each thing; None where nothing has a price."""
    service, kept = begun.service, begun.way.kept
    if not service.prices:
        return None
    parts = [(price.words, due(price, kept)) for price in service.prices]
    return {
        "parts": [(words, _pounds(pence)) for words, pence in parts if pence],
        "total": _pounds(to_pay(service, kept)),
    }


def _pounds(pence: int) -> str:
    return _(in_pounds(pence))
