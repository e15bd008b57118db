"""How `selfservice staff` and `selfservice customer` are told what to do.

The doing is apart, so that no other command waits for its libraries.
"""

from argparse import ArgumentParser

STAFF = {
    "list": "list every member of staff, with their roles and whether they have a second factor",
    "add": "add one, and send an invitation by which they choose a password",
    "invite": "have one begin anew by another invitation, without their password and second factors",
    "roles": "give one these roles and no others",
    "disable": "shut one out at once, wherever they are signed in",
    "enable": "let one in again",
    "code": "in a demonstration alone: print the code of now of a fictional one's app",
}

CUSTOMER = {
    "restrict": "let agents open this record only with a supervisor's approval",
    "open": "let agents open it as any other",
    "staff": "say that they are a member of staff: no agent helps them, and they help nobody of their household",
}


def add_customer_arguments(name: str, parser: ArgumentParser) -> None:
    """Let the sub-command with this name be told whom it is about; `do` is what it is called."""
    parser.set_defaults(do=name)
    parser.add_argument(
        "customer", help="the id that stands in the record, or the e-mail address of the customer"
    )
    if name == "staff":
        parser.add_argument("email", help="by which they sign in to work")


def add_arguments(name: str, parser: ArgumentParser) -> None:
    """Let the sub-command with this name be told what it needs; `do` is what it is called."""
    parser.set_defaults(do=name)
    if name == "add":
        parser.add_argument("name", help="what customers are told, such as “Ada Wold”")
    if name != "list":
        parser.add_argument("email", help="by which they sign in")
    if name in ("add", "roles"):
        words = "agent@boston, or supervisor@* for every council; as often as need be"
        parser.add_argument("--role", action="append", default=[], metavar="ROLE@COUNCIL", help=words)
    if name in ("add", "invite"):
        parser.add_argument("--print-link", action="store_true", help="print the link of the invitation too")
