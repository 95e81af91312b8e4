"""What the site shows: call these from page cells; each returns HTML.

The project is found from the working directory, so a page needs no set-up of its own. On a page of
a website that is no portfolio, what the HTML names is put beside the page.
"""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Protocol

from portfolio.pages import happened, home, listing, metadata
from portfolio.pages.citations import write_citations
from portfolio.pages.cited import cited_in_all
from portfolio.pages.files import write_files
from portfolio.pages.html import Html, tag
from portfolio.pages.items import Choice, items_html
from portfolio.pages.loaded import portfolio_here
from portfolio.pages.paper import head_of_paper
from portfolio.pages.portfolio import Portfolio
from portfolio.pages.posts import all_posts, posts_html
from portfolio.pages.vitae_page import vitae_html
from portfolio.records.paper import Paper

if TYPE_CHECKING:
    import pandas as pd


def owner() -> Html:
    """Return who the owner is and where else to find them, with the page's metadata."""
    here = portfolio_here()
    return _shown(here, home.owner(here) + here.shelf.head(metadata.of_owner(here)))


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


def selected(*bibs: str, heading: str = "", more: bool = False) -> Html:
    """Return the cards of the papers marked as selected, under a heading; nothing without any.

    With ``more`` the link to all papers follows.
    """
    here = portfolio_here(*bibs)
    papers = [paper for paper in here.papers if paper.selected]
    shown = home.showcase(here, papers) if papers else ""
    shown += home.all_publications(here) if papers and more else ""
    return _shown(here, _headed(heading, shown), papers)


def paper(slug: str) -> Html:
    """Return the head of the page of one paper, with the page's metadata."""
    here = portfolio_here()
    found = here.papers[slug]
    return _shown(here, head_of_paper(here, found), [found])


def citation_counts() -> Html:
    """Return how often all papers are cited, with the h-index: nothing unless it is wanted.

    `owner.citations` says whose counts are shown, and `portfolio counts` asks for them.
    """
    here = portfolio_here()
    return _shown(here, cited_in_all(here))


def news() -> Html:
    """Return all the news."""
    return latest_news(None)


def latest_news(count: int | None = 4, *, heading: str = "", more: bool = False) -> Html:
    """Return the newest ``count`` items of the news, under a heading; nothing without any.

    With ``more`` the link to all news follows.
    """
    here = portfolio_here()
    items = happened.news(here, count)
    items += home.all_news(here) if more and items else ""
    return _shown(here, _headed(heading, items))


def posts(
    count: int | None = None, *, tag: str = "", heading: str = "", more: bool = False
) -> Html:
    """Return the newest ``count`` posts, or all, or those with a ``tag``; nothing without any.

    With ``more`` the link to all posts follows.
    """
    here = portfolio_here()
    items = posts_html(here, count, with_tag=tag)
    items += all_posts(here) if more and items else ""
    return _shown(here, _headed(heading, items))


def cv(variant: str = "") -> Html:
    """Return the CV, as ``cv/cv.yml`` has it, or the variant of it that is named.

    Raises KeyError naming the variants that there are.
    """
    here = portfolio_here()
    for vitae in here.cvs:
        if vitae.name == variant:
            return _shown(here, vitae_html(here, vitae), here.papers)
    there_are = ", ".join(vitae.name for vitae in here.cvs if vitae.name) or "none"
    raise KeyError(f"no variant of the CV is called {variant}; there are: {there_are}")


class Part(Protocol):
    """A function that shows the things of one kind; see `_of_kind`."""

    def __call__(
        self,
        *,
        view: str = "",
        heading: str = "",
        group: str = "",
        count: int | None = None,
        selected: bool = False,
    ) -> Html:
        """Return the things as HTML."""
        ...


def _of_kind(kind: str) -> Part:
    def part(
        *,
        view: str = "",
        heading: str = "",
        group: str = "",
        count: int | None = None,
        selected: bool = False,
    ) -> Html:
        here = portfolio_here()
        choice = Choice(view, count, group, selected, level=3 if heading else 2)
        return _shown(here, _headed(heading, items_html(here, kind, choice)))

    part.__name__ = part.__qualname__ = kind
    part.__doc__ = f"""Return the {kind} of the tables, under a heading; nothing without any.

    ``view`` is list, cards, timeline, year or group, ``group`` chooses those of one group,
    ``count`` the newest, and ``selected`` those that are marked so.
    """
    return part


education = _of_kind("education")
positions = _of_kind("positions")
awards = _of_kind("awards")
grants = _of_kind("grants")
talks = _of_kind("talks")
teaching = _of_kind("teaching")
people = _of_kind("people")
projects = _of_kind("projects")
software = _of_kind("software")
datasets = _of_kind("datasets")
service = _of_kind("service")
patents = _of_kind("patents")
press = _of_kind("press")


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
