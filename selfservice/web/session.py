"""What this request came to, and from where: the installation, the council, the browser and its network."""

import hashlib
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import cast

from flask import current_app, request, session

from selfservice.domain.council import Council
from selfservice.installation import Installation
from selfservice.web.security import nonce


def installation() -> Installation:
    """The installation that this application serves."""
    return cast(Installation, current_app.extensions["selfservice"])


def holder() -> str:
    """What the visitor's drafts are kept under: a hash of their browser's secret, so that a copy of the
    database opens nobody's draft. A browser without a secret gets one."""
    if "visitor" not in session:
        session["visitor"] = nonce()
        session.permanent = True
    if request.method == "POST":
        session.modified = True  # the cookie lives on for as long as the draft that was just changed
    return hashlib.sha256(str(session["visitor"]).encode()).hexdigest()


def council_here() -> Council | None:
    """The council in the address of this request, if there is such a one."""
    slug = (request.view_args or {}).get("council")
    return installation().councils.get(slug) if isinstance(slug, str) else None


def address() -> str:
    """The visitor's network address for limits: of IPv6 the first half, which one home or phone has."""
    told = request.remote_addr or ""
    try:
        read = ip_address(told)
    except ValueError:
        return told
    if isinstance(read, IPv4Address):
        return str(read)
    return str(read.ipv4_mapped or IPv6Network((int(read) >> 64 << 64, 64)))
