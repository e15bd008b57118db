"""What there is to pay for a request, told from its prices and answers."""

from decimal import Decimal
from typing import Any

from forms.kit.conditions import Answers
from forms.kit.service import Price, Service
from forms.kit.written import pounds
from selfservice.domain.marking import gettext_noop


def to_pay(service: Service, answers: Answers) -> int:
    """What these answers come to, in pence. `answers` are those on the path alone (`journey.kept`)."""
    return sum(due(price, answers) for price in service.prices)


def due(price: Price, answers: Answers) -> int:
    """What one price comes to, in pence; 0 where it does not apply."""
    if price.when is not None and not price.when.holds(answers):
        return 0
    if price.each is None:
        return price.pence
    return price.pence * max(_number(price, answers.get(price.each)) - price.beyond, 0)


def _number(price: Price, counted: Any) -> int:
    """How many the price counts: a number itself, or those added that it is for."""
    if not isinstance(counted, list):
        return int(counted or 0)
    added = [one for one in counted if price.only is None or price.only.holds(one)]
    return len(added) if price.number is None else sum(int(one.get(price.number) or 0) for one in added)


def in_pounds(pence: int) -> str:
    """Pence as GOV.UK writes them: £42, £42.50; nothing to pay is "Nothing"."""
    return pounds(Decimal(pence) / 100) if pence else gettext_noop("Nothing")
