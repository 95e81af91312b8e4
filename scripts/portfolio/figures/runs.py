"""Running notebooks, and knowing which of their figures no longer match the code.

A run is recorded in the notebook's metadata under ``portfolio``: a hash of the notebook's own code,
hashes of the project's files that it imported or read, the versions of the packages that it
imported, and how long it took.
"""

import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from portfolio import children, texts
from portfolio.cell import split_options
from portfolio.content import lying_in
from portfolio.environment import environment
from portfolio.figures.notebooks import read_notebook
from portfolio.files import write
from portfolio.notebook import parse_notebook
from portfolio.records.problems import ContentError, Problem

NOTEBOOKS = "notebooks"
_TIMEOUT = 1800

_WATCH = "from portfolio.figures import witness as _witness; _witness.watch()"
_REPORT = "print(_witness.report({root!r}))"
_SHOWN = ("numpy", "scipy", "scikit-learn", "jax", "matplotlib", "pandas")


def stale(root: Path) -> Iterator[Path]:
    """Yield the notebooks that were never run as they now stand, with the code they now use."""
    for path in lying_in(root, NOTEBOOKS, ".ipynb"):
        try:
            notebook = read_notebook(path)
        except ValueError:
            continue  # reading its figure reports it
        run = notebook["metadata"].get("portfolio")
        run = run if isinstance(run, dict) else {}
        inputs = run.get("inputs", {})
        if run.get("code") != _code(notebook) or inputs != _hashes(root, inputs):
            yield path


def run_stale(root: Path, *, tell: Callable[[str], None]) -> int:
    """Run each stale notebook and store its outputs; return how many failed."""
    paths = list(stale(root))
    problems: list[Problem] = []
    for number, path in enumerate(paths, 1):
        tell(f"[{number}/{len(paths)}] {path.relative_to(root)}")
        try:
            seconds = run(path, root, tell=tell)
        except ContentError as error:
            problems += error.problems
            continue
        tell(f"[{number}/{len(paths)}] {path.relative_to(root)}: {seconds:.0f} s")
    if problems:
        raise ContentError(*problems)
    tell(f"{len(paths)} run" if paths else "every figure is up to date")
    return 0


def run(path: Path, root: Path, *, tell: Callable[[str], None]) -> float:
    """Run one notebook and store it; it stays as it was if a cell fails, or if somebody saves it.

    Returns the seconds that it took. Raises ContentError.
    """
    before = path.read_bytes()
    started = time.monotonic()
    text = executed(texts.decode(before).text, path, root, tell=tell)
    if not path.is_file() or path.read_bytes() != before:
        shown_as = path.relative_to(root).as_posix()
        what = "it was saved while it ran, and stays as it was saved"
        raise ContentError(Problem(shown_as, 1, path.stem, what, "run it again"))
    write(path, text, over=before)
    return time.monotonic() - started


def executed(text: str, path: Path, root: Path, *, tell: Callable[[str], None]) -> str:
    """Run the notebook ``text``, which lies or will lie at ``path``, from a clean kernel.

    Returns it with its outputs and the record of its run. Raises ContentError if a cell fails.
    """
    import nbformat  # noqa: PLC0415  these take seconds to load, and `stale` needs none of them
    from nbclient import NotebookClient  # noqa: PLC0415
    from nbclient.exceptions import CellExecutionError  # noqa: PLC0415

    notebook = nbformat.reads(json.dumps(parse_notebook(text)), as_version=4)
    cells = notebook.cells
    first = nbformat.v4.new_code_cell(_WATCH)
    last = nbformat.v4.new_code_cell(_REPORT.format(root=str(root.resolve())))
    watched = [first, *cells, last]
    notebook.cells = watched
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=_TIMEOUT,
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
        coalesce_streams=True,
        on_cell_execute=lambda *, cell_index, **_: _progress(cell_index, len(cells), tell),
    )
    children.guard()
    started, now = time.monotonic(), time.time()
    try:
        client.execute(stderr=subprocess.DEVNULL, env=environment(root))
    except CellExecutionError as error:
        shown_as = path.relative_to(root).as_posix()
        what = f"the notebook stopped with {error.ename}: {error.evalue}"
        raise ContentError(Problem(shown_as, 1, path.stem, what, "mend the cell")) from error
    seconds = time.monotonic() - started
    report = json.loads(watched[-1].outputs[0].text)
    for count, cell in enumerate((c for c in cells if c.cell_type == "code"), 1):
        cell.execution_count = count
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
            if output.output_type == "stream":  # tables are printed with blanks at their edge
                output.text = re.sub(r"(?<![ \t])[ \t]+$", "", output.text, flags=re.MULTILINE)
    notebook.cells = cells
    notebook.metadata = _metadata(notebook, root, report, seconds, now)
    return str(nbformat.writes(notebook)) + "\n"


def _progress(index: int, count: int, tell: Callable[[str], None]) -> None:
    if 1 <= index <= count:
        tell(f"  cell {index} of {count}")


def _metadata(
    notebook: Any, root: Path, report: dict[str, Any], seconds: float, started: float
) -> dict[str, Any]:
    before = notebook.metadata.get("portfolio", {}).get("inputs", {})
    return {
        "kernelspec": {
            "display_name": "Python 3",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
        "portfolio": {
            "code": _code(notebook),
            "inputs": _hashes(root, report["read"]) | _saved(root, report, before, started),
            "seconds": round(seconds),
            "versions": {k: v for k, v in report["versions"].items() if k in _SHOWN},
        },
    }


def _saved(
    root: Path, report: dict[str, Any], before: dict[str, str], started: float
) -> dict[str, str]:
    """Return no hash for each file that was read and saved during the run: it may hold other data.

    What the run itself wrote is what it read; where a process of its own wrote it, which is not
    seen, the file is saved in every run.
    """
    names = set(report["read"]) - set(report["written"])
    stats = {name: (root / name).stat() for name in names if (root / name).is_file()}
    saved = {name for name, each in stats.items() if max(each.st_mtime, each.st_ctime) >= started}
    return {name: "" for name in sorted(saved) if before.get(name) != ""}


def _code(notebook: Any) -> str:
    cells = notebook["cells"]
    code = [split_options(cell["source"])[1] for cell in cells if cell["cell_type"] == "code"]
    return sha256(json.dumps(code).encode()).hexdigest()


def _hashes(root: Path, names: Any) -> dict[str, str]:
    """Return the hash of each named file of the project, nothing for one that is gone."""
    known = (name for name in names if "\0" not in name)
    found = {name: root / name for name in known if (root / name).is_file()}
    return {name: sha256(path.read_bytes()).hexdigest() for name, path in sorted(found.items())}
