"""Finding the project that somebody is in."""

from pathlib import Path

from portfolio.records.problems import ContentError, Problem

SETTINGS = "_quarto.yml"


def find_root(start: Path) -> Path:
    """Return the project's folder: the nearest one at or above ``start`` with a ``_quarto.yml``."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / SETTINGS).exists():
            return folder
    problem = Problem(str(start), 1, SETTINGS, "no project here", "run this inside the project")
    raise ContentError(problem)
