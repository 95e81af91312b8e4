"""File names that some system cannot hold, or cannot tell apart."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from portfolio.records.problems import Problem
from portfolio.starting.doctor.project import Finding, Project

_REFUSED = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]$')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?", re.IGNORECASE)


def problems(project: Project) -> Iterator[Finding]:
    """Yield names that Windows refuses, and those that differ in their capitals only."""
    names = project.repository.files if project.repository else ()
    for name in names:
        if part := next(filter(_is_refused, name.split("/")), None):
            remedy = "give it a name of letters, digits, - and _"
            yield Problem(name, 1, "name", f"Windows cannot have files named {part!r}", remedy)
    for first, *others in _alike(names):
        for other in others:
            what = f"on Windows and macOS it is the same as {first}"
            yield Problem(other, 1, "name", what, "rename one of them")


def _is_refused(part: str) -> bool:
    return bool(_REFUSED.search(part) or _RESERVED.fullmatch(part))


def _alike(names: tuple[str, ...]) -> Iterator[list[str]]:
    """Yield files and folders whose names a system without capitals cannot tell apart."""
    paths = {"/".join(name.split("/")[:depth]) for name in names for depth in _depths(name)}
    same = defaultdict(list)
    for path in sorted(paths):
        folder, _, last = path.rpartition("/")
        same[folder, unicodedata.normalize("NFC", last).casefold()].append(path)
    yield from (found for found in same.values() if len(found) > 1)


def _depths(name: str) -> range:
    return range(1, name.count("/") + 2)
