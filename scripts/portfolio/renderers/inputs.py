"""Telling whether anything that a site is made from has changed."""

import sys
from collections.abc import Container
from hashlib import sha256
from pathlib import Path

_NOT_INPUTS = {"_site", "tests", "node_modules", "__pycache__"}


def digest(root: Path, *, without: Container[str] = ()) -> str:
    """Return a hash of the files below ``root`` that a render may read, and of this Python.

    Hidden files, caches and tests do not count; of files whose suffix is in ``without`` only the
    name does.
    """
    state = sha256(sys.version.encode())
    for path in sorted(_inputs(root)):
        content = b"" if path.suffix in without else path.read_bytes()
        name = path.relative_to(root).as_posix()
        state.update(f"{name}\0{len(content)}\0".encode() + content)
    return state.hexdigest()


def _inputs(folder: Path) -> list[Path]:
    found: list[Path] = []
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name.startswith(".") or path.name in _NOT_INPUTS or path.suffix == ".egg-info":
            continue
        found += _inputs(path) if path.is_dir() else [path]
    return found
