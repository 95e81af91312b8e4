"""A paper, as the site shows it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from portfolio.records.people import Name

ARXIV = "https://arxiv.org/abs/"
DOI = "https://doi.org/"

_KINDS_OF_VENUE = ("journal", "booktitle", "school", "institution", "publisher", "howpublished")
_LINKS = {
    "pdf": "PDF",
    "code": "Code",
    "data": "Data",
    "slides": "Slides",
    "poster": "Poster",
    "video": "Video",
    "website": "Website",
}
_SHOWN_ELSEWHERE = {"key", "slug", "title", "author", "year", "abbr", "note", "summary", "selected"}


@dataclass(frozen=True)
class Link:
    """A labelled address."""

    text: str
    href: str


@dataclass(frozen=True)
class Paper:
    """One paper: its BibTeX entry with what ``papers.csv`` adds.

    ``fields`` holds every field of both under al-folio's names, as plain text; none is dropped.
    """

    key: str
    slug: str
    kind: str
    authors: tuple[Name, ...]
    fields: Mapping[str, str]
    bibtex: str
    path: str
    line: int

    @cached_property
    def title(self) -> str:
        """The title, or the key where there is none."""
        return self.fields.get("title") or self.key

    @cached_property
    def year(self) -> int | None:
        """The year of publication, if the record tells it."""
        found = re.search(r"\b(1[5-9]|20)\d\d\b", self.fields.get("year", ""))
        return int(found.group()) if found else None

    @cached_property
    def venue(self) -> str:
        """Where it appeared, in full: journal, proceedings, school or preprint server."""
        names = (self.fields[kind] for kind in _KINDS_OF_VENUE if self.fields.get(kind))
        return next(names, "arXiv preprint" if self.arxiv else "")

    @cached_property
    def short_venue(self) -> str:
        """The venue's usual abbreviation, else its name."""
        return self.fields.get("abbr") or self.venue

    @cached_property
    def note(self) -> str:
        """A distinction or remark to show beside the venue."""
        return self.fields.get("note", "")

    @cached_property
    def summary(self) -> str:
        """Two or three sentences on the paper, else its abstract."""
        return self.fields.get("summary") or self.fields.get("abstract", "")

    @cached_property
    def selected(self) -> bool:
        """Whether the paper is shown on the home page."""
        return self.fields.get("selected", "").lower() in {"true", "yes", "1"}

    @cached_property
    def arxiv(self) -> str:
        """The bare arXiv identifier, such as ``1706.03353``, or nothing."""
        named = self.fields.get("arxiv", "")
        archive = self.fields.get("archiveprefix") or self.fields.get("eprinttype", "")
        if not named and archive.lower() == "arxiv":
            named = self.fields.get("eprint", "")
        return re.sub(r"^(https?://arxiv\.org/(abs|pdf)/|arxiv:)", "", named, flags=re.IGNORECASE)

    @cached_property
    def doi(self) -> str:
        """The bare DOI, such as ``10.1038/s41597-019-0103-9``, or nothing."""
        named = self.fields.get("doi", "")
        return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", named, flags=re.IGNORECASE)

    @cached_property
    def pages(self) -> tuple[str, str]:
        """First and last page; empty where unknown."""
        first, _, last = self.fields.get("pages", "").replace("\N{EN DASH}", "-").partition("-")
        return first.strip(), last.strip(" -")

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Where the paper and what belongs to it can be had, in the order of the page."""
        found = []
        if self.arxiv:
            found.append(Link("arXiv", ARXIV + self.arxiv))
        if self.doi:
            found.append(Link("DOI", DOI + self.doi))
        elif self.fields.get("url"):
            found.append(Link("Paper", self.fields["url"]))
        found += [Link(label, self.fields[f]) for f, label in _LINKS.items() if self.fields.get(f)]
        return tuple(link for link in found if _is_web_address(link.href))

    @cached_property
    def extra(self) -> dict[str, str]:
        """The fields that the site has no use for, kept for cells and notebooks."""
        used = _SHOWN_ELSEWHERE | set(_KINDS_OF_VENUE) | set(_LINKS)
        return {name: value for name, value in self.fields.items() if name not in used}


def slug_of(key: str) -> str:
    """Make a BibTeX key safe for a file's name and an address."""
    ascii_only = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9_-]+", "-", ascii_only.lower()).strip("-") or "paper"


def _is_web_address(href: str) -> bool:
    return href.startswith(("https://", "http://"))
