"""Single values that BibLaTeX takes from other entries: ``author = {xdata=people-author-2}``."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from portfolio.records.bibtex.reader import Entry
from portfolio.records.problems import Problem

_MARK = "xdata="
_GRAIN = re.compile(r"\{?xdata=\{?([^{}=]+)-([a-z]+)(?:-(\d+))?\}{0,2}", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_DEEPEST = 5


def with_grains(entries: Sequence[Entry], problems: list[Problem]) -> Sequence[Entry]:
    """Return ``entries`` with the single values they refer to; report those that are nowhere."""
    if not any(_MARK in entry.raw for entry in entries):
        return entries
    by_key = {entry.key.lower(): entry for entry in entries}
    return [_filled(entry, by_key, problems) if _MARK in entry.raw else entry for entry in entries]


def _filled(entry: Entry, by_key: Mapping[str, Entry], problems: list[Problem]) -> Entry:
    fields, elsewhere = dict(entry.fields), dict(entry.elsewhere)
    for name, value in entry.fields.items():
        if _MARK not in value.lower():
            continue
        fields[name] = " and ".join(_said(part, by_key) for part in _AND.split(value))
        if found := _GRAIN.fullmatch(value):
            parent = by_key.get(found[1].lower(), entry)
            elsewhere[name] = parent.place(found[2].lower())
        if _MARK in fields[name].lower():
            what = f"xdata names no value of another entry ({value})"
            problems.append(Problem(*entry.place(name), entry.key, what, "correct its key"))
            del fields[name]
            elsewhere.pop(name, None)
    return replace(entry, fields=fields, elsewhere=elsewhere)


def _said(part: str, by_key: Mapping[str, Entry]) -> str:
    """Return the value that ``part`` refers to, over a few steps, or ``part`` as it is."""
    for _ in range(_DEEPEST):
        found = _GRAIN.fullmatch(part.strip())
        parent = by_key.get(found[1].lower()) if found else None
        if not found or not parent:
            return part
        value = parent.fields.get(found[2].lower(), "")
        items = _AND.split(value) if found[3] else [value]
        number = int(found[3] or 1)
        if not value or not 1 <= number <= len(items):
            return part
        part = items[number - 1]
    return part
