"""Processes that run a page's cells (``shell.py``): forked from a warm one, or started alone."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import IO

from portfolio import children

FORKS = sys.platform == "linux"
"""Whether processes are forked; on macOS, libraries of the system do not survive that."""
_SHELL = (sys.executable, "-P", str(Path(__file__).with_name("shell.py")))


@dataclass(eq=False)
class Worker:
    """A process that does one job, at the other end of two streams of lines."""

    jobs: IO[bytes]
    answers: IO[bytes]
    _end: Callable[[], object]
    _leave: Callable[[], object]
    ended: bool = field(default=False, init=False)

    def end(self) -> None:
        """End it, with all that it started."""
        self.ended = True
        with suppress(OSError):
            self._end()

    def close(self) -> None:
        """Leave it to its end."""
        for stream in (self.jobs, self.answers):
            with suppress(OSError):
                stream.close()
        self._leave()


class Warm:
    """A process that has imported ``modules`` already, and forks one for each job.

    Before that it calls, in ``folder``, the function ``ready`` (``module:function``) of one of
    them, if it has that: what it keeps in memory, each job finds there.
    """

    def __init__(
        self, modules: Sequence[str], variables: Mapping[str, str], *, ready: str, folder: Path
    ) -> None:
        self._door, theirs = socket.socketpair()
        self._lock = Lock()
        with theirs:
            command = [*_SHELL, str(theirs.fileno()), ready, *modules]
            self._process = children.start(
                command,
                cwd=folder,
                env=variables,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def fork(self) -> Worker:
        """Return a process for one job; it ends at once where none can be had."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock, suppress(OSError):
            socket.send_fds(self._door, [b"1"], [theirs.fileno()])
        lines = ours.makefile("rb"), ours.makefile("wb")
        group = json.loads(lines[0].readline() or "{}").get("pid", 0)
        return Worker(lines[1], lines[0], lambda: _kill(group), ours.close)

    def close(self) -> None:
        """End the process, and those that it forked."""
        self._door.close()
        self._process.wait()


def alone(variables: Mapping[str, str]) -> Worker:
    """Return a process of its own for one job."""
    process = children.start(
        _SHELL,
        env=variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if process.stdin is None or process.stdout is None:  # which pipes never are
        raise OSError
    end = process.kill if os.name == "nt" else lambda: _kill(process.pid)
    return Worker(process.stdin, process.stdout, end, process.wait)


def _kill(group: int) -> None:
    """Kill a group of processes."""
    if group and os.name != "nt":
        os.killpg(group, signal.SIGKILL)
