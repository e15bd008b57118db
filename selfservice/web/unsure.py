"""The page for an agent who would change what wants them to be more certain of who the customer is."""

from flask import Flask, Response

from selfservice.domain.people import Verification
from selfservice.domain.permissions import NotVerified
from selfservice.web.errors import Refused, refuse
from selfservice.web.languages import _


def install(app: Flask) -> None:
    """Answer with it wherever an operation wants more."""
    app.register_error_handler(NotVerified, _page)


def _page(unsure: NotVerified) -> Response:
    """What was typed is given back, to be sent again after the check."""
    return refuse(
        Refused(
            409,
            _("Do a full check first") if unsure.needs is Verification.FULL else _("Do a check first"),
            (
                _("Names, dates of birth, phone numbers and addresses are what we know people by.")
                if unsure.needs is Verification.FULL
                else _("This needs a basic check: two right answers, one of them neither name nor address."),
                _("Nothing was changed. Do the check in another tab, then come back and press “Try again”."),
            ),
            keeps_typed=True,
            link=(_("Check who they are"), "/desk/verify"),
        )
    )
