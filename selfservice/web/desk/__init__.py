"""The desk: where agents take contacts, find and verify customers, and help them in the same forms."""

from flask import Blueprint

from selfservice.web.desk import (
    cannot,
    contact,
    creating,
    customer,
    finding,
    handing,
    home,
    nameless,
    sending_on,
    starting,
)

blueprints: tuple[Blueprint, ...] = (
    home.blueprint,
    starting.blueprint,
    finding.blueprint,
    customer.blueprint,
    cannot.blueprint,
    creating.blueprint,
    nameless.blueprint,
    contact.blueprint,
    handing.blueprint,
    sending_on.blueprint,
)
