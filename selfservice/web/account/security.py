"""The customer's second factors: an app, passkeys and recovery codes. Nobody changes any of them for them."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from selfservice.web.account import arriving
from selfservice.web.factors import pages
from selfservice.web.factors.room import Room
from selfservice.web.security import Who, open_to
from selfservice.web.standing import ACCOUNT

blueprint = Blueprint("account_security", __name__)

PATH = "/account/security"
ROOM = Room(ACCOUNT, PATH, arriving.council, prove="/account/prove", after=PATH)


@blueprint.get(PATH)
@open_to(Who.ACCOUNT, while_acting=False)
def show() -> ResponseReturnValue:
    """What is set up."""
    return pages.show(ROOM)


pages.install(blueprint, ROOM, open_to(Who.ACCOUNT, while_acting=False), pages.CHANGES)
