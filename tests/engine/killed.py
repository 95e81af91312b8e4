"""Work that is done in a copy of this process, and killed before one of its calls to the system."""

import os
import signal
import warnings

CALLS = ("link", "replace", "rename", "unlink", "mkdir", "rmdir")
"""The calls by which files come, go and move: between two of them a disk shows something else."""


def forked(work, steps: int | None = None) -> bool:
    """Do ``work`` in a copy of this process, killed after so many calls; return if it was."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the copy uses none of our threads
        process = os.fork()
    if process:
        return os.WIFSIGNALED(os.waitpid(process, 0)[1])
    try:
        if steps is not None:
            count(steps)
        work()
    finally:
        os._exit(0)


def count(steps: int, calls=CALLS) -> None:
    """Have this process kill itself before the next of the ``calls`` after ``steps`` of them."""
    left = iter(range(steps))

    def counted(function):
        def stepping(*arguments, **options):
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **options)

        return stepping

    for name in calls:
        setattr(os, name, counted(getattr(os, name)))
