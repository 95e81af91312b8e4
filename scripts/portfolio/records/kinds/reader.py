"""Tables of things: YAML or CSV, ``talks/talks.yml`` or ``cv/talks.csv``."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from portfolio.content import is_content
from portfolio.mapping import NotYamlError, read_listed
from portfolio.numbering import free
from portfolio.records.kinds.filling import Row, item_of
from portfolio.records.kinds.item import Item
from portfolio.records.kinds.known import KINDS
from portfolio.records.problems import Problem
from portfolio.records.sources import read_text
from portfolio.records.tables.reader import rows_of

CV = "cv"
"""The folder of tables that the CV alone shows; a kind's own folder gives it a page too."""
_YAML, _TABLES = (".yml", ".yaml"), (".csv", ".tsv")


def tables_of(kind: str) -> list[str]:
    """Return the files in which things of a kind may stand, in the order of reading."""
    folders = dict.fromkeys((kind, CV))
    return [f"{folder}/{kind}{suffix}" for folder in folders for suffix in (*_YAML, *_TABLES)]


TABLES = frozenset(path for kind in KINDS for path in tables_of(kind))
"""Every file that things of any kind may stand in."""


def load_items(root: Path, problems: list[Problem]) -> dict[str, tuple[Item, ...]]:
    """Return what the tables of the project say, by kind, the newest first.

    People stay in the order of their table. Kinds without any item are left out.
    """
    found: dict[str, tuple[Item, ...]] = {}
    for name in KINDS:
        items = load_kind(root, name, problems)
        if items:
            found[name] = items
    return found


def load_kind(root: Path, name: str, problems: list[Problem]) -> tuple[Item, ...]:
    """Return what the tables of one kind say; see `load_items`."""
    there = [path for path in tables_of(name) if is_content(root / path, root)]
    rows = [row for path in there for row in _rows(root, path, problems)]
    made = (item_of(KINDS[name], row, problems) for row in _once(rows, problems))
    items = _named([item for item in made if item])
    if name != "people":
        items.sort(key=lambda item: item.when.order)
    return tuple(items)


def _rows(root: Path, path: str, problems: list[Problem]) -> Iterator[Row]:
    text = read_text(root / path, shown_as=path, problems=problems)
    if path.endswith(_TABLES):
        for row in rows_of(text, shown_as=path, problems=problems):
            yield Row(({"id": row.key} if row.key else {}) | row.cells, path, row.line, {})
        return
    try:
        for each in read_listed(text, path):
            yield Row(each.values, path, each.lines[""], each.lines)
    except NotYamlError as error:
        problems.append(Problem(path, error.line, "yaml", error.what, "mend the YAML"))


def _once(rows: Sequence[Row], problems: list[Problem]) -> Iterator[Row]:
    """Yield the rows but for those that say what one before them says."""
    seen: dict[str, Row] = {}
    for row in rows:
        said = repr(sorted(row.said.items()))
        if first := seen.get(said):
            remedy = f"remove one (the other is at {first.path}:{first.line})"
            problems.append(Problem(row.path, row.line, "row", "the same thing again", remedy))
            continue
        seen[said] = row
        yield row


def _named(items: Sequence[Item]) -> list[Item]:
    """Return items whose names in addresses are all different."""
    taken: set[str] = set()
    return [replace(item, id=free(item.id or item.kind, taken)) for item in items]
