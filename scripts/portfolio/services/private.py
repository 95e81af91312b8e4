"""Addresses that a public service has no business to send anybody to: this machine, its network.

A name may stand for another number each time that it is asked for. So what a redirection leads to
is looked at twice: before, since a proxy may be what connects, and once connected, before a word
is said. Addresses are read as those read them who connect.
"""

import socket
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

Server = tuple[str, str, int | None]
_PORTS = {"http": 80, "https": 443}
_AT_HOME = (".localhost", ".local", ".internal", ".lan", ".home", ".corp", ".home.arpa")
"""Ends of names that stand for nothing outside a network."""
_TRANSLATED = ip_network("64:ff9b::/96")
"""Where the numbers of old networks are in the new one (RFC 6052)."""


class PrivateError(Exception):
    """A connection would lead to this machine or into its network."""


def server_of(address: str) -> Server:
    """Return the scheme, the host and the port that an address leads to; no host if to none."""
    try:
        parts = parse_url(address)
    except LocationParseError:
        return "", "", None
    scheme = (parts.scheme or "").lower()
    return scheme, (parts.host or "").lower(), parts.port or _PORTS.get(scheme)


def same_place(one: str, other: str) -> bool:
    """Whether two addresses lie on one server."""
    return server_of(one) == server_of(other)


def is_private_name(address: str) -> bool:
    """Whether what an address says lies on this machine or in a private network, asking nobody."""
    host = server_of(address)[1].strip("[]").rstrip(".")
    try:
        return _is_ours(host)
    except ValueError:
        plain = f".{host}"
        return bool(host) and ("." not in host or plain.endswith(_AT_HOME))


def is_private(address: str) -> bool:
    """Whether an address lies on this machine or in a private network, by its name or number."""
    host = server_of(address)[1].strip("[]")
    if not host or is_private_name(address):
        return bool(host)
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # asking it will say so, or a proxy knows it
        return False
    return any(_is_ours(str(each[4][0])) for each in found)


class Outward(HTTPAdapter):
    """Connects to public numbers alone, whatever names stand for; raises PrivateError.

    The server that is ``home`` may be private, and then stays so: one that was public may not
    become private.
    """

    def __init__(self, home: Server | None = None) -> None:
        self._home = home
        self._at_home: bool | None = None
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Have connections looked at that go to no proxy."""
        super().init_poolmanager(*args, **options)
        adapter = self

        class Connection(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return adapter.looked_at(super()._new_conn(), ("http", self.host, self.port))

        class SafeConnection(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return adapter.looked_at(super()._new_conn(), ("https", self.host, self.port))

        class Pool(HTTPConnectionPool):
            ConnectionCls = Connection

        class SafePool(HTTPSConnectionPool):
            ConnectionCls = SafeConnection

        self.poolmanager.pool_classes_by_scheme = {"http": Pool, "https": SafePool}

    def looked_at(self, connected: socket.socket, server: Server) -> socket.socket:
        """Return a connection to a server that may be talked to; raise PrivateError if not."""
        ours = _is_ours(str(connected.getpeername()[0]))
        if server == self._home:
            self._at_home = ours if self._at_home is None else self._at_home
            ours = ours and not self._at_home
        if ours:
            connected.close()
            raise PrivateError
        return connected


def _is_ours(number: str) -> bool:
    """Whether a number is one of this machine or its network; raise ValueError if it is none."""
    found = ip_address(number.partition("%")[0])
    if isinstance(found, IPv6Address) and found in _TRANSLATED:
        found = ip_address(found.packed[-4:])
    return not found.is_global
