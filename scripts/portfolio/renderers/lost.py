"""What pages' texts lead to that is not there: files, pages, and entries that they cite."""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from portfolio.content import why_not_published
from portfolio.renderers.citing import lost_keys
from portfolio.renderers.links import named_in
from portfolio.renderers.project import Project
from portfolio.renderers.source import Page

_SOURCES = {".qmd", ".ipynb"}
_SHOWN = 80
_REMEDY = "correct the link, or add what it names"


def lost_in(
    project: Project, pages: Mapping[str, Page], is_made: Callable[[str], bool]
) -> list[str]:
    """Return a line for each link to a page or a file, and each citation, that leads to nothing.

    ``is_made`` tells of an address whether the step after rendering makes it.
    """
    sources = {file.relative_to(project.root).as_posix() for file in project.pages()}
    found: list[str] = []
    for page in pages.values():
        said = [*project.files, *project.metadata(project.root / page.path), page.front_matter]
        found += _links(project, page, sources, is_made)
        found += lost_keys(project, said, page)
    return list(dict.fromkeys(found))


def _links(
    project: Project, page: Page, sources: set[str], is_made: Callable[[str], bool]
) -> Iterator[str]:
    addresses = {f"{posixpath.splitext(path)[0]}.html" for path in sources}
    for place, named in named_in(page):
        lost = _what_is_lost(project.root, named, sources)
        if lost and named not in addresses and not is_made(named):
            yield f"{place}: link: {lost}: {_REMEDY}"


def _what_is_lost(root: Path, named: str, pages: set[str]) -> str:
    """Return what is the matter with an address that no page has, or nothing."""
    is_there = not why_not_published(root / named, root)
    shown = f"{named[:_SHOWN]}…" if len(named) > _SHOWN else named
    if posixpath.splitext(named)[1] in _SOURCES:
        what = "is no page of the site" if is_there else "is not there"
        return "" if named in pages else f"the page that it leads to {what} ({shown})"
    is_folder = posixpath.normpath(f"{named}/index.qmd") in pages
    return "" if is_there or is_folder else f"there is nothing where it leads ({shown})"
