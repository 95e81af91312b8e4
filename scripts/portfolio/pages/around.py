"""What stands around the text of a paper's page: where it is, how to cite it, what is near it."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

from portfolio.pages.byline import place
from portfolio.pages.citations import Written, written
from portfolio.pages.cite import block
from portfolio.pages.html import link, tag
from portfolio.pages.listing_facets import topics_of
from portfolio.pages.listing_pages import FULL
from portfolio.pages.listing_row import row_id
from portfolio.pages.portfolio import Portfolio, page_of
from portfolio.pages.previews import preview_of
from portfolio.pages.titles import title_in
from portfolio.records.paper import Paper

_LIST = "/publications/index.html"
_RELATED = 3
_AROUND = 8
"""Of those that share a keyword, as many are looked at on either side."""


@dataclass(frozen=True)
class Around:
    """Knows for each paper what stands around it; ``entries`` are by slug, where they are known."""

    here: Portfolio
    entries: Mapping[str, Written]

    def top(self, paper: Paper) -> str:
        """Return the way from the list of papers to this page."""
        back = link(self.here.say("publications"), self._row(paper))
        year = escape(self.here.say.term(paper.when.label)) if paper.when.label else ""
        steps = (back, tag("span", year, aria_hidden="true") if year else "")
        said = tag("span", " / ", aria_hidden="true").join(filter(None, steps))
        return tag("p", said, class_="crumbs")

    def foot(self, paper: Paper, near: str | None = None, here: Portfolio | None = None) -> str:
        """Return how to cite the paper, its versions, and the papers ``near`` it.

        What is cited is the paper as ``here`` has it alone.
        """
        entry = self.entries.get(paper.slug) or written(paper)
        cite = block(here or self.here.alone(paper), paper, entry)
        return "\n".join(filter(None, (cite, self.near(paper) if near is None else near)))

    def near(self, paper: Paper) -> str:
        """Return what a page shows of other papers: versions of this one, and those near it."""
        parts = (self._versions(paper), self._related(paper), self._neighbours(paper))
        return "\n".join(filter(None, parts))

    def _row(self, paper: Paper) -> str:
        """Return where the list has the paper; one of many pages is opened at its start."""
        return f"{_LIST}#{row_id(paper)}" if len(self._papers) <= FULL else _LIST

    def _versions(self, paper: Paper) -> str:
        """Return the other versions of the work, such as its preprint."""
        items = [_version(self.here, version) for version in paper.versions]
        heading = tag("h2", escape(self.here.say("versions")))
        listed = tag("ul", "".join(items), role="list")
        return tag("section", heading + listed, class_="versions") if items else ""

    def _related(self, paper: Paper) -> str:
        papers = self.related(paper)
        items = "".join(tag("li", _titled(self.here, one)) for one in papers)
        heading = tag("h2", escape(self.here.say("same-topic")))
        listed = tag("ul", items, role="list")
        return tag("section", heading + listed, class_="related") if papers else ""

    def _neighbours(self, paper: Paper) -> str:
        """Return links to the papers before and after this one in the list."""
        say, at = self.here.say, self._places[paper.slug]
        before = self._papers[at - 1] if at else None
        after = self._papers[at + 1] if at + 1 < len(self._papers) else None
        links = [
            _neighbour(self._inside(other), other, say(key), key)
            for key, other in (("previous-paper", before), ("next-paper", after))
            if other
        ]
        label = say("more-papers")
        return tag("nav", "".join(links), class_="neighbours", aria_label=label) if links else ""

    def related(self, paper: Paper) -> list[Paper]:
        """Return a few papers that share the most keywords with this one, the nearest first."""
        at, shared = self._places[paper.slug], Counter[int]()
        for keyword in _topics(paper):
            shared.update(_nearest(self._by_keyword[keyword], at))
        ranked = sorted(shared, key=lambda other: (-shared[other], abs(other - at), other))
        return [self._papers[other] for other in ranked[:_RELATED]]

    def _inside(self, paper: Paper) -> tuple[str, str]:
        """Return a paper's picture and title, which the pages before and behind it show."""
        if paper.slug not in self._shown:
            address = self.here.shelf.thumbnail(paper).removesuffix(".webp")
            picture = preview_of(self.here, paper).html(address, "row")
            self._shown[paper.slug] = picture, title_in(paper, self.here.say)
        return self._shown[paper.slug]

    @cached_property
    def _shown(self) -> dict[str, tuple[str, str]]:
        return {}

    @cached_property
    def _papers(self) -> Sequence[Paper]:
        return list(self.here.papers)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {paper.slug: number for number, paper in enumerate(self._papers)}

    @cached_property
    def _by_keyword(self) -> Mapping[str, list[int]]:
        found = defaultdict[str, list[int]](list)
        for number, paper in enumerate(self._papers):
            for keyword in _topics(paper):
                found[keyword].append(number)
        return found


def _topics(paper: Paper) -> list[str]:
    return [topic.casefold() for topic in topics_of(paper)]


def _nearest(numbers: list[int], at: int) -> Iterator[int]:
    """Yield those of the sorted ``numbers`` that are next to ``at``."""
    place = bisect_left(numbers, at)
    for number in numbers[max(0, place - _AROUND) : place + _AROUND + 1]:
        if number != at:
            yield number


def _titled(here: Portfolio, paper: Paper) -> str:
    where = place(here, paper)
    title = tag("a", title_in(paper, here.say), href=page_of(paper))
    return title + (" " + tag("span", escape(where), class_="where") if where else "")


def _version(here: Portfolio, version: Paper) -> str:
    where = escape(place(here, version)) or escape(version.title)
    links = [link(here.say.term(item.text), item.href) for item in version.sources]
    return tag("li", here.say.listed([where, *links]))


def _neighbour(inside: tuple[str, str], paper: Paper, label: str, kind: str) -> str:
    picture, title = inside
    words = tag("span", tag("small", escape(label)) + tag("b", title))
    return tag("a", picture + words, href=page_of(paper), class_=kind.partition("-")[0])
