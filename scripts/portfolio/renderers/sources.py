"""What a render read, to tell whether its pages show what lies there now."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from portfolio.inputs import content_of, digest_of, named


@dataclass(frozen=True)
class Sources:
    """The sources as they are before a render reads them."""

    root: Path
    signatures: Mapping[str, tuple[int, ...]]
    """Of each file what changes whenever it is saved, with the same content as well."""
    contents: Mapping[str, str]
    """What changes with what each holds."""
    day: str = ""
    """The day on which they were read, where pages ask for it."""
    seen: Mapping[str, Any] = field(default_factory=dict)
    """What else cells were seen to read, as `portfolio.renderers.memory.Memory.seen` tells it."""

    @classmethod
    def of(cls, root: Path) -> "Sources":
        """Look at the sources of the project at ``root``; what is saved while we look counts."""
        places = named(root)
        signatures = _signatures(places)
        return cls(root, signatures, {name: content_of(path) for name, path in places.items()})

    @cached_property
    def digest(self) -> str:
        """What changes with anything that the sources hold."""
        return digest_of(self.contents)

    def saved(self) -> set[str]:
        """Return what has been saved, added or removed since."""
        now = _signatures(named(self.root))
        changed = self.signatures.items() ^ now.items()
        return {name for name, _ in changed}


def _signatures(places: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for name, place in places.items():
        try:
            stat = os.stat(place)  # noqa: PTH116  a fifth of what a path made of it takes, for thousands
        except OSError:  # gone meanwhile
            continue
        signature = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
        found[name] = signature
    return found
