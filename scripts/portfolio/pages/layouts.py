"""Which layout each page of the site has."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from portfolio.content import is_content
from portfolio.pages.around import Around
from portfolio.pages.citations import Written
from portfolio.pages.heads import Heads
from portfolio.pages.layout import PLAIN, Layout
from portfolio.pages.notebooks import head_of_notebook
from portfolio.pages.portfolio import Portfolio, page_of
from portfolio.pages.posts import below_title
from portfolio.pages.translations import unmarked
from portfolio.records.paper import Paper
from portfolio.records.posts import Post


@dataclass(frozen=True)
class Layouts:
    """Knows the layouts of the pages of a portfolio, whose papers have the ``entries`` to cite."""

    heads: Heads
    entries: Mapping[str, Written]
    site: str = ""
    """What stands for where the site lies, and which pages it has."""

    @property
    def here(self) -> Portfolio:
        """The portfolio."""
        return self.heads.here

    def of(self, address: str, lang: str) -> Layout:
        """Return the layout of a rendered page, by its address from the root and its language.

        The pages that were made of papers have theirs already.
        """
        there = self.here.in_language(lang)
        paper = self._papers.get(plain := unmarked(address, lang))
        if paper and (paper.slug in self.here.written or plain != address):
            around = self.around(lang)
            return Layout(
                top=around.top(paper),
                foot=around.foot(paper),
                contents=there.say("on-this-page"),
                cite=there.say("cite"),
                read=there.say("read-the-figure"),
            )
        if post := self._posts.get(address):
            return Layout(head=below_title(there, post), contents=there.say("on-this-page"))
        notebook = Path(address).with_suffix(".ipynb").as_posix()
        if is_content(self.here.root / notebook, self.here.root):
            head = head_of_notebook(there, notebook)
            return Layout(head=head, contents=there.say("on-this-page"))
        return PLAIN

    def around(self, lang: str = "") -> Around:
        """Return what stands around the pages of papers, in a language."""
        there = self.here.in_language(lang)
        return self._arounds.setdefault(there.say.lang, Around(there, self.entries))

    @cached_property
    def _posts(self) -> Mapping[str, Post]:
        return {post.address[1:]: post for post in self.here.posts}

    @cached_property
    def _papers(self) -> Mapping[str, Paper]:
        return {page_of(paper)[1:]: paper for paper in self.here.papers}

    @cached_property
    def _arounds(self) -> dict[str, Around]:
        return {}
