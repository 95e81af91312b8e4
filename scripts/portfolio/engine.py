"""Which engine is at work: what it made is kept no longer than it, and what it runs on, stay."""

import os
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path

_PACKAGES = {"site-packages", "dist-packages"}
PACKAGE = Path(__file__).resolve().parent
_looked: ContextVar[list[str]] = ContextVar("looked")


@contextmanager
def looking_once() -> Iterator[None]:
    """Have `state` look once, for all that ask meanwhile in this thread."""
    token = _looked.set([])
    try:
        yield
    finally:
        _looked.reset(token)


def state() -> str:
    """Return what changes with the engine's files, which its developers do edit.

    It changes as well with Python, and whenever a package is installed, upgraded or removed.
    """
    known = _looked.get([])
    if not known:
        known.append(_state())
    return known[0]


def _state() -> str:
    state = sha256(sys.version.encode())
    for folder in _of_packages():
        state.update(f"{folder}\0{folder.stat().st_mtime_ns if folder.is_dir() else 0}\0".encode())
    for path, stat in sorted(_files(str(PACKAGE))):
        state.update(f"{path}\0{stat}\0".encode())
    return state.hexdigest()


def _of_packages() -> list[Path]:
    """Return the folders that packages lie in: this Python's, the user's, and the system's."""
    own = {Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")}
    return sorted(own | {path for path in map(Path, sys.path) if path.name in _PACKAGES})


def _files(folder: str) -> Iterator[tuple[str, str]]:
    """Yield each file below a folder, with what changes when it is saved."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(entry.path) if entry.name != "__pycache__" else ()
            else:
                stat = entry.stat()
                yield entry.path, f"{stat.st_mtime_ns}\0{stat.st_size}"
