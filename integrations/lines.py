"""Lines to others over HTTP that tell whether a connection was made: if not, surely nothing was said."""

import ipaddress
import socket
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError


def guarded(allow_private: bool) -> requests.Session:
    """A session whose calls raise `NotConnected` where no connection was made.

    With `allow_private` it may reach private addresses too.
    """
    session = requests.Session()
    session.trust_env = False  # no proxies or passwords from the machine's environment
    # A kept connection may be closed by them while we send: an unknown outcome for nothing.
    session.headers["Connection"] = "close"
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Adapter(allow_private))
    return session


class NotConnected(Exception):
    """No connection was made, so not one byte of the request was said."""


class _Guarded:
    """Added to urllib3's connections: tells a failure to connect from a later one, refuses private peers."""

    sock: Any

    def _new_conn(self) -> socket.socket:
        sock: socket.socket = super()._new_conn()  # type: ignore[misc]
        # Names are resolved again here, so what was checked before counts for nothing: look at the real peer.
        if not self.allow_private and not public(sock.getpeername()[0]):  # type: ignore[attr-defined]
            sock.close()
            raise NotConnected("it resolves to a private address, which its options do not allow")
        return sock

    def connect(self) -> None:
        try:
            super().connect()  # type: ignore[misc]
        except NotConnected:
            raise
        except (HTTPError, OSError) as failed:
            raise NotConnected(_why(failed)) from failed


def public(address: str) -> bool:
    """Whether an address is one of the whole internet's, to which anybody may be sent."""
    told = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(told, "ipv4_mapped", None)
    told = mapped or told
    return told.is_global and not told.is_multicast


def _why(failed: BaseException) -> str:
    name = type(failed).__name__
    known = {
        "NameResolutionError": "its name is not known",
        "ConnectTimeoutError": "it did not answer in time",
        "NewConnectionError": "it refused the connection",
    }
    return known.get(name, f"no connection could be made ({name})")


def _pools(private: bool) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(_Guarded, HTTPConnection):
        allow_private = private

    class Secure(_Guarded, HTTPSConnection):
        allow_private = private

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


class _Adapter(HTTPAdapter):
    def __init__(self, allow_private: bool) -> None:
        self._allow_private = allow_private
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self._allow_private)
