"""Entries made of the rows of a table, for those who keep their papers in one and in no .bib."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from portfolio.numbering import numbered
from portfolio.records.bibtex.reader import Entry, parse_bibtex
from portfolio.records.fields import ALIASES, is_latex, kind_told, with_canonical_names
from portfolio.records.people.names import fold, read_names
from portfolio.records.problems import Problem
from portfolio.records.tables.reader import Row
from portfolio.records.when import when_of

_SAYING_KIND = ("kind", "type", "category", "pubtype", "pub_type", "publication_type",
                "publication_types", "status")  # fmt: skip
_BY_VENUE = {"booktitle": "inproceedings", "journal": "article", "school": "phdthesis"}
_BARE = re.compile(r"(?<!\\)[&%#]")
_BRACE = re.compile(r"[{}]")
_NAME = re.compile(r"[a-z_][\w-]*")
_WORD = re.compile(r"[a-z0-9]+")
_CITED = re.compile(r"^(.{3,}?)[\s,]*\(?(?:1[5-9]|20)\d\d")


def entries_of(rows: Sequence[Row], problems: list[Problem]) -> list[Entry]:
    """Return an entry for every row; one without a key gets one of name, year and title."""
    taken = {row.key.lower() for row in rows}
    used: set[str] = set()
    entries = []
    for row in _once(rows, problems):
        cells, base = _cells(row, problems)
        wished = row.key or (base.key if base else "") or _key(cells, row.line)
        others = (each for each in numbered(wished) if each.lower() not in used)
        key = next(each for each in others if each == row.key or each.lower() not in taken)
        if row.key and key != row.key:
            what = "another row has this key"
            remedy = f"give one of them another key (shown as {key} meanwhile)"
            problems.append(Problem(row.path, row.line, row.key, what, remedy))
        used.add(key.lower())
        kind = base.kind if base else _kind(cells)
        raw = base.raw if base else _bibtex(kind, key, cells)
        entries.append(Entry(key, kind, cells, raw, row.path, row.line))
    return entries


def _once(rows: Sequence[Row], problems: list[Problem]) -> Iterator[Row]:
    """Yield the rows but for those that say what one before them says."""
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        said = (row.path, row.key, *sorted(row.cells.items()))
        if said in seen:
            remedy = f"remove one (the other is at line {seen[said]})"
            what = "the same row again"
            problems.append(Problem(row.path, row.line, row.key or "row", what, remedy))
            continue
        seen[said] = row.line
        yield row


def _cells(row: Row, problems: list[Problem]) -> tuple[dict[str, str], Entry | None]:
    """Return what a row says under canonical names, and the BibTeX entry in it, if any."""
    cells = with_canonical_names(row.cells)
    base = None
    if cells.get("bibtex", "").startswith("@"):
        found, faults = parse_bibtex(cells.pop("bibtex"), shown_as=row.path)
        base = found[0] if found else None
        problems += [replace(fault, line=row.line, key=row.key or fault.key) for fault in faults]
        cells = (base.fields if base else {}) | cells
    if not cells.get("author") and (cited := _CITED.match(cells.get("citation", ""))):
        cells["author"] = cited[1].strip('"\u201c ')
    return cells, base


def _kind(cells: dict[str, str]) -> str:
    told = kind_told(cells.get(name, "") for name in _SAYING_KIND)
    return told or next((kind for name, kind in _BY_VENUE.items() if cells.get(name)), "misc")


def _key(cells: dict[str, str], line: int) -> str:
    names = read_names(cells.get("author", ""), commas=True).names
    words = [word for word in _WORD.findall(fold(cells.get("title", ""))) if len(word) > 3]  # noqa: PLR2004  no articles
    family = "".join(_WORD.findall(fold(names[0].family))) if names else ""
    return f"{family}{when_of(cells).first.year or ''}{words[0] if words else ''}" or f"row-{line}"


def _bibtex(kind: str, key: str, cells: dict[str, str]) -> str:
    """Write the row as BibTeX, without the names and forms that are the table's alone."""
    when = when_of(cells)
    year = when.label if when.text == when.label or not cells.get("year") else ""
    told = cells | ({"year": year} if year else {})
    lines = [
        f"  {name} = {{{_value(name, text)}}},\n"
        for name, text in told.items()
        if _NAME.fullmatch(name) and name not in ALIASES and name not in _SAYING_KIND
    ]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def _value(name: str, text: str) -> str:
    value = " ".join(text.split())
    if name == "author" and " and " not in value:
        value = " and ".join(n.sort for n in read_names(value, commas=True).names) or value
    if value.count("{") != value.count("}"):
        value = _BRACE.sub("", value)
    return _BARE.sub(r"\\\g<0>", value) if is_latex(name) else value
