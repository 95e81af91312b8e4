"""What is wrong with outputs that would run in a reader's browser: which, why, and what to do."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from portfolio.cell import options_of
from portfolio.figures.notebooks import see_notebook
from portfolio.interactive import interactive
from portfolio.notebook import NoNotebookError
from portfolio.pages.libraries import brought, package_of
from portfolio.pages.portfolio import Portfolio
from portfolio.records.problems import Problem
from portfolio.specs import Spec, spec_of

_ALONE = "the output of {} runs in the notebook alone, for pages run nobody's scripts"
_STILL = "the picture beside it is shown"


def faults_of_outputs(here: Portfolio, notebook: Path) -> Iterator[Problem]:
    """Name the outputs of a notebook that would run, and that its page shows still, if at all."""
    try:
        cells = see_notebook(notebook)["cells"]
    except NoNotebookError:  # reading its figure says so
        return
    path = notebook.relative_to(here.root).as_posix()
    for number, cell in enumerate(cells, 1):
        asked = _asked(cell, default=here.site.live)
        for output in cell.get("outputs", ()):
            for what, remedy, hint in _said(here, output.get("data", {}), asked=asked):
                yield Problem(path, number, notebook.stem, what, remedy, hint=hint)


def _said(
    here: Portfolio, data: Mapping[str, Any], *, asked: bool
) -> Iterator[tuple[str, str, bool]]:
    """Yield what is wrong with an output and what to do; a hint is what has a picture."""
    spec, found = spec_of(data), interactive(data)
    whose = found.library if found else spec.library if spec else ""
    picture = bool(found and found.picture)
    if asked and spec:
        fault, remedy = _fault(here, spec)
        if fault:
            told = f"{_STILL}; {remedy}" if picture else remedy
            yield f"the output of {whose} cannot run in the page: {fault}", told, picture
    elif found and picture:
        more = "; `#| live: true` in its cell lets it run" if spec and not spec.fault else ""
        yield _ALONE.format(whose or "a script"), _STILL + more, True
    elif found:
        more = ", or let it run: `#| live: true` in its cell" if spec and not spec.fault else ""
        yield _ALONE.format(whose or "a script"), found.remedy + more, False


def _fault(here: Portfolio, spec: Spec) -> tuple[str, str]:
    """Return why an output cannot run in the page and what to do, both empty if it can."""
    if spec.fault:
        return spec.fault, spec.remedy
    for library in spec.libraries:
        if not brought(here, library):
            package, named = package_of(library), f"libraries: {{{library}: js/{library}.js}}"
            fault = f"the site has no {library} to draw it with"
            return fault, f"add {package} to requirements.txt, or name a file of yours: {named}"
    return "", ""


def _asked(cell: Mapping[str, Any], *, default: bool) -> bool:
    return options_of(cell["source"]).get("live", default) is True
