"""Papers as sources hold them, before they become entries and rows of ours."""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from portfolio.moving.keys import key_of
from portfolio.moving.people_lists import family_first
from portfolio.moving.source import Source
from portfolio.moving.things import Things
from portfolio.records.bibtex.reader import Entry
from portfolio.records.fields import with_canonical_names
from portfolio.records.formats.bib import record_of_entry
from portfolio.records.formats.escape import to_latex
from portfolio.records.formats.names import to_bibtex
from portfolio.records.formats.record import MONTHS, OTHERS, Record
from portfolio.records.people.names import parse_name, read_names
from portfolio.records.tables.reader import Row
from portfolio.records.tables.rows import entries_of
from portfolio.records.when import read_date

_VENUES = {
    "article": "journal", "inproceedings": "booktitle", "incollection": "booktitle",
    "inbook": "booktitle", "phdthesis": "school", "mastersthesis": "school",
    "techreport": "institution",
}  # fmt: skip
VENUES = tuple(dict.fromkeys((*_VENUES.values(), "venue")))
"""The fields that say where a paper appeared."""
_ET_AL = re.compile(r",?\s*\bet\.? al\b\.?|^(?:and )?others$", re.IGNORECASE)
_NO_FIELDS = frozenset({"author", "kind", "category"})


@dataclass(frozen=True)
class Found:
    """A paper in a source: its record, its entry if it has one, and where its files may be."""

    record: Record
    where: str
    written: str = ""
    latex: Mapping[str, str] = field(default_factory=dict)
    names: tuple[tuple[str, str], ...] = ()
    """The names of the source's fields, each with the field that it became."""
    folders: tuple[Path, ...] = ()
    page: Path | None = None
    text: str = ""
    """What its own page in the source says, as it is written there."""
    bibliography: tuple[str, ...] = ()
    """The files here that the text cites from."""
    over: frozenset[str] = frozenset()
    """The fields in which its page goes over its entry."""

    @property
    def slug(self) -> str:
        """What the paper's page is named after."""
        return self.record.fields.get("slug") or self.record.key

    def with_page(self, page: Path, text: str) -> "Found":
        """Return the paper with the text of its own page."""
        return replace(self, page=page, text=text)

    def selected(self) -> "Found":
        """Return the paper as one of those on the home page."""
        fields = {**self.record.fields, "selected": "true"}
        return replace(self, record=replace(self.record, fields=fields))

    def keyed(self, taken: Container[str] = ()) -> "Found":
        """Return the paper under a key that is made of its authors, year and title."""
        return self.renamed(key_of(self.record, taken))

    def renamed(self, key: str) -> "Found":
        """Return the paper under another key."""
        return replace(self, record=replace(self.record, key=key))


@dataclass(frozen=True)
class Haul:
    """All that a source holds; ``bibtex`` is its whole bibliography where that is kept as it is."""

    template: str
    source: Source
    papers: tuple[Found, ...]
    bibtex: str = ""
    people: tuple[tuple[str, str], ...] = ()
    """Names and addresses of co-authors."""
    things: Things = field(default_factory=Things)
    """What there is beside papers."""


class Cells:
    """The fields of one paper, put together under the site's names."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self.names: list[tuple[str, str]] = []
        self._listed = False

    def put(self, source: str, value: str, name: str = "") -> None:
        """Take a field of the source, as ``name`` or as what its own name stands for."""
        if not value:
            return
        name = name or canonical(source, value)
        self.names.append((source, name))
        self.said.setdefault(name, value)

    def put_authors(self, source: str, people: Iterable[str]) -> None:
        """Take a list of people, each in one text."""
        self._listed = "author" not in self.said
        told = [re.sub(r"</?[a-zA-Z][^<>]*>", "", person) for person in people]
        bare = [_ET_AL.sub("", person) for person in told]
        names = [parse_name(to_latex(person)) for person in family_first(bare)]
        others = [OTHERS] * (bare != told)
        self.put(source, to_bibtex([*(name for name in names if name.display), *others]), "author")

    def found(
        self,
        key: str,
        where: str,
        folders: Iterable[Path],
        *,
        kind: str = "",
        entry: Entry | None = None,
    ) -> Found:
        """Return the paper; its kind, and authors who stand in a citation only, are worked out.

        Where it has an ``entry``, that says most; the cells add what it lacks.
        """
        told = {name: text for name, text in self.said.items() if name not in _NO_FIELDS}
        if entry is not None:
            known = of_entry(entry, where, folders)
            fields = _lacking(told, known.record.fields) | dict(known.record.fields)
            record = replace(known.record, fields=fields)
            return replace(known, record=record, names=(*known.names, *self.names))
        (made,) = entries_of([Row(key, self.said, 1, where)], [])
        names = read_names(made.fields.get("author", ""), commas=not self._listed)
        authors = names.names + (OTHERS,) * names.others
        record = in_bibtex(Record(made.key, kind or made.kind, authors, (), told))
        return Found(record, where, names=tuple(self.names), folders=tuple(folders))


def in_bibtex(record: Record) -> Record:
    """Return ``record`` with date and venue as BibTeX has them: in fields of their own."""
    fields = dict(record.fields)
    when = read_date(fields.get("date", ""))
    day = when.first
    if day.year and when.text == str(day.year) and not when.last and not fields.get("year"):
        month = MONTHS[day.month - 1] if day.month else ""
        said = {"year": str(day.year), "month": month, "day": str(day.day or "")}
        fields = {name: text for name, text in fields.items() if name != "date"}
        fields |= {name: text for name, text in said.items() if text}
    name = _VENUES.get(record.kind, "venue")
    if fields.get("venue") and not fields.get(name):
        fields[name] = fields.pop("venue")
    return replace(record, fields=fields)


def _lacking(told: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """Return what ``told`` adds to ``known``; a venue or a date that is known needs no other."""
    told = dict(told)
    for name, others in (("venue", VENUES), ("date", ("year",))):
        if any(known.get(other) for other in others):
            told.pop(name, None)
    return told


def of_entry(entry: Entry, where: str, folders: Iterable[Path]) -> Found:
    """Return a paper that has an entry already."""
    record = record_of_entry(entry)
    fields = with_canonical_names(record.fields)
    names = tuple((name, canonical(name, value)) for name, value in entry.fields.items())
    return Found(
        replace(record, fields=fields), where, entry.raw, entry.fields, names, tuple(folders)
    )


def canonical(name: str, value: str) -> str:
    """Return the site's name for a field of a source."""
    name = name.lower()
    others = with_canonical_names({name: value}).keys() - {name}
    return name if name == "address" else next(iter(others), name)
