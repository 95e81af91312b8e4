"""Addresses that a public service has no business to send anybody to: this machine, its network.

A name may stand for another number each time that it is asked for. So what a redirection leads to
is looked at twice: before, since a proxy may be what connects, and once connected, before a word
is said.
"""

import socket
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class PrivateError(Exception):
    """A connection would lead to this machine or into its network."""


def same_place(one: str, other: str) -> bool:
    """Whether two addresses lie on one server."""
    return _server(one) == _server(other)


def is_private(address: str) -> bool:
    """Whether an address lies on this machine or in a private network, by its name or number."""
    host = urlsplit(address).hostname or ""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # asking it will say so, or a proxy knows it
        return False
    return any(_is_ours(str(each[4][0])) for each in found)


class Outward(HTTPAdapter):
    """Connects to public numbers alone, whatever names stand for; raises PrivateError."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Have connections looked at that go to no proxy."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SafePool}


def _looked_at(connected: socket.socket) -> socket.socket:
    if _is_ours(str(connected.getpeername()[0])):
        connected.close()
        raise PrivateError
    return connected


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _looked_at(super()._new_conn())


class _SafeConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _looked_at(super()._new_conn())


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SafePool(HTTPSConnectionPool):
    ConnectionCls = _SafeConnection


def _is_ours(number: str) -> bool:
    return not ip_address(number.partition("%")[0]).is_global


def _server(address: str) -> tuple[str, str, int | None]:
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        port = None
    default = {"http": 80, "https": 443}.get(parts.scheme.lower())
    return parts.scheme.lower(), (parts.hostname or "").lower(), port or default
