"""What the site shows: call these from page cells; each returns HTML.

The project is found from the working directory, so a page needs no set-up of its own.
"""

from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.pages import cards, metadata
from portfolio.pages.html import Html, tag
from portfolio.pages.portfolio import Portfolio, load_portfolio
from portfolio.records.root import find_root

if TYPE_CHECKING:
    import pandas as pd


def owner() -> Html:
    """Return who the owner is and where else to find them, with the page's metadata."""
    here = _portfolio()
    return Html(cards.owner(here) + metadata.head(metadata.of_owner(here)))


def publications() -> Html:
    """Return every paper as a card, by year."""
    return Html(cards.publications(_portfolio()))


def selected(heading: str = "") -> Html:
    """Return the cards of the papers marked as selected, under a heading; nothing without any."""
    here = _portfolio()
    papers = [paper for paper in here.papers if paper.selected]
    return _headed(heading, cards.listing(here, papers) if papers else "")


def paper(slug: str) -> Html:
    """Return the head of the page of one paper, with the page's metadata."""
    here = _portfolio()
    return Html(cards.page_of_paper(here, here.papers[slug]))


def news() -> Html:
    """Return all the news."""
    return Html(cards.news(_portfolio()))


def latest_news(heading: str = "", count: int = 4) -> Html:
    """Return the newest ``count`` items of the news, under a heading; nothing without any."""
    return _headed(heading, cards.news(_portfolio(), count))


def table() -> "pd.DataFrame":
    """Return the publications, one row each, with every field of the .bib and the CSV."""
    return _portfolio().papers.frame()


def _headed(heading: str, content: str) -> Html:
    return Html(tag("h2", escape(heading)) + content if heading and content else content)


@cache
def _portfolio() -> Portfolio:
    return load_portfolio(find_root(Path.cwd()))
