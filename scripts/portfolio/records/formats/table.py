"""A table of papers, one row each, that spreadsheets open as text and never as formulas."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from portfolio.records.formats.names import to_bibtex
from portfolio.records.formats.record import Record, names_of

KEY, KIND = "key", "entrytype"
_FIRST = (KEY, KIND, "title", "author", "editor", "year")
_OWN = "field."
_FORMULA = re.compile(r"'*[=+\-@\t\r\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
                      r"\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}]")  # fmt: skip


def write_table(records: Iterable[Record]) -> str:
    """Return ``records`` as CSV, a column for every field that any of them has."""
    rows = [dict(_cells(record)) for record in records]
    names = {name for row in rows for name in row}
    columns = [name for name in _FIRST if name in names | {KEY}]
    columns += sorted(names - set(columns))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(guard, columns))
    writer.writerows([guard(row.get(name, "")) for name in columns] for row in rows)
    return text.getvalue()


def record_of_row(row: dict[str, str]) -> Record:
    """Return the record of one row of such a table; blank cells say nothing."""
    said = {unguard(name): unguard(value) for name, value in row.items()}
    fields = {
        name.removeprefix(_OWN) if name in {_OWN + KEY, _OWN + KIND} else name: value
        for name, value in said.items()
        if value.strip() and name not in {KEY, KIND, "author", "editor"}
    }
    authors, editors = (names_of(said.get(role, "")) for role in ("author", "editor"))
    return Record(said.get(KEY, ""), said.get(KIND) or "misc", authors, editors, fields)


def guard(cell: str) -> str:
    """Return ``cell`` with an apostrophe before what a spreadsheet would compute."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """Undo `guard`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _cells(record: Record) -> Iterator[tuple[str, str]]:
    yield KEY, record.key
    yield KIND, record.kind
    if record.authors:
        yield "author", to_bibtex(record.authors)
    if record.editors:
        yield "editor", to_bibtex(record.editors)
    for name, value in record.fields.items():
        yield (_OWN + name if name in {KEY, KIND} else name), value
