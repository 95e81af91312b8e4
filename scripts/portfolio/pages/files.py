"""The files of papers that a site publishes: thumbnails, and entries for reference managers."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from portfolio.content import files
from portfolio.files import write
from portfolio.pages.citations import Written, write_citation, written
from portfolio.pages.portfolio import Portfolio
from portfolio.pages.previews import preview_of
from portfolio.records.paper import Paper

_PUBLISHED = ("files", "previews")


class Keep(Protocol):
    """Writes a file, or takes it over where it was ``made_from`` the same (`Kept.write`)."""

    def __call__(
        self, path: Path, made_from: Iterable[object], make: Callable[[], str | bytes]
    ) -> object:
        """Have at ``path`` what ``make`` gives."""


def anew(path: Path, made_from: Iterable[object], make: Callable[[], str | bytes]) -> None:  # noqa: ARG001
    """Write a file in any case."""
    write(path, make())


def write_files(
    here: Portfolio, papers: Iterable[Paper], folder: Path, *, keep: Keep = anew
) -> dict[str, Written]:
    """Write the thumbnail and the entry of each of ``papers`` into ``folder``.

    Returns the entries by slug, for the file of all.
    """
    entries = {}
    for paper in papers:
        for ending, made_from, make in preview_of(here, paper).files():
            keep(folder / "thumbnails" / f"{paper.slug}{ending}", ["thumbnail", *made_from], make)
        entries[paper.slug] = written(paper)
        behind = here.papers.behind(paper)
        write_citation(paper, entries[paper.slug], folder / paper.slug, behind)
    return entries


def own_files(root: Path) -> list[Path]:
    """Return the files that papers may name, and the site publishes."""
    folders = (root / "publications" / name for name in _PUBLISHED)
    return [path for folder in folders for path in files(root, folder)]
