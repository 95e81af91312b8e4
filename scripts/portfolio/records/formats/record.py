"""A paper as it travels between formats: its people, and everything else as plain text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from portfolio.records.bibtex import parse_bibtex
from portfolio.records.paper import Paper
from portfolio.records.people import Name, parse_names

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
OTHERS = Name("", "", "others", "")
"""What stands at the end of a list of names that goes on."""


@dataclass(frozen=True)
class Record:
    """One paper; ``fields`` are plain text by al-folio's names, without author and editor."""

    key: str
    kind: str
    authors: tuple[Name, ...]
    editors: tuple[Name, ...]
    fields: Mapping[str, str]

    @property
    def date(self) -> tuple[int, ...]:
        """The date as far as it is told: nothing, year, month, day."""
        return date_of(self.fields)

    @property
    def arxiv(self) -> str:
        """The bare arXiv identifier, or nothing."""
        archive = self.fields.get("archiveprefix") or self.fields.get("eprinttype", "")
        named = self.fields.get("eprint", "") if archive.lower() == "arxiv" else ""
        named = self.fields.get("arxiv") or named
        return re.sub(r"^(https?://arxiv\.org/(abs|pdf)/|arxiv:)", "", named, flags=re.IGNORECASE)


def record_of(paper: Paper) -> Record:
    """Return ``paper`` with its people as names; empty fields say nothing and stay behind."""
    fields = {name: value for name, value in paper.fields.items() if value.strip()}
    has_authors = "author" in fields
    editor = as_written(paper).get("editor", fields.get("editor", "")) if has_authors else ""
    editors = parse_names(editor) if has_authors else paper.authors
    fields.pop("author", None)
    fields.pop("editor", None)
    return Record(paper.key, paper.kind, paper.authors if has_authors else (), editors, fields)


def as_written(paper: Paper) -> dict[str, str]:
    """Return the fields of a paper's entry in LaTeX; abbreviations of the file are not known."""
    entries, _ = parse_bibtex(paper.bibtex, shown_as=paper.path)
    return dict(entries[0].fields) if entries else {}


def date_of(fields: Mapping[str, str]) -> tuple[int, ...]:
    """Return year, month and day, up to the first that ``fields`` do not tell."""
    date = fields.get("date", "").split("-")
    year = re.search(r"\b(1[5-9]|20)\d\d\b", fields.get("year") or date[0])
    month = _month(fields.get("month") or "".join(date[1:2]))
    day = re.fullmatch(r"0?([1-9]|[12]\d|3[01])", fields.get("day") or "".join(date[2:3]))
    if not year:
        return ()
    if not month:
        return (int(year.group()),)
    return (int(year.group()), month, *((int(day.group(1)),) if day else ()))


def _month(text: str) -> int:
    if re.fullmatch(r"0?[1-9]|1[0-2]", text):
        return int(text)
    names = [month[:3].lower() for month in MONTHS]
    return names.index(text[:3].lower()) + 1 if text[:3].lower() in names else 0
