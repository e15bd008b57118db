"""The desk: where agents take contacts, find and verify customers, and help them in the same forms."""

from flask import Blueprint

blueprints: tuple[Blueprint, ...] = ()
