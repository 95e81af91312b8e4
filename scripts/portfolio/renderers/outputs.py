"""A cell and its outputs, written as the Markdown that Pandoc renders."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from portfolio.files import write
from portfolio.renderers.source import Cell

_PREFERRED = ("text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain")
_SUFFIX = {"image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg"}
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def to_markdown(cell: Cell, *, pictures: Path, beside: Path, echo: bool) -> str:
    """Return the cell as Markdown; its pictures are written into ``pictures``.

    Pictures are linked relative to the folder ``beside``.
    """
    parts = []
    if cell.options.get("echo", echo) and cell.code:
        parts.append(_fenced(cell.code, "{.python .cell-code}"))
    if cell.options.get("output", True):
        for number, output in enumerate(cell.outputs):
            parts += _output(cell, output, number, pictures, beside)
    return _div(".cell", "\n\n".join(parts)) if parts else ""


def _output(
    cell: Cell, output: Any, number: int, pictures: Path, beside: Path
) -> Iterator[str]:
    if output.output_type == "stream":
        text = _COLOUR.sub("", output.text)
        yield _div(f".cell-output .cell-output-{output.name}", _fenced(text.rstrip("\n")))
        return
    if output.output_type == "error":
        text = _COLOUR.sub("", "\n".join(output.traceback))
        yield _div(".cell-output .cell-output-error", _fenced(text))
        return
    kind = next((kind for kind in _PREFERRED if kind in output.data), None)
    if kind is None:
        return
    data = "".join(output.data[kind])
    if kind == "text/html":
        shown = _fenced(data, "{=html}")
    elif kind == "text/markdown":
        shown = data
    elif kind == "text/plain":
        shown = _fenced(data)
    else:
        label = str(cell.options.get("label", f"cell-{cell.line}"))
        name = f"{label}-output-{number + 1}{_SUFFIX[kind]}"
        write(pictures / name, data if kind == "image/svg+xml" else base64.b64decode(data))
        shown = _picture(cell, f"{pictures.relative_to(beside).as_posix()}/{name}")
    yield _div(".cell-output .cell-output-display", shown)


def _picture(cell: Cell, source: str) -> str:
    label = str(cell.options.get("label", ""))
    alt = str(cell.options.get("fig-alt", "")).replace("\\", "\\\\").replace('"', '\\"')
    mark = f"#{label} " if label.startswith("fig-") else ""
    return f'![{cell.options.get("fig-cap", "")}]({source}){{{mark}alt="{alt}"}}'


def _fenced(text: str, info: str = "") -> str:
    ticks = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{ticks} {info}\n{text}\n{ticks}"


def _div(classes: str, content: str) -> str:
    longest = max(map(len, re.findall("^:+", content, re.MULTILINE)), default=2)
    colons = ":" * (longest + 1)
    return f"{colons} {{{classes}}}\n{content}\n{colons}"
