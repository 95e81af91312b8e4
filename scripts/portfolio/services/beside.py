"""Work done side by side that waits for others, and is left behind by whoever cannot wait."""

from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_LOOK = 0.2
"""Seconds after which a key that interrupts is looked for, which a queue on Windows is deaf to."""


def side_by_side(work: Callable[[T], R], some: Iterable[T], *, most: int) -> list[R]:
    """Return what ``work`` gives of each, in their order, ``most`` of them at once.

    Raises what the first of them raises. Nothing waits for the others then, or after Ctrl-C.
    """
    todo: SimpleQueue[tuple[int, T]] = SimpleQueue()
    done: SimpleQueue[tuple[int, list[R], BaseException | None]] = SimpleQueue()
    for numbered in enumerate(some):
        todo.put(numbered)
    count = todo.qsize()

    def labour() -> None:
        while True:
            try:
                number, each = todo.get_nowait()
            except Empty:
                return
            try:
                done.put((number, [work(each)], None))
            except BaseException as error:  # noqa: BLE001  it is raised where it is waited for
                done.put((number, [], error))

    for _ in range(min(most, count)):
        Thread(target=labour, daemon=True).start()
    found: dict[int, R] = {}
    while len(found) < count:
        try:
            number, gives, error = done.get(timeout=_LOOK)
        except Empty:
            continue
        if error:
            raise error
        found[number] = gives[0]
    return [found[number] for number in range(count)]
