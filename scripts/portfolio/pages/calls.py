"""Cells that do nothing but ask for parts of the site: answered here, as a shell would.

Most pages of a portfolio have no others. What such a cell shows hangs on nothing but the project's
content, so that it is never out of date and needs no memory.
"""

import ast
import inspect
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from portfolio import pages
from portfolio.pages.html import Html
from portfolio.pages.loaded import portfolio_here, standing_in
from portfolio.records.root import find_root
from portfolio.records.site import is_portfolio

_OURS = "pages"
_lock = Lock()
"""Threads that render pages wait here: the first that comes reads the project for all."""


def outputs_of(
    sources: Sequence[str], folder: Path, lang: str = "", *, context: str = ""
) -> list[Any] | None:
    """Return the outputs of a page's cells as notebooks have them; None where it takes a shell.

    That is so as well where a cell fails, which a shell says best. In one ``context``, which
    changes with all that such a cell may read but the project itself, cells give the same again.
    """
    try:
        parsed = [ast.parse(source) for source in sources]
        cells = [_calls(cell) for cell in parsed]
        first = next((cell.body[0] for cell in parsed if cell.body), None)
        if None in cells or not first or not _is_import(first) or any(map(_is_quiet, sources)):
            return None
        with _lock, standing_in(folder, lang):
            if not is_portfolio(find_root(folder)):
                return None
            known = _known(context)
            if (key := tuple(sources)) not in known:
                known[key] = [[_shown(call) for call in calls or []][-1:] for calls in cells]
            return known[key]
    except Exception:  # noqa: BLE001  the shell meets it again, and names the cell
        return None


def _known(context: str) -> dict[tuple[str, ...], list[Any]]:
    """Return what cells have given in the project as it is now, in this context."""
    shown = portfolio_here().shown
    if not context or context not in shown:
        shown.clear()
    return shown.setdefault(context, {})


def _calls(cell: ast.Module) -> list[ast.Call] | None:
    """Return the calls that a cell consists of; None where there is more to it."""
    calls = []
    for statement in cell.body:
        if _is_import(statement):
            continue
        if not isinstance(statement, ast.Expr) or not _is_call(statement.value):
            return None
        calls.append(statement.value)
    shows = bool(cell.body) and isinstance(cell.body[-1], ast.Expr)
    return [call for call in calls if isinstance(call, ast.Call)] if shows or not calls else None


def _is_quiet(source: str) -> bool:
    return source.rstrip().endswith(";")


def _is_import(statement: ast.stmt) -> bool:
    names = [(one.name, one.asname) for one in getattr(statement, "names", ())]
    return (
        isinstance(statement, ast.ImportFrom)
        and statement.module == pages.__name__.rpartition(".")[0]
        and not statement.level
        and names == [(_OURS, None)]
    )


def _is_call(value: ast.expr) -> bool:
    """Whether an expression asks for a part by its name, and says all that it wants itself."""
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return False
    given = [*value.args, *(keyword.value for keyword in value.keywords if keyword.arg)]
    return (
        isinstance(value.func.value, ast.Name)
        and value.func.value.id == _OURS
        and len(given) == len(value.args) + len(value.keywords)
        and all(isinstance(one, ast.Constant) for one in given)
        and _gives_html(getattr(pages, value.func.attr, None), with_files=bool(value.args))
    )


def _gives_html(function: Any, *, with_files: bool) -> bool:
    """Whether it is a part of a page, and no list of files is named, which lie beside the page."""
    if not inspect.isfunction(function) or function.__module__ != pages.__name__:
        return False
    asked = inspect.signature(function)
    lists = any(one.kind is one.VAR_POSITIONAL for one in asked.parameters.values())
    return asked.return_annotation is Html and not (lists and with_files)


def _shown(call: ast.Call) -> dict[str, Any]:
    """Return the output of a call, made as Jupyter makes it of what the function gives."""
    function = getattr(pages, call.func.attr)  # type: ignore[attr-defined]
    given = [ast.literal_eval(one) for one in call.args]
    named = {one.arg: ast.literal_eval(one.value) for one in call.keywords if one.arg}
    data = function(*given, **named)._repr_mimebundle_()
    return {"output_type": "execute_result", "metadata": {}, "data": data}
