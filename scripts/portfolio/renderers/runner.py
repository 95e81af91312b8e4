"""Runs the cells of pages: in a warm process where that can be, else in a kernel."""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any, Self

from portfolio import engine
from portfolio.environment import environment
from portfolio.renderers import kernel
from portfolio.renderers.imports import is_engine, shared
from portfolio.renderers.worker import FORKS, Warm, Worker, alone

LANGUAGE, PAGE = "PORTFOLIO_LANG", "PORTFOLIO_PAGE"
"""The variables by which cells find the language of their page, and its name in its folder."""
_OF_A_KERNEL = re.compile(r"\b(?:await|async|asyncio|ipywidgets|input|getpass|gui)\b")
"""What asks for a kernel's event loop, for its widgets, or for somebody who types."""
_LAST = {"outputs", "error", "kernel"}
"""The answers after which a page's process has nothing more to say."""
_GRACE = 5
"""Seconds that it has then to end of itself, in which threads of its cells may keep it."""
_SETTINGS = ("ipython_config.*", "ipython_kernel_config.*", "startup/*.py", "startup/*.ipy")


Parts = Callable[[Sequence[tuple[Sequence[str], Path, str]], str], list[list[Any] | None]]
"""From cells, folder and language of each page, and what changes with all that those cells may read
but sources of pages, to their outputs, or None where it takes a shell."""
Step = Callable[[Path, Path], None]
"""What a script of the engine does for a project and the folder of its site."""


class Runner:
    """Runs cells with the variables of the project at ``root``; closing it ends them all.

    Where cells import its module, the function ``ready`` (``module:function``) may get ready in
    memory what they all need, once for all. In this process itself, for as long as nobody edits the
    engine, cells run that ``parts`` knows, and the ``steps`` of scripts, by what these hold.
    """

    def __init__(
        self,
        root: Path,
        *,
        ready: str = "",
        parts: Parts = lambda pages, _: [None for _ in pages],
        steps: Mapping[bytes, Step] | None = None,
    ) -> None:
        self.root = root
        self._parts, self._steps = parts, steps or {}
        self._engine = engine.state()
        self._ready = ready
        self.variables = environment(root)
        self._warm: Warm | None = None
        self._serves: object = None
        self._working: set[Worker] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the cells that still run, and the warm process."""
        for worker in list(self._working):
            worker.end()
        if self._warm:
            self._warm.close()
        self._warm = None

    def parts(
        self, pages: Iterable[tuple[str, Sequence[str], str]], context: str
    ) -> dict[str, list[Any]]:
        """Return the outputs of those pages whose cells take no shell, and no memory either.

        Of each page come its path from the project's root, its cells and its language; the
        ``context`` is that of `portfolio.renderers.memory.Memory`.
        """
        if self._engine != engine.state():
            return {}
        asked = {
            path: (sources, folder, lang)
            for path, sources, lang in pages
            if is_engine({self.root / "scripts", folder := (self.root / path).parent})
        }
        given = zip(asked, self._parts(list(asked.values()), context), strict=True)
        return {path: outputs for path, outputs in given if outputs is not None}

    def step(self, script: Path) -> Step | None:
        """Return what does in this process what the script does, if anything."""
        step = self._steps.get(script.read_bytes()) if self._steps else None
        return step if step and self._engine == engine.state() else None

    def prepare(self, sources: Iterable[str], folders: Iterable[Path]) -> None:
        """Have a process ready that has imported what these cells import, in these folders."""
        if FORKS:
            modules = shared(sources, {self.root / "scripts", *folders})
            serves = modules, engine.state()
            if not self._warm or serves != self._serves:
                self.close()
                self._warm, self._serves = self._started(modules), serves

    def run(
        self,
        sources: Sequence[str],
        folder: Path,
        *,
        seconds: float,
        told: Mapping[str, str] | None = None,
    ) -> tuple[list[Any], Mapping[str, Any]]:
        """Return the outputs of each cell, run in turn in ``folder``, and what they read.

        Of a kernel nothing is known of that. What cells are ``told`` they find in variables, such
        as ``PORTFOLIO_LANG``.

        Raises `portfolio.renderers.kernel.CellError` for the cell that failed, or that took more
        than ``seconds``.
        """
        variables = dict(told or {})
        if not any(map(_OF_A_KERNEL.search, sources)) and not _is_set_up():
            with self._worker() as worker:
                job = {"folder": str(folder), "cells": sources, "variables": variables}
                answers = _converse(worker, job, seconds)
            if answers is not None:
                return list(answers["outputs"]), answers["seen"]
        variables = {**self.variables, **variables}
        return kernel.run(sources, folder, variables=variables, seconds=seconds), {}

    def _started(self, modules: Sequence[str]) -> Warm:
        return Warm(modules, self.variables, ready=self._ready, folder=self.root)

    @contextmanager
    def _worker(self) -> Iterator[Worker]:
        worker = self._warm.fork() if self._warm else alone(self.variables)
        self._working.add(worker)
        try:
            yield worker
        finally:
            self._working.discard(worker)
            worker.close()


def _converse(worker: Worker, job: dict[str, Any], seconds: float) -> dict[str, Any] | None:
    """Return the outputs of the job's cells and what they read; None where they need a kernel."""
    number, timer = -1, Timer(0, worker.end)
    answers: dict[str, Any] = {}
    try:
        worker.jobs.write(json.dumps(job).encode() + b"\n")
        worker.jobs.flush()
        for line in worker.answers:
            answers = json.loads(line)
            timer.cancel()
            number = answers.get("started", number)
            timer = Timer(_GRACE if _LAST & answers.keys() else seconds, worker.end)
            timer.start()
    except OSError:
        answers = {}
    finally:
        timer.cancel()
    if "outputs" in answers:
        return answers
    if number < 0 or "kernel" in answers:
        return None
    if "error" in answers:
        raise kernel.CellError(number, kernel.first_line(*answers["error"]))
    raise kernel.CellError(number, kernel.late(seconds) if worker.ended else kernel.DIED)


def _is_set_up() -> bool:
    """Return whether the user has configured IPython, which a kernel knows how to follow."""
    told = os.environ.get("IPYTHONDIR")
    profile = (Path(told) if told else Path.home() / ".ipython") / "profile_default"
    return any(next(profile.glob(pattern), None) for pattern in _SETTINGS)
