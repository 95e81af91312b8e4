"""Everything that a page may show, loaded once: settings, papers, their figures, and news."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from portfolio.brand import Brand, load_brand
from portfolio.content import lying_in
from portfolio.figures.notebooks import Figure, read_figures
from portfolio.figures.values import NO_VALUES, Values, read_values
from portfolio.figures.verified import Verified, read_verified
from portfolio.pages import inserted
from portfolio.pages.own_words import own_words
from portfolio.pages.repository import Repository
from portfolio.pages.shelf import OWN, Shelf
from portfolio.pages.words import Words, words
from portfolio.recent import Again
from portfolio.records.bibliography import Bibliography, load_bibliography
from portfolio.records.coauthors import load_people
from portfolio.records.counts import Count, read_counts
from portfolio.records.kinds.item import Item
from portfolio.records.kinds.reader import load_items
from portfolio.records.news import News, load_news
from portfolio.records.paper import Paper
from portfolio.records.people.names import Name, fold, parse_name
from portfolio.records.posts import Post, load_posts
from portfolio.records.problems import Problem
from portfolio.records.site import Site, is_portfolio, load_site
from portfolio.records.vitae import Vitae, load_vitae


@dataclass(frozen=True)
class Portfolio:
    """The content of the project at ``root``, with whatever is wrong in it."""

    root: Path
    site: Site
    papers: Bibliography
    figures: Mapping[str, Figure]
    news: tuple[News, ...]
    problems: tuple[Problem, ...]
    shelf: Shelf = OWN
    items: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    """What the tables of other kinds hold: talks, people and so on."""
    values: Values = NO_VALUES
    unknown_values: tuple[Problem, ...] = ()

    written_posts: tuple[Post, ...] = ()
    """All posts, drafts too."""
    cvs: tuple[Vitae, ...] = (Vitae(),)
    """The CV's settings, and those of its variants."""

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """The posts that are published, the newest first."""
        return tuple(post for post in self.written_posts if not post.is_draft)

    @cached_property
    def by_name(self) -> Mapping[str, Paper]:
        """The papers by slug and by key, in small letters."""
        return {name.lower(): paper for paper in self.papers for name in (paper.key, paper.slug)}

    @cached_property
    def people(self) -> Mapping[str, str]:
        """Where people are on the web, by their folded names."""
        return load_people(self.root, [])

    def person(self, name: Name) -> Item | None:
        """Return what the table of people says of somebody, if it names them."""
        return self._persons.get(fold(name.display))

    @cached_property
    def _persons(self) -> Mapping[str, Item]:
        return {
            fold(parse_name(name).display): person
            for person in self.items.get("people", ())
            for name in (person.title, *person.lists.get("spellings", ()))
        }

    def papers_by(self, person: Item) -> list[Paper]:
        """Return the papers that somebody has a part in, whom the table of people names."""
        return self._papers_by.get(person.id, [])

    @cached_property
    def _papers_by(self) -> Mapping[str, list[Paper]]:
        found: dict[str, list[Paper]] = {}
        for paper in self.papers if self._persons else ():
            for who in {one.id: one for name in paper.authors if (one := self.person(name))}:
                found.setdefault(who, []).append(paper)
        return found

    @cached_property
    def say(self) -> Words:
        """The words of the interface: ``here.say("notebook")``."""
        return words(self.site.lang, own_words(self.site.words, self.site.lang))

    def url(self, path: str) -> str:
        """Return the public address of ``path``, which starts with a slash."""
        return self.site.address + path

    def whole(self, href: str) -> str:
        """Return an address as it is from anywhere; one on another site stays as it is."""
        return self.url(href) if href.startswith("/") else href

    @cached_property
    def notebooks(self) -> frozenset[str]:
        """The slugs that there is a notebook of."""
        return self._lying_in("notebooks", ".ipynb")

    @cached_property
    def brand(self) -> Brand:
        """The look of the site."""
        return load_brand(self.root)

    @cached_property
    def verified(self) -> Mapping[str, Verified]:
        """When each notebook was last run again elsewhere, and what came of it."""
        return read_verified(self.root)

    @cached_property
    def counts(self) -> Mapping[tuple[str, str], Count]:
        """How often papers are cited, by key and source."""
        return read_counts(self.root, [])

    @cached_property
    def repository(self) -> Repository:
        """Where the site's files can be read."""
        return Repository(self.root, self.site.repository)

    @cached_property
    def written(self) -> frozenset[str]:
        """The slugs whose pages are written by hand."""
        return self._lying_in("publications", ".qmd")

    def has_notebook(self, paper: Paper) -> bool:
        """Whether there is a notebook of the paper, even one that gives no figure yet."""
        return paper.slug in self.figures or paper.slug in self.notebooks

    @cached_property
    def previews(self) -> frozenset[str]:
        """The names of what lies in the folder of previews, content or not."""
        folder = self.root / "publications" / "previews"
        return frozenset(os.listdir(folder) if folder.is_dir() else ())  # noqa: PTH208  names alone

    def _lying_in(self, folder: str, suffix: str) -> frozenset[str]:
        return frozenset(path.stem for path in lying_in(self.root, folder, suffix))

    def count(self, title: str, place: str = "") -> int:
        """Return how many papers have a title, of those that appeared at a place if one is told."""
        return self._counts[title, place]

    def alone(self, paper: Paper) -> "Portfolio":
        """Return the portfolio as if it held no other paper: what is made of it hangs on none."""
        figures = {paper.slug: self.figures[paper.slug]} if paper.slug in self.figures else {}
        own = replace(self, papers=self.papers.only(paper), figures=figures)
        own.__dict__.update({name: getattr(self, name) for name in _IN_COMMON})
        return own

    def in_language(self, lang: str) -> "Portfolio":
        """Return the portfolio as a page in a language shows it; as it is where none is told."""
        if lang in {"", self.site.lang}:
            return self
        if lang not in self._in_languages:
            site, news = self.site.in_language(lang), [item.in_language(lang) for item in self.news]
            items = {
                kind: tuple(item.in_language(lang) for item in some)
                for kind, some in self.items.items()
            }
            there = replace(self, site=site, news=tuple(news), items=items)
            values = replace(self.values, as_here=there.say.as_here)
            self._in_languages[lang] = replace(there, values=values)
        return self._in_languages[lang]

    @cached_property
    def shown(self) -> dict[str, dict[tuple[str, ...], list[Any]]]:
        """What cells have given of it already, by their context and their code."""
        return {}

    @cached_property
    def again(self) -> Again:
        """What was made of it last."""
        return Again()

    @cached_property
    def _in_languages(self) -> "dict[str, Portfolio]":
        return {}

    @cached_property
    def _counts(self) -> Counter[tuple[str, str]]:
        counts = Counter((paper.title, "") for paper in self.papers)
        counts.update(
            (paper.title, place) for paper in self.papers if (place := where_and_when(paper))
        )
        return counts


_IN_COMMON = (
    *("say", "brand", "verified", "repository", "notebooks", "written", "previews"),
    *("people", "_persons", "counts"),
)
"""What a portfolio has loaded that is the same whichever papers it holds."""


def where_and_when(paper: Paper) -> str:
    """Return where and when a paper appeared, in as few words as tell it."""
    venue, when = paper.short_venue, paper.when.text
    return " ".join(filter(None, (venue, "" if when in venue else when)))


def load_portfolio(root: Path, *, bibs: Sequence[Path] = (), shelf: Shelf = OWN) -> Portfolio:
    """Read the project at ``root``; raise ContentError if its settings cannot be used.

    The papers are those of the files ``bibs``, where such are named. The owner of a website that
    is no portfolio need not be known.
    """
    papers = load_bibliography(root, bibs=bibs)
    news, news_problems = load_news(root)
    figures, figure_problems = read_figures(root / "notebooks")
    of_items: list[Problem] = []
    items = load_items(root, of_items)
    cvs = load_vitae(root, of_items)
    posts = load_posts(root, of_items)
    site = load_site(root, known=is_portfolio(root))
    values = replace(read_values(root), as_here=words(site.lang).as_here)
    unknown = tuple(inserted.faults(root, values, papers, figures))
    problems = (*papers.problems, *news_problems, *figure_problems, *of_items, *unknown)
    return Portfolio(
        root=root,
        site=site,
        papers=inserted.in_papers(values, papers),
        figures=inserted.in_figures(values, figures),
        news=tuple(news),
        problems=tuple(sorted(problems)),
        shelf=shelf,
        items=items,
        cvs=cvs,
        values=values,
        unknown_values=unknown,
        written_posts=posts,
    )


CITATIONS = {"BibTeX": ".bib", "RIS": ".ris", "CSL-JSON": ".json"}
"""The formats in which papers can be downloaded, and the endings of their files."""
MEDIA_TYPES = {
    ".bib": "application/x-bibtex",
    ".ris": "application/x-research-info-systems",
    ".json": "application/vnd.citationstyles.csl+json",
}
"""What programs call those formats."""


def page_of(paper: Paper) -> str:
    """Return the address of a paper's page, from the site's root."""
    return OWN.page(paper)


def table_of(paper: Paper) -> str:
    """Return the address of what a paper's figure shows in numbers, from the site's root."""
    return f"/publications/figures/{paper.slug}.csv"


def figure_of(paper: Paper, figure: Figure) -> str:
    """Return the address of a paper's figure on a made page, from the site's root."""
    return f"/publications/figures/{paper.slug}{'.svg' if figure.svg else '.png'}"
