"""The port that a preview is asked to use."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from socket import SO_REUSEADDR, SOL_SOCKET, socket

from portfolio.renderers import RenderError

HERE = "127.0.0.1"
_LARGEST = 65535
_ANY = "PORT=0 takes any that is free"


def read_port(said: str) -> int:
    """Return the port that somebody named, 0 for any; raise RenderError where it is none."""
    try:
        port = int(said or "0")
    except ValueError:
        port = -1
    if not 0 <= port <= _LARGEST:
        what = f"it is no port: use a number up to {_LARGEST}"
        raise RenderError(f"PORT={said}: {what}; {_ANY}")
    return port


def free_port(port: int) -> int:
    """Return the port, or for 0 one that is free; raise RenderError where nobody may have it."""
    with listening(port), socket() as probe:
        probe.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        probe.bind((HERE, port))
        return int(probe.getsockname()[1])


@contextmanager
def listening(port: int) -> Iterator[None]:
    """Say in a line why nobody can listen to the port, where that is so: a RenderError."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            said = "another program uses it: end that, or choose another port"
        elif error.errno in {errno.EACCES, errno.EPERM}:
            said = "only administrators may use it: choose one above 1023"
        else:
            said = f"it cannot be used ({error.strerror or error}): choose another one"
        raise RenderError(f"PORT={port}: {said}; {_ANY}") from error
