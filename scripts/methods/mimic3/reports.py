"""What reading found: rows kept and dropped, and the problems of files, one line each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pandas as pd

MANY = 20
"""So many problems of one kind in one file are named; the rest are counted."""


class InputError(ValueError):
    """Files that cannot be used: one line for each problem, sorted by file and line."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in a file; line 0 stands for the file itself."""

    path: str
    line: int
    column: str
    what: str
    value: str
    remedy: str

    def __str__(self) -> str:
        """Return ``file:line: column: what (the value): what to do``, in one line."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        parts = (place, self.column, f"{self.what} ({self.value})" if self.value else self.what)
        line = ": ".join((*filter(None, parts), self.remedy))
        return line.replace("\r", " ").replace("\n", " ")


@dataclass
class Report:
    """Counts of rows by table and fate, and problems; each row read has exactly one fate."""

    rows: Counter[tuple[str, str]] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    unnamed: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """Problems past ``MANY``, by file, column and what is wrong."""

    def count(self, table: str, fate: str, rows: int) -> None:
        """Add rows of a table that met a fate: "kept", or the reason to drop them."""
        if rows:
            self.rows[table, fate] += int(rows)

    def add(  # noqa: PLR0913, PLR0917  the parts of a problem
        self, path: Path, line: int, column: str, what: str, value: object, remedy: str
    ) -> None:
        """Note a problem, or count it where many of its kind have been noted."""
        alike = (str(path), column, what)
        seen = sum((p.path, p.column, p.what) == alike for p in self.problems)
        if seen < MANY:
            self.problems.append(Problem(*alike[:1], line, column, what, str(value), remedy))
        else:
            self.unnamed[alike] += 1

    def lines(self) -> list[str]:
        """Return each problem noted, sorted by file and line, and how many more there are."""
        more = [
            f"{path}: {column}: {what}: {count} more"
            for (path, column, what), count in sorted(self.unnamed.items())
        ]
        return [str(problem) for problem in sorted(set(self.problems))] + more

    def table(self) -> pd.DataFrame:
        """Return a table with the columns table, fate, rows and share (of the table's rows)."""
        records = [(table, fate, rows) for (table, fate), rows in sorted(self.rows.items())]
        frame = pd.DataFrame(records, columns=["table", "fate", "rows"])
        frame["share"] = frame["rows"] / frame.groupby("table")["rows"].transform("sum")
        return frame

    def check(self) -> None:
        """Raise InputError where there are problems."""
        if self.problems:
            raise InputError(self.lines())

    def to_json(self) -> dict[str, Any]:
        """Return the report as lists that JSON can hold."""
        return {
            "rows": [[*key, rows] for key, rows in sorted(self.rows.items())],
            "problems": [list(vars(problem).values()) for problem in self.problems],
            "unnamed": [[*key, count] for key, count in sorted(self.unnamed.items())],
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Return the report that ``to_json`` made these lists of."""
        return cls(
            rows=Counter({(table, fate): rows for table, fate, rows in stored["rows"]}),
            problems=[Problem(*parts) for parts in stored["problems"]],
            unnamed=Counter({(a, b, c): count for a, b, c, count in stored["unnamed"]}),
        )
