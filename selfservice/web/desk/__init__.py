"""The desk: where agents take contacts, find and verify customers, and help them in the same forms."""

from flask import Blueprint

from selfservice.web.desk import cannot, contact, creating, customer, finding, home, nameless, starting

blueprints: tuple[Blueprint, ...] = (
    home.blueprint,
    starting.blueprint,
    finding.blueprint,
    customer.blueprint,
    cannot.blueprint,
    creating.blueprint,
    nameless.blueprint,
    contact.blueprint,
)
