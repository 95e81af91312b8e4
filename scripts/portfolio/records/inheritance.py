"""What entries take over from others: ``crossref`` and BibLaTeX's ``xdata``, over any chain."""

from collections.abc import Sequence
from dataclasses import replace

from portfolio.records.bibtex.reader import Entry
from portfolio.records.problems import Problem

_PARTS = {"inproceedings", "conference", "incollection", "inbook", "suppbook", "incontribution"}
_OWN = {
    "crossref", "xdata", "xref", "title", "subtitle", "shorttitle", "abstract", "doi", "url", "pdf",
    "eprint", "arxiv", "slug", "selected", "summary", "note", "pages", "preview", "version_of",
    "keywords", "supersededby",
}  # fmt: skip


def inherit(entries: Sequence[Entry], problems: list[Problem]) -> list[Entry]:
    """Return ``entries`` with the fields they refer to; report references that lead nowhere.

    Entries of type ``xdata`` hold fields for others and are no works: those in use are left out.
    """
    by_key = {entry.key.lower(): entry for entry in entries}
    if not any(entry.fields.get("crossref") or entry.fields.get("xdata") for entry in entries):
        return list(entries)
    used = {key for entry in entries for key in _keys(entry.fields.get("xdata", ""))}
    complete = [
        replace(entry, fields=_complete(entry, by_key, (), problems))
        if entry.fields.get("crossref") or entry.fields.get("xdata")
        else entry
        for entry in entries
    ]
    return [entry for entry in complete if entry.kind != "xdata" or entry.key.lower() not in used]


def _complete(
    entry: Entry,
    by_key: dict[str, Entry],
    path: tuple[str, ...],
    problems: list[Problem],
) -> dict[str, str]:
    """Return the entry's fields and those of its parents, theirs only where it has none."""
    fields = dict(entry.fields)
    path = (*path, entry.key.lower())
    for field in ("xdata", "crossref"):
        for key in _keys(entry.fields.get(field, "")):
            parent = by_key.get(key)
            if parent is None or key in path:
                what = f"{field} names no other entry ({key})"
                if len(path) == 1:
                    problem = Problem(entry.path, entry.line, entry.key, what, "correct its key")
                    problems.append(problem)
                continue
            _take(fields, _complete(parent, by_key, path, problems), entry.kind, field)
    return fields


def _take(fields: dict[str, str], parents: dict[str, str], kind: str, field: str) -> None:
    own = _OWN if field == "crossref" else {"crossref", "xdata"}
    if field == "crossref" and kind in _PARTS and parents.get("title"):
        parents.setdefault("booktitle", parents["title"])
    for name, value in parents.items():
        if name not in own and not fields.get(name):
            fields[name] = value


def _keys(value: str) -> list[str]:
    return [key.strip().lower() for key in value.split(",") if key.strip()]
