"""Running a page's cells in a kernel of their own, and remembering what they gave."""

import json
import re
import subprocess
from hashlib import sha256
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from portfolio.files import write
from portfolio.renderers.source import Page

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
TIMEOUT = 600


class CellError(Exception):
    """A cell of a page raised an error, or ran for too long."""


def run_cells(page: Page, root: Path, cache: Path, context: str) -> None:
    """Fill in the outputs of the page's cells, from ``cache`` where nothing has changed.

    ``context`` stands for all that the cells may have read.
    """
    sources = [cell.code for cell in page.cells]
    key = sha256(json.dumps([page.path, sources, context]).encode()).hexdigest()
    remembered = cache / f"{key}.ipynb"
    if remembered.exists():
        notebook = nbformat.read(remembered, as_version=4)
    else:
        notebook = _run(page, sources, (root / page.path).parent)
        write(remembered, nbformat.writes(notebook))
    for cell, ran in zip(page.cells, notebook.cells, strict=True):
        cell.outputs = list(ran.outputs)


def _run(page: Page, sources: list[str], folder: Path) -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=TIMEOUT,
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
    )
    try:
        client.execute(stderr=subprocess.DEVNULL)
    except CellExecutionError as error:
        failed = next(
            number
            for number, cell in enumerate(cells)
            if any(output.output_type == "error" for output in cell.outputs)
        )
        line = page.cells[failed].line
        said = _COLOUR.sub("", f"{error.ename}: {error.evalue}")
        raise CellError(f"{page.path}:{line}: cell: {said}: mend the cell") from error
    return notebook
