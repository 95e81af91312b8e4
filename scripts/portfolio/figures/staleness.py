"""Which figures no longer match what made them, and why; nothing is run to tell.

What the project says decides where it can: its files, and the versions that its lock pins. Where
only this machine differs, in its Python, its packages or its variables, that is said as a hint.
"""

import importlib.metadata
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from portfolio import engine, texts
from portfolio.cell import split_options
from portfolio.content import lying_in
from portfolio.figures.asked import KEY, asked_by, code_cells
from portfolio.figures.notebooks import labels_of, language_of, see_notebook
from portfolio.figures.record import ABSENT, EVERYTHING, OWN, Record, digest_of, read_record
from portfolio.figures.sources import ENGINE, Sources, own_code
from portfolio.figures.witness import digest_of_value
from portfolio.records.problems import Problem

NOTEBOOKS = "notebooks"
_PIN = re.compile(r"([\w.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")


@dataclass(frozen=True)
class Reason:
    """Why a figure is stale; whether only this machine says so, and what a run cannot mend."""

    what: str
    here: bool = False
    remedy: str = ""
    doubt: bool = False
    """Whether it only may be stale."""


@dataclass(frozen=True)
class Stale:
    """A notebook whose figures are stale, and why."""

    path: Path
    labels: tuple[str, ...]
    reasons: tuple[Reason, ...]

    @property
    def runnable(self) -> bool:
        """Whether running it again mends something."""
        return any(not reason.remedy for reason in self.reasons)

    def problem(self, root: Path) -> Problem:
        """Return the line that says so."""
        shown = self.path.relative_to(root).as_posix()
        named = " and ".join(self.labels) or "what it shows"
        verb = "are" if len(self.labels) > 1 else "is"
        verb = "may be" if all(reason.doubt for reason in self.reasons) else verb
        decisive = [reason for reason in self.reasons if not reason.here] or self.reasons
        what = f"{named} {verb} stale: {', '.join(each.what for each in decisive)}"
        told = next((each.remedy for each in decisive if each.remedy), "")
        remedy = f"run `portfolio figures {self.path.stem}`" if self.runnable else told
        hint = all(reason.here for reason in self.reasons)
        return Problem(shown, 1, self.path.stem, what, remedy, hint)


def stale(root: Path) -> Iterator[Stale]:
    """Yield the notebooks that were never run as they now stand, with what they now use."""
    project = _Project(root)
    for path in lying_in(root, NOTEBOOKS, ".ipynb"):
        try:
            notebook = see_notebook(path)
        except ValueError:
            continue  # reading its figure reports it
        if reasons := tuple(project.reasons(notebook)):
            yield Stale(path, tuple(labels_of(notebook)), reasons)


class _Project:
    """What a project and this machine have now, each looked up once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._sources = Sources(root)
        self._pins = pinned(root)
        self._digest = cache(lambda name: digest_of(root, name))
        self._installed = partial(_installed, engine.state())

    def reasons(self, notebook: Mapping[str, Any]) -> Iterator[Reason]:
        """Yield what differs from the notebook's last run."""
        if language := language_of(notebook):
            what = f"it is written in {language}, and only Python is run here"
            yield Reason(what, here=True, remedy=f"run it where {language} is", doubt=True)
            return
        record = read_record(notebook)
        if record is None:
            yield from self._older(notebook)
            return
        own = own_code(notebook, self._root)
        known = [name for name in record.modules if not name.startswith(ENGINE)]
        code, modules = self._sources.digests(own, known)
        if code != record.code:
            yield Reason("its own code changed")
        yield from _untold(notebook)
        yield from self._modules(record, modules)
        yield from self._data(record)
        yield from self._packages(record)
        yield from _machine(record)

    def _modules(self, record: Record, now: Mapping[str, str]) -> Iterator[Reason]:
        for name in sorted(record.modules.keys() | now.keys()):
            shown = name.replace(ENGINE, "the engine's ")
            if name not in now:
                yield Reason(f"{shown} is gone")
            elif name not in record.modules:
                yield Reason(f"it imports {shown}, which is new")
            elif now[name] != record.modules[name]:
                yield Reason(f"the code of {shown} changed")

    def _data(self, record: Record) -> Iterator[Reason]:
        for name, before in record.data.items():
            if before == OWN:
                continue
            now = self._digest(name)
            if not before and now:
                yield Reason(f"{name} was saved while it ran")
            elif before == ABSENT and now:
                yield Reason(f"{name} is new")
            elif now != before.replace(ABSENT, ""):
                shown = "a file that a command may have read" if name == EVERYTHING else name
                elsewhere = name.startswith("../") and not now
                yield Reason(f"{shown} {'changed' if now else 'is gone'}", here=elsewhere)

    def _packages(self, record: Record) -> Iterator[Reason]:
        for name, before in record.packages.items():
            here, pins = self._installed(name), self._pins.get(name, set())
            if pins and before not in pins:
                what = f"{name} is pinned to {' or '.join(sorted(pins))} and was {before}"
                mends = here in pins
                yield Reason(what, remedy="" if mends else "install what the lock pins, and run it")
            elif not pins and here not in {"", before}:
                yield Reason(f"{name} is {here} here and was {before}", here=True)

    def _older(self, notebook: Mapping[str, Any]) -> Iterator[Reason]:
        """Yield what differs from a run that was recorded before records had their present form.

        It knows the notebook's code and its inputs as they were written, and nothing else.
        """
        run = notebook["metadata"].get(KEY)
        run = run if isinstance(run, dict) else {}
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        code = json.dumps([split_options(cell["source"])[1] for cell in cells])
        inputs = run.get("inputs", {})
        if not run.get("code"):
            yield Reason("it was not run from a clean kernel")
        elif run["code"] != sha256(code.encode()).hexdigest():
            yield Reason("its own code changed")
        elif not isinstance(inputs, dict):
            yield Reason("nobody can read the record of its run")
        else:
            for name, before in inputs.items():
                path = self._root / name if "\0" not in name else self._root
                now = sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
                if now != before:
                    yield Reason(f"{name} {'changed' if now else 'is gone'}")


def _untold(notebook: Mapping[str, Any]) -> Iterator[Reason]:
    """Yield which cells ask for values, or a table, that the run was not asked for."""
    cells = code_cells(notebook)
    told = [str(n) for n, cell in cells if not asked_by(cell["source"]).is_kept_in(cell)]
    if told:
        s, ask = ("s", "ask") if len(told) > 1 else ("", "asks")
        yield Reason(f"its cell{s} {', '.join(told)} {ask} for other values, or another table")


def _machine(record: Record) -> Iterator[Reason]:
    """Yield what this machine has otherwise than the one that ran the notebook."""
    before, now = record.python.split(".")[:2], [str(part) for part in sys.version_info[:2]]
    if before != now:
        was = ".".join(before)
        yield Reason(f"Python is {'.'.join(now)} here and was {was}", here=True)
    for name, value in record.environment.items():
        if digest_of_value(name, os.environ.get(name)) != value:
            yield Reason(f"the variable {name} has another value here", here=True)


@lru_cache(maxsize=4096)
def _installed(engine: str, package: str) -> str:  # noqa: ARG001
    """Return the version of a package that is here, nothing of another.

    What is installed meanwhile changes the state of the ``engine`` too.
    """
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def pinned(root: Path) -> dict[str, set[str]]:
    """Return the versions that the project's lock has of each package, several by markers."""
    pins: dict[str, set[str]] = {}
    for path in lying_in(root, ".", ".lock"):
        if path.name.startswith("requirements"):
            for line in texts.read(path).text.splitlines():
                if found := _PIN.match(line):
                    name = re.sub(r"[-_.]+", "-", found[1]).lower()
                    pins.setdefault(name, set()).add(found[2])
    return pins
