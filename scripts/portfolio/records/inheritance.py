"""What entries take over from others: ``crossref`` and BibLaTeX's ``xdata``, over any chain."""

from collections.abc import Container, Iterator, Mapping, Sequence
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
    told: dict[str, dict[str, str]] = {}
    for entry in entries:
        for needed in _parents_first(entry, by_key, told):
            told[needed.key.lower()] = _complete(needed, by_key, told, problems)
    used = {key for entry in entries for key in _keys(entry.fields.get("xdata", ""))}
    return [
        replace(entry, fields=told[entry.key.lower()]) if any(_references(entry)) else entry
        for entry in entries
        if entry.kind != "xdata" or entry.key.lower() not in used
    ]


def _parents_first(
    entry: Entry, by_key: Mapping[str, Entry], told: Container[str]
) -> Iterator[Entry]:
    """Yield the entries that ``entry`` leads to and that are not ``told`` yet, itself the last.

    There is no recursion here: a chain may be as long as the file.
    """
    waiting, below = [entry], set[str]()
    while waiting:
        last = waiting[-1]
        key = last.key.lower()
        below.add(key)
        parents = (by_key.get(parent) for _, parent in _references(last))
        new = [each for each in parents if each and each.key.lower() not in below]
        new = [each for each in new if each.key.lower() not in told]
        if new:
            waiting += reversed(new)
            continue
        waiting.pop()
        if key not in told:
            yield last


def _complete(
    entry: Entry,
    by_key: Mapping[str, Entry],
    told: Mapping[str, Mapping[str, str]],
    problems: list[Problem],
) -> dict[str, str]:
    """Return the entry's fields and those of its parents, theirs only where it has none.

    A parent that is not ``told`` is none, or is reached from the entry itself.
    """
    fields = dict(entry.fields)
    for field, key in _references(entry):
        if key in told:
            _take(fields, dict(told[key]), entry.kind, field)
        else:
            circle = key in by_key and key != entry.key.lower()
            what = f"{field} {'leads in a circle' if circle else 'names no other entry'} ({key})"
            problems.append(Problem(entry.path, entry.line, entry.key, what, "correct its key"))
    return fields


def _references(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the fields by which an entry takes over from others, and the keys of these."""
    for field in ("xdata", "crossref"):
        yield from ((field, key) for key in _keys(entry.fields.get(field, "")))


def _take(fields: dict[str, str], parents: dict[str, str], kind: str, field: str) -> None:
    own = _OWN if field == "crossref" else {"crossref", "xdata"}
    if field == "crossref" and kind in _PARTS and parents.get("title"):
        parents.setdefault("booktitle", parents["title"])
    for name, value in parents.items():
        if name not in own and not fields.get(name):
            fields[name] = value


def _keys(value: str) -> list[str]:
    return [key.strip().lower() for key in value.split(",") if key.strip()]
