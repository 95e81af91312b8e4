"""How often papers are cited: ``publications/counts.csv``, which `counts` writes and pages show.

A row is one paper at one service, with the day when the service said so. A number that was held
back, or that could not be asked for, keeps the old one and says why in ``note``.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portfolio.content import is_content
from portfolio.records.problems import Problem
from portfolio.records.tables.reader import Row, read_table

PATH = "publications/counts.csv"
_COLUMNS = ("key", "source", "citations", "date", "note")
SOURCES = {"openalex": "OpenAlex", "crossref": "Crossref"}
"""The services whose counts can be shown, by what `owner.citations` calls them."""

NO_ANSWER = "no answer"
_AGAIN = "try `portfolio counts` again"

Named = tuple[str, str]
"""A paper's key in small letters, and a source."""


@dataclass(frozen=True)
class Count:
    """How often a paper was cited, as a source said on a day."""

    key: str
    source: str
    citations: int
    day: date
    note: str = ""
    line: int = 1

    @property
    def name(self) -> Named:
        """What tells the row from others."""
        return self.key.lower(), self.source

    @property
    def problem(self) -> Problem:
        """What `check` says of a number that is not up to date."""
        what, remedy = f"{self.source}: {self.note}, so the old numbers stay", _AGAIN
        if not self.note.startswith(NO_ANSWER):
            what = f"{self.source}: {self.note}, so the number of {self.day} stays"
            remedy = f"look at it, and then `portfolio counts --accept {self.key}`"
        return Problem(PATH, self.line, self.key, what, remedy, hint=True)


def read_counts(root: Path, problems: list[Problem]) -> dict[Named, Count]:
    """Return the counts of the project; a row that is unreadable, or a second one, is reported."""
    if not is_content(root / PATH, root):
        return {}
    rows = read_table(root / PATH, shown_as=PATH, problems=problems, columns=_COLUMNS)
    found: dict[Named, Count] = {}
    for row in rows:
        count = _count(row)
        if not count:
            what = "a row needs key, source, citations and date"
            problems.append(Problem(PATH, row.line, row.key or "row", what, "complete it"))
        elif first := found.get(count.name):
            what = f"{count.source} has a number of it already (line {first.line})"
            problems.append(Problem(PATH, row.line, row.key, what, "remove one of the rows"))
        else:
            found[count.name] = count
    return found


def table(counts: Iterable[Count]) -> str:
    """Return the table of counts, by key and source."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for each in sorted(counts, key=lambda count: count.name):
        rows.writerow([each.key, each.source, each.citations, each.day.isoformat(), each.note])
    return written.getvalue()


def h_index(counts: Iterable[Count]) -> int:
    """Return the largest number of papers that are cited as often as that, each."""
    ranked = sorted((count.citations for count in counts), reverse=True)
    return sum(citations >= rank for rank, citations in enumerate(ranked, 1))


def held(counts: Mapping[Named, Count]) -> Iterator[Problem]:
    """Yield what the counts say of themselves that is not up to date."""
    yield from (count.problem for count in counts.values() if count.note)


def _count(row: Row) -> Count | None:
    cells = row.cells
    try:
        number, day = int(cells["citations"]), date.fromisoformat(cells["date"])
    except (KeyError, ValueError):
        return None
    if not row.key or not cells.get("source") or number < 0:
        return None
    source = SOURCES.get(cells["source"].lower(), cells["source"])
    return Count(row.key, source, number, day, cells.get("note", ""), row.line)
