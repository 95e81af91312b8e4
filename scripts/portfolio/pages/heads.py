"""What the head of each page of a portfolio has: its address, its place, how it looks when shared.

What only some pages have comes from their cells (`portfolio.pages.metadata`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path, PurePosixPath

from portfolio.pages import feeds
from portfolio.pages.html import void
from portfolio.pages.metadata.elements import linked_data, named, related
from portfolio.pages.metadata.sharing import preview
from portfolio.pages.metadata.signposts import LISTING
from portfolio.pages.metadata.structured import breadcrumbs, posting
from portfolio.pages.portfolio import CITATIONS, MEDIA_TYPES, Portfolio
from portfolio.records.kinds.known import KINDS
from portfolio.records.paper import Paper
from portfolio.records.posts import FOLDER as POSTS
from portfolio.records.posts import Post

LOST = "404.html"
OF_PAPER = "place-of-a-papers-head"
"""Stands for the part of a paper's head that is its own, in the mould of papers' pages."""
_HOME = "index.html"
_SECTIONS = {name: name for name in ("news", "publications", POSTS)}
_SECTIONS |= {kind: f"items-{kind}" for kind in KINDS}
"""The folders that have a page of all that is in them, and what that page is called."""
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')
_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, eq=False)
class Heads:
    """The heads of the site of a portfolio that is rendered into ``output``."""

    here: Portfolio
    output: Path

    @cached_property
    def feeds(self) -> tuple[feeds.Feed, ...]:
        """The feeds that the site has."""
        return feeds.feeds_of(self.here, has_page=(self.output / feeds.NEWS_PAGE).is_file())

    @property
    def has_news(self) -> bool:
        """Whether the site has a feed of news."""
        return any(feed.stem == feeds.NEWS for feed in self.feeds)

    def of(self, address: str, text: str, parts: str) -> str:
        """Return what the head of the page at ``address`` has beside its cells' ``parts``."""
        if address == LOST:
            return named("robots", "noindex") + "".join(self._alternates(address))
        found = void("link", rel="canonical", href=self._public(address))
        found += "".join(self._alternates(address))
        if OF_PAPER in parts or "og:title" in parts:  # a paper's page: its own part says the rest
            return found
        way = linked_data(breadcrumbs(self._trail(address, text))) if address != _HOME else ""
        post = self._posts.get(f"/{address}")
        way += linked_data(posting(self.here, post)) if post else ""
        return found + ("" if "og:title" in text else self._shared(address, text, parts)) + way

    def _alternates(self, address: str) -> Iterator[str]:
        """Yield the links to the feeds; the list's page has all papers in each format too."""
        for feed in self.feeds:
            for form in feed.forms:
                yield related("alternate", form.address, form.kind, feed.title)
        for name, suffix in CITATIONS.items():
            if suffix == ".bib" or f"/{address}" == LISTING:
                href = self.here.shelf.citation("publications", suffix)
                yield related("alternate", href, MEDIA_TYPES[suffix], self._all_as(name))

    def _all_as(self, form: str) -> str:
        return f"{self.here.say('publications')} ({form})"

    def _shared(self, address: str, text: str, parts: str) -> str:
        described = _DESCRIPTION.search(parts) or _DESCRIPTION.search(text)
        is_notebook = address.startswith("notebooks/")
        is_article = is_notebook or f"/{address}" in self._posts
        kind = "article" if is_article else "profile" if address == _HOME else "website"
        said = unescape(described[1]) if described else ""
        paper = self._papers.get(PurePosixPath(address).stem) if is_notebook else None
        told = ""
        if paper and not said:
            said = self.here.say("notebook-of", title=paper.title)
            told = named("description", said)
        whose = self.here.site.owner.name if address == _HOME else ""
        title, own = whose or self._title(text), self._public(address)
        return told + preview(self.here, kind, title, said, own, paper=paper)

    @cached_property
    def _papers(self) -> dict[str, Paper]:
        return {paper.slug: paper for paper in self.here.papers}

    @cached_property
    def _posts(self) -> dict[str, Post]:
        return {post.address: post for post in self.here.posts}

    def _title(self, text: str) -> str:
        """Return the title of a page without the owner's name, which the site has."""
        found = _TITLE.search(text)
        title = " ".join(unescape(found[1]).split()) if found else ""
        return title.removesuffix(f" · {self.here.site.owner.name}") or title

    def _trail(self, address: str, text: str) -> list[tuple[str, str]]:
        """Return the way to a page from the home page: names and public addresses."""
        way = [(self.here.site.owner.name, self._public(_HOME))]
        path = PurePosixPath(address)
        section = "publications" if path.parent.name == "notebooks" else path.parent.name
        index = f"{section}/{_HOME}" if section else ""
        if index and index != address and (self.output / index).is_file():
            name = self.here.say(_SECTIONS[section]) if section in _SECTIONS else section
            way.append((name, self._public(index)))
        return [*way, (self._title(text), self._public(address))]

    def _public(self, address: str) -> str:
        return feeds.public(self.here.site.address, address)
