"""Moving in from a single file: a .bib, a table, or what a reference manager exports."""

import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from portfolio.files import write
from portfolio.moving.found import Found, Haul, canonical, in_bibtex, of_entry
from portfolio.moving.source import Source
from portfolio.records import bibliography
from portfolio.records.bibtex.reader import Entry, parse_bibtex
from portfolio.records.formats import csl, ris, table
from portfolio.records.formats.record import Record, record_of
from portfolio.records.tables.reader import split_table


def read(source: Source, path: Path) -> Haul:
    """Return the papers of the file at ``path``; raise ValueError if it is no list of papers."""
    suffix = path.suffix.lower()
    if suffix == ".bib":
        text = source.text(path)
        entries = parse_bibtex(text, shown_as=path.name)[0]
        papers = [of_entry(one, f"{path.name}:{one.line}", [source.root]) for one in entries]
        return Haul("BibTeX", source, tuple(papers), text)
    if suffix in {".csv", ".tsv"}:
        return Haul("table", source, tuple(of_table(source, path, [source.root])))
    records = _READERS[suffix](source.text(path))
    return Haul(suffix[1:], source, tuple(_found(path, source, one) for one in records))


def first_entry(source: Source, path: Path) -> Entry | None:
    """Return the first entry of a .bib that holds one paper; further ones are reported."""
    entries = parse_bibtex(source.text(path), shown_as=source.name(path))[0]
    for entry in entries[1:]:
        source.report(path, entry.key, "the file holds one paper already", "add it by itself")
    return entries[0] if entries else None


def of_table(source: Source, path: Path, folders: Iterable[Path]) -> list[Found]:
    """Return the papers of a table: one that `portfolio export` wrote, or anybody's."""
    text = source.text(path)
    header, *rows = [line.cells for line in split_table(text)] or [()]
    if {table.KEY, table.KIND} <= set(header):
        records = (table.record_of_row(dict(zip(header, row, strict=False))) for row in rows)
        return [_found(path, source, record) for record in records]
    with tempfile.TemporaryDirectory() as folder:
        name = bibliography.TABLES[path.suffix.lower() == ".tsv"]
        write(Path(folder, name), text)
        papers = bibliography.load_bibliography(Path(folder))
    found = []
    for paper in papers:
        record = in_bibtex(record_of(paper))
        names = tuple((one, canonical(one, value)) for one, value in record.fields.items())
        where = f"{source.name(path)}:{paper.line}"
        found.append(Found(record, where, latex=paper.latex, names=names, folders=tuple(folders)))
    return found


def _found(path: Path, source: Source, record: Record) -> Found:
    names = tuple((name, name) for name in record.fields)
    return Found(record, source.name(path), names=names, folders=(source.root,))


_READERS: Mapping[str, Callable[[str], list[Record]]] = {
    ".ris": ris.read_ris,
    ".json": csl.read_csl,
}
SUFFIXES = frozenset({".bib", ".csv", ".tsv", *_READERS})
"""The endings of the files that can be read."""
