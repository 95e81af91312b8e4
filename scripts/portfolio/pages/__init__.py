"""What the site shows: call these from page cells; each returns HTML.

The project is found from the working directory, so a page needs no set-up of its own. On a page of
a website that is no portfolio, what the HTML names is put beside the page.
"""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from portfolio.pages import cards, listing, metadata
from portfolio.pages.citations import write_citations
from portfolio.pages.files import write_files
from portfolio.pages.html import Html, tag
from portfolio.pages.loaded import portfolio_here
from portfolio.pages.portfolio import Portfolio
from portfolio.records.paper import Paper

if TYPE_CHECKING:
    import pandas as pd


def owner() -> Html:
    """Return who the owner is and where else to find them, with the page's metadata."""
    here = portfolio_here()
    return _shown(here, cards.owner(here) + here.shelf.head(metadata.of_owner(here)))


def publications(*bibs: str, group: str = "year", sort: str = "year") -> Html:
    """Return the list of every paper: the project's, or those of the files ``bibs``.

    It is grouped by ``group`` (year, kind, topic or title), and within a group by ``sort`` (year
    or title).
    """
    here = portfolio_here(*bibs)
    if here.shelf.folder:
        write_citations(here.papers, here.shelf.folder / "publications")
    head = "" if bibs else here.shelf.head(metadata.of_listing(here))
    html, scripts = listing.publications(here, group=group, sort=sort)
    return _shown(here, html + head, here.papers, scripts)


def selected(*bibs: str, heading: str = "") -> Html:
    """Return the cards of the papers marked as selected, under a heading; nothing without any."""
    here = portfolio_here(*bibs)
    papers = [paper for paper in here.papers if paper.selected]
    shown = cards.listing(here, papers) if papers else ""
    return _shown(here, _headed(heading, shown), papers)


def paper(slug: str) -> Html:
    """Return the head of the page of one paper, with the page's metadata."""
    here = portfolio_here()
    found = here.papers[slug]
    return _shown(here, cards.page_of_paper(here, found), [found])


def news() -> Html:
    """Return all the news."""
    return latest_news(None)


def latest_news(count: int | None = 4, *, heading: str = "") -> Html:
    """Return the newest ``count`` items of the news, under a heading; nothing without any."""
    here = portfolio_here()
    return _shown(here, _headed(heading, cards.news(here, count)))


def table(*bibs: str) -> "pd.DataFrame":
    """Return the publications, one row each, with every field of the .bib and the CSV."""
    return portfolio_here(*bibs).papers.frame()


def _headed(heading: str, content: str) -> str:
    return tag("h2", escape(heading)) + content if heading and content else content


def _shown(
    here: Portfolio, html: str, papers: Iterable[Paper] = (), scripts: Iterable[str] = ()
) -> Html:
    """Return a part of a page, and see to it that what it names is published."""
    if here.shelf.folder:
        write_files(here, papers, here.shelf.folder)
    return Html(here.shelf.dressed(html, scripts))
