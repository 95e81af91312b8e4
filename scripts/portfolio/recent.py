"""What was made last, in memory: of texts, as much as their letters allow, or under a name."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Any, TypeVar

Made = TypeVar("Made")


def recent(most: int) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """Have a function of texts give again what it gave, for the last texts of ``most`` letters.

    What it gives is given to all who ask, so that nobody may change it.
    """

    def remembering(make: Callable[..., Made]) -> Callable[..., Made]:
        known: OrderedDict[tuple[str | bytes, ...], Made] = OrderedDict()
        held = 0
        lock = Lock()

        @wraps(make)
        def once(*texts: str | bytes) -> Made:
            nonlocal held
            with lock:
                if texts in known:
                    known.move_to_end(texts)
                    return known[texts]
            made, size = make(*texts), sum(map(len, texts))
            with lock:
                if texts not in known and size <= most:
                    known[texts] = made
                    held += size
                while held > most:
                    oldest, _ = known.popitem(last=False)
                    held -= sum(map(len, oldest))
            return made

        return once

    return remembering


class Alike:
    """Has things that equal those of last time be those, with all that they have found out.

    Of more than ``most`` it forgets all.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[Hashable, Any] = {}

    def known(self, name: Hashable, new: Made) -> Made:
        """Return what had this ``name`` last time if the ``new`` one equals it, else that."""
        last: Made | None = self._known.get(name)
        if last is not None and last == new:
            return last
        if len(self._known) >= self._most:
            self._known.clear()
        self._known[name] = new
        return new


class Again:
    """What was made last under each name, for as long as its cause is the same.

    What it gives is given to all who ask, so that nobody may change it, nor its cause.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[Any, Any]] = {}

    def __call__(self, name: str, cause: object, make: Callable[[], Made]) -> Made:
        """Return what ``make`` gives, or gave under that ``name`` for an equal ``cause``."""
        known = self._known.get(name)
        if known is None or known[0] != cause:
            self._known[name] = known = cause, make()
        made: Made = known[1]
        return made
