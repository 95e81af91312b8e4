"""The code that notebooks run: their own cells, and the modules of the project and the engine.

A module is named by its path in the project; the engine's, which lies elsewhere in most projects,
by its path in the package. Of the engine what a notebook imports counts, such as the style of
figures, and not what that is made with.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import portfolio
from portfolio import texts
from portfolio.cell import split_options
from portfolio.figures.meaning import Code, mentioned
from portfolio.figures.reading import cells_of, module_of

ENGINE = "<engine>/"
_PLACES = ("scripts", "notebooks")
"""Where a notebook's imports are looked up in the project."""

_ENGINE_HOME = Path(portfolio.__file__).parent
_NEVER = {f"{ENGINE}figures/witness.py", f"{ENGINE}figures/beside/sitecustomize.py"}


class Sources:
    """The code of one project, each module read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, Code | None] = {}
        self._found: dict[str, list[str]] = {}

    def digests(self, own: Code, imported: Iterable[str] = ()) -> tuple[str, dict[str, str]]:
        """Return a digest of a notebook's own code, and one of what counts of each module.

        Modules are those that were ``imported``, and those that the code names: whatever an import
        would find today.
        """
        codes = self.codes(own, imported)
        names = mentioned([own, *codes.values()])
        digests = {name: code.digest(names) for name, code in sorted(codes.items())}
        return own.digest(names), digests

    def codes(self, own: Code, imported: Iterable[str] = ()) -> Mapping[str, Code]:
        """Return the modules of a notebook that are there, by their names."""
        found: dict[str, Code] = {}
        waiting = [*filter(self._is_there, imported), *self._imports(own)]
        while waiting:
            name = waiting.pop()
            code = None if name in found else self._read(name)
            if code:
                found[name] = code
                waiting += () if name.startswith(ENGINE) else self._imports(code)
        return found

    def name(self, path: Path) -> str:
        """Return the name of the module at ``path``, or nothing if it is another's."""
        if path.is_relative_to(self._engine_home):
            return ENGINE + path.relative_to(self._engine_home).as_posix()
        inside = path.is_relative_to(self._home)
        return path.relative_to(self._home).as_posix() if inside else ""

    def path(self, name: str) -> Path:
        """Return where the module of this name lies."""
        if name.startswith(ENGINE):
            return _ENGINE_HOME / name.removeprefix(ENGINE)
        return self._root / name

    @cached_property
    def _home(self) -> Path:
        return self._root.resolve()

    @cached_property
    def _engine_home(self) -> Path:
        return _ENGINE_HOME.resolve()

    @cached_property
    def _tops(self) -> dict[str, frozenset[str]]:
        """What lies right in the places where imports are looked up."""
        return {place: frozenset(_names_in(self._root / place)) for place in _PLACES}

    def _read(self, name: str) -> Code | None:
        if name not in self._known:
            path = self.path(name)
            there = path.suffix == ".py" and path.is_file()
            try:
                text = texts.read(path).text if there else None
            except (OSError, ValueError):
                text = None
            known = None if text is None else module_of(text, _package(name), self._root)
            self._known[name] = known
        return self._known[name]

    def _is_there(self, name: str) -> bool:
        return name not in _NEVER and self._read(name) is not None

    def _imports(self, code: Code) -> list[str]:
        """Return the modules that the imports of some code find."""
        return [name for dotted in code.imports for name in self._found_by(dotted)]

    def _found_by(self, dotted: str) -> list[str]:
        """Return the modules that an import finds: the one that it names, and those above it."""
        if dotted not in self._found:
            parts = dotted.split(".")
            above = (parts[:end] for end in range(1, len(parts) + 1))
            names = (name for each in above for name in self._candidates(each))
            self._found[dotted] = list(filter(self._is_there, names))
        return self._found[dotted]

    def _candidates(self, parts: list[str]) -> Iterator[str]:
        if parts[0] == "portfolio":
            inside = "/".join(parts[1:])
            yield from (f"{ENGINE}{inside}{end}" for end in ("/__init__.py", ".py") if inside)
            return
        for place in _PLACES:
            if self._tops[place].isdisjoint({parts[0], f"{parts[0]}.py"}):
                continue  # as for all packages that are installed
            base = "/".join([place, *parts])
            yield from (f"{base}/__init__.py", f"{base}.py")


def _names_in(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []


def own_code(notebook: Mapping[str, Any], root: Path | None = None) -> Code:
    """Return the code of a notebook's cells, without their options."""
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return cells_of([split_options(cell["source"])[1] for cell in cells], root)


def _package(name: str) -> str:
    """Return the package that a module's relative imports start from."""
    parts = name.split("/")
    start = "portfolio" if name.startswith(ENGINE) else ""
    return ".".join(filter(None, [start, *parts[1:-1]]))
