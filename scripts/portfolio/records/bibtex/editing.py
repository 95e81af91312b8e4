"""Changing single fields of entries, every other byte of the file staying as it is.

Only entries in good order are touched, and the file is read again afterwards: what a change would
do beside what it should is an error, and nothing is written.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from portfolio.records.bibtex.commands import Source
from portfolio.records.bibtex.plain import IN_BRACES, IN_QUOTES
from portfolio.records.bibtex.reader import Entry, parse_bibtex

_HEAD = re.compile(r"@[ \t]*([A-Za-z][\w+-]*)\s*\{\s*([^\s,{}=\"#%()@]++)\s*+(?=[,}])")
_PART = rf"(?:\{{{IN_BRACES}\}}|\"{IN_QUOTES}\"|[\w:.+/-]++)"
_FIELD = re.compile(
    rf",(?P<gap>\s*+)(?:(?P<name>[A-Za-z_][\w:.+/-]*+)(?P<equals>\s*+=\s*+)"
    rf"(?P<value>{_PART}(?:\s*+\#\s*+{_PART})*+)\s*+)?(?=[,}}])"
)
_WIDE = "utf-8", "surrogateescape"
"""Any bytes come through this as they were."""

WHOLE = "file"
"""What is named where no single entry is to blame."""


class UneditableError(Exception):
    """A change cannot be made so that everything else stays: says of which entry, and why."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"{key}: {why}")
        self.key = key
        self.why = why


@dataclass(frozen=True)
class Change:
    """What is to become of an entry: a type, values of fields in LaTeX, and fields to drop."""

    kind: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Written:
    """An entry as it stands in a text: where its type, its fields and its end are."""

    key: str
    kind: re.Match[str]
    fields: tuple[re.Match[str], ...]
    end: int


def edited(data: bytes, changes: Mapping[str, Change]) -> bytes:
    """Return the bytes of a .bib with ``changes`` made to the entries of these keys.

    Raises UneditableError if an entry is not there once, or is not in good order.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UneditableError(WHOLE, "it is in UTF-16: save it as UTF-8 first")
    text = data.decode(*_WIDE)
    entries = list(written_in(text))
    edits: list[tuple[int, int, str]] = []
    for key, change in changes.items():
        found = [each for each in entries if each.key == key]
        if len(found) != 1:
            why = "it is not there in good order" if not found else "two entries have this key"
            raise UneditableError(key, f"{why}: change it by hand")
        edits += _edits(found[0], change)
    after = text
    for start, end, new in sorted(edits, reverse=True):
        after = after[:start] + new + after[end:]
    _verify(text, after, changes)
    return after.encode(*_WIDE)


def edited_where_possible(
    data: bytes, changes: Mapping[str, Change]
) -> tuple[bytes, tuple[UneditableError, ...]]:
    """Return the bytes after those of ``changes`` that can be made, and why the others cannot."""
    able = dict(changes)
    left: list[UneditableError] = []
    while able:
        try:
            return edited(data, able), tuple(left)
        except UneditableError as error:
            left.append(error)
            if able.pop(error.key, None) is None:
                break
    return data, tuple(left)


def written_in(text: str) -> Iterator[Written]:
    """Yield the entries of a text that are in good order, with their places."""
    source, position = Source(text), 0
    while command := source.next_command(position):
        position = command.body
        found = written_at(text, command.at) if command.at is not None else None
        if found:
            yield found
            position = found.end


def written_at(text: str, at: int) -> Written | None:
    """Return the entry whose ``@`` is at a place, or None if it is not in good order."""
    head = _HEAD.match(text, at)
    if not head:
        return None
    fields, end = [], head.end()
    while text[end] == ",":
        found = _FIELD.match(text, end)
        if not found:
            return None
        end = found.end()
        if found["name"]:
            fields.append(found)
    return Written(head[2], head, tuple(fields), end)


def _edits(entry: Written, change: Change) -> Iterator[tuple[int, int, str]]:
    if change.kind and change.kind.lower() != entry.kind[1].lower():
        yield *entry.kind.span(1), change.kind
    there = {found["name"].lower(): found for found in entry.fields}
    for name in change.dropped & there.keys():
        yield there[name].start(), there[name].end("value"), ""
    new = []
    for name, value in change.fields.items():
        if name not in there:
            new.append((name, value))
        elif (said := _in_manner_of(there[name]["value"], value)) != there[name]["value"]:
            yield *there[name].span("value"), said
    if new:
        yield _inserted(entry, new)


def _in_manner_of(old: str, value: str) -> str:
    """Return a value in quotes or without any, where the old one is so and the new one can be."""
    if old.startswith('"') and '"' not in value and "#" not in old:
        return f'"{value}"'
    return value if old.isdecimal() and value.isdecimal() else f"{{{value}}}"


def _inserted(entry: Written, new: list[tuple[str, str]]) -> tuple[int, int, str]:
    """Return new fields behind the last one, laid out as that is."""
    if not entry.fields:
        said = "".join(f", {name} = {{{value}}}" for name, value in new)
        return entry.kind.end(), entry.kind.end(), said
    last = entry.fields[-1]  # what is dropped there ends where the new ones begin
    before, _, behind = last["equals"].partition("=")
    width = len(last["name"] + before)
    aligned = "\n" in last["gap"] and len(before) > 1
    names = (f"{name:<{width}}" if aligned else name + " " * len(before) for name, _ in new)
    said = "".join(
        f",{last['gap'] or ' '}{name}={behind}{{{value}}}"
        for name, (_, value) in zip(names, new, strict=True)
    )
    return last.end("value"), last.end("value"), said


def _verify(before: str, after: str, changes: Mapping[str, Change]) -> None:
    """Raise UneditableError unless each entry says what it should, and the rest what it said."""
    old, new = (parse_bibtex(text, shown_as="")[0] for text in (before, after))
    if len(old) != len(new):
        raise UneditableError(WHOLE, "its entries would not stay as they are")
    for one, other in zip(old, new, strict=True):
        if other != _expected(one, changes.get(one.key), other):
            raise UneditableError(one.key, "it would not say what it should: change it by hand")


def _expected(one: Entry, change: Change | None, other: Entry) -> Entry:
    """Return what is to become of an entry, at the line of the other."""
    if change is None:
        return replace(one, line=other.line)
    fields = {name: said for name, said in one.fields.items() if name not in change.dropped}
    fields |= {name: " ".join(said.split()) for name, said in change.fields.items()}
    kind = change.kind.lower() or one.kind
    return replace(one, kind=kind, fields=fields, raw=other.raw, line=other.line)
