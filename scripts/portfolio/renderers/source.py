"""A page's source taken apart: front matter, prose and cells, each with its line."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

import yaml

from portfolio.cell import split_options
from portfolio.renderers import RenderError

FENCED = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|~{3,})[^`\n]*\n(?P<body>.*?)"
    r"(?:(?P<close>^[ \t]*(?P=fence)[`~]*[ \t]*$)|\Z)",
    re.MULTILINE | re.DOTALL,
)
_CELL = re.compile(r"`{3,}[ \t]*\{python\b[^}\n]*\}[ \t]*\n")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"#+[ \t]+(.+?)[ \t]*(?:\{[^}]*\}[ \t]*)?(?:\n|\Z)")


@dataclass(frozen=True)
class Mapping:
    """YAML of the file at ``path``, with the line of each dotted key (``format.html.theme``)."""

    path: str
    values: dict[str, Any]
    lines: dict[str, int]

    def get(self, dotted: str, default: Any = None) -> Any:
        """Return the value of a dotted key, or else the default."""
        if dotted not in self.lines:
            return default
        return reduce(lambda value, key: value[key], dotted.split("."), self.values)

    def below(self, dotted: str) -> "Mapping":
        """Return the mapping at a dotted key; an empty one where there is none."""
        values = self.get(dotted)
        lines = {
            key.removeprefix(f"{dotted}."): line
            for key, line in self.lines.items()
            if key.startswith(f"{dotted}.")
        }
        return Mapping(self.path, values if isinstance(values, dict) else {}, lines)

    def beneath(self, dotted: str) -> "Mapping":
        """Return a mapping that has this one at a dotted key."""
        values = reduce(lambda value, key: {key: value}, reversed(dotted.split(".")), self.values)
        lines = {f"{dotted}.{key}": line for key, line in self.lines.items()}
        return Mapping(self.path, values, lines)


@dataclass(frozen=True)
class Prose:
    """A stretch of Markdown; ``line`` is where it starts."""

    text: str
    line: int


@dataclass
class Cell:
    """A Python cell: its options, its code, and its outputs once they are there."""

    code: str
    options: Mapping
    line: int
    outputs: list[Any]


@dataclass(frozen=True)
class Page:
    """A page's parts in order. ``path`` is as the author knows it, from the project's root."""

    path: str
    front_matter: Mapping
    parts: list[Prose | Cell]

    @property
    def cells(self) -> list[Cell]:
        """The page's cells."""
        return [part for part in self.parts if isinstance(part, Cell)]

    @property
    def prose(self) -> list[Prose]:
        """The page's stretches of prose."""
        return [part for part in self.parts if isinstance(part, Prose)]

    def place(self, prose: Prose, offset: int) -> str:
        """Return ``path:line`` of a place in the page's prose; notebooks count cells."""
        below = 0 if self.path.endswith(".ipynb") else prose.text.count("\n", 0, offset)
        return f"{self.path}:{prose.line + below}"


def read_page(file: Path, root: Path) -> Page:
    """Take a ``.qmd`` or ``.ipynb`` apart; raise RenderError where it cannot be read."""
    path = file.relative_to(root).as_posix()
    if file.suffix == ".ipynb":
        return _from_notebook(file, path)
    text = read_text(file, path)
    found = _FRONT_MATTER.match(text)
    front_matter = read_mapping(found[1] or "" if found else "", path, 2)
    return Page(path, front_matter, list(_parts(text, found.end() if found else 0, path)))


def read_text(file: Path, path: str) -> str:
    """Return the text of the file known as ``path``, with plain line ends."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RenderError(f"{path}:1: text: {error}: save it as UTF-8") from error


def read_mapping(text: str, path: str, line: int) -> Mapping:
    """Parse YAML that starts at ``line`` of the file at ``path``."""
    try:
        values = yaml.safe_load(text)
        lines = dict(_key_lines(yaml.compose(text), line, ""))
    except yaml.YAMLError as error:
        mark, what = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        at = line + (mark.line if mark else 0)
        raise RenderError(f"{path}:{at}: yaml: {what or error}: mend the YAML") from error
    if not isinstance(values or {}, dict):
        raise RenderError(f"{path}:{line}: yaml: no list of `key: value` lines: mend the YAML")
    return Mapping(path, values or {}, lines)


def _key_lines(node: Any, line: int, above: str) -> Iterator[tuple[str, int]]:
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        yield above + key.value, line + key.start_mark.line
        yield from _key_lines(value, line, f"{above}{key.value}.")


def _parts(text: str, start: int, path: str) -> Iterator[Prose | Cell]:
    """Cut prose and cells apart, from ``start`` on."""
    for found in FENCED.finditer(text, start):
        if _CELL.match(found[0]):
            line = _line(text, found.start("body"))
            if found["close"] is None:
                raise RenderError(f"{path}:{line - 1}: cell: its fence is not closed: close it")
            yield Prose(text[start : found.start()], _line(text, start))
            yield _cell(found["body"].removesuffix("\n"), path, line, [])
            start = found.end()
    yield Prose(text[start:], _line(text, start))


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _cell(source: str, path: str, line: int, outputs: list[Any]) -> Cell:
    options, code = split_options(source)
    return Cell(code, read_mapping(options, path, line), line, list(outputs))


def _from_notebook(file: Path, path: str) -> Page:
    """Take a notebook apart; its lines are counted in cells, its title heads its first text."""
    try:
        notebook = json.loads(read_text(file, path))
        cells = [(cell["cell_type"], "".join(cell["source"]), cell) for cell in notebook["cells"]]
    except (ValueError, KeyError, TypeError) as error:
        what = "this is no notebook of version 4: save it again in Jupyter"
        raise RenderError(f"{path}:1: notebook: {what}") from error
    parts: list[Prose | Cell] = []
    title: dict[str, Any] = {}
    for number, (kind, source, cell) in enumerate(cells, 1):
        if kind == "code":
            parts.append(_cell(source, path, number, cell["outputs"]))
        elif kind == "raw":
            what = "a raw cell is not in the dialect: make it a Markdown or a code cell"
            raise RenderError(f"{path}:{number}: cell: {what}")
        else:
            first = not any(isinstance(part, Prose) for part in parts)
            heading = _HEADING.match(source) if first else None
            title |= {"title": heading[1]} if heading else {}
            parts.append(Prose(source[heading.end() if heading else 0 :], number))
    return Page(path, Mapping(path, title, dict.fromkeys(title, 1)), parts)
