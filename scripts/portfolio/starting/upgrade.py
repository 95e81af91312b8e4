"""Moving a site to another engine: the pin, the lock, and the files that are the engine's.

A file that the owner changed, removed or had before stays as it is, and the difference is shown.
Content is never among them. All files are replaced or none, with the record of what the engine
wrote.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from packaging.version import InvalidVersion, Version

from portfolio.journal import change
from portfolio.refusal import Refusal
from portfolio.shipped import NEWS, version
from portfolio.starting import owned, pin, starter
from portfolio.starting.owned import State

_LEFT = {State.CHANGED, State.REMOVED, State.IN_THE_WAY}
_SECTION = re.compile(r"^## (?P<version>\S+)\n+(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Plan:
    """What an upgrade of the site at ``root`` does: files by path, and how each stands."""

    root: Path
    before: owned.Written
    wanted: Mapping[str, bytes | None]
    states: Mapping[str, State]
    pinned: pin.Pin | None
    wants: pin.Pin

    @property
    def replaced(self) -> dict[str, bytes]:
        """The files that are written anew."""
        fresh = {State.OLD, State.NEW}
        return {p: d for p, d in self.wanted.items() if d is not None and self.states[p] in fresh}

    @property
    def dropped(self) -> list[str]:
        """The files that the engine no longer has, where they are as it wrote them."""
        gone = {path for path, data in self.wanted.items() if data is None}
        return sorted(path for path in gone if self.states[path] is State.OLD)

    @property
    def left(self) -> dict[str, State]:
        """The files that the engine would write otherwise, and that are the owner's by now."""
        return {
            path: state
            for path, state in self.states.items()
            if state in _LEFT and self.wanted[path] is not None
        }

    @property
    def moves_the_pin(self) -> bool:
        """Whether the site names another engine than it will."""
        return self.pinned is not None and self.pinned.requirement != self._pin.requirement

    @property
    def is_nothing(self) -> bool:
        """Whether the site is as this engine would have it."""
        return not (self.replaced or self.dropped or self.moves_the_pin)

    @property
    def _pin(self) -> pin.Pin:
        return self.wants if self.pinned is None else pin.alike(self.wants, self.pinned)

    def carry_out(self) -> None:
        """Replace the files, move the pin and note what the engine has written: all or nothing."""
        ours = {path: data for path, data in self.wanted.items() if data is not None}
        kept = {path: data for path, data in ours.items() if path not in self.left}
        files: dict[str, bytes | Path | None] = {**self.replaced, **dict.fromkeys(self.dropped)}
        if self.pinned and self.moves_the_pin:
            text = (self.root / pin.FILE).read_bytes().decode(errors="surrogateescape")
            moved = pin.moved(text, self._pin)
            files[pin.FILE] = moved.encode(errors="surrogateescape")
        after = owned.of(version(), kept)
        theirs = {
            path: known | {owned.digest(self.wanted[path] or b"")}
            for path, known in self.before.digests.items()
            if self.states[path] in _LEFT
        }
        noted = replace(after, digests={**after.digests, **theirs})
        change(self.root, files | {owned.FILE: noted.written()})

    def lines(self) -> Iterator[str]:
        """Yield what is done, left and new, a line or a block each."""
        if self.moves_the_pin and self.pinned:
            yield f"{pin.FILE}: {self.pinned.requirement} -> {self._pin.requirement}"
        yield from (f"{path}: {_doing(self.states[path])}" for path in sorted(self.replaced))
        yield from (f"{path}: removed, the engine no longer has it" for path in self.dropped)
        for path, state in sorted(self.left.items()):
            yield f"{path}: left alone: {state.value}"
            if owned.digest(self.wanted[path] or b"") not in self.before.digests.get(path, ()):
                yield from self._difference(path)

    def _difference(self, path: str) -> Iterator[str]:
        """Yield how the owner's file differs from the engine's new one, as `diff -u` says it."""
        there = self.root / path
        if path == starter.LOCK_FILE:
            yield "  it holds packages of your own: `portfolio lock` makes it anew"
        if path == starter.LOCK_FILE or not there.exists():
            return
        mine = there.read_text(encoding="utf-8", errors="replace").splitlines()
        ours = (self.wanted[path] or b"").decode(errors="replace").splitlines()
        names = (f"yours/{path}", f"the engine's/{path}")
        said = difflib.unified_diff(mine, ours, *names, n=2, lineterm="")
        yield from (f"  {line}" for line in said)


def plan(root: Path, wants: pin.Pin | None = None) -> Plan:
    """Return what brings the site at ``root`` to the engine that is running.

    Raises Refusal if the folder is no site that an engine was pinned for, or a newer one wrote it.
    """
    before = owned.load(root)
    pinned = pin.read(root)
    if pinned is None:
        remedy = f"add the line that `portfolio new` writes, such as quarto-portfolio=={version()}"
        raise Refusal(root / pin.FILE, "it names no engine", remedy)
    if _newer(before.engine, version()):
        what = f"engine {before.engine} wrote its files, and this is {version()}"
        raise Refusal(root, what, "use that engine, or a newer one")
    wanted: dict[str, bytes | None] = dict.fromkeys(before.digests)
    wanted |= starter.of_the_engine()
    states = {path: before.state(root, path, data) for path, data in sorted(wanted.items())}
    return Plan(root, before, wanted, states, pinned, wants or pin.of_this_engine())


def news(since: str) -> str:
    """Return what every version after ``since`` brought, the newest first."""
    sections = _SECTION.finditer(NEWS.read_text(encoding="utf-8"))
    return "\n".join(
        f"{found['version']}\n{found['text'].strip()}\n"
        for found in sections
        if not since or _newer(found["version"], since)
    )


def _newer(one: str, other: str) -> bool:
    try:
        return Version(one) > Version(other)
    except InvalidVersion:
        return False


def _doing(state: State) -> str:
    return "written anew" if state is State.OLD else "added"
