"""A page's source taken apart: front matter, prose and cells, each with its line."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from portfolio import mapping, texts
from portfolio.cell import split_options
from portfolio.mapping import FRONT_MATTER, Mapping
from portfolio.notebook import NoNotebookError, known_notebook
from portfolio.recent import Again, recent
from portfolio.renderers import RenderError

FENCED = re.compile(
    r"^[ \t]*(?P<fence>`{3,}+|~{3,}+)[^`\n]*\n(?P<body>.*?)"
    r"(?:(?P<close>^[ \t]*(?P=fence)[`~]*[ \t]*$)|\Z)",
    re.MULTILINE | re.DOTALL,
)
_CELL = re.compile(r"`{3,}[ \t]*\{python\b[^}\n]*\}[ \t]*\n")
Found = TypeVar("Found")
_HEADING = re.compile(r"#+[ \t]+(.+?)[ \t]*(?:\{[^}]*\}[ \t]*)?(?:\n|\Z)")


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
    again: Again = field(default_factory=Again, compare=False, repr=False)
    """What was made of it last, as long as its source is the same."""

    @property
    def cells(self) -> list[Cell]:
        """The page's cells."""
        return [part for part in self.parts if isinstance(part, Cell)]

    @property
    def sources(self) -> list[str]:
        """The code of the page's cells."""
        return [cell.code for cell in self.cells]

    @property
    def prose(self) -> list[Prose]:
        """The page's stretches of prose."""
        return [part for part in self.parts if isinstance(part, Prose)]

    def show(self, outputs: list[Any]) -> None:
        """Give each cell its outputs, as texts can hold them."""
        for cell, given in zip(self.cells, outputs, strict=True):
            cell.outputs[:] = texts.cleaned(given)

    def once(self, what: str, find: Callable[[], Iterable[Found]]) -> list[Found]:
        """Return what there is to ``find`` in its source, once for as long as that is the same."""
        return self.again(what, None, lambda: list(find()))

    def place(self, prose: Prose, offset: int) -> str:
        """Return ``path:line`` of a place in the page's prose; notebooks count cells."""
        below = 0 if self.path.endswith(".ipynb") else prose.text.count("\n", 0, offset)
        return f"{self.path}:{prose.line + below}"


def read_page(file: Path, root: Path) -> Page:
    """Take a ``.qmd`` or ``.ipynb`` apart; raise RenderError where it cannot be read."""
    path = file.relative_to(root).as_posix()
    return _taken_apart(path, read_text(file, path))


@recent(64_000_000)
def _taken_apart(path: str, text: str) -> Page:
    """Take a source apart, once for as long as it stays the same."""
    if path.endswith(".ipynb"):
        return _from_notebook(text, path)
    found = FRONT_MATTER.match(text)
    front_matter = read_mapping(found[1] or "" if found else "", path, 2)
    return Page(path, front_matter, list(_parts(text, found.end() if found else 0, path)))


def read_text(file: Path, path: str) -> str:
    """Return the text of the file known as ``path``, which Quarto reads as UTF-8 too."""
    try:
        read = texts.read(file)
    except OSError as error:
        what = f"it cannot be read ({error.strerror})"
        raise RenderError(f"{path}:1: text: {what}: mend it, or remove it") from error
    if read.encoding != "utf-8":
        line = next((fault.line for fault in read.faults if read.encoding in fault.what), 1)
        raise RenderError(f"{path}:{line}: text: it is {read.encoding}: save it as UTF-8")
    return read.text


def read_mapping(text: str, path: str, line: int) -> Mapping:
    """Parse YAML that starts at ``line`` of the file at ``path``."""
    try:
        return mapping.read_mapping(text, path, line)
    except mapping.NotYamlError as error:
        where = f"{path}:{error.line}: yaml"
        raise RenderError(f"{where}: {error.what}: mend the YAML") from error


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


def _from_notebook(text: str, path: str) -> Page:
    """Take a notebook apart; its lines are counted in cells, its title heads its first text."""
    try:
        cells = known_notebook(text)["cells"]
    except NoNotebookError as error:
        where = f"{path}:{error.line}: notebook"
        raise RenderError(f"{where}: {error.what}: {error.remedy}") from error
    parts: list[Prose | Cell] = []
    title: dict[str, Any] = {}
    for number, cell in enumerate(cells, 1):
        kind, source = cell["cell_type"], cell["source"]
        if kind == "code":
            parts.append(_cell(source, path, number, cell["outputs"]))
        elif kind != "markdown":
            what = f"a {kind} cell is not in the dialect: make it a Markdown or a code cell"
            raise RenderError(f"{path}:{number}: cell: {what}")
        else:
            first = not any(isinstance(part, Prose) for part in parts)
            heading = _HEADING.match(source) if first else None
            title |= {"title": heading[1]} if heading else {}
            parts.append(Prose(source[heading.end() if heading else 0 :], number))
    return Page(path, Mapping(path, title, dict.fromkeys(title, 1)), parts)
