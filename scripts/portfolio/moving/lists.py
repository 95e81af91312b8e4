"""Moving in from a single file: a .bib, a table, or what a reference manager exports."""

import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from portfolio.files import write
from portfolio.moving.found import Found, Haul, canonical, in_bibtex, of_entry
from portfolio.moving.source import Source
from portfolio.records import bibliography
from portfolio.records.bibtex.reader import Entry, parse_bibtex
from portfolio.records.formats import csl, ris, table
from portfolio.records.formats.record import Record, record_of
from portfolio.records.tables.cells import Line
from portfolio.records.tables.reader import ROW, faults_of, split_table


def read(source: Source, path: Path, *, suffix: str) -> Haul:
    """Return the papers of the file at ``path``, which is of the kind that ``suffix`` says.

    Raises ValueError if it is no list of papers.
    """
    if suffix == ".bib":
        text = source.text(path)
        entries = parse_bibtex(text, shown_as=path.name)[0]
        papers = [of_entry(one, f"{path.name}:{one.line}", [source.root]) for one in entries]
        return Haul("BibTeX", source, tuple(papers), text)
    if suffix in {".csv", ".tsv"}:
        return Haul("table", source, tuple(of_table(source, path, [source.root])))
    records = _READERS[suffix](source.text(path))
    return Haul(suffix[1:], source, tuple(_found(path, source, one) for one in records))


def of_one_entry(entry: Entry, where: str, source: Source) -> Found:
    """Return the paper of an entry, whose files may lie anywhere from the source's root on."""
    return of_entry(entry, where, [source.root])


def first_entry(source: Source, path: Path) -> Entry | None:
    """Return the first entry of a .bib that holds one paper; further ones are reported."""
    entries = parse_bibtex(source.text(path), shown_as=source.name(path))[0]
    source.read.add(path)
    for entry in entries[1:]:
        source.report(path, entry.key, "the file holds one paper already", "add it by itself")
    return entries[0] if entries else None


def of_table(source: Source, path: Path, folders: Iterable[Path]) -> list[Found]:
    """Return the papers of a table: one that `portfolio export` wrote, or anybody's."""
    text = source.text(path)
    lines = list(split_table(text))
    header = lines[0].cells if lines else ()
    if {table.KEY, table.KIND} <= set(header):
        source.unused.extend(faults_of(lines[1:], len(header), source.name(path)))
        further = [f"column {n}" for n in range(len(header) + 1, _widest(lines) + 1)]
        columns = [*header, *further]
        rows = (dict(zip(columns, line.cells, strict=False)) for line in lines[1:])
        return [_found(path, source, table.record_of_row(row)) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        name = bibliography.TABLES[path.suffix.lower() == ".tsv"]
        write(Path(folder, name), text)
        papers = bibliography.load_bibliography(Path(folder))
    odd = (problem for problem in papers.problems if problem.key in {ROW, "file"})
    source.unused.extend(replace(problem, path=source.name(path)) for problem in odd)
    found = []
    for paper in papers:
        record = in_bibtex(record_of(paper))
        names = tuple((one, canonical(one, value)) for one, value in record.fields.items())
        where = f"{source.name(path)}:{paper.line}"
        found.append(Found(record, where, latex=paper.latex, names=names, folders=tuple(folders)))
    return found


def _widest(lines: Iterable[Line]) -> int:
    return max((len(line.cells) for line in lines), default=0)


def _found(path: Path, source: Source, record: Record) -> Found:
    names = tuple((name, name) for name in record.fields)
    return Found(record, source.name(path), names=names, folders=(source.root,))


_READERS: Mapping[str, Callable[[str], list[Record]]] = {
    ".ris": ris.read_ris,
    ".json": csl.read_csl,
}
SUFFIXES = frozenset({".bib", ".csv", ".tsv", *_READERS})
"""The endings of the files that can be read."""
