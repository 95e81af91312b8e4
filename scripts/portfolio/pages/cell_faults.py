"""What is wrong with single cells of notebooks, that no renderer says."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from portfolio.cell import options_of
from portfolio.figures.comparing import tolerance_of
from portfolio.figures.notebooks import see_notebook
from portfolio.notebook import NoNotebookError
from portfolio.records.problems import Problem

_REMEDY = "in Jupyter, cut the cell and paste it, which gives it another id"


def faults_of_cells(root: Path, notebook: Path) -> Iterator[Problem]:
    """Name the cells of a notebook with ids that are others' labels, and bad tolerances."""
    try:
        cells = see_notebook(notebook)["cells"]
    except NoNotebookError:  # reading its figure says so
        return
    path = notebook.relative_to(root).as_posix()
    for number, what, remedy in (*_labels_of_others(cells), *_bad_tolerances(cells)):
        yield Problem(path, number, notebook.stem, what, remedy)


def _labels_of_others(cells: Sequence[Any]) -> Iterator[tuple[int, str, str]]:
    """Yield the cells whose id is the label of another, in whose place they stand."""
    code = [(n, cell) for n, cell in enumerate(cells, 1) if cell["cell_type"] == "code"]
    labels = {str(options_of(cell["source"]).get("label", "")): n for n, cell in code}
    for number, cell in enumerate(cells, 1):
        label = str(cell.get("id") or "-")
        if label in labels and labels[label] != number:
            what = f"its id is the label of cell {labels[label]} ({label}): Quarto shows it there"
            yield number, what, _REMEDY


def _bad_tolerances(cells: Sequence[Any]) -> Iterator[tuple[int, str, str]]:
    """Yield the cells that say in no way that is understood how far their numbers may move."""
    for number, cell in enumerate(cells, 1):
        if cell["cell_type"] == "code" and "tolerance" in cell["source"]:
            try:
                tolerance_of(cell)
            except ValueError as error:
                remedy = "write it as `#| tolerance: 0.02`, so that `--verify` can compare"
                yield number, f"cell {number}: {error}", remedy
