"""Entries made of the rows of a table, for those who keep their papers in one and in no .bib."""

import re
from collections.abc import Sequence

from portfolio.records.bibtex import Entry, parse_bibtex
from portfolio.records.dates import day_of
from portfolio.records.fields import is_latex, kind_told, with_canonical_names
from portfolio.records.people import fold, read_names
from portfolio.records.problems import Problem
from portfolio.records.tables import Row

_SAYING_KIND = ("kind", "type", "category", "pubtype", "pub_type", "publication_type",
                "publication_types", "status")  # fmt: skip
_BY_VENUE = {"booktitle": "inproceedings", "journal": "article", "school": "phdthesis"}
_BARE = re.compile(r"(?<!\\)[&%#]")
_BRACE = re.compile(r"[{}]")
_WORD = re.compile(r"[a-z0-9]+")
_CITED = re.compile(r"^(.{3,}?)[\s.,]*\(?(?:1[5-9]|20)\d\d")


def entries_of(rows: Sequence[Row], problems: list[Problem]) -> list[Entry]:
    """Return an entry for every row; one without a key gets one of name, year and title."""
    entries: list[Entry] = []
    taken: set[str] = set()
    for row in rows:
        entry = _entry(row, problems)
        key, number = entry.key, 2
        while entry.key.lower() in taken:
            entry = Entry(f"{key}-{number}", *_rest(entry))
            number += 1
        if entry.key != key and row.key:
            what = "another row has this key"
            remedy = f"give one of them another key (shown as {entry.key} meanwhile)"
            problems.append(Problem(row.path, row.line, row.key, what, remedy))
        taken.add(entry.key.lower())
        entries.append(entry)
    return entries


def _entry(row: Row, problems: list[Problem]) -> Entry:
    cells = with_canonical_names(row.cells)
    base = None
    if cells.get("bibtex", "").startswith("@"):
        found, faults = parse_bibtex(cells["bibtex"], shown_as=row.path)
        base = found[0] if found else None
        problems += [
            Problem(row.path, row.line, row.key or f.key, f.what, f.remedy) for f in faults
        ]
        cells = (base.fields if base else {}) | {n: v for n, v in cells.items() if n != "bibtex"}
    if not cells.get("author") and (cited := _CITED.match(cells.get("citation", ""))):
        cells["author"] = cited[1].strip('"“ ')
    kind = base.kind if base else _kind(cells)
    key = row.key or (base.key if base else "") or _key(cells, row.line)
    raw = base.raw if base else _bibtex(kind, key, cells)
    return Entry(key, kind, cells, raw, row.path, row.line)


def _rest(entry: Entry) -> tuple[str, dict[str, str], str, str, int]:
    return entry.kind, entry.fields, entry.raw, entry.path, entry.line


def _kind(cells: dict[str, str]) -> str:
    told = kind_told(cells.get(name, "") for name in _SAYING_KIND)
    return told or next((kind for name, kind in _BY_VENUE.items() if cells.get(name)), "misc")


def _key(cells: dict[str, str], line: int) -> str:
    names = read_names(cells.get("author", ""), commas=True).names
    words = [word for word in _WORD.findall(fold(cells.get("title", ""))) if len(word) > 3]  # noqa: PLR2004  no articles
    family = "".join(_WORD.findall(fold(names[0].family))) if names else ""
    return f"{family}{day_of(cells).year or ''}{words[0] if words else ''}" or f"row-{line}"


def _bibtex(kind: str, key: str, cells: dict[str, str]) -> str:
    """Write the row as BibTeX, under the names of its columns."""
    lines = [f"  {name} = {{{_value(name, text)}}},\n" for name, text in cells.items()
             if re.fullmatch(r"[a-z_][\w-]*", name)]  # fmt: skip
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def _value(name: str, text: str) -> str:
    value = " ".join(text.split())
    if name == "author" and " and " not in value:
        value = " and ".join(n.sort for n in read_names(value, commas=True).names) or value
    if value.count("{") != value.count("}"):
        value = _BRACE.sub("", value)
    return _BARE.sub(r"\\\g<0>", value) if is_latex(name) else value
