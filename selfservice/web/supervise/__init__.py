"""For supervisors and auditors: the work that goes on, what it came to, and who looked at what."""

from flask import Blueprint

from selfservice.web.supervise import deciding, figures, live, patterns, record

blueprints: tuple[Blueprint, ...] = (
    live.blueprint,
    deciding.blueprint,
    figures.blueprint,
    patterns.blueprint,
    record.blueprint,
)
