"""Where staff sign in, apart from residents, and look after their own second factors."""

from flask import Blueprint

from selfservice.web.staff import elsewhere, home, passwords, second_factor, security, set_up, sign_in

blueprints: tuple[Blueprint, ...] = (
    sign_in.blueprint,
    passwords.blueprint,
    second_factor.blueprint,
    set_up.blueprint,
    security.blueprint,
    elsewhere.blueprint,
    home.blueprint,
)
