"""Links in pages' texts that lead to nothing that the site will hold, by the sources alone."""

import posixpath
from collections.abc import Callable, Iterator
from pathlib import Path

from portfolio.content import why_not_published
from portfolio.renderers import RenderError
from portfolio.renderers.faults import named_in
from portfolio.renderers.project import load_project
from portfolio.renderers.source import read_page

_SOURCES = {".qmd", ".ipynb"}
_SHOWN = 80
_REMEDY = "correct the link, or add what it names"


def lost_links(root: Path, is_made: Callable[[str], bool]) -> list[str]:
    """Return a line for each link to a page or a file that is not there.

    ``is_made`` tells of an address whether the step after rendering makes it. What cannot be read
    is named elsewhere.
    """
    try:
        files = load_project(root).pages()
    except RenderError:
        return []
    pages = {file.relative_to(root).as_posix() for file in files}
    addresses = {f"{posixpath.splitext(path)[0]}.html" for path in pages}
    found = []
    for file in files:
        for place, named in _named(file, root):
            lost = _what_is_lost(root, named, pages)
            if lost and named not in addresses and not is_made(named):
                found.append(f"{place}: link: {lost}: {_REMEDY}")
    return list(dict.fromkeys(found))


def _named(file: Path, root: Path) -> Iterator[tuple[str, str]]:
    try:
        yield from named_in(read_page(file, root))
    except RenderError:
        return


def _what_is_lost(root: Path, named: str, pages: set[str]) -> str:
    """Return what is the matter with an address that no page has, or nothing."""
    is_there = not why_not_published(root / named, root)
    shown = f"{named[:_SHOWN]}…" if len(named) > _SHOWN else named
    if posixpath.splitext(named)[1] in _SOURCES:
        what = "is no page of the site" if is_there else "is not there"
        return "" if named in pages else f"the page that it leads to {what} ({shown})"
    is_folder = posixpath.normpath(f"{named}/index.qmd") in pages
    return "" if is_there or is_folder else f"there is nothing where it leads ({shown})"
