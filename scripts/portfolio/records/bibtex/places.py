"""Where in an entry its fields stand: looked for when a message needs it, which is seldom."""

import re
from collections.abc import Collection
from functools import lru_cache

_TOKEN = re.compile(r'[{}"]|([A-Za-z_][\w:.+/-]*)\s*=')
_OPENER = re.compile(r"[{(]")


def line_in(raw: str, names: Collection[str]) -> int:
    """Return by how many lines below its first the entry ``raw`` says one of ``names``, or 0."""
    return min((lines[0] for name, lines in _lines(raw).items() if name in names), default=0)


def last_line_in(raw: str, name: str) -> int:
    """Return by how many lines below its first the entry says ``name`` for the last time."""
    return _lines(raw).get(name, [0])[-1]


@lru_cache(maxsize=8)
def _lines(raw: str) -> dict[str, list[int]]:
    """Return the lines of all fields; braces and quotes keep text apart that looks like one."""
    opener = _OPENER.search(raw)
    outer = 1 if opener and opener.group() == "{" else 0
    depth, quoted = 0, False
    lines: dict[str, list[int]] = {}
    line = counted = 0
    for found in _TOKEN.finditer(raw):
        mark = found.group()
        if mark == '"':
            quoted ^= depth == outer
        elif mark in "{}":
            depth += 1 if mark == "{" else -1
        elif depth == outer and not quoted:
            line, counted = line + raw.count("\n", counted, found.start()), found.start()
            lines.setdefault(found[1].lower(), []).append(line)
    return lines
