"""What open pages of a preview are told: whether they are old, and what is wrong."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Condition

from portfolio.inputs import SHORT_TICK, content_of

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
        self._files = self._read()

    def renew(self, fault: str) -> None:
        """Tell open pages what came of a render: a fault, or a changed site."""
        before, self._files = self._files, self._read()
        changed = {name for name, _ in before.items() ^ self._files.items()}
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

    def _read(self) -> dict[str, str]:
        """Return a digest of each file of the site."""
        found: dict[str, str] = {}
        for path in filter(Path.is_file, self.folder.rglob("*")):
            found[path.as_posix()] = content_of(path, tick=SHORT_TICK)
        return found
