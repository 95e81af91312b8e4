"""What was once made of the same bytes by the same code, kept in the project for the next build."""

from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from portfolio.files import UnwritableError, write

FOLDER = Path(".portfolio") / "made"
MOST = 20_000
"""Of more than these the oldest are let go."""


def remembered(
    root: Path | None,
    make: Callable[[bytes], bytes],
    data: bytes,
    *,
    of: Callable[..., Any] | None = None,
) -> bytes:
    """Return ``make(data)``, from the project at ``root`` if it was made there before.

    ``make`` is a function of a module and gives the same bytes for the same bytes. It is known by
    its name and by the text of its module, and of that of the function that it is made ``of``.
    Without a root, or where nobody may write, nothing is kept.
    """
    if root is None:
        return make(data)
    known = sha256(make.__qualname__.encode())
    for function in (make, of or make):
        known.update(b"\0%s\0" % Path(function.__code__.co_filename).read_bytes())
    known.update(data)
    path = root / FOLDER / known.hexdigest()
    try:
        return path.read_bytes()
    except OSError:
        made = make(data)
        with suppress(UnwritableError):
            write(path, made)
        return made


def forget_oldest(root: Path) -> None:
    """Let go of what was made longest ago, where that is a great deal."""
    folder = root / FOLDER
    files = list(folder.iterdir()) if folder.is_dir() else []
    if len(files) > MOST:
        for path in sorted(files, key=lambda path: path.stat().st_mtime)[: len(files) - MOST // 2]:
            path.unlink(missing_ok=True)
