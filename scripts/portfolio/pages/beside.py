"""Papers on a page of any website of Quarto's: what its cells need is put beside the page."""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from portfolio.files import write
from portfolio.pages.portfolio import Portfolio, load_portfolio
from portfolio.pages.shelf import ShelfOfPage
from portfolio.records.problems import ContentError, Problem

_DOCUMENT = ("QUARTO_DOCUMENT_PATH", "QUARTO_DOCUMENT_FILE")
"""By these Quarto tells cells which page they are on."""
_TOLD = "QUARTO_EXECUTE_INFO"
"""By this, in a file, what it knows of the page."""


def load_beside(root: Path, bibs: Iterable[str]) -> Portfolio:
    """Read the project at ``root``, or the files ``bibs``, for the page whose cell is running.

    Files are named from the page's folder, or with a slash at the start from the project's. Raises
    ContentError where one is missing, or where there are no papers.
    """
    folder, name = page()
    named = [root / bib[1:] if bib.startswith("/") else folder / bib for bib in bibs]
    for path, bib in zip(named, bibs, strict=True):
        if not path.is_file():
            what, remedy = "there is no such file", "name one from the page's folder"
            raise ContentError(Problem(name, 1, bib, what, remedy))
    address = f"{Path(name).stem}_files/figure-html/papers"
    shelf = ShelfOfPage(address=address, root=root, folder=folder / address)
    here = load_portfolio(root, bibs=[Path(os.path.normpath(path)) for path in named], shelf=shelf)
    if not here.papers:
        raise ContentError(*here.problems)
    if not os.environ.get(_DOCUMENT[1]):
        write(folder / f"{Path(name).stem}_files" / ".gitignore", "*\n")
    return here


def page() -> tuple[Path, str]:
    """Return the folder and the name of the page whose cell is running.

    A notebook that is open in an editor does not know its name. What is made for it, and for the
    embedded renderer, is kept out of git: Quarto alone clears it away.
    """
    folder, name = (os.environ.get(variable, "") for variable in _DOCUMENT)
    own = os.environ.get("PORTFOLIO_PAGE") or "portfolio"
    return (Path(folder), name) if folder and name else (Path.cwd(), own)


def language() -> str:
    """Return the language of the page whose cell is running; nothing where no renderer says."""
    if told := os.environ.get("PORTFOLIO_LANG"):
        return told
    with suppress(OSError, ValueError, KeyError, TypeError):
        known = json.loads(Path(os.environ[_TOLD]).read_text(encoding="utf-8"))
        return str(known["format"]["metadata"]["lang"])
    return ""
