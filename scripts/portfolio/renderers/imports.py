"""What cells import, and which of it one warm process may import for all."""

import ast
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from portfolio.engine import PACKAGE as _ENGINE

_INSTALLED = {Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "purelib", "platlib")}


def shared(sources: Iterable[str], folders: Iterable[Path]) -> tuple[str, ...]:
    """Return the modules that cells import and that stay the same while a site is written.

    They are the engine's and those that are installed; not what lies in one of the ``folders``,
    where cells look first: that is edited, and may read files.
    """
    folders = list(folders)
    named = {name for source in sources for name in _imported(source)}
    kept = {top for top in {name.partition(".")[0] for name in named} if _is_shared(top, folders)}
    return tuple(sorted(name for name in named if name.partition(".")[0] in kept))


def is_engine(folders: Iterable[Path]) -> bool:
    """Return whether cells that look in the ``folders`` find this engine by its name."""
    return _is_shared(_ENGINE.name, list(folders))


def _imported(source: str) -> Iterator[str]:
    try:
        statements = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for statement in statements:
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
            yield statement.module
            yield from (f"{statement.module}.{alias.name}" for alias in statement.names)


def _is_shared(top: str, folders: list[Path]) -> bool:
    beside = (folder / name for folder in folders for name in (top, f"{top}.py"))
    if any(path.exists() and path.resolve() != _ENGINE for path in beside):
        return False
    spec = find_spec(top)
    origin = Path(spec.origin).resolve() if spec and spec.origin else Path()
    return top == _ENGINE.name or bool(_INSTALLED.intersection(origin.parents))
