"""What would make the first publication fail, found before pushing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from portfolio.records.demo import leftovers
from portfolio.records.problems import ContentError, Problem
from portfolio.records.root import SETTINGS
from portfolio.starting.doctor import (
    addresses,
    commits,
    domains,
    filenames,
    hosts,
    online,
    packages,
    sizes,
    versions,
)
from portfolio.starting.doctor.git import Repository, read_repository
from portfolio.starting.doctor.online import Services
from portfolio.starting.doctor.project import Finding, Project, read_yaml

__all__ = ["Diagnosis", "Services", "examine"]

_ROUNDS: tuple[Callable[[Project], Iterator[Finding]], ...] = (
    addresses.problems,
    domains.problems,
    hosts.problems,
    commits.problems,
    sizes.problems,
    filenames.problems,
    packages.problems,
    versions.problems,
)


@dataclass(frozen=True)
class Diagnosis:
    """What stands in the way, and remarks: what is to be done by hand and cannot be seen here."""

    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]

    def __str__(self) -> str:
        """Write a line for each problem, or that there is none."""
        return "\n".join(map(str, self.problems)) or "nothing stands in the way"


def examine(root: Path, services: Services | None = None) -> Diagnosis:
    """Examine the project at ``root``; the network is asked only where ``services`` are given."""
    found: list[Finding] = [*leftovers(root)]
    repository = _repository(root, found)
    project = Project(root, read_yaml(root, SETTINGS), repository)
    rounds = [each(project) for each in _ROUNDS]
    rounds += [online.problems(project, services)] if services else []
    for each in rounds:
        try:
            found += each
        except ContentError as error:  # a file that cannot be read; the other rounds go on
            found += error.problems
    problems = {finding for finding in found if isinstance(finding, Problem)}
    remarks = dict.fromkeys(finding for finding in found if isinstance(finding, str))
    return Diagnosis(tuple(sorted(problems)), tuple(remarks))


def _repository(root: Path, found: list[Finding]) -> Repository | None:
    try:
        return read_repository(root)
    except ContentError as error:
        found += error.problems
        return None
