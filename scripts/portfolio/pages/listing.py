"""The list of all papers: a bar to search and to narrow it down, and its papers under headings.

Everything works without scripts. What narrows the list down is a link: to a fragment, which the
style sheet follows, or, where the list is divided, to a page. The same list in another order is
a page too. With scripts, a search field appears, and what it holds stands in the address.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from portfolio.pages import listing_pages
from portfolio.pages.causes import Causes
from portfolio.pages.cited import counted
from portfolio.pages.html import link, tag, void
from portfolio.pages.listing_facets import Facet, facets_of, topics_of
from portfolio.pages.listing_groups import GROUPS, Section, sections_of
from portfolio.pages.listing_pages import HOME, ListPage, pages_of
from portfolio.pages.listing_row import downloads, lean_row, row, row_id
from portfolio.pages.portfolio import Portfolio
from portfolio.pages.shelf import DIVIDED, LISTS
from portfolio.records.paper import Paper
from portfolio.remembered import remembered_text

FEW = 4
"""A list of no more papers than these is seen at a glance: it needs no bar."""
LONG = 12
"""A list of more papers than these is offered in other orders."""
VERY_LONG = 30
"""A list of more papers than these starts with links to its sections."""
INDEX = "/publications/by/index.json"
"""Where the search of a divided list looks."""
_MARKS = "mark"
_MOST_LINKS = 120


@dataclass(frozen=True, eq=False)
class Listing:
    """The list of a portfolio's papers as its own page shows it, and all that belongs to it."""

    here: Portfolio
    group: str = "year"
    sort: str = "year"
    _rows: dict[str, str] = field(default_factory=dict, init=False)
    _lean_rows: dict[str, str] = field(default_factory=dict, init=False)

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """The papers, in the order of the bibliography."""
        return tuple(self.here.papers)

    @cached_property
    def facets(self) -> list[Facet]:
        """What the list can be narrowed down to."""
        return facets_of(self.here, self.papers) if len(self.papers) > FEW else []

    @cached_property
    def orders(self) -> list[str]:
        """The orders in which the list is offered, its own first."""
        if len(self.papers) <= LONG or self.here.shelf.folder:
            return [self.group]
        telling = {facet.group for facet in self.facets}
        offered = [name for name in GROUPS if name in {"year", "title"} | telling]
        return offered if self.group in offered else [self.group, *offered]

    @cached_property
    def is_divided(self) -> bool:
        """Whether the list takes more than one page."""
        return len(self.papers) > listing_pages.FULL and not self.here.shelf.folder

    @property
    def scripts(self) -> tuple[str, ...]:
        """The names of the scripts that each page of the list needs."""
        return (DIVIDED, LISTS) if self.is_divided else (LISTS,) if len(self.papers) > FEW else ()

    @cached_property
    def pages(self) -> Mapping[str, list[ListPage]]:
        """The pages of the list in each order; a divided one has a page for its marks too."""
        found = {}
        for group in self.orders:
            sort = self.sort if group == self.group else "year"
            sections = sections_of(self.papers, self.here.say, group=group, sort=sort)
            found[group] = self._pages(sections, group)
        if self.is_divided:
            marks = [facet for facet in self.facets if facet.group == "only"]
            found[_MARKS] = self._pages(
                [
                    Section(f"group-{mark.name}", mark.text, self._marked(mark))
                    for mark in marks
                ],
                _MARKS,
            )  # fmt: skip
        return found

    @cached_property
    def places(self) -> Mapping[str, str]:
        """The address of the page on which each paper has its row, by slug."""
        own = self.pages[self.group]
        return {
            paper.slug: page.address
            for page in reversed(own)  # the first, where a paper stands on several
            for section in page.sections
            for paper in section.papers
        }

    def html(self, page: ListPage, group: str) -> str:
        """Return a page of the list, below its heading."""
        say, count = self.here.say, len(self.papers)
        status = tag(
            "p",
            say.html("n-papers", n=count),
            class_="count",
            role="status",
            data_count=count,
            data_of=say("n-of-all", shown="{n}", all="{all}"),
        )
        parts = [tag("div", self._field() + status, class_="top"), *self._bar()]
        parts += [self._contents(page, group), *self._sections(page, group)]
        parts.append(self._neighbours(page, group))
        parts.append(counted(self.here, self.papers))
        files = say.listed(downloads(self.here, "publications"))
        parts.append(tag("p", say.html("all-entries", files=files), class_="more"))
        return tag(
            "div",
            "\n".join(filter(None, parts)),
            class_="listing",
            id="all",
            data_group=group,
            data_sort=self.sort,
            data_more=say("show-more") if self.is_divided else "",
        )

    def _pages(self, sections: Sequence[Section], group: str) -> list[ListPage]:
        home = HOME if group == self.group else f"/publications/by/{group}.html"
        full = listing_pages.FULL if self.is_divided else sys.maxsize
        return pages_of(sections, group=group, home=home, full=full) if sections else []

    def _marked(self, facet: Facet) -> tuple[Paper, ...]:
        return tuple(paper for paper in self.papers if paper.slug in facet.slugs)

    def _field(self) -> str:
        if len(self.papers) <= FEW:
            return ""
        say = self.here.say
        label, hint = say("search-papers"), say("search-in")
        field = void("input", type="search", aria_label=label, placeholder=hint, autocomplete="off")
        return tag("div", field, class_="find", role="search")

    def _bar(self) -> Iterator[str]:
        say = self.here.say
        if len(self.papers) <= FEW:
            return
        groups = [
            self._facets_of(name) for name in ("only", "kind", "topic")
            if name == "only" or any(facet.group == name for facet in self.facets)
        ]  # fmt: skip
        if self.facets:
            yield tag("nav", "\n".join(groups), class_="facets", aria_label=say("show"))
        orders = [
            tag("li", link(say(f"by-{name}"), self.pages[name][0].address))
            for name in (self.orders if len(self.orders) > 1 else ())
        ]
        if orders:
            yield tag("nav", tag("ul", "".join(orders)), class_="orders", aria_label=say("order"))
        shown = tag("a", say.html("show-all", n=len(self.papers)), href="#all")
        yield tag("p", say.html("no-match", all=shown), class_="none", hidden=True)

    def _facets_of(self, group: str) -> str:
        say = self.here.say
        every = _facet(say("all"), say.number(len(self.papers)), href=self._every, class_="every")
        items = [every] if group == "only" else [tag("li", say.html(f"of-{group}"), class_="name")]
        for number, facet in enumerate(self.facets, 1):
            if facet.group == group:
                items.append(
                    _facet(
                        facet.text,
                        say.number(len(facet.slugs)),
                        href=self._address(facet),
                        id=facet.id,
                        class_="" if self.is_divided else f"f{number}",
                    )
                )
        return tag("ul", "".join(items))

    @property
    def _every(self) -> str:
        return f"{HOME}#all" if self.is_divided else "#all"

    def _address(self, facet: Facet) -> str:
        """Return where the papers of a facet are: on this page, or where a section begins."""
        if not self.is_divided:
            return f"#{facet.id}"
        pages = self.pages.get(_MARKS if facet.group == "only" else facet.group, [])
        wanted = f"group-{facet.name}"
        return next(
            f"{page.address}#{wanted}"
            for page in pages
            if any(section.id == wanted for section in page.sections)
        )

    def _contents(self, page: ListPage, group: str) -> str:
        """Return links to the sections of a long list, with how many papers each has."""
        pages = self.pages[group]
        counts: dict[str, int] = {}
        leads: dict[str, str] = {}
        for one in pages:
            for section in one.sections:
                at = "" if one is page else one.address
                leads.setdefault(section.text, f"{at}#{section.id}")
                counts[section.text] = counts.get(section.text, 0) + len(section.papers)
        names = list(counts)
        if len(names) > _MOST_LINKS:
            names = [section.text for section in page.sections]
        if len(self.papers) <= VERY_LONG or len(names) < 2:  # noqa: PLR2004  one leads nowhere
            return ""
        items = [_facet(name, self.here.say.number(counts[name]), href=leads[name])
                 for name in names]  # fmt: skip
        label = self.here.say("years" if group == "year" else "sections")
        return tag("nav", tag("ul", "".join(items)), class_="leaps", aria_label=label)

    def _sections(self, page: ListPage, group: str) -> Iterator[str]:
        is_lean = self.is_divided and group != self.group
        named: set[str] = set()
        for section in page.sections:
            met = set() if is_lean else {paper.slug for paper in section.papers} - named
            named |= met
            heading = tag("h2", escape(section.text), id=section.id)
            items = self._items(section.papers, met, is_lean=is_lean)
            rows = tag("ol", items, class_="rows", role="list")
            yield tag("section", f"{heading}\n{rows}", class_="group")

    def _items(self, papers: Sequence[Paper], named: AbstractSet[str], *, is_lean: bool) -> str:
        """Return the rows of a section, those ``named`` with a fragment of their own.

        A divided list is made section by section, and only where a paper changed.
        """

        def made() -> str:
            return "\n".join(
                self._lean(paper) if is_lean else self._item(paper, named=paper.slug in named)
                for paper in papers
            )

        if not self.is_divided:
            return made()
        cause = [[self._causes.of(paper), is_lean, paper.slug in named] for paper in papers]
        return remembered_text(self.here.root, f"{__name__}.rows", json.dumps(cause), made)

    @cached_property
    def _causes(self) -> Causes:
        return Causes(self.here)

    def _item(self, paper: Paper, *, named: bool) -> str:
        """Return a paper's row; one that stands on a page twice is named once."""
        if paper.slug not in self._rows:
            self._rows[paper.slug] = row(self.here, paper)
        return tag(
            "li",
            self._rows[paper.slug],
            id=row_id(paper) if named else "",
            class_=f"row h-cite {self._slots(paper)}".strip(),
            data_k=self._words(paper),
        )

    def _lean(self, paper: Paper) -> str:
        if paper.slug not in self._lean_rows:
            self._lean_rows[paper.slug] = lean_row(self.here, paper)
        return tag("li", self._lean_rows[paper.slug], class_="row lean")

    def _slots(self, paper: Paper) -> str:
        """Return the classes by which the style sheet knows of which facets a paper is."""
        if self.is_divided:
            return ""
        held = (f"f{n}" for n, facet in enumerate(self.facets, 1) if paper.slug in facet.slugs)
        return " ".join(held)

    def _words(self, paper: Paper) -> str:
        """Return the topics of a paper that none of the facets on the page says."""
        if self.is_divided:
            return ""
        shown = {facet.text.casefold() for facet in self.facets}
        return ", ".join(topic for topic in topics_of(paper) if topic.casefold() not in shown)

    def _neighbours(self, page: ListPage, group: str) -> str:
        """Return links to the pages before and after one."""
        pages = self.pages[group]
        at = pages.index(page) if pages else 0
        links = [
            link(pages[n].text, pages[n].address, rel=rel)
            for n, rel in ((at - 1, "prev"), (at + 1, "next"))
            if 0 <= n < len(pages)
        ]
        label = self.here.say("pages-of-list")
        return tag("nav", "".join(links), class_="pages", aria_label=label) if links else ""


def publications(
    here: Portfolio, *, group: str = "year", sort: str = "year"
) -> tuple[str, tuple[str, ...]]:
    """Return all papers, or the first page of them, and the names of the scripts that it needs.

    Raises ValueError for another ``group`` than year, kind, topic and title, or another ``sort``
    than year and title.
    """
    whole = Listing(here, group, sort)
    pages = whole.pages[group]
    first = pages[0] if pages else ListPage(HOME, "", ())
    return whole.html(first, group), whole.scripts


def _facet(text: str, count: str, *, href: str, id: str = "", class_: str = "") -> str:  # noqa: A002
    """Return a link with what it leads to and how many papers are there."""
    said = f"{escape(text)} {tag('small', count)}"
    return tag("li", tag("a", said, href=href, id=id, class_=class_))
