"""The warden of a process's children, run as a program: it waits for its parent's last word."""

import os
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psutil

MARK = "PORTFOLIO_RUN"
"""The environment's variable that holds the marks of a process and of those that started it."""
DONE = b"done"
_SWEEPS, _PAUSE = 50, 0.1


def main(mark: str) -> None:
    """Wait until the parent has ended; unless it said that all is done, end what has its mark."""
    if sys.stdin.buffer.read() != DONE:
        end_marked(mark)


def end_marked(mark: str) -> None:
    """End every process that carries ``mark``.

    A process that is just being started shows its mark late, so nobody is there only if nobody is
    there twice.
    """
    quiet = 0
    for _ in range(_SWEEPS):
        found = list(_marked(mark))
        for process in found:
            _kill(process)
        quiet = 0 if found else quiet + 1
        if quiet > 1:
            return
        time.sleep(_PAUSE)


def _marked(mark: str) -> Iterator["psutil.Process"]:
    import psutil  # noqa: PLC0415  seldom needed, and the warden starts with every verb

    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and mark in process.environ().get(MARK, "").split():
                yield process
        except (psutil.Error, OSError):  # ended by now, or none of ours
            continue


def _kill(process: "psutil.Process") -> None:
    import psutil  # noqa: PLC0415

    try:
        process.kill()
    except psutil.Error:
        return


if __name__ == "__main__":
    main(sys.argv[1])
