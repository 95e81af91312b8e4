"""The site as it stands in its folder: what changes when anybody touches it, and its size."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True)
class Standing:
    """A site; its ``state`` is made of its files' names, their sizes, and when each was saved."""

    state: str
    pages: int
    size: int

    @classmethod
    def of(cls, site: Path) -> "Standing":
        """Look at the files below the folder ``site``, reading none; it need not be there."""
        state, pages, size = sha256(), 0, 0
        for name, stat in sorted(lying_below(str(site))):
            state.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode(errors="replace"))
            pages += name.endswith(".html")
            size += stat.st_size
        return cls(state.hexdigest(), pages, size)


def lying_below(folder: str, inside: str = "") -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files below a folder, by their paths from there, and how each stands."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from lying_below(entry.path, f"{inside}{entry.name}/")
        else:
            yield f"{inside}{entry.name}", entry.stat(follow_symlinks=False)
