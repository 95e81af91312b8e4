"""What services answered, kept in the project with its age and the marks of its state.

All of it may be deleted at any time; no key of anybody's is in it.
"""

import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from portfolio.files import UnwritableError, write

FOLDER = Path(".portfolio") / "asked"
_LONGEST = 180 * 86_400
"""How many seconds an answer is kept that nobody asks for again."""


@dataclass(frozen=True)
class Kept:
    """An answer as it is kept: what is told of it, how many seconds ago it was heard, its bytes."""

    head: Mapping[str, Any]
    age: float
    body: bytes


@dataclass(frozen=True)
class Memory:
    """Keeps answers below ``root`` under the name of what was asked; without a root, none."""

    root: Path | None = None
    now: Callable[[], float] = time.time

    def recall(self, name: str) -> Kept | None:
        """Return what was answered last, or None where that is not known or cannot be read."""
        if self.root is None:
            return None
        try:
            said, _, body = self._path(self.root, name).read_bytes().partition(b"\n")
            head = json.loads(said)
            return Kept(head, max(0.0, self.now() - float(head["heard"])), body)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, name: str, body: bytes, head: Mapping[str, Any] | None = None) -> None:
        """Keep an answer as heard now; where nothing can be written nothing is kept."""
        if self.root is None:
            return
        said = json.dumps({**(head or {}), "heard": self.now()}, sort_keys=True).encode()
        with suppress(UnwritableError):
            write(self._path(self.root, name), said + b"\n" + body)

    def forget_oldest(self) -> None:
        """Let go of what was heard longest ago."""
        folder = self.root / FOLDER if self.root else None
        for path in folder.iterdir() if folder and folder.is_dir() else ():
            with suppress(OSError):
                if self.now() - path.stat().st_mtime > _LONGEST:
                    path.unlink()

    @staticmethod
    def _path(root: Path, name: str) -> Path:
        return root / FOLDER / sha256(name.encode()).hexdigest()
