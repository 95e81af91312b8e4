"""What a program takes: the processor's seconds, the clock's, and the memory at its peak."""

import math
import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_PAUSE = 0.1
_MEBI = 1024 * 1024


@dataclass(frozen=True)
class Cost:
    """Seconds of all processes together, seconds of the clock, and mebibytes at the peak."""

    cpu: float
    wall: float
    memory: float

    def __str__(self) -> str:
        return f"{self.cpu:8.2f} {self.wall:8.2f} {self.memory:8.0f}"


def run(command: Sequence[str], folder: Path, variables: Mapping[str, str]) -> Cost:
    """Run a program with all that it starts; raise RuntimeError, with its words, if it fails."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    watcher = _Watcher(process.pid)
    said, _ = process.communicate()
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    watcher.stop()
    if process.returncode not in {0, 1}:  # of `check`, with problems
        raise RuntimeError(f"{command[0]} failed: {said[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, wall, watcher.peak / _MEBI)


def exponent(few: int, cost_of_few: float, many: int, cost_of_many: float) -> float:
    """Return the power of the size with which a cost grows."""
    return math.log(cost_of_many / cost_of_few) / math.log(many / few)


class _Watcher:
    """Looks again and again how much memory a process has, with all that it started.

    What several of them share counts once (PSS).
    """

    def __init__(self, process: int) -> None:
        self.peak = 0
        self._process = psutil.Process(process)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(_PAUSE):
            try:
                family = [self._process, *self._process.children(recursive=True)]
            except psutil.Error:
                return
            self.peak = max(self.peak, sum(map(_memory, family)))


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except (psutil.Error, AttributeError):
        return 0
