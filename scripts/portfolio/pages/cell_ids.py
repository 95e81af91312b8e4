"""Cells of notebooks that Quarto would take for others: it looks for labels among their ids too."""

from collections.abc import Iterator
from pathlib import Path

from portfolio.cell import options_of
from portfolio.figures.notebooks import see_notebook
from portfolio.notebook import NoNotebookError
from portfolio.records.problems import Problem

_REMEDY = "in Jupyter, cut the cell and paste it, which gives it another id"


def faults_of_ids(root: Path, notebook: Path) -> Iterator[Problem]:
    """Name the cells of a notebook whose id is the label of another, in whose place they stand."""
    try:
        cells = see_notebook(notebook)["cells"]
    except NoNotebookError:  # reading its figure says so
        return
    code = [(n, cell) for n, cell in enumerate(cells, 1) if cell["cell_type"] == "code"]
    labels = {str(options_of(cell["source"]).get("label", "")): n for n, cell in code}
    for number, cell in enumerate(cells, 1):
        label = str(cell.get("id") or "-")
        if label in labels and labels[label] != number:
            path = notebook.relative_to(root).as_posix()
            what = f"its id is the label of cell {labels[label]} ({label}): Quarto shows it there"
            yield Problem(path, number, notebook.stem, what, _REMEDY)
