"""What is wrong with the content, said so that the author can mend it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

_LINES = 3
"""How many lines a message names that stands for several."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one place: ``file:line: key: what: what to do``.

    A ``hint`` says what may be as its author wants it, and fails no check.
    """

    path: str
    line: int
    key: str
    what: str
    remedy: str
    hint: bool = False

    @property
    def level(self) -> str:
        """How much it matters: ``problem`` or ``hint``."""
        return "hint" if self.hint else "problem"

    def __str__(self) -> str:
        """Write the problem on one line, as compilers do."""
        level = "hint: " if self.hint else ""
        words = f"{self.path}:{self.line}: {level}{self.key}: {self.what}: {self.remedy}"
        return " ".join(words.split())


def gathered(problems: Iterable[Problem]) -> list[Problem]:
    """Return ``problems``, of which those that say the same of a file are one, with their count.

    It stands where the first one does, and says where the next ones stand.
    """
    alike: dict[tuple[object, ...], list[Problem]] = {}
    for problem in dict.fromkeys(problems):
        said = (problem.path, problem.what, problem.remedy, problem.hint)
        alike.setdefault(said, []).append(problem)
    return [_as_one(sorted(same)) for same in alike.values()]


def _as_one(same: Sequence[Problem]) -> Problem:
    first = same[0]
    if len(same) == 1:
        return first
    lines = list(dict.fromkeys(str(problem.line) for problem in same))
    shown = ", ".join(lines[:_LINES]) + ", …" * (len(lines) > _LINES)
    place = "lines" if len(lines) > 1 else "line"
    return replace(first, what=f"{first.what} ({len(same)} times, at {place} {shown})")


def weighed(problems: Iterable[Problem]) -> list[Problem]:
    """Return ``problems`` in the order given, equal ones as one, but hints behind all others."""
    return sorted(gathered(problems), key=lambda problem: problem.hint)


_LINE = re.compile(r"(?P<path>[^\n]*?):(?P<line>\d+): (?P<key>.*?): (?P<what>.*): (?P<remedy>.*?)")


def read_problem(line: str) -> Problem:
    """Return the problem that stands on one line; see `Problem.__str__`."""
    found = _LINE.fullmatch(line)
    if not found:
        return Problem("project", 1, "site", line, "mend it")
    path, number, key, what, remedy = found.groups()
    return Problem(path, int(number), key, what, remedy)


class ContentError(Exception):
    """The content cannot be used as it stands; carries the problems that say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems

    def _render_traceback_(self) -> list[str]:
        """Return what a kernel shows of it: the lines, and no way through the engine's code."""
        return str(self).split("\n")
