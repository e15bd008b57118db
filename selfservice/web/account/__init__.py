"""My Account: signing up and in, and all that a customer sees and changes of their own."""

from flask import Blueprint

blueprints: tuple[Blueprint, ...] = ()
