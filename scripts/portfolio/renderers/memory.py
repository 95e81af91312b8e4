"""What cells of pages gave, remembered for as long as all that they read stays the same.

Cells may read anything. Files of the project count for all of them, but for sources of pages and
what only style is made of, which count for the cells that opened them. So do files elsewhere and
variables of the environment that they were seen to read, and the day where they ask for the time.
Where cells started another program, everything counts.
"""

import json
import re
import sys
import sysconfig
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from portfolio import engine
from portfolio.commit import commit_of
from portfolio.engine import PACKAGE
from portfolio.files import write
from portfolio.inputs import content_of, digest_of, is_input
from portfolio.lock import FOLDER
from portfolio.renderers.source import Page
from portfolio.renderers.sources import Sources

CACHE = Path(FOLDER) / "cells"
READ_NO = {".qmd", ".html", ".css", ".js"}
_OF_TIME = re.compile(r"\b(?:today|now|utcnow|localtime|gmtime|time|ctime)\(")
_OURS = "PORTFOLIO_"
_NOT_WATCHED = {
    *map(Path, ("/dev", "/proc", "/sys")),
    PACKAGE,
    *(Path(prefix).resolve() for prefix in (sys.prefix, sys.base_prefix)),
    *(Path(place).resolve() for place in sysconfig.get_paths().values()),
}


@dataclass(frozen=True)
class Memory:
    """What is remembered of the project at ``root``, whose cells get these ``variables``."""

    root: Path
    variables: Mapping[str, str]
    sources: Sources
    """All that the project holds, before cells are run."""
    used: set[Path] = field(default_factory=set)

    @cached_property
    def context(self) -> str:
        """What stands for all that counts for every cell."""
        contents = digest_of(self.sources.contents, without=READ_NO)
        return f"{contents} {commit_of(self.root)} {engine.state()}"

    def shows(self, page: Page, lang: str) -> bool:
        """Have a page show what its cells gave; return False where that may be otherwise now."""
        remembered = self.recall(page, lang)
        if remembered is not None:
            page.show(remembered)
        return remembered is not None

    def recall(self, page: Page, lang: str) -> list[Any] | None:
        """Return what the cells of a page gave; None where that may be otherwise now."""
        file = self._file(page, lang)
        try:
            known = json.loads(file.read_bytes())
            return list(known["outputs"]) if self.holds(known["seen"]) else None
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def keep(self, page: Page, lang: str, outputs: list[Any], seen: Mapping[str, Any]) -> None:
        """Remember what the cells of a page gave, and what they were ``seen`` to read."""
        files = {name: self._state(Path(name)) for name in seen.get("files", ())}
        names = [name for name in seen.get("variables", ()) if not name.startswith(_OURS)]
        noted = {
            "files": {name: state for name, state in files.items() if state},
            "variables": {name: self.variables.get(name) for name in names},
            "all": self.sources.digest if seen.get("started", True) else "",
        }
        write(self._file(page, lang), json.dumps({"outputs": outputs, "seen": noted}))

    def seen(self) -> dict[str, dict[str, Any]]:
        """Return the files and variables that the cells of this build were seen to read."""
        found: dict[str, dict[str, Any]] = {"files": {}, "variables": {}}
        for file in self.used:
            with suppress(OSError, ValueError):
                noted = json.loads(file.read_bytes())["seen"]
                for kind, known in found.items():
                    known.update(noted[kind])
        return found

    def holds(self, seen: Mapping[str, Any]) -> bool:
        """Return whether all that cells were seen to read is as it was."""
        files, variables = seen.get("files", {}), seen.get("variables", {})
        return (
            all(self._state(Path(name)) == state for name, state in files.items())
            and all(self.variables.get(name) == said for name, said in variables.items())
            and seen.get("all", "") in {"", self.sources.digest}
        )

    def forget_others(self) -> None:
        """Forget what this build has not used."""
        for file in {*(self.root / CACHE).glob("*")} - self.used:
            file.unlink(missing_ok=True)

    def _file(self, page: Page, lang: str) -> Path:
        day = today() if asks_for_time(page) else ""
        key = json.dumps([page.path, page.sources, self.context, lang, day])
        file = self.root / CACHE / f"{sha256(key.encode()).hexdigest()}.json"
        self.used.add(file)
        return file

    def _state(self, path: Path) -> str:
        """Return what changes with a file or folder; nothing where it counts for all cells."""
        watched = (place for place in _NOT_WATCHED if not self.root.is_relative_to(place))
        if any(path.is_relative_to(place) for place in watched):
            return ""
        if path.is_relative_to(self.root):
            if path == self.root or (is_input(path, self.root) and path.suffix not in READ_NO):
                return ""
            if path.is_dir():
                return f"lists {sorted(entry.name for entry in path.iterdir())}"
            return f"holds {content_of(path)}"
        try:
            stat = path.stat()
        except OSError:
            return "is not there"
        return f"is {stat.st_mtime_ns} {stat.st_size} {stat.st_ino}"


def asks_for_time(page: Page) -> bool:
    """Return whether cells of the page ask what time it is, of which the day is remembered."""
    return any(map(_OF_TIME.search, page.sources))


def today() -> str:
    """Return the day that it is here."""
    return datetime.now().astimezone().date().isoformat()
