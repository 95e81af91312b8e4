"""Notebooks as they are stored, read as leniently as Jupyter reads them.

What comes out has the shape that version 4 of the format prescribes: each source and each text is
one string, each code cell has outputs, and each output has a type and what belongs to it.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from portfolio.recent import recent
from portfolio.texts import cleaned, is_clean

_NONE = "this is no notebook of version 4"
_AGAIN = "save it again in Jupyter"
_PICTURES = ("image/png", "image/jpeg", "image/svg+xml")
_RESULT = "execute_result"
_ODD_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\[ubf]")
"""How JSON spells letters that a text may not hold as they are, and others."""
_MARKS = ("<<<<<<<", "=======", ">>>>>>>")


_GRAMMAR = "rfc3987_syntax"
"""What jsonschema checks addresses with that are not in ASCII: it builds a grammar as it loads."""


def load_nbformat() -> Any:
    """Return the package ``nbformat``, which takes seconds to load where JupyterLab is installed.

    Most of them are for a grammar that no notebook needs, so jsonschema does without it, as it does
    where the grammar's package is not there. To be called before ``nbclient`` is imported.
    """
    apart = _GRAMMAR not in sys.modules
    if apart:
        sys.modules[_GRAMMAR] = None  # type: ignore[assignment] # importing it fails now
    try:
        import nbformat  # noqa: PLC0415
    finally:
        if apart:
            del sys.modules[_GRAMMAR]
    return nbformat


class NoNotebookError(ValueError):
    """The text is no notebook that can be read; says on which line, why, and what to do."""

    def __init__(self, what: str, remedy: str = _AGAIN, line: int = 1) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.line = line


def parse_notebook(text: str) -> dict[str, Any]:
    """Return the notebook that is stored as ``text``; raise NoNotebookError if it is none.

    It is plain JSON: nbformat, which runs and writes notebooks, takes seconds to load.
    """
    notebook = _json(text)
    if not isinstance(notebook, dict) or notebook.get("cells", notebook.get("worksheets")) is None:
        raise NoNotebookError(_NONE)
    version = notebook.get("nbformat", 4)
    if "cells" not in notebook or (isinstance(version, int) and version < 4):  # noqa: PLR2004
        raise NoNotebookError(f"this is a notebook of version {version}, and not of 4")
    if not isinstance(notebook["cells"], list):
        raise NoNotebookError(_NONE)
    notebook["cells"] = [_cell(cell, n) for n, cell in enumerate(notebook["cells"], 1)]
    notebook["metadata"] = _mapping(notebook.get("metadata"))
    notebook.setdefault("nbformat", 4)
    notebook.setdefault("nbformat_minor", 4)
    return dict(notebook)


@recent(64_000_000)
def known_notebook(text: str) -> Mapping[str, Any]:
    """Return the same as `parse_notebook`, once for each of the notebooks met last."""
    return parse_notebook(text)


def read_outputs(outputs: Any) -> list[dict[str, Any]]:
    """Return the outputs of a code cell as they should be, those left out that show nothing."""
    read = map(_output, outputs if isinstance(outputs, list) else [])
    return [output for output in read if output]


def alt_of(outputs: Iterable[Mapping[str, Any]]) -> str:
    """Return the alternative text that the metadata of a cell's picture give, or nothing."""
    for output in outputs:
        for kind in _PICTURES if "data" in output else ():
            said = _mapping(_mapping(output.get("metadata")).get(kind))
            if kind in output["data"] and said.get("alt"):
                return text_of(said["alt"])
    return ""


def text_of(value: Any) -> str:
    """Return a text that is stored whole or in lines; nothing of what is no text."""
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _json(text: str) -> Any:
    try:
        read = json.loads(text)
        return read if is_clean(text) and not _ODD_ESCAPE.search(text) else cleaned(read)
    except json.JSONDecodeError:
        for number, line in enumerate(text.split("\n"), 1):
            if line.startswith(_MARKS):
                what = "git could not merge it, and its marks of that are there still"
                raise NoNotebookError(what, "keep one of the two sides", number) from None
        raise NoNotebookError(_NONE) from None
    except (RecursionError, ValueError):
        raise NoNotebookError(_NONE) from None


def _cell(stored: Any, number: int) -> dict[str, Any]:
    cell = _mapping(stored)
    kind = cell.get("cell_type")
    if not isinstance(kind, str) or "source" not in cell:
        lacking = "source" if isinstance(kind, str) else "type"
        raise NoNotebookError(f"{_NONE} (its cell {number} has no {lacking})")
    cell["source"] = text_of(cell["source"]).replace("\r\n", "\n").replace("\r", "\n")
    cell["metadata"] = _mapping(cell.get("metadata"))
    if kind == "code":
        cell["outputs"] = read_outputs(cell.get("outputs"))
        cell.setdefault("execution_count", None)
    return cell


def _output(output: Any) -> dict[str, Any] | None:
    """Return an output as it should be; None for one that shows nothing."""
    if not isinstance(output, dict):
        return None
    kind = output.get("output_type") or _kind(output)
    return _OUTPUTS[kind](output) if isinstance(kind, str) and kind in _OUTPUTS else None


def _kind(output: Mapping[str, Any]) -> str:
    """Return the type of an output that does not tell it."""
    if "data" in output:
        return "display_data"
    return "error" if "ename" in output or "traceback" in output else "stream"


def _stream(output: dict[str, Any]) -> dict[str, Any]:
    name = output.get("name")
    name = name if name in {"stdout", "stderr"} else "stdout"
    text = text_of(output.get("text")).replace("\r\n", "\n")
    shown = "\n".join(line.rpartition("\r")[2] for line in text.split("\n"))  # overwritten by it
    return {"output_type": "stream", "name": name, "text": shown}


def _display(output: dict[str, Any]) -> dict[str, Any]:
    data = {
        kind: value if kind.endswith("json") else text_of(value)
        for kind, value in _mapping(output.get("data")).items()
        if kind.endswith("json") or isinstance(value, str | list)
    }
    kind = _RESULT if output.get("output_type") == _RESULT else "display_data"
    counted = {"execution_count": output.get("execution_count")} if kind == _RESULT else {}
    metadata = _mapping(output.get("metadata"))
    return {"output_type": kind, "data": data, "metadata": metadata} | counted


def _error(output: dict[str, Any]) -> dict[str, Any]:
    name, value = (text_of(output.get(part)) for part in ("ename", "evalue"))
    lines = output.get("traceback")
    lines = [text_of(line) for line in lines] if isinstance(lines, list) else [text_of(lines)]
    told = lines if any(lines) else [f"{name}: {value}"]
    return {"output_type": "error", "ename": name, "evalue": value, "traceback": told}


_OUTPUTS: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "stream": _stream,
    "display_data": _display,
    "update_display_data": _display,
    _RESULT: _display,
    "error": _error,
}


def _mapping(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {}
