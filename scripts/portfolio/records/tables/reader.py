"""Tables of papers and people: CSV and TSV files, read so that no row is lost."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portfolio.records.encodings import read_text
from portfolio.records.problems import Problem

_BLANK = {"", "NA", "N/A", "NaN"}
_KEYS = ("key", "bibkey", "citekey", "bibtex_key", "bib_key")
_LONGEST_CELL = 10_000_000


@dataclass(frozen=True)
class Row:
    """One line of a table: the cells that say something, by the names of their columns."""

    key: str
    cells: dict[str, str]
    line: int
    path: str


def read_table(path: Path, *, shown_as: str, problems: list[Problem]) -> list[Row]:
    """Read the rows of the table at ``path``; blank cells and ``NA`` say nothing."""
    text = read_text(path, shown_as=shown_as, problems=problems)
    if not text.strip():
        return []
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, path.suffix))
    return list(_rows(rows, shown_as, problems))


def _rows(reader: "csv._reader", path: str, problems: list[Problem]) -> Iterator[Row]:  # type: ignore[name-defined]
    header: list[str] = []
    end = 0
    try:
        for cells in reader:
            line, end = end + 1, reader.line_num
            if _is_remark(cells, header):
                continue
            if not header:
                header = [name.strip().lower() for name in cells]
                _look_at(header, path, problems)
                continue
            if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
                what = "it has more cells than the first line names"
                problems.append(Problem(path, line, "row", what, "quote cells that hold commas"))
            said = _said(header, cells)
            key = next((said.pop(name) for name in _KEYS if name in said), "")
            if key or said:
                yield Row(key, said, line, path)
    except csv.Error as error:
        what = f"the rest of the table cannot be read ({error})"
        problems.append(Problem(path, reader.line_num, "row", what, "mend the quotes of this row"))


def _is_remark(cells: list[str], header: list[str]) -> bool:
    """Whether a row begins with a number sign that is not the start of a title, as in #sea."""
    first, *others = cells or [""]
    if not first.startswith("#"):
        return False
    if not any(cell.strip() for cell in others):
        return True
    return first.startswith("# ") or bool(header and header[0] in _KEYS)


def _said(header: list[str], cells: list[str]) -> dict[str, str]:
    """Return what the cells say; of columns that share a name the first that says something."""
    said: dict[str, str] = {}
    for number, cell in enumerate(cells):
        name = header[number] if number < len(header) else ""
        if cell.strip() not in _BLANK:
            said.setdefault(name or f"column {number + 1}", cell.strip())
    return said


def _look_at(header: list[str], path: str, problems: list[Problem]) -> None:
    twice = dict.fromkeys(name for name in header if name and header.count(name) > 1)
    what, remedy = "two columns have this name", "rename one"
    problems += [Problem(path, 1, name, what, remedy) for name in twice]


def _delimiter(text: str, suffix: str) -> str:
    header = text.partition("\n")[0]
    if suffix == ".tsv" or ("\t" in header and "," not in header):
        return "\t"
    return ";" if ";" in header and "," not in header else ","
