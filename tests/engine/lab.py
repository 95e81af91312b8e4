"""A small project to run: two notebooks, a helper package, and data for each."""

import nbformat
from nbformat import v4

from portfolio.figures.runs import executed
from portfolio.figures.staleness import stale
from portfolio.files import write

HELPERS = '''"""What notebooks share."""

SCALE = 2  # of everything


def scaled(x: float) -> float:
    """Return x, scaled."""
    return SCALE * x


def shifted(x: float) -> float:
    """Return x and a little."""
    return x + 1
'''
READS = """from pathlib import Path
from helpers.waves import {used}
print({used}(float(Path("{data}").read_text())))"""


def notebook(*sources):
    """Return a notebook whose first cell is a title, with code cells of these sources."""
    cells = [v4.new_markdown_cell("# A", id="title")]
    cells += [v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]
    return v4.new_notebook(cells=cells)


def put(root, name, *sources):
    """Write a notebook of that name into the project, as an editor would."""
    (root / "notebooks").mkdir(exist_ok=True, parents=True)
    nbformat.write(notebook(*sources), root / "notebooks" / f"{name}.ipynb")


def make(root):
    """Write the project: `a` scales a.csv, `b` shifts b.csv."""
    (root / "scripts" / "helpers").mkdir(parents=True)
    (root / "scripts" / "helpers" / "__init__.py").write_text('"""Helpers."""\n')
    (root / "scripts" / "helpers" / "waves.py").write_text(HELPERS)
    put(root, "a", READS.format(used="scaled", data="a.csv"))
    put(root, "b", READS.format(used="shifted", data="b.csv"))
    for name in "ab":
        (root / "notebooks" / f"{name}.csv").write_text("1")
    return root


def run(root, *names):
    """Run notebooks of the project and store them."""
    for name in names:
        path = root / "notebooks" / f"{name}.ipynb"
        write(path, executed(path.read_text(encoding="utf-8"), path, root))


def why(root):
    """Return why notebooks are stale, by their names."""
    return {each.path.stem: [reason.what for reason in each.reasons] for each in stale(root)}
