"""Which engine is at work: what it made is kept no longer than it, and what it runs on, stay."""

import sys
import sysconfig
from hashlib import sha256
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_MADE = {".pyc"}


def state() -> str:
    """Return what changes with the engine's files, which its developers do edit.

    It changes as well with Python, and whenever a package is installed, upgraded or removed.
    """
    state = sha256(sys.version.encode())
    for name in ("purelib", "platlib"):
        folder = Path(sysconfig.get_path(name))
        state.update(f"{folder}\0{folder.stat().st_mtime_ns if folder.is_dir() else 0}\0".encode())
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix not in _MADE and path.is_file():
            stat = path.stat()
            name = path.relative_to(PACKAGE).as_posix()
            state.update(f"{name}\0{stat.st_mtime_ns}\0{stat.st_size}\0".encode())
    return state.hexdigest()
