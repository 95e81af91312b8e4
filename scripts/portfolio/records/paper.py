"""A paper, as the site shows it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from urllib.parse import quote

from portfolio.recent import Again, Alike
from portfolio.records.bibtex.reader import Entry
from portfolio.records.dates import Day
from portfolio.records.fields import ALIASES, is_switch
from portfolio.records.identifiers import (
    ARXIV,
    DOI,
    address_in,
    arxiv_of,
    doi_address,
    doi_of,
    own_file,
    web_address,
)
from portfolio.records.latex.convert import to_html
from portfolio.records.paging import first_and_last, pages_of
from portfolio.records.people.names import Name
from portfolio.records.problems import Problem
from portfolio.records.values import (
    title_of,
    title_parts,
    values_of,
    venues_of,
)
from portfolio.records.when import When, when_of

__all__ = ["ARXIV", "DOI", "Link", "Paper", "slug_of"]

_KINDS_OF_VENUE = (
    "eventtitle", "school", "institution", "organization", "publisher", "howpublished",
)  # fmt: skip
_LINKS = {
    "pdf": "PDF",
    "html": "HTML",
    "supp": "Supplement",
    "code": "Code",
    "data": "Data",
    "slides": "Slides",
    "poster": "Poster",
    "video": "Video",
    "website": "Website",
    "blog": "Blog",
}
LONGEST_SLUG = 120
"""As many letters a slug has at most, for systems that hold no longer names."""
_SHOWN_ELSEWHERE = {"key", "slug", "title", "author", "year", "abbr", "note", "summary", "selected"}
_EXPLAINED = re.compile(r"([*†‡§¶‖#&^])\s*:?\s*([^*†‡§¶‖<>;]+)")


_read = Alike(40_000)
"""The papers that were read last."""


@dataclass(frozen=True)
class Link:
    """A labelled address."""

    text: str
    href: str


@dataclass(frozen=True)
class Paper:
    """One paper: its BibTeX entry with what ``papers.csv`` adds.

    ``fields`` holds every field of both under al-folio's names, as plain text; none is dropped.
    ``latex`` has those as they were written that may hold LaTeX, ``others`` says that the list of
    authors goes on, and ``versions`` are the preprints of this paper that have entries too.
    """

    key: str
    slug: str
    kind: str
    authors: tuple[Name, ...]
    fields: Mapping[str, str]
    bibtex: str
    path: str
    line: int
    latex: Mapping[str, str] = field(default_factory=dict)
    others: bool = False
    versions: "tuple[Paper, ...]" = ()
    entry: Entry | None = None

    @cached_property
    def again(self) -> Again:
        """What was made of it last."""
        return Again()

    def place(self, name: str) -> tuple[str, int]:
        """Return the file and line of a field, or of the entry where it has none such."""
        return self.entry.place(name) if self.entry else (self.path, self.line)

    def problem(self, name: str, what: str, remedy: str, *, hint: bool = False) -> Problem:
        """Return a problem with a field, at the field's own line."""
        return Problem(*self.place(name), self.key, what, remedy, hint)

    @cached_property
    def values(self) -> Mapping[str, str]:
        """What the record says of the work, under the names that CSL gives these values."""
        return values_of(self.kind, self.fields)

    @cached_property
    def title(self) -> str:
        """The title with its subtitle, or the key where there is none."""
        return title_of(self.fields) or self.key

    @cached_property
    def title_html(self) -> str:
        """The title as HTML: emphasis, indices and formulas kept."""
        parts = (mark + self.html(name) for mark, name in title_parts(self.fields))
        return "".join(parts) or escape(self.key)

    @cached_property
    def is_edited(self) -> bool:
        """Whether the people named are editors: no author is."""
        return bool(self.fields.get("editor")) and not self.fields.get("author")

    @cached_property
    def when(self) -> When:
        """When it was published, or what the record says in a date's place."""
        return when_of(self.fields)

    @cached_property
    def date(self) -> Day:
        """The day it was published, or the first one, as far as the record tells."""
        return self.when.first

    @cached_property
    def year(self) -> int | None:
        """The year of publication, if the record tells it."""
        return self.date.year

    @cached_property
    def venue(self) -> str:
        """Where it appeared, in full: journal, proceedings, school or preprint server."""
        names = (*venues_of(self.kind, self.fields), *map(self.words, _KINDS_OF_VENUE))
        named = next((name for name in names if name and "://" not in name), "")
        return named or ("arXiv preprint" if self.arxiv else "")

    @cached_property
    def short_venue(self) -> str:
        """The venue's usual abbreviation, else its name."""
        return self.words("abbr") or self.venue

    @cached_property
    def note(self) -> str:
        """A distinction or remark to show beside the venue."""
        return self.words("note")

    @cached_property
    def summary(self) -> str:
        """Two or three sentences on the paper, else its abstract."""
        return self.words("summary") or self.words("abstract")

    @cached_property
    def summary_html(self) -> str:
        """The summary or abstract as HTML."""
        return self.html("summary") or self.html("abstract")

    @cached_property
    def selected(self) -> bool:
        """Whether the paper is shown on the home page."""
        return self.fields.get("selected", "").lower() in {"true", "yes", "1"}

    @cached_property
    def arxiv(self) -> str:
        """The bare arXiv identifier, such as ``1706.03353``, or nothing."""
        return arxiv_of(self.fields)

    @cached_property
    def doi(self) -> str:
        """The bare DOI, such as ``10.1038/s41597-019-0103-9``, or nothing."""
        return doi_of(self.fields)

    @cached_property
    def pages(self) -> tuple[str, str]:
        """First and last page; empty where unknown, and where words stand in their place."""
        return first_and_last(pages_of(self.fields))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Where the paper and what belongs to it can be had, in the order of the page."""
        found = [Link(label, self.address(name)) for name, label in _LINKS.items()]
        found = [*self.sources, *self._sources_of_versions(), *found]
        unique: dict[str, Link] = {}
        for link in found:
            unique.setdefault(link.href, link)
        return tuple(link for link in unique.values() if link.href)

    @cached_property
    def own_pdf(self) -> str:
        """The address, from the site's root, of the PDF that the site itself publishes."""
        return self._own(self.fields.get("pdf", ""))

    @cached_property
    def sources(self) -> tuple[Link, ...]:
        """Where the paper itself is: at arXiv, by its DOI, or at an address."""
        found = [Link("arXiv", ARXIV + self.arxiv)] if self.arxiv else []
        if self.doi and not self.doi.lower().startswith("10.48550/arxiv."):
            found.append(Link("DOI", doi_address(self.doi)))
            return tuple(found)
        address = next(filter(None, map(self.address, ("url", "doi", "howpublished"))), "")
        if address and not (self.arxiv and "arxiv.org/" in address):
            found.append(Link("Paper", address))
        return tuple(found)

    @cached_property
    def legend(self) -> dict[str, str]:
        """What the marks behind the authors' names mean: by ``annotation``, or as is usual."""
        said = dict(_EXPLAINED.findall(self.fields.get("annotation", "")))
        marks = dict.fromkeys(mark for name in self.authors for mark in name.marks)
        meanings = {mark: said.get(mark, "").strip(" .,") for mark in marks}
        if not said and len(marks) == 1 and self.fields.get("annotation"):
            return dict.fromkeys(marks, self.fields["annotation"])
        for mark, meaning in meanings.items():
            bearers = sum(mark in name.marks for name in self.authors)
            if not meaning and not mark.isdigit() and (bearers > 1 or mark == "*"):
                return meanings | {mark: "equal contribution"}
        return meanings

    @cached_property
    def extra(self) -> dict[str, str]:
        """The fields that the site has no use for, kept for cells and notebooks."""
        used = (
            _SHOWN_ELSEWHERE
            | {"journal", "booktitle", "venue"}
            | set(_KINDS_OF_VENUE)
            | set(_LINKS)
            | ALIASES
        )
        return {name: value for name, value in self.fields.items() if name not in used}

    def words(self, name: str) -> str:
        """Return what a field says in words: nothing, where it only turns something on or off."""
        value = self.fields.get(name, "")
        return "" if is_switch(value) else value

    def html(self, name: str) -> str:
        """Return a field as HTML that is safe to show, its formulas as MathML."""
        if not self.words(name):
            return ""
        if name in self.latex:
            return to_html(self.latex[name])
        return escape(self.fields.get(name, ""))

    def address(self, name: str) -> str:
        """Return where a field leads: to an address on the web or a file of the site's, if any."""
        value = self.fields.get(name)
        return (web_address(address_in(value)) or self._own(value)) if value else ""

    def _own(self, value: str) -> str:
        return f"/{quote(value)}" if own_file(value) else ""

    def _sources_of_versions(self) -> list[Link]:
        """Return where other versions are, named as preprints unless arXiv's."""
        found = [link for version in self.versions for link in version.sources]
        return [link if link.text == "arXiv" else Link("Preprint", link.href) for link in found]


def as_before(paper: Paper, moment: str) -> Paper:
    """Return the paper as it was at this ``moment`` of reading last time, if it equals that."""
    return _read.known((moment, paper.path, paper.slug), paper)


def slug_of(key: str) -> str:
    """Make a BibTeX key safe for a file's name and an address."""
    ascii_only = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9_-]+", "-", ascii_only.lower()).strip("-")
    return slug[:LONGEST_SLUG].rstrip("-") or "paper"
