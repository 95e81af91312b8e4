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
        known: OrderedDict[tuple[str, ...], Made] = OrderedDict()
        held = 0
        lock = Lock()

        @wraps(make)
        def once(*texts: str) -> Made:
            nonlocal held
            with lock:
                if texts in known:
                    known.move_to_end(texts)
                    return known[texts]
            made = make(*texts)
            with lock:
                held += 0 if texts in known else sum(map(len, texts))
                known[texts] = made
                while held > most and len(known) > 1:
                    oldest, _ = known.popitem(last=False)
                    held -= sum(map(len, oldest))
            return made

        return once

    return remembering
