"""An OpenID provider as the configuration names it, and the two ways in which signing in by it can fail."""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

SCOPES = ("openid", "email", "profile")


class SignInFailed(Exception):
    """Nobody is signed in by this answer. Words for a log; `denied` when the person said no over there."""

    def __init__(self, words: str, *, denied: bool = False) -> None:
        super().__init__(words)
        self.denied = denied


class ProviderAway(Exception):
    """The provider cannot be asked just now, or does not serve us; the person is not to blame. Words for a log."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Where people have an account by which they may sign in here.

    `name` is a slug, `label` what its button says. `issuer` is the address that it gives as its own, to the letter.
    Without a `client_secret` we are a public client. `groups_claim` names the claim that lists a person's groups
    ("" where none is read). `trusts_email`: an e-mail address that it calls verified counts as proven here.
    We speak to the issuer's host and to `more_hosts` ("host" or "host:port") alone; those may stand on a private
    network only where `allow_private` says so, or where the issuer is this machine itself.
    """

    name: str
    label: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: tuple[str, ...] = SCOPES
    groups_claim: str = ""
    trusts_email: bool = False
    more_hosts: tuple[str, ...] = ()
    allow_private: bool = False


def secure(address: str) -> bool:
    """Whether an address is https, or plain http on this machine itself; without a name, a password or a fragment."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or port == 0 or "@" in parts.netloc or parts.fragment or not _plain(address):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and loopback(host))


def place_of(parts: SplitResult) -> str:
    """ "host:port" of an address, the port also where it is the scheme's own."""
    return f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def loopback(host: str) -> bool:
    """Whether a host's name is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _plain(address: str) -> bool:
    """Whether every reader takes an address apart in the same way: nothing but printable ASCII, and no backslash."""
    return address.isascii() and address.isprintable() and not set(address) & set(' \\<>"')
