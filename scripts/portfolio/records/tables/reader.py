"""Tables of papers, people and news: CSV and TSV files, read so that no row is lost."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from portfolio.records.problems import Problem
from portfolio.records.sources import read_text
from portfolio.records.tables.cells import Line, lines_of

ROW = "row"
"""What problems of a line are filed under."""
_BLANK = {"", "NA", "N/A", "NaN"}
_KEYS = ("key", "bibkey", "citekey", "bibtex_key", "bib_key")
_EXCELS_HINT = re.compile(r"\s*sep=(.)[ \t,;]*\n", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"\n]*"?')


@dataclass(frozen=True)
class Row:
    """One line of a table: the cells that say something, by the names of their columns."""

    key: str
    cells: dict[str, str]
    line: int
    path: str


def read_table(
    path: Path, *, shown_as: str, problems: list[Problem], columns: Sequence[str] = ()
) -> list[Row]:
    """Read the rows of the table at ``path``; blank cells and ``NA`` say nothing.

    Where ``columns`` are given, those are what the first line should name, in the usual order.
    """
    text = read_text(path, shown_as=shown_as, problems=problems)
    return rows_of(text, shown_as=shown_as, problems=problems, columns=columns)


def rows_of(
    text: str, *, shown_as: str, problems: list[Problem], columns: Sequence[str] = ()
) -> list[Row]:
    """Return the rows of a table's text; see `read_table`."""

    def report(line: int, key: str, what: str, remedy: str) -> None:
        problems.append(Problem(shown_as, line, key, what, remedy))

    lines = list(_without_remarks(split_table(text)))
    header, lines = _headed(lines, columns, report)
    problems += faults_of(lines, len(header), shown_as)
    rows = []
    for line in lines:
        said = _said(header, line.cells)
        key = next((said.pop(name) for name in _KEYS if name in said), "")
        if key or said:
            rows.append(Row(key, said, line.line, shown_as))
    return rows


def faults_of(lines: Iterable[Line], width: int, path: str) -> Iterator[Problem]:
    """Yield what is odd about lines below a first one that names as many columns as ``width``."""
    for line in lines:
        if line.fault:
            remedy = 'close it, or write "" for a quote in a cell'
            yield Problem(path, line.line, ROW, line.fault, remedy)
        if any(cell.strip() for cell in line.cells[width:]):
            what = "it has more cells than the first line names"
            yield Problem(path, line.line, ROW, what, "quote cells that hold commas")


def split_table(text: str) -> Iterator[Line]:
    """Yield the lines of a table, whichever mark its first one has most of between its cells."""
    hint = _EXCELS_HINT.match(text)
    before = hint.end() if hint else 0
    text = text[before:]
    number = 1 if hint else 0
    for line in lines_of(text, hint[1] if hint else _delimiter(text)):
        yield Line(line.cells, line.line + number, line.fault)


def _without_remarks(lines: Iterable[Line]) -> Iterator[Line]:
    header: list[str] = []
    for line in lines:
        if not _is_remark(line.cells, header):
            header = header or _names(line)
            yield line


def _is_remark(cells: Sequence[str], header: list[str]) -> bool:
    """Whether a row begins with a number sign that is not the start of a title, as in #sea."""
    first, *others = cells or [""]
    if not first.startswith("#"):
        return False
    if not any(cell.strip() for cell in others):
        return True
    return first.startswith("# ") or bool(header and header[0] in _KEYS)


def _delimiter(text: str) -> str:
    header = _QUOTED.sub("", text.lstrip().partition("\n")[0])
    counts = Counter(header)
    return max(",", ";", "\t", key=lambda mark: counts[mark])


def _headed(
    lines: list[Line], columns: Sequence[str], report: Callable[[int, str, str, str], None]
) -> tuple[list[str], list[Line]]:
    """Return the names of the columns, and the lines below the first, which gives them."""
    if not lines:
        return [], []
    first, *below = lines
    header, begin = _names(first), f"begin with a line {','.join(columns)}"
    if columns and not set(columns) & set(header):
        report(first.line, ROW, "no line above it names the columns", begin)
        return list(columns), lines
    if columns and columns[0] not in header:
        report(first.line, columns[0], "there is no column of this name", begin)
    for name in dict.fromkeys(name for name in header if name and header.count(name) > 1):
        report(first.line, name, "two columns have this name", "rename one")
    for line in below:
        if _names(line) == header:
            report(line.line, ROW, "the first line stands here again", "remove it")
    return header, [line for line in below if _names(line) != header]


def _names(line: Line) -> list[str]:
    return [name.strip().lower() for name in line.cells]


def _said(header: list[str], cells: Sequence[str]) -> dict[str, str]:
    """Return what the cells say; of columns that share a name the first that says something."""
    said: dict[str, str] = {}
    for number, cell in enumerate(cells):
        name = header[number] if number < len(header) else ""
        if cell.strip() not in _BLANK:
            said.setdefault(name or f"column {number + 1}", cell.strip())
    return said
