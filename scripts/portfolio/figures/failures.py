"""What stopped a notebook: which cell, which line of it, and the way there through code of ours."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portfolio.records.problems import ContentError, Problem

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_FRAME = re.compile(
    r"(?:Cell In\[(?P<cell>\d+)\], line (?P<at>\d+)|File (?P<file>.+?):(?P<line>\d+))"
)
_ARROW = re.compile(r"-+> *\d+ (?P<code>.*)")
_FOREIGN = re.compile(r"site-packages|dist-packages|[/\\]lib[/\\]python|<frozen")
_LONGEST = 300


class RunError(ContentError):
    """A notebook was stopped; carries the problem, and a short traceback in ``trail``."""

    def __init__(self, problem: Problem, trail: Sequence[str] = ()) -> None:
        super().__init__(problem)
        self.trail = tuple(trail)


@dataclass(frozen=True)
class _Frame:
    """One place that the error came through: a cell of the notebook by its number, or a file."""

    cell: int
    file: str
    line: int
    code: str

    def __str__(self) -> str:
        place = f"cell {self.cell}, line {self.line}" if self.cell else f"{self.file}:{self.line}"
        return f"    {place}: {self.code}"


@dataclass(frozen=True)
class Stopped:
    """A run that ended in a cell: the notebook, how it is stored, its cells, and which it was."""

    path: Path
    root: Path
    text: str
    cells: Sequence[Any]
    number: int

    def by(self, name: str, words: str) -> RunError:
        """Return what is said where the cell raised an error of that name."""
        frames = [frame for frame in self._frames() if not _FOREIGN.search(frame.file)]
        line = next((frame.line for frame in frames if frame.cell == self.number), 1)
        words = re.sub(r"\s+", " ", words)[:_LONGEST]
        error = f"{name}: {words}".removesuffix(": ")
        place = _line_of(self.text, self.number, line)
        problem = self._problem(place, f"cell {self.number}, line {line}: {error}", "mend the cell")
        return RunError(problem, [*map(str, frames), f"    {error}"])

    def otherwise(self, what: str, remedy: str) -> RunError:
        """Return what is said where something else stopped it."""
        return RunError(self._problem(1, f"cell {self.number}: {what}", remedy))

    def _problem(self, line: int, what: str, remedy: str) -> Problem:
        shown = self.path.relative_to(self.root).as_posix()
        return Problem(shown, line, self.path.stem, what, remedy)

    def _frames(self) -> Iterator[_Frame]:
        """Yield the places in the traceback that the cell shows, from the cell inward."""
        counted = [n for n, cell in enumerate(self.cells, 1) if cell["cell_type"] == "code"]
        outputs = self.cells[self.number - 1].get("outputs", ())
        told = [line for each in outputs for line in each.get("traceback", ())]
        place = None
        for line in _COLOUR.sub("", "\n".join(told)).split("\n"):
            if found := _FRAME.match(line):
                place = found
            elif place and (arrow := _ARROW.match(line.strip())):
                count = int(place["cell"] or 0) - 2  # the witness's cell was the first
                cell = counted[count] if 0 <= count < len(counted) else 0
                at = int(place["at"] or place["line"])
                yield _Frame(cell, self._shown(place["file"] or ""), at, arrow["code"].strip())
                place = None

    def _shown(self, file: str) -> str:
        path, home = Path(file).expanduser(), self.root.resolve()
        return path.relative_to(home).as_posix() if path.is_relative_to(home) else file


def _line_of(text: str, number: int, line: int) -> int:
    """Return the line of the stored notebook where a line of a cell's source stands."""
    source = json.loads(text)["cells"][number - 1]["source"]
    whole = source.splitlines(keepends=True) if isinstance(source, str) else source
    if not 1 <= line <= len(whole):
        return 1
    wanted = json.dumps(whole[line - 1], ensure_ascii=False)
    starts = [n for n, each in enumerate(text.split("\n"), 1) if '"cell_type"' in each]
    start = starts[number - 1] if number <= len(starts) else 1
    for place, each in enumerate(text.split("\n")[start - 1 :], start):
        if each.strip().rstrip(",") == wanted:
            return place
    return 1
