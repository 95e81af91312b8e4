"""What is wrong with the content, said so that the author can mend it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


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


def weighed(problems: Iterable[Problem]) -> list[Problem]:
    """Return ``problems`` once each in the order given, but hints behind all others."""
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.hint)


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
