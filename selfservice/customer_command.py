"""What `selfservice customer` does: restricts a record, opens it again, and says who is of staff."""

import sys
from argparse import Namespace

from selfservice import clock
from selfservice.command_database import opened
from selfservice.operations import restricting
from selfservice.operations.restricting import NoSuchCustomer, NoSuchMember, OfSomebodyElse
from selfservice.settings import Misconfigured, Settings

DONE = {
    "restrict": "Agents open the record of {} with a supervisor's approval alone.",
    "open": "Agents open the record of {} as any other.",
    "staff": "{} is a member of staff: no agent helps them, and they help nobody of their own household.",
}


def run(settings: Settings, told: Namespace) -> int:
    """Do what was told (`told.do`). Raises `Misconfigured` with what is wrong with it."""
    try:
        with opened(settings) as database, database.write() as session:
            if told.do == "staff":
                who = restricting.connect_to_staff(session, told.customer, told.email, clock.now())
            else:
                restricted = told.do == "restrict"
                who = restricting.restrict(session, told.customer, clock.now(), restricted=restricted)
    except NoSuchCustomer:
        raise Misconfigured(
            [f"there is not one customer with the id or e-mail address {told.customer}"]
        ) from None
    except NoSuchMember:
        raise Misconfigured([f"no member of staff has the address {told.email}"]) from None
    except OfSomebodyElse:
        raise Misconfigured([f"{told.email} has another record as a customer already"]) from None
    sys.stdout.write(DONE[told.do].format(who) + "\n")
    return 0
