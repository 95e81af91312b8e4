"""Reading the files that people edit: what is wrong with one as text becomes a problem."""

from collections.abc import Iterable
from pathlib import Path

from portfolio import texts
from portfolio.records.problems import Problem


def read_text(path: Path, *, shown_as: str, problems: list[Problem]) -> str:
    """Return the text of the file at ``path``; one that cannot be read is empty, and reported."""
    try:
        data = path.read_bytes()
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        problems.append(Problem(shown_as, 1, "file", what, "mend it, or remove it"))
        return ""
    return decode(data, shown_as=shown_as, problems=problems)


def decode(data: bytes, *, shown_as: str, problems: list[Problem]) -> str:
    """Return ``data`` as text, whatever its encoding; report what is odd, losing nothing."""
    found = texts.decode(data)
    problems += problems_of(found.faults, shown_as)
    return found.text


def problems_of(faults: Iterable[texts.Fault], path: str) -> list[Problem]:
    """Return what is wrong with the text of the file at ``path``."""
    return [Problem(path, fault.line, "file", fault.what, fault.remedy) for fault in faults]
