"""Which files of a site the engine wrote, so that an upgrade touches none that the owner changed.

``.portfolio.json`` in the site holds a digest of each; line ends do not count in it, since git may
change them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any

from portfolio.files import write

FILE = ".portfolio.json"


class State(Enum):
    """How a file stands beside what this engine would write."""

    UP_TO_DATE = "up to date"
    OLD = "as an older engine wrote it"
    CHANGED = "changed by the owner"
    REMOVED = "removed by the owner"
    NEW = "not there yet"
    IN_THE_WAY = "the owner's own"


@dataclass(frozen=True)
class Written:
    """What the engine has written into a site: its version, and the digests of its files."""

    engine: str = ""
    digests: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def state(self, root: Path, path: str, wanted: bytes | None) -> State:
        """Return how the file at ``path`` stands; ``wanted`` is None for one no longer written."""
        there, known = root / path, self.digests.get(path)
        if not there.exists():
            return State.REMOVED if known else State.NEW
        found = digest(there.read_bytes())
        if wanted is not None and found == digest(wanted):
            return State.UP_TO_DATE
        if known is None:
            return State.IN_THE_WAY
        return State.OLD if found in known else State.CHANGED

    def save(self, root: Path) -> None:
        """Write the record into the site."""
        write(root / FILE, self.written())

    def written(self) -> bytes:
        """Return the record as it is kept."""
        files = {path: sorted(known) for path, known in sorted(self.digests.items())}
        text = json.dumps({"engine": self.engine, "files": files}, indent=1)
        return f"{text}\n".encode()


def load(root: Path) -> Written:
    """Return what the engine wrote into the site at ``root``; nothing if there is no record."""
    try:
        said: dict[str, Any] = json.loads((root / FILE).read_text(encoding="utf-8"))
        files = {str(path): frozenset(map(str, known)) for path, known in said["files"].items()}
        return Written(str(said["engine"]), files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Written()


def of(engine: str, files: Mapping[str, bytes]) -> Written:
    """Return the record of a site into which exactly ``files`` were written."""
    return Written(engine, {path: frozenset([digest(data)]) for path, data in files.items()})


def digest(data: bytes) -> str:
    """Return a digest of a file in which line ends do not count."""
    return sha256(data.replace(b"\r\n", b"\n")).hexdigest()
