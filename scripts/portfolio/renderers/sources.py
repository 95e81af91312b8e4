"""What a render read, to tell whether its pages show what lies there now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portfolio.inputs import digest, inputs, name_of


@dataclass(frozen=True)
class Sources:
    """The sources as they are before a render reads them."""

    root: Path
    signatures: Mapping[str, tuple[int, ...]]
    """Of each file what changes whenever it is saved, with the same content as well."""
    digest: str
    day: str = ""
    """The day on which they were read, where pages ask for it."""
    seen: Mapping[str, Any] = field(default_factory=dict)
    """What else cells were seen to read, as `portfolio.renderers.memory.Memory.seen` tells it."""

    @classmethod
    def of(cls, root: Path) -> "Sources":
        """Look at the sources of the project at ``root``; what is saved while we look counts."""
        return cls(root, _signatures(root), digest(root))

    def saved(self) -> set[str]:
        """Return what has been saved, added or removed since."""
        now = _signatures(self.root)
        changed = self.signatures.items() ^ now.items()
        return {name for name, _ in changed}


def _signatures(root: Path) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for path in inputs(root):
        try:
            stat = path.stat()
        except OSError:  # gone meanwhile
            continue
        signature = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
        found[name_of(path, root)] = signature
    return found
