"""The files of papers that a site publishes: thumbnails, and entries for reference managers."""

from collections.abc import Iterable
from pathlib import Path

from portfolio.content import files
from portfolio.files import write
from portfolio.pages.portfolio import CITATIONS, Portfolio
from portfolio.pages.previews import preview_of
from portfolio.records.formats import bib, csl, ris
from portfolio.records.formats.record import record_of
from portfolio.records.paper import Paper

_PUBLISHED = ("files", "previews")


def write_files(here: Portfolio, papers: Iterable[Paper], folder: Path) -> None:
    """Write the thumbnail and the entry of each of ``papers`` into ``folder``."""
    for paper in papers:
        preview = preview_of(here, paper)
        thumbnails = folder / "thumbnails"
        write(thumbnails / f"{paper.slug}.webp", preview.thumbnail())
        if preview.drawing:
            write(thumbnails / f"{paper.slug}.svg", preview.drawing)
        write_citations([paper], folder / paper.slug, behind=here.papers.behind(paper))


def write_citations(papers: Iterable[Paper], stem: Path, *, behind: Iterable[Paper] = ()) -> None:
    """Write ``papers`` in each format that reference managers read, as ``stem`` and its ending.

    The entries ``behind`` them, which BibTeX takes fields from, follow in its format.
    """
    papers = list(papers)
    records = [record_of(paper) for paper in papers]
    written = {".bib": bib.as_it_is([*papers, *behind]), ".ris": ris.write_ris(records)}
    written[".json"] = csl.write_csl(records)
    for suffix in CITATIONS.values():
        write(stem.with_name(stem.name + suffix), written[suffix])


def own_files(root: Path) -> list[Path]:
    """Return the files that papers may name, and the site publishes."""
    folders = (root / "publications" / name for name in _PUBLISHED)
    return [path for folder in folders for path in files(root, folder)]
