"""The figures that notebooks hold, as their last run left them."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from portfolio.cell import split_options
from portfolio.content import lying_in
from portfolio.records.problems import Problem


@dataclass(frozen=True)
class Figure:
    """A labelled figure of a notebook; ``svg`` is empty where it was drawn as pixels only."""

    label: str
    caption: str
    alt: str
    png: bytes
    svg: str


def read_notebook(path: Path) -> dict[str, Any]:
    """Return a notebook as it is stored, each source as one text; raise ValueError if it is none.

    It is plain JSON: nbformat, which runs and writes notebooks, takes seconds to load.
    """
    notebook = json.loads(path.read_text(encoding="utf-8-sig"))
    try:
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"])
        known = isinstance(notebook.get("metadata", {}), dict)
    except (KeyError, TypeError, AttributeError):
        known = False
    if not known:
        raise ValueError("it is not of version 4")
    return dict(notebook)


def read_figures(folder: Path) -> tuple[dict[str, Figure], list[Problem]]:
    """Return the last labelled figure of each notebook in ``folder``, by the notebook's name."""
    figures: dict[str, Figure] = {}
    problems: list[Problem] = []
    for path in lying_in(folder.parent, folder.name, ".ipynb"):
        shown_as = f"{folder.name}/{path.name}"
        try:
            found = [figure for figure in _figures(path) if figure.png]
        except (ValueError, yaml.YAMLError) as error:
            what = f"the notebook cannot be read ({error})"
            problems.append(Problem(shown_as, 1, path.stem, what, "save it again in Jupyter"))
            continue
        if not found:
            what = "no labelled cell holds a picture"
            remedy = "give the figure's cell a line `#| label: fig-...` and run it"
            problems.append(Problem(shown_as, 1, path.stem, what, remedy, hint=True))
            continue
        figures[path.stem] = found[-1]
        if not found[-1].alt:
            remedy = "add a line `#| fig-alt: ...` that tells what it shows"
            what = f"the figure {found[-1].label} has no alternative text"
            problems.append(Problem(shown_as, 1, path.stem, what, remedy))
    return figures, problems


def _figures(path: Path) -> Iterator[Figure]:
    for cell in read_notebook(path)["cells"]:
        if cell.get("cell_type") != "code":
            continue
        options = yaml.safe_load(split_options(cell["source"])[0]) or {}
        label = str(options.get("label", ""))
        if label.startswith("fig-"):
            caption, alt = (str(options.get(key, "")) for key in ("fig-cap", "fig-alt"))
            outputs = cell.get("outputs", [])
            png = base64.b64decode(_picture(outputs, "image/png"))
            svg = _picture(outputs, "image/svg+xml")
            yield Figure(label, caption, alt, png, svg)


def _picture(outputs: list[Any], kind: str) -> str:
    found = (output.get("data", {}).get(kind) for output in outputs)
    return "".join(next(filter(None, found), ""))
