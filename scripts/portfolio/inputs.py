"""Telling whether anything that a site is made from has changed."""

import os
import posixpath
import re
import sys
import time
from collections.abc import Callable, Container, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from portfolio.content import is_name, places

_NOT_INPUTS = ("_site", "tests", "node_modules", "__pycache__")
_APART = re.compile(rf"(?:.*/)?(?:{'|'.join(_NOT_INPUTS)}|[^/]*\.egg-info)(?:/.*)?", re.DOTALL)
_TICK = 2_000_000_000
"""Nanoseconds within which some file systems know no before and after."""
SHORT_TICK = 20_000_000
"""The same for what we write ourselves, and nobody saves again at once."""
_MOST = 200_000
"""As many files are known, in some megabytes."""
_known: dict[tuple[int, int], tuple[tuple[int, int], int, str]] = {}
"""What files held, with what changes whenever they are saved."""


def digest(root: Path, *, without: Container[str] = (), tick: int = _TICK) -> str:
    """Return a hash of the files below ``root`` that a render may read, and of this Python.

    Hidden files, caches and tests do not count; of files whose suffix is in ``without`` only the
    name does.
    """
    contents = {
        name: "" if posixpath.splitext(name)[1] in without else content_of(place, tick=tick)
        for name, place in named(root).items()
    }
    return digest_of(contents)


def digest_of(contents: Mapping[str, str], *, without: Container[str] = ()) -> str:
    """Return what `digest` does, of files by their names and what each holds (`content_of`)."""
    state = sha256(sys.version.encode())
    for name, content in contents.items():
        told = "" if posixpath.splitext(name)[1] in without else content
        state.update(f"{name}\0{told}\0".encode())
    return state.hexdigest()


def name_of(path: Path | str, root: Path) -> str:
    """Return the path of a file below ``root`` from there, fast enough for thousands."""
    return str(path)[len(str(root)) :].lstrip(os.sep).replace(os.sep, "/")


def inputs(root: Path) -> list[Path]:
    """Return the files below ``root`` that a render may read, in order."""
    return list(map(Path, named(root).values()))


def named(root: Path) -> dict[str, str]:
    """Return where the `inputs` lie, by their paths from ``root``."""
    found = ((name_of(place, root), place) for place in places(root, root, apart=_NOT_INPUTS))
    return {name: place for name, place in found if not _APART.fullmatch(name)}


def is_input(path: Path, root: Path) -> bool:
    """Return whether a render may read what lies, or lay, at ``path``: by its name alone."""
    return _is_input(path.relative_to(root).parts)


def _is_input(parts: Sequence[str]) -> bool:
    return all(map(is_name, parts)) and not _APART.fullmatch("/".join(parts))


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


def content_of(path: Path | str, *, tick: int = _TICK) -> str:
    """Return a hash of what a file holds, nothing of one that has gone meanwhile.

    It is not read again while nobody saves it, wherever it is moved. What was saved a ``tick``
    before it was read may be saved once more at what the system takes for the same time, and is
    read again.
    """
    try:
        stat = os.stat(path)  # noqa: PTH116  a fifth of what a path made of it takes, for thousands
        place, times = (stat.st_dev, stat.st_ino), (stat.st_mtime_ns, stat.st_ctime_ns)
        known = _known.get(place)
        if known and known[:2] == (times, stat.st_size):
            return known[2]
        now, found = time.time_ns(), sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return ""
    if len(_known) > _MOST:
        _known.clear()
    if now - max(times) > tick:
        _known[place] = times, stat.st_size, found
    else:
        _known.pop(place, None)
    return found
