"""Telling how far a run of notebooks is: lines that stay, and in a terminal a few that change."""

import shutil
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Event, RLock, Thread
from typing import Self, TextIO

_MINUTE = 60
_PAUSE = 0.5


@dataclass
class _Run:
    """One notebook under way."""

    expected: float
    began: float
    done: int = 0
    count: int = 0


@dataclass
class Progress:
    """How far a run is; ``expected`` are the seconds that each notebook took last time."""

    expected: Mapping[str, float]
    jobs: int
    write: Callable[[str], None]
    terminal: TextIO | None = None
    _running: dict[str, _Run] = field(default_factory=dict)
    _over: dict[str, float] = field(default_factory=dict)
    _drawn: int = 0
    _lock: RLock = field(default_factory=RLock)
    _stop: Event = field(default_factory=Event)

    def __enter__(self) -> Self:
        if self.terminal:
            Thread(target=self._keep_drawing, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        with self._lock:
            self._wipe()

    def began(self, name: str, expected: float) -> None:
        """Show that a notebook's run began."""
        with self._lock:
            self._running[name] = _Run(expected, time.monotonic())
            if not self.terminal:
                last = f", {spoken(expected)} last time" if expected else ""
                self.said(f"{name}: begun{last}")
            self._draw()

    def stepped(self, name: str, done: int, count: int) -> None:
        """Show that so many of its cells are done."""
        with self._lock:
            run = self._running[name]
            run.done, run.count = done, count
            self._draw()

    def ended(self, name: str, seconds: float, outcome: str) -> None:
        """Show that its run is over, and how it went."""
        with self._lock:
            self._running.pop(name, None)
            self._over[name] = seconds
            still = self._still()
            more = f", {still}" if still and not self.terminal else ""
            place = f"[{len(self._over)}/{len(self.expected)}]"
            self.said(f"{place} {name}: {outcome} after {spoken(seconds)}{more}")

    def said(self, line: str) -> None:
        """Show a line that stays."""
        with self._lock:
            self._wipe()
            self.write(line)
            self._draw()

    def _still(self) -> str:
        """Return about how long all that is left will take; nothing where nobody can know."""
        known = {**{n: s for n, s in self.expected.items() if s}, **self._over}
        left = [name for name in self.expected if name not in self._over]
        if not left or not known:
            return ""
        usual = sum(known.values()) / len(known)
        now = time.monotonic()
        spent = {name: now - run.began for name, run in self._running.items()}
        each = [max(known.get(n, usual) - spent.get(n, 0), known.get(n, usual) / 20) for n in left]
        return f"about {spoken(max(*each, sum(each) / max(1, self.jobs)))} still"

    def _keep_drawing(self) -> None:
        while not self._stop.wait(_PAUSE):
            with self._lock:
                self._wipe()
                self._draw()

    def _lines(self) -> list[str]:
        now = time.monotonic()
        head = f"{len(self._over)} of {len(self.expected)} notebooks done"
        lines = [", ".join(filter(None, [head, self._still()]))]
        width = max(map(len, self._running), default=0)
        for name, run in self._running.items():
            cell = f"cell {run.done + 1} of {run.count}" if run.count else "starting"
            last = f" of about {spoken(run.expected)}" if run.expected else ""
            lines.append(f"  {name:{width}}  {cell:14}  {spoken(now - run.began)}{last}")
        room = shutil.get_terminal_size().columns - 1
        return [line[:room] for line in lines]

    def _draw(self) -> None:
        if self.terminal and not self._stop.is_set():
            self._wipe()
            lines = self._lines()
            self.terminal.write("".join(f"{line}\n" for line in lines))
            self.terminal.flush()
            self._drawn = len(lines)

    def _wipe(self) -> None:
        if self.terminal and self._drawn:
            self.terminal.write(f"\x1b[{self._drawn}F\x1b[J")
            self.terminal.flush()
            self._drawn = 0


def spoken(seconds: float) -> str:
    """Return a length of time as people say it."""
    whole = round(seconds)
    if whole < 2 * _MINUTE:
        return f"{whole} s"
    minutes, rest = divmod(whole, _MINUTE)
    return f"{minutes} min {rest:02} s" if minutes < 10 else f"{minutes} min"  # noqa: PLR2004


def terminal() -> TextIO | None:
    """Return where lines can be drawn anew; None where they could not be."""
    shows = sys.stderr.isatty() and sys.platform != "win32"
    return sys.stderr if shows else None
