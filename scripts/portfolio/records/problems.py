"""What is wrong with the content, said so that the author can mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one place: ``file:line: key: what: what to do``."""

    path: str
    line: int
    key: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """Write the problem on one line, as compilers do."""
        words = f"{self.path}:{self.line}: {self.key}: {self.what}: {self.remedy}"
        return " ".join(words.split())


class ContentError(Exception):
    """The content cannot be used as it stands; carries the problems that say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
