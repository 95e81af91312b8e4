"""A page's source taken apart: front matter, prose and cells, each with its line."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import yaml

_FENCE = re.compile(r"^(?P<indent>[ ]{0,3})(?P<ticks>`{3,}|~{3,})(?P<info>[^`\n]*)$")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_OPTION = re.compile(r"#\|\s?(.*)")
_HEADING = re.compile(r"\A\s*#[ \t]+(.+?)[ \t]*(?:\n|\Z)")


@dataclass(frozen=True)
class Prose:
    """A stretch of Markdown."""

    text: str
    line: int


@dataclass
class Cell:
    """A Python cell: its options, its code, and its outputs once they are there."""

    code: str
    options: dict[str, Any]
    line: int
    outputs: list[Any]


@dataclass(frozen=True)
class Page:
    """A page's parts in order. ``path`` is as the author knows it, from the project's root."""

    path: str
    front_matter: dict[str, Any]
    parts: list[Prose | Cell]

    @property
    def cells(self) -> list[Cell]:
        """The page's cells."""
        return [part for part in self.parts if isinstance(part, Cell)]


def read_page(file: Path, root: Path) -> Page:
    """Take a ``.qmd`` or ``.ipynb`` apart; raise ValueError where its YAML cannot be read."""
    path = file.relative_to(root).as_posix()
    if file.suffix == ".ipynb":
        return _from_notebook(file, path)
    text = file.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    found = _FRONT_MATTER.match(text)
    front_matter = read_mapping(found.group(1) or "", path, 2) if found else {}
    start = found.end() if found else 0
    return Page(path, front_matter, _parts(text[start:], path, text.count("\n", 0, start) + 1))


def read_mapping(text: str, path: str, line: int) -> dict[str, Any]:
    """Parse YAML that starts at ``line`` of the page at ``path``."""
    try:
        mapping = yaml.safe_load(text) or {}
        return dict(mapping)
    except (yaml.YAMLError, TypeError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        at = line + (mark.line if mark else 0)
        what = getattr(error, "problem", None) or "this is no list of `key: value` lines"
        raise ValueError(f"{path}:{at}: yaml: {what}: mend the YAML") from error


def _parts(text: str, path: str, first_line: int) -> list[Prose | Cell]:
    """Cut prose and cells apart; a fence is closed by one of its own kind, at least as long."""
    parts: list[Prose | Cell] = []
    kept: list[str] = []
    begun = first_line
    fence: re.Match[str] | None = None
    for number, line in enumerate(text.split("\n"), first_line):
        found = _FENCE.match(line)
        if fence is None and found:
            fence = found
            if _is_cell(fence):
                parts.append(Prose("\n".join(kept), begun))
                kept, begun = [], number + 1
                continue
        elif fence and found and _closes(found, fence):
            if _is_cell(fence):
                parts.append(_cell("\n".join(kept), path, begun))
                kept, begun, fence = [], number + 1, None
                continue
            fence = None
        kept.append(line)
    if fence and _is_cell(fence):
        raise ValueError(f"{path}:{begun - 1}: cell: its fence is not closed: close it")
    return [*parts, Prose("\n".join(kept), begun)]


def _is_cell(fence: re.Match[str]) -> bool:
    return re.fullmatch(r"\s*\{python\b.*\}\s*", fence["info"]) is not None


def _closes(found: re.Match[str], fence: re.Match[str]) -> bool:
    return found["ticks"].startswith(fence["ticks"]) and not found["info"].strip()


def _cell(source: str, path: str, line: int) -> Cell:
    lines = source.split("\n")
    count = next((n for n, text in enumerate(lines) if not _OPTION.match(text)), len(lines))
    options = "\n".join(_OPTION.sub(r"\1", text) for text in lines[:count])
    code = "\n".join(lines[count:]).strip("\n")
    return Cell(code, read_mapping(options, path, line), line, [])


def _from_notebook(file: Path, path: str) -> Page:
    """Take a notebook apart; its lines are counted in cells, its title is its first heading."""
    parts: list[Prose | Cell] = []
    front_matter: dict[str, Any] = {}
    for number, cell in enumerate(nbformat.read(file, as_version=4).cells, 1):
        if cell.cell_type == "code":
            part = _cell(cell.source, path, number)
            part.outputs = list(cell.outputs)
            parts.append(part)
            continue
        text = cell.source
        title = None if parts or front_matter else _HEADING.match(text)
        if title:
            front_matter = {"title": title.group(1)}
            text = text[title.end() :]
        if cell.cell_type == "markdown":
            parts.append(Prose(text, number))
    return Page(path, front_matter, parts)
