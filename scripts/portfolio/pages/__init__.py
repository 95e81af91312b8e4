"""What the site shows: call these from page cells; each returns HTML.

The project is found from the working directory, so a page needs no set-up of its own. On a page of
a website that is no portfolio, what the HTML names is put beside the page.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio import content
from portfolio.pages import cards, metadata
from portfolio.pages.beside import load_beside, page
from portfolio.pages.files import write_citations, write_files
from portfolio.pages.html import Html, tag
from portfolio.pages.portfolio import Portfolio, load_portfolio
from portfolio.records.formats.record import with_versions
from portfolio.records.latex.formulas import make_expected
from portfolio.records.paper import Paper
from portfolio.records.root import SETTINGS, find_root
from portfolio.records.site import is_portfolio

if TYPE_CHECKING:
    import pandas as pd


def owner() -> Html:
    """Return who the owner is and where else to find them, with the page's metadata."""
    here = _portfolio()
    return _shown(here, cards.owner(here) + here.shelf.head(metadata.of_owner(here)))


def publications(*bibs: str) -> Html:
    """Return every paper as a card, by year: the project's, or those of the files ``bibs``."""
    here = _portfolio(*bibs)
    if here.shelf.folder:
        write_citations(with_versions(here.papers), here.shelf.folder / "publications")
    return _shown(here, cards.publications(here), here.papers)


def selected(*bibs: str, heading: str = "") -> Html:
    """Return the cards of the papers marked as selected, under a heading; nothing without any."""
    here = _portfolio(*bibs)
    papers = [paper for paper in here.papers if paper.selected]
    listing = cards.listing(here, papers) if papers else ""
    return _shown(here, _headed(heading, listing), papers)


def paper(slug: str) -> Html:
    """Return the head of the page of one paper, with the page's metadata."""
    here = _portfolio()
    found = here.papers[slug]
    return _shown(here, cards.page_of_paper(here, found), [found])


def news() -> Html:
    """Return all the news."""
    return latest_news(None)


def latest_news(count: int | None = 4, *, heading: str = "") -> Html:
    """Return the newest ``count`` items of the news, under a heading; nothing without any."""
    here = _portfolio()
    return _shown(here, _headed(heading, cards.news(here, count)))


def table(*bibs: str) -> "pd.DataFrame":
    """Return the publications, one row each, with every field of the .bib and the CSV."""
    return _portfolio(*bibs).papers.frame()


def _headed(heading: str, content: str) -> str:
    return tag("h2", escape(heading)) + content if heading and content else content


def _shown(here: Portfolio, html: str, papers: Iterable[Paper] = ()) -> Html:
    """Return a part of a page, and see to it that what it names is published."""
    if here.shelf.folder:
        write_files(here, papers, here.shelf.folder)
    return Html(here.shelf.dressed(html))


def ready() -> None:
    """Read the project in memory, with its formulas, so that all pages of a process find it there.

    Raises ContentError if its settings cannot be used.
    """
    _portfolio()
    make_expected()


def _portfolio(*bibs: str) -> Portfolio:
    root = find_root(Path.cwd())
    found = [(path, path.stat()) for path in _sources(root, bibs)]
    state = tuple((path, file.st_mtime_ns, file.st_size, file.st_ino) for path, file in found)
    own = is_portfolio(root) and not bibs
    return _loaded(root, () if own else page(), bibs, state)


def _sources(root: Path, bibs: Iterable[str]) -> Iterator[Path]:
    """Yield the files that parts of a page are made from."""
    yield from filter(Path.is_file, (root / SETTINGS, *(page()[0] / bib for bib in bibs)))
    for folder in ("publications", "news", "notebooks"):
        yield from content.files(root, root / folder)


@lru_cache(maxsize=8)
def _loaded(root: Path, at: object, bibs: tuple[str, ...], state: object) -> Portfolio:  # noqa: ARG001
    """Read the project once for each state of its files; a preview's process outlives many.

    In a portfolio all pages show the same; elsewhere each has what it shows beside it, ``at`` it.
    """
    return load_beside(root, bibs) if at else load_portfolio(root)
