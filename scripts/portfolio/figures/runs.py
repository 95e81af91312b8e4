"""Running one notebook from a clean kernel, with a witness to what it uses."""

import asyncio
import json
import os
import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from portfolio import children
from portfolio.environment import environment
from portfolio.figures import answers, failures, witness
from portfolio.figures.asked import KEY
from portfolio.figures.failures import RunError
from portfolio.figures.notebooks import language_of
from portfolio.figures.record import TIMES, make_record, read_record, seconds_of
from portfolio.figures.sources import own_code
from portfolio.notebook import load_nbformat, parse_notebook
from portfolio.records.problems import Problem

TIMEOUT = 1800
"""How long, in seconds, a cell may take."""

THREADS = dict.fromkeys(
    (
        "BLIS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "NUMEXPR_NUM_THREADS",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "PJRT_NPROC",
        "VECLIB_MAXIMUM_THREADS",
    ),
    "1",
)
"""One numerical thread: digits do not depend on how many cores there are, nor on other runs.

JAX cuts sums into as many parts as ``PJRT_NPROC`` says, and else as there are cores.
"""

_BEGIN = "from portfolio.figures import witness as _witness; _witness.begin()"
_REPORT = "_witness.report()"
_BESIDE = Path(__file__).with_name("beside")
_OURS = {*THREADS, "PYTHONPATH"}

_running: list[Any] = []

Step = Callable[[int, int], None]
"""Is told how many of a notebook's cells are done, and how many there are."""


def executed(
    text: str, path: Path, root: Path, *, step: Step = lambda *_: None, timeout: float = TIMEOUT
) -> str:
    """Run the notebook ``text``, which lies or will lie at ``path``, from a clean kernel.

    Returns it with its outputs and the record of its run: the very same text where the run gave
    what it had given before. Raises ContentError if a cell fails, or takes longer than ``timeout``,
    or the notebook is written in another language.
    """
    nbformat = load_nbformat()
    before = parse_notebook(text)
    if language := language_of(before):
        what = f"it is written in {language}, and only Python is run here"
        shown = path.relative_to(root).as_posix()
        raise RunError(Problem(shown, 1, path.stem, what, f"run it where {language} is"))
    notebook = nbformat.reads(json.dumps(before), as_version=4)
    started = time.time()
    report = _Run(path, root, step, timeout).execute(notebook, text)
    report |= {"started": started, "seconds": time.time() - started}
    _tidy(notebook)
    noted = report["noted"]
    noted["variable"] = [v for v in noted.get("variable", ()) if v.split("=")[0] not in _OURS]
    last = read_record(before)
    own = own_code(parse_notebook(nbformat.writes(notebook)))
    record = make_record(root, own, report, before=last)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        KEY: record.written(),
    }
    new = parse_notebook(nbformat.writes(notebook))
    if new["cells"] == before["cells"]:
        took = {name: seconds_of(before, name) for name in TIMES}  # of the first with this result
        notebook.metadata[KEY] |= {name: seconds for name, seconds in took.items() if seconds}
        new = parse_notebook(nbformat.writes(notebook))
    if new == before:
        return text
    return str(nbformat.writes(notebook)) + "\n"


@dataclass(frozen=True)
class _Run:
    """The run of one notebook."""

    path: Path
    root: Path
    step: Step
    timeout: float

    def execute(self, notebook: Any, text: str) -> dict[str, Any]:
        """Run the cells and leave their outputs in them; return what the witness reports."""
        nbformat = load_nbformat()
        from nbclient import NotebookClient  # noqa: PLC0415

        cells, at = notebook.cells, [1]
        watched = [nbformat.v4.new_code_cell(_BEGIN), *cells, nbformat.v4.new_code_cell(_REPORT)]

        def tell(cell_index: int, **_: Any) -> None:
            if 1 <= cell_index <= len(cells):
                at[0] = cell_index
                self.step(cell_index - 1, len(cells))

        def keep(cell: Any, cell_index: int, **_: Any) -> None:
            if 1 <= cell_index <= len(cells):
                _keep_answer(cell, answers.path_of(notes, cell.execution_count))

        notebook.cells = watched
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            timeout_func=lambda _: self.timeout,
            resources={"metadata": {"path": str(self.path.parent)}},
            record_timing=False,
            on_cell_execute=tell,
            on_cell_executed=keep,
        )
        children.guard()
        _running.append(client)
        with TemporaryDirectory(prefix="portfolio-") as notes:
            try:
                env = _environment(self.root, notes)
                asyncio.run(client.async_execute(stderr=subprocess.DEVNULL, env=env))
            except Exception as error:
                raise self._failure(error, cells, at[0], text) from error
            finally:
                _running.remove(client)
            notebook.cells = cells
            return witness.reported(notes)

    def _failure(self, error: Exception, cells: Any, number: int, text: str) -> Exception:
        """Return what is said of an error that stopped the run in that cell."""
        from nbclient import exceptions  # noqa: PLC0415

        stopped = failures.Stopped(self.path, self.root, text, cells, number)
        if isinstance(error, exceptions.CellExecutionError):
            return stopped.by(error.ename, error.evalue)
        if isinstance(error, exceptions.CellTimeoutError):
            what = f"it took more than {self.timeout:g} s"
            return stopped.otherwise(what, "give it longer with --timeout")
        if isinstance(error, answers.UntoldError):
            return stopped.otherwise(error.what, error.remedy)
        if isinstance(error, RuntimeError):  # also before the first cell
            return stopped.otherwise("its kernel died", "see whether the memory is enough")
        return error


def stop() -> None:
    """End the kernels of all runs that are under way here, which then fail."""
    for client in _running:
        process = getattr(getattr(client.km, "provisioner", None), "process", None)
        if process:
            process.kill()


def _environment(root: Path, notes: str) -> dict[str, str]:
    home = environment(root)
    watched = {witness.FOLDER: notes, witness.ROOT: str(root.resolve())}
    path = f"{_BESIDE}{os.pathsep}{home['PYTHONPATH']}"
    return home | THREADS | watched | {"PYTHONPATH": path}


def _keep_answer(cell: Any, answer: Path) -> None:
    """Keep in a cell what it asks for; raise UntoldError if that could not be had."""
    cell.metadata.pop(KEY, None)
    if answer.is_file():
        told = json.loads(answer.read_text(encoding="utf-8"))
        if fault := told.pop("fault", None):
            raise answers.UntoldError(*fault)
        cell.metadata[KEY] = told


def _joined(outputs: list[Any]) -> list[Any]:
    """Return outputs with what was printed in one, and errors in another after it.

    nbclient can do so too, in a time that grows with the square of the longest line.
    """
    printed: dict[str, list[str]] = {}
    joined = []
    for output in outputs:
        if output.output_type != "stream":
            joined.append(output)
            continue
        if output.name not in printed:
            joined.append(output)
        printed.setdefault(output.name, []).append(output.text)
    for output in joined:
        if output.output_type == "stream":
            lines = "".join(printed[output.name]).split("\n")
            output.text = "\n".join(map(_overwritten, lines))
    names = [output.get("name") for output in joined]
    for place, pair in enumerate(pairwise(names)):
        if pair == ("stderr", "stdout"):
            joined[place : place + 2] = joined[place + 1], joined[place]
    return joined


def _overwritten(line: str) -> str:
    """Return what a terminal shows of a line that goes back to its start, as progress bars do."""
    return line[line.rfind("\r", 0, max(0, len(line) - 1)) + 1 :]


def _tidy(notebook: Any) -> None:
    """Give the cells their numbers, and leave no blanks at the ends of printed lines."""
    for count, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), 1):
        cell.execution_count = count
        cell.outputs = _joined(cell.outputs)
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
            if output.output_type == "stream":  # tables are printed with blanks at their edge
                output.text = re.sub(r"(?<![ \t])[ \t]+$", "", output.text, flags=re.MULTILINE)
