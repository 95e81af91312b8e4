"""What the options of a cell ask to be kept of a run: values by name, and a table.

``#| values: accuracy, gain`` keeps what these variables hold after the cell, for pages to insert;
``#| table: curve`` keeps a table for readers to download.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portfolio.cell import split_options
from portfolio.mapping import NotYamlError, read_mapping
from portfolio.recent import recent

KEY = "portfolio"
"""Under which a notebook's metadata, and a cell's, keep what we put there."""


@dataclass(frozen=True)
class Asked:
    """The variables that a cell names: of ``values``, and of a ``table`` if there is one."""

    label: str = ""
    values: tuple[str, ...] = ()
    table: str = ""

    def __bool__(self) -> bool:
        return bool(self.values or self.table)

    def is_kept_in(self, cell: Mapping[str, Any]) -> bool:
        """Whether the cell holds all that it asks for, and nothing else."""
        kept = kept_in(cell)
        return kept.values.keys() == set(self.values) and bool(kept.table) == bool(self.table)


@dataclass(frozen=True)
class Kept:
    """What the last run left in a cell: values by name, and a table as CSV."""

    values: Mapping[str, float | str]
    table: str = ""


@recent(16_000_000)
def asked_by(source: str) -> Asked:
    """Return what the options at the head of a cell ask for; nothing where they are no YAML."""
    try:
        options = read_mapping(split_options(source)[0], "", 1)
    except NotYamlError:  # reading its figure reports it
        return Asked()
    values = options.get("values") or ""
    each = values if isinstance(values, list) else re.split(r"[,\s]+", str(values).strip())
    names = tuple(dict.fromkeys(filter(None, map(str, each))))
    return Asked(str(options.get("label", "")), names, str(options.get("table") or "").strip())


def kept_in(cell: Mapping[str, Any]) -> Kept:
    """Return what the last run left in a cell; nothing of what does not belong there."""
    said = cell["metadata"].get(KEY)
    said = said if isinstance(said, dict) else {}
    values = said.get("values")
    values = values if isinstance(values, dict) else {}
    table = said.get("table")
    good = {name: value for name, value in values.items() if type(value) in (int, float, str)}
    return Kept(good, table if isinstance(table, str) else "")


def code_cells(notebook: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the code cells of a notebook with their numbers, from one on."""
    for number, cell in enumerate(notebook["cells"], 1):
        if cell["cell_type"] == "code":
            yield number, cell
