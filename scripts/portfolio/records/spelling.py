"""Names of fields that are nearly known ones: ``yeer`` for year, ``sumary`` for summary."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from portfolio.records.fields import ADDRESSES, ALIASES
from portfolio.records.problems import Problem
from portfolio.records.tables.reader import Row

_MEANT = (
    "abbr", "abstract", "author", "award", "booktitle", "chapter", "edition", "editor",
    "eprint", "institution", "journal", "keywords", "location", "month", "note", "number",
    "pages", "preview", "publisher", "school", "section", "selected", "series", "slug", "summary",
    "title", "volume", "year", "doi", *ADDRESSES,
)  # fmt: skip
"""The fields that a misspelt name may stand for."""
_KNOWN = frozenset({
    "address", "addendum", "afterword", "annotator", "annote", "annotation", "archive", "arxiv",
    "authors", "bookauthor", "bookpagination", "booksubtitle", "commentator", "copyright",
    "crossref", "date", "day", "editora", "editorb", "editorc", "editors", "editortype", "eid",
    "entryset", "eprintclass", "eprinttype", "eventdate", "eventtitle", "file", "foreword",
    "holder", "howpublished", "hyphenation", "indextitle", "isbn", "isrn", "issn", "issue",
    "issuetitle", "journaltitle", "journalsubtitle", "key", "keyword", "kind", "label", "langid",
    "language", "library", "maintitle", "mainsubtitle", "mendeley-tags", "notes", "options",
    "organization", "origdate", "origtitle", "page", "pagetotal", "pagination", "part", "place",
    "pubstate", "related", "shortauthor", "shorteditor", "shortjournal", "shortseries",
    "shorttitle", "subtitle", "timestamp", "titleaddon", "translator", "type", "urldate", "urls",
    "venue", "version", "volumes", "xdata", "xref", "years", "numpages", "pagecount", "articleno",
    "coden", "published",
    "titles", "number2", "lecture", "edited", "days",
})  # fmt: skip
_NEAR = 0.8


@lru_cache(maxsize=4096)
def near_field(name: str) -> str:
    """Return the field that a name is nearly that of, or nothing where it is known, or like none.

    A letter added, left out, exchanged or written for another makes a name so.
    """
    name = name.lower()
    if name in _MEANT or name in _KNOWN or name in ALIASES or not name.isalpha():
        return ""
    scored = [
        (SequenceMatcher(None, name, meant).ratio(), meant)
        for meant in _MEANT
        if abs(len(name) - len(meant)) < 2 and len(meant) > 3 and name[0] == meant[0]  # noqa: PLR2004
    ]
    score, meant = max(scored, default=(0.0, ""))
    return meant if score >= min(_NEAR, 1 - 1 / max(len(meant), 1)) else ""


def misspelt(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the names in an entry that nearly are those of fields which it does not have."""
    for name in fields:
        near = near_field(name)
        if near and not fields.get(near):
            yield name, near


def faults_of_columns(rows: Sequence[Row]) -> Iterator[Problem]:
    """Yield the columns of tables whose names nearly are those of fields."""
    named = {(row.path, name) for row in rows for name in row.cells}
    for path, name in sorted(named):
        if near := near_field(name):
            yield Problem(path, 1, name, "no column is called so", f"write {near}")
