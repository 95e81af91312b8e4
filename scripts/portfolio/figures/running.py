"""Running many notebooks at a time, each in a kernel of its own, and telling how far they are.

A notebook is stored when its run is over, in one step; whatever ends a run earlier leaves it as it
was. One that fails holds up no other.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from portfolio import texts
from portfolio.figures.failures import RunError
from portfolio.figures.notebooks import read_notebook
from portfolio.figures.record import seconds_of
from portfolio.figures.runs import TIMEOUT, Step, executed, stop
from portfolio.files import UnwritableError, write
from portfolio.notebook import NoNotebookError
from portfolio.records.problems import ContentError, Problem

Execute = Callable[..., str]
"""Runs one notebook: see `runs.executed`."""
_PAUSE = 1
"""After so many seconds it is asked again how many may run."""


class Screen(Protocol):
    """Where a run tells how far it is."""

    def began(self, name: str, expected: float) -> None:
        """Tell that a notebook's run began, and how long it took last time (0: nobody knows)."""

    def stepped(self, name: str, done: int, count: int) -> None:
        """Tell that so many of its cells are done."""

    def ended(self, name: str, seconds: float, outcome: str) -> None:
        """Tell that its run is over, and how it went."""

    def said(self, line: str) -> None:
        """Tell something else."""


@dataclass(frozen=True)
class Pool:
    """What notebooks are run with: so many at a time, each cell within so many seconds."""

    jobs: int
    timeout: float = TIMEOUT
    execute: Execute = executed
    room: Callable[[], int] | None = None
    """How many may run just now, where that changes meanwhile, as workers come and go."""

    def run(self, paths: Sequence[Path], root: Path, screen: Screen) -> list[RunError]:
        """Run the notebooks, the longest first, and store them; return what stopped some."""
        expected = {path: last_seconds(path) for path in paths}
        waiting = deque(sorted(paths, key=lambda path: -expected[path]))
        failed: list[RunError] = []
        executor = ThreadPoolExecutor(max(1, min(self.jobs, len(paths))))
        futures: set[Future[str]] = set()
        try:
            while waiting or futures:
                while waiting and len(futures) < self._room():
                    path = waiting.popleft()
                    futures.add(executor.submit(self._run, path, root, screen, expected[path]))
                pause = _PAUSE if waiting and self.room else None
                done, futures = wait(futures, pause, return_when=FIRST_COMPLETED)
                for future in done:
                    failed += _failure(future)
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            stop()
            raise
        executor.shutdown()
        return sorted(failed, key=str)

    def _room(self) -> int:
        return max(1, min(self.jobs, self.room())) if self.room else self.jobs

    def _run(self, path: Path, root: Path, screen: Screen, expected: float) -> str:
        """Run one notebook and store it, unless somebody saved it meanwhile."""
        screen.began(path.stem, expected)
        started, outcome = time.monotonic(), "failed"
        try:
            before = path.read_bytes()
            step: Step = partial(screen.stepped, path.stem)
            text = self.execute(
                texts.decode(before).text, path, root, step=step, timeout=self.timeout
            )
            outcome = _store(path, root, text, before)
        except (NoNotebookError, UnwritableError, OSError) as error:
            what, remedy = f"it could not be run ({error})", "mend what it says, and run it again"
            line = error.line if isinstance(error, NoNotebookError) else 1
            shown = path.relative_to(root).as_posix()
            raise RunError(Problem(shown, line, path.stem, what, remedy)) from error
        finally:
            screen.ended(path.stem, time.monotonic() - started, outcome)
        return outcome


def named(slugs: Iterable[str], known: Iterable[Path]) -> list[Path]:
    """Return the notebooks of these names; raise ContentError if there is no such one."""
    there = {path.stem: path for path in known}
    slugs = list(slugs)
    problems = [
        Problem("notebooks", 1, slug, "there is no notebook of this name", "see what lies there")
        for slug in slugs
        if slug.removesuffix(".ipynb").removeprefix("notebooks/") not in there
    ]
    if problems:
        raise ContentError(*problems)
    wanted = (slug.removesuffix(".ipynb").removeprefix("notebooks/") for slug in slugs)
    return [there[slug] for slug in dict.fromkeys(wanted)]


def _store(path: Path, root: Path, text: str, before: bytes) -> str:
    if not path.is_file() or path.read_bytes() != before:
        shown = path.relative_to(root).as_posix()
        what = "it was saved while it ran, and stays as it was saved"
        raise RunError(Problem(shown, 1, path.stem, what, "run it again"))
    if text == texts.decode(before).text:
        return "same as before"
    write(path, text, over=before)
    return "done"


def _failure(future: "Future[str]") -> list[RunError]:
    error = future.exception()
    if error and not isinstance(error, RunError):
        raise error
    return [error] if isinstance(error, RunError) else []


def last_seconds(path: Path) -> float:
    """Return how long a notebook's last run took; 0 where nobody knows."""
    try:
        return float(seconds_of(read_notebook(path)))
    except ValueError:
        return 0.0
