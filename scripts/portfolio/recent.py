"""What was made of the texts met last, in memory: so much of it as their letters allow."""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TypeVar

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
