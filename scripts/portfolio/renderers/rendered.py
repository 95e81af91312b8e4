"""What open pages of a preview are told: whether they are old, and what is wrong."""

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from threading import Condition

from portfolio.inputs import SHORT_TICK, content_of
from portfolio.renderers.standing import lying_below

_SILENCE = 15
"""Seconds after which an open page is written to, to find out whether it is still there."""


@dataclass(frozen=True)
class State:
    """What open pages go by: they reload, change their style, or show a fault.

    A page that knows another ``run`` of the preview is old, whatever it counted.
    """

    run: str
    pages: int = 0
    styles: int = 0
    fault: str = ""


class Rendered:
    """The site as it was rendered last, and who waits for the next time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = State(secrets.token_hex(4))
        self._changed = Condition()
        self._files: dict[str, tuple[object, str]] = {}
        self._files = self._read()

    def renew(self, fault: str) -> None:
        """Tell open pages what came of a render: a fault, or a changed site."""
        before, self._files = self._files, self._read()
        said = [
            {(name, held) for name, (_, held) in some.items()} for some in (before, self._files)
        ]
        changed = {name for name, _ in said[0] ^ said[1]}
        styles = {name for name in changed if name.endswith(".css")}
        last = self.state
        pages, sheets = last.pages + bool(changed - styles), last.styles + bool(styles)
        with self._changed:
            self.state = State(last.run, pages, sheets, fault)
            self._changed.notify_all()

    def states(self) -> Iterator[State | None]:
        """Yield the state now and whenever it changes; None where nothing happens for a while."""
        yield (known := self.state)
        while True:
            with self._changed:
                if self.state is known:
                    self._changed.wait(_SILENCE)
                news = self.state if self.state is not known else None
            known = news or known
            yield news

    def _read(self) -> dict[str, tuple[object, str]]:
        """Return of each file of the site how it stands, and a digest of what it holds.

        What stands as it did is not read again, although it lies in a new folder by now, unless
        it was just being written.
        """
        found: dict[str, tuple[object, str]] = {}
        for name, stat in lying_below(str(self.folder)):
            if not S_ISREG(stat.st_mode):
                continue
            last, held = self._files.get(name, (None, ""))
            stands = stat.st_mtime_ns, stat.st_size, stat.st_ino
            if last != stands:
                now, held = time.time_ns(), content_of(self.folder / name, tick=SHORT_TICK)
                stands = stands if now - stat.st_mtime_ns > SHORT_TICK else (0, 0, 0)
            found[name] = stands, held
        return found
