"""Addresses that a public service has no business to send anybody to: this machine, its network."""

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit


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
    numbers = (str(each[4][0]).partition("%")[0] for each in found)
    return any(not ip_address(number).is_global for number in numbers)


def _server(address: str) -> tuple[str, str, int | None]:
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        port = None
    default = {"http": 80, "https": 443}.get(parts.scheme.lower())
    return parts.scheme.lower(), (parts.hostname or "").lower(), port or default
