"""The lines of a table taken apart into cells, so that no quote takes a row with it.

A quoted cell may go on over several lines, as RFC 4180 has it. Where its quote is never closed, or
where that would take in whole rows, its line stands alone without it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPEN = "a quote is not closed"
_DIGITS, _LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")
_AMBIGUOUS = 2
_NEVER_OPENED = "a quote is closed that was never opened"


@dataclass(frozen=True)
class Line:
    """The cells of a row, the line that it starts on, and what is odd about it."""

    cells: tuple[str, ...]
    line: int
    fault: str = ""


def lines_of(text: str, delimiter: str) -> Iterator[Line]:
    """Yield the rows of a table, those left out that are blank."""
    width, number, place = 0, 1, 0
    while place < len(text):
        end = _end_of_line(text, place)
        cells, after, fault = _row(text, place, end, delimiter)
        if after > end and _takes_in_rows(text, place, after, delimiter, width):
            cells, after, fault = *_alone(text, place, end, delimiter), _OPEN
        if any(cell.strip() for cell in cells):
            width = width or len(cells)
            yield Line(tuple(cells), number, fault)
        number += text.count("\n", place, after + 1)
        place = after + 1


def _row(text: str, place: int, end: int, delimiter: str) -> tuple[list[str], int, str]:
    """Return a row's cells, where it ends, and what is odd; its first line ends at ``end``."""
    cells: list[str] = []
    fault = ""
    closer = re.compile(rf'"[ ]*(?={re.escape(delimiter)}|\n|\Z)')
    last = max((found.start() for found in closer.finditer(text, place, end + 1)), default=-1)
    while True:
        start = _after_blanks(text, place)
        closed = (
            _closing(text, start, end, delimiter, last) if text[start : start + 1] == '"' else 0
        )
        if closed:
            cells.append(text[start + 1 : closed].replace('""', '"'))
            place = _after_blanks(text, closed + 1)
            end = end if place <= end else _end_of_line(text, place)
        else:
            stop = text.find(delimiter, place, end)
            cell = text[place : end if stop < 0 else stop]
            fault = fault or _fault_of(cell)
            cells.append(cell.lstrip()[1:] if _fault_of(cell) == _OPEN else cell)
            place += len(cell)
        if place >= end:
            return cells, end, fault
        place += len(delimiter)


def _closing(text: str, start: int, end: int, delimiter: str, last: int) -> int:
    """Return where the quote is that closes the one at ``start``; zero where there is none.

    Quotes within a cell should be doubled; on one line they may be as they are.
    """
    place = start + 1
    while (place := text.find('"', place)) >= 0:
        if text.startswith('""', place):
            place += 2
            continue
        after = _after_blanks(text, place + 1)
        if after >= len(text) or text.startswith((delimiter, "\n"), after):
            return place
        if place > end or last <= place or text.startswith(delimiter, place - len(delimiter)):
            return 0  # the last is how the next cell begins
        place += 1
    return 0


def _takes_in_rows(text: str, place: int, after: int, delimiter: str, width: int) -> bool:
    """Return whether the lines up to ``after`` look like rows rather than like one cell's.

    So they do where another begins with what looks like the first one's beginning, such as a date,
    or where each would by itself be a row; of two columns, text of several lines may be so.
    """
    lines = text[place:after].split("\n")
    rows = [_alone(line, 0, len(line), delimiter)[0] for line in lines]
    first, *others = (_shape(row[0]) for row in rows)
    if "9" in first and first in others:
        return True
    spaced = [" " in row[0].strip() for row in rows]
    return width > _AMBIGUOUS and {*map(len, rows)} == {width} and not (spaced[0] < max(spaced))


def _shape(cell: str) -> str:
    """Return what a key or a date looks like: all letters are one, and so are all digits."""
    return _LETTERS.sub("a", _DIGITS.sub("9", cell.strip().strip('"')))


def _alone(text: str, place: int, end: int, delimiter: str) -> tuple[list[str], int]:
    """Return the cells of one line by itself, in which a quote that is not closed is a letter."""
    line = text[place:end]
    return _row(line, 0, len(line), delimiter)[0], end


def _fault_of(cell: str) -> str:
    cell = cell.strip()
    if cell.startswith('"'):
        return _OPEN
    return _NEVER_OPENED if cell.endswith('"') and cell.count('"') % 2 else ""


def _end_of_line(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _after_blanks(text: str, place: int) -> int:
    while text[place : place + 1] == " ":
        place += 1
    return place
