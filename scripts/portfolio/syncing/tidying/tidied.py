"""A file of BibTeX by the rules that its owner chose: only the fields in question change."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff

from portfolio.records.bibtex.editing import Change, Written, edited_where_possible, written_in
from portfolio.syncing.tidying.iso4 import abbreviated
from portfolio.syncing.tidying.pages import with_dashes
from portfolio.syncing.tidying.titles import with_capitals_protected
from portfolio.syncing.tidying.venue_names import unified

Rule = Callable[[str], str]
RULES: Mapping[str, tuple[tuple[str, ...], Rule]] = {
    "capitals": (("title", "subtitle"), with_capitals_protected),
    "dashes": (("pages",), with_dashes),
    "abbreviate": (("journal", "journaltitle"), abbreviated),
}
"""The rules that need to see one value alone, by the names of their options, with their fields."""
VENUES = "venues"
_OF_VENUES = ("journal", "journaltitle", "booktitle")
_WIDE = "utf-8", "surrogateescape"


@dataclass(frozen=True)
class Tidied:
    """What a file would become, and a line for each entry that is left alone."""

    data: bytes
    left: tuple[str, ...]


def tidied(
    data: bytes,
    rules: Sequence[str],
    added: Mapping[str, Mapping[str, str]],
    spellings: Mapping[str, str],
) -> Tidied:
    """Return a file by ``rules``, with fields ``added`` by keys, and venues by their spellings.

    Entries that are not in good order, or that a change would break, are left as they are.
    """
    changes = {
        entry.key: change
        for entry in written_in(data.decode(*_WIDE))
        if (change := _change(entry, rules, added, spellings)).fields
    }
    after, left = edited_where_possible(data, changes)
    return Tidied(after, tuple(map(str, left)))


def spellings_in(files: Sequence[bytes]) -> Mapping[str, str]:
    """Return the spelling to have for each one of a venue in the files."""
    return unified(
        value
        for data in files
        for entry in written_in(data.decode(*_WIDE))
        for name, value in _values(entry)
        if name in _OF_VENUES
    )


def difference(before: bytes, after: bytes, path: str) -> str:
    """Return what changes in a file, as `diff -u` shows it."""
    old, new = (data.decode(*_WIDE).splitlines(keepends=True) for data in (before, after))
    lines = (line if line.endswith("\n") else f"{line}\n" for line in
             unified_diff(old, new, path, path, n=1))  # fmt: skip
    return "".join(lines).replace("\r\n", "\n")


def _change(
    entry: Written,
    rules: Sequence[str],
    added: Mapping[str, Mapping[str, str]],
    spellings: Mapping[str, str],
) -> Change:
    fields: dict[str, str] = dict(added.get(entry.key, {}))
    for name, value in _values(entry):
        after = spellings.get(value, value) if VENUES in rules and name in _OF_VENUES else value
        for rule, (names, change) in RULES.items():
            if rule in rules and name in names:
                after = change(after)
        if after != value:
            fields[name] = after
    return Change(fields=fields)


def _values(entry: Written) -> Iterator[tuple[str, str]]:
    """Yield the fields that are written once, as one text in braces or quotes."""
    found: dict[str, list[str]] = defaultdict(list)
    for field in entry.fields:
        found[field["name"].lower()].append(field["value"])
    for name, values in found.items():
        value = values[0]
        plain = "#" not in value.replace("\\#", "") and value[0] in '{"'
        if len(values) == 1 and plain:
            yield name, value[1:-1]
