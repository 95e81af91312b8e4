"""The files of papers that a site publishes: thumbnails, and entries for reference managers."""

from collections.abc import Callable, Iterable
from pathlib import Path

from portfolio.content import files
from portfolio.kept import Keep, anew
from portfolio.pages.citations import Written, write_citation
from portfolio.pages.portfolio import Portfolio
from portfolio.pages.previews import preview_of
from portfolio.records.paper import Paper

_PUBLISHED = ("files", "previews")


def write_files(
    here: Portfolio,
    papers: Iterable[Paper],
    folder: Path,
    *,
    keep: Keep = anew,
    cause: Callable[[Paper], str] = lambda _: "",
) -> dict[str, Written]:
    """Write the thumbnail and the entry of each of ``papers`` into ``folder``.

    What is kept goes by the ``cause`` of a paper. Returns the entries by slug, for the file of all.
    """
    entries = {}
    for paper in papers:
        for ending, made_from, make in preview_of(here, paper).files():
            keep(folder / "thumbnails" / f"{paper.slug}{ending}", ["thumbnail", *made_from], make)
        entries[paper.slug] = write_citation(
            paper,
            folder / paper.slug,
            here.papers.behind(paper),
            keep=keep,
            made_from=["entry", cause(paper)],
        )
    return entries


def own_files(root: Path) -> list[Path]:
    """Return the files that papers may name, and the site publishes."""
    folders = (root / "publications" / name for name in _PUBLISHED)
    return [path for folder in folders for path in files(root, folder)]
