"""Everything that a page may show, loaded once: settings, papers, their figures, and news."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portfolio.figures.notebooks import Figure, read_figures
from portfolio.records.bibliography import Bibliography, load_bibliography
from portfolio.records.news import News, load_news
from portfolio.records.paper import Paper
from portfolio.records.problems import Problem
from portfolio.records.site import Site, load_site


@dataclass(frozen=True)
class Portfolio:
    """The content of the project at ``root``, with whatever is wrong in it."""

    root: Path
    site: Site
    papers: Bibliography
    figures: Mapping[str, Figure]
    news: tuple[News, ...]
    problems: tuple[Problem, ...]

    def url(self, path: str) -> str:
        """Return the public address of ``path``, which starts with a slash."""
        return self.site.address + path


def load_portfolio(root: Path) -> Portfolio:
    """Read the project at ``root``; raise ContentError if its settings cannot be used."""
    papers = load_bibliography(root)
    news, news_problems = load_news(root)
    figures, figure_problems = read_figures(root / "notebooks")
    problems = (*papers.problems, *news_problems, *figure_problems)
    return Portfolio(
        root=root,
        site=load_site(root),
        papers=papers,
        figures=figures,
        news=tuple(news),
        problems=tuple(sorted(problems)),
    )


def page_of(paper: Paper) -> str:
    """Return the address of a paper's page, from the site's root."""
    return f"/publications/{paper.slug}.html"


def thumbnail_of(paper: Paper) -> str:
    """Return the address of a paper's thumbnail, from the site's root."""
    return f"/publications/thumbnails/{paper.slug}.webp"


CITATIONS = {"BibTeX": ".bib", "RIS": ".ris", "CSL-JSON": ".json"}
"""The formats in which papers can be downloaded, and the endings of their files."""


def citation_of(stem: str, suffix: str) -> str:
    """Return the address of a paper's entry in a format, or of all (``stem``: publications)."""
    return f"/publications/{stem}{suffix}"


def notebook_of(paper: Paper) -> str:
    """Return the address of the page of a paper's notebook, from the site's root."""
    return f"/notebooks/{paper.slug}.html"


def figure_of(paper: Paper, figure: Figure) -> str:
    """Return the address of a paper's figure on a made page, from the site's root."""
    return f"/publications/figures/{paper.slug}{'.svg' if figure.svg else '.png'}"
