"""Telling whether anything that a site is made from has changed."""

import os
import sys
import time
from collections.abc import Callable, Container, Sequence
from hashlib import sha256
from pathlib import Path

from portfolio.content import files, is_name

_NOT_INPUTS = {"_site", "tests", "node_modules", "__pycache__"}
_TICK = 2_000_000_000
"""Nanoseconds within which some file systems know no before and after."""
_known: dict[Path, tuple[tuple[int, ...], str]] = {}
"""What files held, with what changes whenever they are saved."""


def digest(root: Path, *, without: Container[str] = ()) -> str:
    """Return a hash of the files below ``root`` that a render may read, and of this Python.

    Hidden files, caches and tests do not count; of files whose suffix is in ``without`` only the
    name does.
    """
    state = sha256(sys.version.encode())
    for path in inputs(root):
        content = "" if path.suffix in without else content_of(path)
        state.update(f"{path.relative_to(root).as_posix()}\0{content}\0".encode())
    return state.hexdigest()


def inputs(root: Path) -> list[Path]:
    """Return the files below ``root`` that a render may read, in order."""
    found = files(root, root, apart=_NOT_INPUTS)
    return sorted(path for path in found if _is_input(path.parts[len(root.parts) :]))


def is_input(path: Path, root: Path) -> bool:
    """Return whether a render may read what lies, or lay, at ``path``: by its name alone."""
    return _is_input(path.relative_to(root).parts)


def _is_input(parts: Sequence[str]) -> bool:
    return all(map(is_name, parts)) and not any(
        part in _NOT_INPUTS or part.endswith(".egg-info") for part in parts
    )


def watched(root: Path) -> Callable[[object, str], bool]:
    """Return the filter by which a watcher of the project passes on the saves of inputs.

    Watchers follow links to folders, which may lead round in a circle, and tell one way to a file
    of all that there are: it counts where it lies.
    """
    home = root.resolve()

    def passes(_: object, path: str) -> bool:
        saved = Path(os.path.realpath(Path(path).parent), Path(path).name)
        return saved.is_relative_to(home) and is_input(saved, home)

    return passes


def content_of(path: Path) -> str:
    """Return a hash of what a file holds, nothing of one that has gone meanwhile.

    It is not read again while nobody saves it. What was saved just before it was read may be saved
    once more at what the system takes for the same time, and is read again.
    """
    try:
        stat = path.stat()
        signature = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino, stat.st_dev)
        known = _known.get(path)
        if known and known[0] == signature:
            return known[1]
        now, found = time.time_ns(), sha256(path.read_bytes()).hexdigest()
    except OSError:
        _known.pop(path, None)
        return ""
    if now - max(signature[:2]) > _TICK:
        _known[path] = signature, found
    else:
        _known.pop(path, None)
    return found
