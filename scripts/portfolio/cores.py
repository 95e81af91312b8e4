"""Work on thousands of things, shared among the cores of this machine.

Each share is done in a fork of this process, where that is sound: on Linux, and while no other
thread runs. Elsewhere, and where a fork fails, this process does the share itself.
"""

import os
import pickle
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TypeVar

Thing = TypeVar("Thing")
Done = TypeVar("Done")

FEW = 200
"""So many things are done by one process, before another is worth its while."""
_DIES_WITH_PARENT = 1
_THREADS = Path("/proc/self/task")


def shared(
    work: Callable[[Sequence[Thing]], Done], things: Sequence[Thing], *, few: int = FEW
) -> list[Done]:
    """Return what ``work`` gives for each share of ``things``, in order.

    What it gives has to be picklable; what else it changes in memory is lost.
    """
    count = min(_forks(), max(1, len(things) // few))
    bounds = [len(things) * number // count for number in range(count + 1)]
    own, *others = (things[bounds[n] : bounds[n + 1]] for n in range(count))
    forks: list[_Fork] = []
    try:
        with suppress(OSError):  # no more processes are to be had
            forks.extend(_Fork(partial(work, share)) for share in others)
        done = [work(own)]
        for fork, share in zip_longest(forks, others):
            answer = fork.answer() if fork else None
            done.append(work(share) if answer is None else pickle.loads(answer))  # noqa: S301  ours
    finally:
        for fork in forks:
            fork.end()
    return done


if sys.platform == "linux":  # elsewhere nobody asks for one

    class _Fork:
        """A process that does a share, and the pipe through which it answers."""

        def __init__(self, work: Callable[[], object]) -> None:
            self._pipe, theirs = os.pipe()
            parent = os.getpid()
            try:
                self._process = os.fork()
            except OSError:
                os.close(self._pipe)
                os.close(theirs)
                raise
            if not self._process:
                _work(work, theirs, parent)
            os.close(theirs)

        def answer(self) -> bytes | None:
            """Return its answer, once it is done; None where it failed, for whatever reason."""
            with os.fdopen(self._pipe, "rb", closefd=False) as pipe:
                said = pipe.read()
            _, status = os.waitpid(self._process, 0)
            self._process = 0
            return said if said and not status else None

        def end(self) -> None:
            """End it, unless it has answered."""
            os.close(self._pipe)
            if self._process:
                with suppress(ProcessLookupError):
                    os.kill(self._process, signal.SIGKILL)
                os.waitpid(self._process, 0)

    def _work(work: Callable[[], object], pipe: int, parent: int) -> None:
        """Be the fork: answer through the pipe and end, no later than the parent."""
        status = 1
        try:
            from ctypes import CDLL  # noqa: PLC0415  seldom needed

            CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
            if os.getppid() == parent:
                with os.fdopen(pipe, "wb") as answer:
                    pickle.dump(work(), answer)
                status = 0
        finally:
            os._exit(status)


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _forks() -> int:
    """Return how many processes may share work: one where forking is not sound."""
    is_sound = sys.platform == "linux" and len(list(_THREADS.iterdir())) == 1
    return cores() if is_sound else 1
