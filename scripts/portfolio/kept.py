"""Files of the last site, taken over where the same would be made again.

A note beside the site says of each file what it was made from. It is believed as long as the engine
is the same and the file lies as it was left; without it everything is made anew.
"""

import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import fields, is_dataclass
from hashlib import sha256
from pathlib import Path
from stat import S_ISLNK
from typing import Any, Protocol

from portfolio import engine
from portfolio.files import add, write, writing
from portfolio.lock import FOLDER

NOTE = "made.json"
Made = tuple[str, list[object], Callable[[], bytes]]
"""Where a file of a site lies, what it is made from, and what makes it."""
Notes = dict[str, list[Any]]
"""Of each file what it was made from, what is told of it, and its signature."""


class Keep(Protocol):
    """Writes a file, or takes it over where it was ``made_from`` the same (`Kept.write`)."""

    def __call__(
        self, path: Path, made_from: Iterable[object], make: Callable[[], str | bytes]
    ) -> object:
        """Have at ``path`` what ``make`` gives."""


def anew(path: Path, made_from: Iterable[object], make: Callable[[], str | bytes]) -> None:  # noqa: ARG001
    """Write a file in any case."""
    write(path, make())


class Kept:
    """What the last site of the project at ``root`` holds, for the one in ``output``."""

    def __init__(self, root: Path, output: Path) -> None:
        self.output, self._note = output, root / FOLDER / NOTE
        self._put = write if output == root / "_site" else add
        self._begin, self._site = f"{output}{os.sep}", f"{root / '_site'}{os.sep}"
        self._engine = engine.state()
        self._last: Notes = self._read()
        self.notes: Notes = {}

    def write(
        self,
        path: Path,
        made_from: Iterable[object],
        make: Callable[[], str | bytes],
        *,
        told: Callable[[str], list[str]] = lambda _: [],
    ) -> list[str]:
        """Write what ``make`` gives to ``path``, unless it was ``made_from`` the same last time.

        Returns what is ``told`` of the text. What it is made from is bytes, text, records of such,
        or what `repr` shows in full.
        """
        place, key = str(path), digest(made_from)
        inside = place.removeprefix(self._begin)
        name, there = inside.replace(os.sep, "/"), self._site + inside
        last = self._last.get(name)
        if last and last[0] == key and last[2:] == _signature(there):
            self.notes[name] = last if _is_at(there, place) else [*last[:2], *_signature(place)]
            return list(last[1])
        content = make()
        said = told(content) if isinstance(content, str) else []
        self._put(path, content)
        self.notes[name] = [key, said, *_signature(place)]
        return list(said)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of a last site, so that all has to be made."""
        return not self._last

    def note(self, notes: Notes) -> None:
        """Take over what another process has noted of the files that it wrote."""
        self.notes |= notes

    def save(self) -> None:
        """Note what the site is made from."""
        write(self._note, json.dumps({"engine": self._engine, "files": self.notes}))

    def _read(self) -> Notes:
        try:
            note = json.loads(self._note.read_bytes())
            return dict(note["files"]) if note["engine"] == self._engine else {}
        except (OSError, ValueError, LookupError, TypeError):
            return {}


def _is_at(last: str, place: str) -> bool:
    """Have the last file at its new place, where a draft of it may lie; return if it is the same.

    Otherwise it is a copy, as on another disk, or one that knows no links.
    """
    if last == place:
        return True
    try:
        os.link(last, place)
    except OSError:
        path = Path(place)
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            with suppress(OSError):
                os.link(last, place)
        if not path.exists():
            write(path, Path(last).read_bytes())
            return False
    return True


def _signature(place: str) -> list[int]:
    """Return what changes whenever a file is written; nothing of a link, or where there is none."""
    try:
        stat = os.lstat(place)
    except OSError:
        return []
    return [] if S_ISLNK(stat.st_mode) else [stat.st_mtime_ns, stat.st_size, stat.st_ino]


def digest(values: Iterable[object]) -> str:
    """Return what stands for all that is made from these values."""
    state = sha256()
    for value in values:
        data = _bytes(value)
        state.update(b"%d:" % len(data))
        state.update(data)
    return state.hexdigest()


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode(errors="surrogatepass")
    if is_dataclass(value) and any(
        isinstance(getattr(value, f.name), bytes) for f in fields(value)
    ):
        parts = (getattr(value, field.name) for field in fields(value))
        return f"{type(value).__name__} {digest(parts)}".encode()
    return repr(value).encode(errors="surrogatepass")
