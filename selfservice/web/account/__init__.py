"""My Account: signing up and in, and all that a customer sees and changes of their own."""

from flask import Blueprint

from selfservice.web.account import (
    checking,
    claiming,
    elsewhere,
    keeping,
    leaving,
    linking,
    messages,
    overview,
    passkey_sign_in,
    profile,
    proving,
    resetting,
    second_factor,
    security,
    sessions,
    sign_in_details,
    signing_in,
    signing_up,
)

blueprints: tuple[Blueprint, ...] = (
    signing_up.blueprint,
    signing_in.blueprint,
    checking.blueprint,
    linking.blueprint,
    resetting.blueprint,
    proving.blueprint,
    sessions.blueprint,
    sign_in_details.blueprint,
    elsewhere.blueprint,
    second_factor.blueprint,
    security.blueprint,
    passkey_sign_in.blueprint,
    overview.blueprint,
    profile.blueprint,
    keeping.blueprint,
    claiming.blueprint,
    leaving.blueprint,
    messages.blueprint,
)
