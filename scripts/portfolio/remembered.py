"""What was once made of the same bytes by the same code, kept in the project for the next build."""

import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

from portfolio import engine
from portfolio.files import UnwritableError, write

FOLDER = Path(".portfolio") / "made"
MOST = 20_000
"""Of more than these the oldest are let go."""


def remembered(root: Path | None, make: Callable[[bytes], bytes], data: bytes) -> bytes:
    """Return ``make(data)``, from the project at ``root`` if it was made there before.

    ``make`` is a function of a module and gives the same bytes for the same bytes. It is known by
    its name, and what it made goes with the engine. Without a root, or where nobody may write,
    nothing is kept.
    """
    if root is None:
        return make(data)
    return _recalled(root, f"{make.__module__}.{make.__qualname__}", data, partial(make, data))


def remembered_text(root: Path, name: str, cause: str, make: Callable[[], str]) -> str:
    """Return what ``make`` gives, from the project if something of that name had the same cause.

    The ``cause`` changes whenever what is made may.
    """
    return _recalled(root, name, cause.encode(), lambda: make().encode()).decode()


def _recalled(root: Path, name: str, data: bytes, make: Callable[[], bytes]) -> bytes:
    path = root / FOLDER / sha256(f"{name} {_engine()}\0".encode() + data).hexdigest()
    try:
        os.utime(path)
        return path.read_bytes()
    except OSError:
        made = make()
        with suppress(UnwritableError):
            write(path, made)
        return made


@cache
def _engine() -> str:
    return engine.state()


def forget_oldest(root: Path) -> None:
    """Let go of what was used longest ago, where that is a great deal."""
    folder = root / FOLDER
    files = list(folder.iterdir()) if folder.is_dir() else []
    if len(files) > MOST:
        for path in sorted(files, key=lambda path: path.stat().st_mtime)[: len(files) - MOST // 2]:
            path.unlink(missing_ok=True)
