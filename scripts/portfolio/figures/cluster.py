"""Notebooks run by the workers of a Dask cluster that is there already, a whole one at a time.

Code and data are not sent: workers find the project at the same path, as on the shared disks of a
cluster. Each is asked first whether it finds there what we have here, by `State`. What it gives is
stored by the process that asked, so a worker that dies leaves nothing behind, and its notebook is
run by another.
"""

import logging
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from portfolio.content import files
from portfolio.figures.failures import RunError
from portfolio.figures.runs import Step, executed, stop
from portfolio.figures.staleness import pinned
from portfolio.records.problems import ContentError, Problem

ADDRESS = "DASK_SCHEDULER_ADDRESS"
"""The variable that names a scheduler, by Dask's own custom."""
EXTRA = "quarto-portfolio[cluster]"
_PATIENCE = 20
"""So many seconds a scheduler has to answer."""
_QUEUE = 600
"""So many seconds its workers have to come: where they are jobs, they wait in a queue."""
_PAUSE = 0.2
_APART = ("_site", "news", "publications")
_STORED = {".ipynb", ".qmd"}
_HEAD = 1 << 20
"""So much of a file is compared; of a larger one its size besides."""


@dataclass(frozen=True)
class State:
    """What a run may use, as one machine has it: files by their digests, Python, packages."""

    files: Mapping[str, str]
    versions: Mapping[str, str]

    @classmethod
    def of(cls, root: Path) -> Self:
        """Return the state of the project at ``root`` on this machine."""
        found = (path for path in files(root, root, apart=_APART) if path.suffix not in _STORED)
        digests = {path.relative_to(root).as_posix(): _digest(path) for path in found}
        digests.pop("notebooks/verified.csv", None)
        versions = {name: _version(name) for name in sorted(pinned(root))}
        python = ".".join(map(str, sys.version_info[:2]))
        return cls(digests, {"Python": python, **versions})

    def unlike(self, other: "State") -> str:
        """Return what the ``other`` has otherwise, in words; nothing where they are alike."""
        for name in sorted(self.files.keys() | other.files.keys()):
            if self.files.get(name) != other.files.get(name):
                lacks = "" if name in other.files else " not there"
                return f"{name} is{lacks or (' another file' if name in self.files else ' new')}"
        for name in self.versions.keys() & other.versions.keys():
            if self.versions[name] != other.versions[name]:
                return f"{name} is {other.versions[name] or 'missing'}, not {self.versions[name]}"
        return ""


@dataclass(frozen=True)
class Answer:
    """What a worker gives back: the notebook's text, or what stopped it."""

    text: str = ""
    problems: tuple[Problem, ...] = ()
    trail: tuple[str, ...] = ()
    unlike: str = ""


@dataclass
class Cluster:
    """A connection to the scheduler at an address, for the project at ``root``."""

    address: str
    root: Path
    tell: Callable[[str], None] = print
    _steps: dict[str, Step] = field(default_factory=dict)
    _topic: str = field(default_factory=lambda: f"portfolio-{uuid4().hex}")

    def __enter__(self) -> Self:
        try:
            self._await_workers()
        except BaseException:
            self._client.close()
            raise
        self._client.subscribe_topic(self._topic, self._stepped)
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind:
            with suppress(OSError, *_gone()):
                self._client.run(stop, on_error="ignore")
        self._client.close()

    def room(self) -> int:
        """Return how many notebooks its workers can run at a time; none where nobody answers."""
        unheard: tuple[type[BaseException], ...] = (OSError, *_gone())
        try:
            return sum(self._client.nthreads().values())
        except unheard:
            return 0

    def execute(self, text: str, path: Path, root: Path, *, step: Step, timeout: float) -> str:
        """Have a worker run a notebook: see `runs.executed`; raises RunError besides."""
        self._steps[path.stem] = step
        name = f"portfolio-{path.stem}-{uuid4().hex}"
        asked = (text, path, root, timeout)
        submit = partial(self._client.submit, key=name, pure=False)
        try:
            answer = submit(_run_there, asked, self._state, self._topic).result()
        except Exception as error:
            raise self._failure(path, *_said_of(error)) from error
        if answer.unlike:
            what = f"a worker finds another project than this one ({answer.unlike})"
            raise self._failure(path, what, "start workers where they see the same files")
        if answer.problems:
            raise RunError(answer.problems[0], answer.trail)
        return str(answer.text)

    @cached_property
    def _client(self) -> Any:
        """The connection; raises ContentError where there can be none."""
        try:
            from distributed import Client  # noqa: PLC0415  an extra, and slow to load
        except ImportError:
            raise self._refusal("Dask is not installed", f"pip install '{EXTRA}'") from None
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        connect: Any = Client  # its types are not told
        try:
            client = connect(self.address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            what = f"no scheduler answers there ({type(error).__name__})"
            raise self._refusal(what, "see that it runs, and how it is called") from None
        return client

    def _await_workers(self) -> None:
        """Wait until there is a worker; raises ContentError where none comes."""
        end = time.monotonic() + _QUEUE
        if not self.room():
            most = f"{_QUEUE / 60:.0f} minutes at most"
            self.tell(f"waiting for workers at {self.address}, {most}; Ctrl-C ends it")
        while not self.room():
            if time.monotonic() > end:
                raise self._refusal("no worker came", "start some, and run it again")
            time.sleep(_PAUSE)

    @cached_property
    def _state(self) -> State:
        return State.of(self.root)

    def _stepped(self, event: tuple[float, tuple[str, int, int]]) -> None:
        name, done, count = event[1]
        if step := self._steps.get(name):
            step(done, count)

    def _failure(self, path: Path, what: str, remedy: str) -> RunError:
        shown = path.relative_to(self.root).as_posix()
        return RunError(Problem(shown, 1, path.stem, what, remedy))

    def _refusal(self, what: str, remedy: str) -> ContentError:
        return ContentError(Problem("notebooks", 1, f"--scheduler {self.address}", what, remedy))


@contextmanager
def here_or_at(address: str, root: Path, tell: Callable[[str], None]) -> Iterator[Cluster | None]:
    """Give the cluster at an address; None where there is no address."""
    if not address:
        yield None
        return
    with Cluster(address, root, tell) as cluster:
        yield cluster


def _run_there(asked: tuple[str, Path, Path, float], state: State, topic: str) -> Answer:
    """Run a notebook on the worker that this is."""
    from distributed import get_worker  # noqa: PLC0415  an extra

    text, path, root, timeout = asked
    worker = get_worker()
    if unlike := state.unlike(State.of(root)):
        return Answer(unlike=f"{unlike}, at {worker.address}")
    step: Step = lambda done, count: worker.log_event(topic, (path.stem, done, count))  # noqa: E731
    try:
        return Answer(text=executed(text, path, root, step=step, timeout=timeout))
    except RunError as error:
        return Answer(problems=error.problems, trail=error.trail)


def _gone() -> tuple[type[BaseException], ...]:
    """Return the errors of a connection that is there no more, or of a run that was ended."""
    from concurrent.futures import CancelledError  # noqa: PLC0415

    from distributed import CancelledError as OfDask  # noqa: PLC0415  an extra
    from distributed.client import ClosedClientError  # noqa: PLC0415  an extra
    from distributed.comm.core import CommClosedError  # noqa: PLC0415  an extra

    return CancelledError, OfDask, ClosedClientError, CommClosedError


def _said_of(error: Exception) -> tuple[str, str]:
    """Return what is said of an error on the way to a worker or back, and what to do."""
    if isinstance(error, _gone()):
        return "the scheduler answers no more", "see that it runs, and run this again"
    if type(error).__name__ == "KilledWorker":
        return "every worker that ran it died", "see whether their memory is enough"
    if isinstance(error, ModuleNotFoundError) and str(error.name).startswith("portfolio"):
        return "the workers do not have the engine", "start them in the project's environment"
    return f"a worker could not run it ({type(error).__name__}: {error})", "see the workers' logs"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        found = sha256(file.read(_HEAD))
    size = path.stat().st_size
    return f"{found.hexdigest()[:32]}-{size}" if size > _HEAD else found.hexdigest()[:32]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
