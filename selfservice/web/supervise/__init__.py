"""For supervisors and auditors: the work that goes on, what it came to, and who looked at what."""

from flask import Blueprint

blueprints: tuple[Blueprint, ...] = ()
