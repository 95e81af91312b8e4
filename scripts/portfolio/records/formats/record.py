"""A paper as it travels between formats: its people, and everything else as plain text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from portfolio.records.dates import Day
from portfolio.records.fields import ALIASES, with_canonical_names
from portfolio.records.identifiers import arxiv_of, tidied
from portfolio.records.paper import Paper
from portfolio.records.people.names import NOBODY, Name, read_names
from portfolio.records.values import values_of
from portfolio.records.when import When, when_of

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
OTHERS = Name("", "", "others", "")
"""What stands at the end of a list of names that goes on."""

_OF_BIBTEX = {"address"}
"""The aliases that are BibTeX's own names, and stay."""


@dataclass(frozen=True)
class Record:
    """One paper; ``fields`` are plain text by al-folio's names, without author and editor."""

    key: str
    kind: str
    authors: tuple[Name, ...]
    editors: tuple[Name, ...]
    fields: Mapping[str, str]

    @cached_property
    def when(self) -> When:
        """When it was published, or what the record says in a date's place."""
        return when_of(self.fields)

    @property
    def date(self) -> tuple[int, ...]:
        """The date as far as it is told: nothing, year, month, day."""
        return parts_of(self.when.first)

    @cached_property
    def values(self) -> Mapping[str, str]:
        """What the record says of the work, under the names that CSL gives these values."""
        return values_of(self.kind, self.fields)

    @cached_property
    def arxiv(self) -> str:
        """The bare arXiv identifier, or nothing."""
        return arxiv_of(self.fields)


def parts_of(day: Day) -> tuple[int, ...]:
    """Return a date as numbers: nothing, the year, the month, the day."""
    parts = (day.year, day.month, day.day)
    known = parts.index(None) if None in parts else len(parts)
    return tuple(part for part in parts[:known] if part is not None)


def record_of(paper: Paper) -> Record:
    """Return ``paper`` with its people as names, without empty fields.

    What aliases say is said once, by the name that BibTeX knows.
    """
    fields = {name: tidied(name, value) for name, value in paper.fields.items() if value.strip()}
    people = tuple(replace(name, link="") if name.link else name for name in paper.authors)
    people += (OTHERS,) * paper.others
    said = dict(_without_aliases(fields))
    if "author" not in fields:
        return Record(paper.key, paper.kind, (), people, said)
    editors = names_of(paper.latex.get("editor", fields.get("editor", "")))
    return Record(paper.key, paper.kind, people, editors, said)


def with_versions(papers: Iterable[Paper]) -> Iterator[Paper]:
    """Yield ``papers``, each followed by the preprints of it that have entries of their own.

    Of a whole bibliography also the entries that are no papers come, at the end.
    """
    for paper in papers:
        yield paper
        yield from with_versions(paper.versions)
    yield from getattr(papers, "apart", ())


def names_of(field: str) -> tuple[Name, ...]:
    """Read a BibTeX list of names; one that goes on ends with `OTHERS`."""
    read = read_names(field) if field else NOBODY
    return read.names + (OTHERS,) * read.others


def _without_aliases(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the fields but for those that an alias has filled, or that another fills as well."""
    repeated = {"author", "editor"}
    for alias in fields.keys() & ALIASES:
        value = fields[alias]
        for name in with_canonical_names({alias: value}).keys() - {alias}:
            if fields.get(name) == value:
                repeated.add(name if alias in _OF_BIBTEX else alias)
    yield from ((name, value) for name, value in fields.items() if name not in repeated)
