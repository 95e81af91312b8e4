"""Text that a new site starts with, and that its owner has not replaced yet."""

import re
from collections.abc import Iterator
from pathlib import Path

from portfolio.content import files
from portfolio.records.problems import Problem
from portfolio.records.sources import read_text

MARK = "Replace this:"
"""What each sentence of the starter begins with that is there to be replaced."""
CONFIRM = "Confirm this:"
"""What a cell begins with that says what a move was not sure of."""
_UNTIL = re.compile(r'[^"\\<]{0,60}')
_KINDS = {".bib", ".csv", ".ipynb", ".md", ".qmd", ".yml"}
_NO_CONTENT = {"_site", "_extensions", "node_modules", "tests", "scripts"}


def leftovers(root: Path) -> list[Problem]:
    """Return each place of the content where the starter's text, or a guess, still stands."""
    return [problem for path in _content(root) for problem in _in_file(root, path)]


def _in_file(root: Path, path: Path) -> Iterator[Problem]:
    name = path.relative_to(root).as_posix()
    text = read_text(path, shown_as=name, problems=[])
    if MARK not in text and CONFIRM not in text:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if MARK in line:
            said = _UNTIL.match(line, line.index(MARK) + len(MARK))
            words = said[0].strip(" '},") if said else ""
            what = f"the starter's text is still there ({words})"
            yield Problem(name, number, "starter", what, "write your own, or remove it")
        elif CONFIRM in line:
            said = _UNTIL.match(line, line.index(CONFIRM) + len(CONFIRM))
            what = f"moving in was not sure of this paper ({said[0].strip() if said else ''})"
            yield Problem(name, number, "confirm", what, "correct it, then empty the cell")


def _content(root: Path) -> Iterator[Path]:
    """Yield the files that an owner writes; the engine's folders hold none."""
    found = files(root, root, apart=_NO_CONTENT)
    yield from (path for path in found if path.suffix in _KINDS)
