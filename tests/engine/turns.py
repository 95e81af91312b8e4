"""In which order tests run, and which of them in one process, where several share the work."""

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath

import pytest
from xdist.scheduler import LoadFileScheduling

FIRST = (
    "tests/engine/gauntlet/test_gauntlet.py",
    "tests/engine/site",
    "tests/content/site",
    "tests/engine/starting/test_wheel.py",
)
"""What takes longest."""


class Turns(LoadFileScheduling):
    """Gives each process a file at a time, or all files that look at the same rendered site."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)


def unit_of(nodeid: str) -> str:
    """Return what a test runs together with: its file, or the folder whose site it looks at.

    Two processes that need the same site would wait for each other while one renders it.
    """
    path = PurePosixPath(nodeid.partition("::")[0])
    return str(path.parent if path.parent.name == "site" else path)


def in_turn(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Return the tests with those first that take longest, so that no process waits at the end."""
    items = list(items)
    long = Counter(unit_of(item.nodeid) for item in items if item.get_closest_marker("long"))
    first = {unit: number for number, unit in enumerate(FIRST)}

    def turn(item: pytest.Item) -> tuple[int, int]:
        unit = unit_of(item.nodeid)
        return first.get(unit, len(first)), -long[unit]

    return sorted(items, key=turn)
