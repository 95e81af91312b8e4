"""What a paper's notebook and page start from: they run and render, and say what to write."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path

import yaml

from portfolio.cell import split_options
from portfolio.figures.notebooks import read_notebook
from portfolio.files import housed, write
from portfolio.mapping import NotYamlError, read_mapping
from portfolio.moving.bodies import literal
from portfolio.notebook import NoNotebookError, load_nbformat
from portfolio.records.bibliography import load_bibliography
from portfolio.records.demo import MARK
from portfolio.records.paper import Paper
from portfolio.records.problems import ContentError, Problem
from portfolio.refusal import Refusal

_SET_UP = """import matplotlib.pyplot as plt
import numpy as np

from portfolio.figures import style

style.use()"""
_DRAWN = """rng = np.random.default_rng(0)
x = np.linspace(0, 1, 40)
y = x**2 + rng.normal(scale=0.05, size=x.size)

fig, ax = plt.subplots()
ax.plot(x, x**2, label="the curve")
ax.plot(x, y, "o", label="samples of it, with noise")
ax.set(title="Synthetic data", xlabel="x", ylabel="y")
ax.legend()
style.show(fig)"""


def figure(
    root: Path, named: str, *, run: Callable[[str, Path], str] = lambda text, _: text
) -> str:
    """Write the notebook of the paper that ``named`` names, as ``run`` leaves it; return its path.

    Raises ContentError where there is no such paper, Refusal where the file is there.
    """
    paper = _paper(root, named)
    path = f"notebooks/{paper.slug}.ipynb"
    _refuse_taken(root, path)
    with housed(root / path):
        write(root / path, run(_notebook(paper), root / path), over=None)
    return path


def page(root: Path, named: str) -> str:
    """Write the page of the paper that ``named`` names; return its path.

    Raises ContentError where there is no such paper, Refusal where the file is there.
    """
    paper = _paper(root, named)
    path = f"publications/{paper.slug}.qmd"
    _refuse_taken(root, path)
    write(root / path, _page(root, paper), over=None)
    return path


def _paper(root: Path, named: str) -> Paper:
    """Return the paper with this slug or this key."""
    papers = load_bibliography(root).papers
    for paper in papers:
        if named in {paper.slug, paper.key, *(version.key for version in paper.versions)}:
            return paper
    known = {name: paper.slug for paper in papers for name in (paper.slug, paper.key)}
    folded = {name.lower(): slug for name, slug in known.items()}
    near = get_close_matches(named.lower(), folded, n=1)
    remedy = f"the nearest is {folded[near[0]]}" if near else "`portfolio export` lists all papers"
    what = "no paper has this slug or this key"
    raise ContentError(Problem("publications", 1, named, what, remedy))


def _refuse_taken(root: Path, path: str) -> None:
    if (root / path).exists():
        raise Refusal(path, "it is there already", "edit it, or move it away first")


def _notebook(paper: Paper) -> str:
    nbformat = load_nbformat()
    label = f"fig-{paper.slug.replace('_', '-')}"
    options = [
        f"#| label: {label}",
        f'#| fig-cap: "{MARK} what the figure shows, in a sentence."',
        f'#| fig-alt: "{MARK} what somebody who cannot see the figure would miss."',
    ]
    story = f"""# {literal(paper.title)}

[About this paper](../publications/{paper.slug}.html).

{MARK} what this notebook computes, and from what.
The data below are synthetic: a curve and noise around it."""
    cells = [
        nbformat.v4.new_markdown_cell(story),
        nbformat.v4.new_code_cell(_SET_UP),
        nbformat.v4.new_code_cell("\n".join([*options, "", _DRAWN])),
    ]
    for cell, name in zip(cells, ("story", "set-up", "figure"), strict=True):
        cell.id = name
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    return str(nbformat.writes(notebook)) + "\n"


def _page(root: Path, paper: Paper) -> str:
    title = {"title": literal(paper.title)}
    return f"""---
{yaml.safe_dump(title, allow_unicode=True, width=10**6)}---

```{{python}}
from portfolio import pages

pages.paper("{paper.slug}")
```

{MARK} the problem, the idea, and what came out, for a reader from another field.
{"".join(_of_notebook(root, paper))}"""


def _of_notebook(root: Path, paper: Paper) -> Iterator[str]:
    """Yield what embeds the figure of the paper's notebook and leads to it, where there is one."""
    notebook = root / "notebooks" / f"{paper.slug}.ipynb"
    if not notebook.is_file():
        return
    place = f"../notebooks/{notebook.name}"
    if label := _label(notebook):
        yield f"\n{{{{< embed {place}#{label} >}}}}\n"
    yield f"\n[The notebook behind the figure]({place}) can be run again.\n"


def _label(notebook: Path) -> str:
    """Return the label of the last figure in a notebook; empty where there is none to embed."""
    try:
        cells = read_notebook(notebook)["cells"]
        code = (split_options(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        labels = [str(read_mapping(said, "", 1).get("label", "")) for said, _ in code]
    except (NoNotebookError, NotYamlError):  # `check` says so
        labels = []
    return next((label for label in reversed(labels) if label.startswith("fig-")), "")
