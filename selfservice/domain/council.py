"""A council on this installation, as its TOML file declares it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

EVERY_SERVICE = "all"
# What addresses of the product begin with, and what stands for all councils: no council can be called so.
RESERVED = frozenset(
    {
        "account", "callbacks", "desk", "handover", "health", "metrics", "partnership", "photos", "progress", "return",
        "staff", "static", "stay", "styleguide", "supervise",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contacts:
    """How to reach the council without a form."""

    phone: str
    hours: str
    email: str
    office: str


@dataclass(frozen=True, slots=True)
class Landmark:
    """A named place drawn on the map when there are no tiles; EPSG:27700 metres."""

    name: str
    easting: int
    northing: int


@dataclass(frozen=True, slots=True)
class ConnectorChoice:
    """A connector the council has chosen: its name here, its kind, and that kind’s options, unchecked."""

    name: str
    kind: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Council:
    """A council: who it is, how it looks, what it offers and to whom it passes things on.

    `gss_code` is the ONS code of its district; `prefix` begins its references. `services` are slugs in the
    order shown, or EVERY_SERVICE alone, less those in `without`. `overrides` holds the council's own words for each
    service, by service slug. `routes` says which connector serves a department ("street-scene" -> connector name).
    `boundary`, `wards` and `addresses` name files.
    """

    slug: str
    name: str
    prefix: str
    gss_code: str
    colour: str
    contacts: Contacts
    website: str
    privacy_url: str
    email_from: str
    services: tuple[str, ...]
    centre: Landmark
    landmarks: tuple[Landmark, ...] = ()
    overrides: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    connectors: Mapping[str, ConnectorChoice] = field(default_factory=dict)
    routes: Mapping[str, str] = field(default_factory=dict)
    boundary: str | None = None
    wards: str | None = None
    addresses: str | None = None
    without: tuple[str, ...] = ()
