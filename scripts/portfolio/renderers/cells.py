"""Cells: run in a kernel for each page, remembered, and written as Markdown."""

import asyncio
import atexit
import base64
import json
import re
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from portfolio.environment import environment
from portfolio.files import write
from portfolio.renderers import RenderError
from portfolio.renderers.source import Cell, Page

SECONDS = 600
_STARTS = 3
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_PICTURES = {"image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg"}
_PREFERRED = ("text/html", "text/markdown", *_PICTURES, "text/plain")


def run_cells(page: Page, root: Path, cache: Path, context: str) -> Path:
    """Fill in the outputs of the page's cells; return the file that remembers them.

    They are run again when ``context``, which stands for all that they may read, changes.
    """
    sources = [cell.code for cell in page.cells]
    key = sha256(json.dumps([page.path, sources, context]).encode()).hexdigest()
    remembered = cache / f"{key}.json"
    if not remembered.exists():
        write(remembered, json.dumps(_run(page, sources, root)))
    outputs = json.loads(remembered.read_text(encoding="utf-8"))
    for cell, given in zip(page.cells, outputs, strict=True):
        cell.outputs[:] = given
    return remembered


def to_markdown(cell: Cell, pictures: Path, *, echo: bool) -> str:
    """Return the cell as Markdown; its pictures are written into the folder ``pictures``."""
    label = cell.options.get("label")
    shown = [_fenced(cell.code, "{.python .cell-code}")] if echo and cell.code else []
    if cell.options.get("output", True):
        shown += _results(cell, pictures)
    name = f"#{label} " if label and not _figure(cell) else ""
    return _div(f"{name}.cell", *shown) if shown else ""


def _run(page: Page, sources: list[str], root: Path) -> list[Any]:
    """Return the outputs of each cell, run one after the other in the page's folder.

    Of kernels that start at once, two may choose the same port; the one that dies is started again.
    """
    for _ in range(_STARTS):
        outputs = _run_once(page, sources, root)
        if outputs is not None:
            return outputs
    where = f"{page.path}:{page.cells[0].line}: cell"
    raise RenderError(f"{where}: no kernel starts for it: try again, or reinstall ipykernel")


def _run_once(page: Page, sources: list[str], root: Path) -> list[Any] | None:
    """Return the outputs of each cell; None where no kernel starts."""
    from nbclient import NotebookClient, exceptions  # noqa: PLC0415  slow, and seldom needed
    from nbformat import v4  # noqa: PLC0415

    notebook = v4.new_notebook(cells=[v4.new_code_cell(source) for source in sources])
    started: list[int] = []
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=SECONDS,
        resources={"metadata": {"path": str((root / page.path).parent)}},
        on_cell_start=lambda cell_index, **_: started.append(cell_index),
    )
    try:
        # ZeroMQ cannot use the loop that Windows has by default.
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            run = client.async_execute(stderr=subprocess.DEVNULL, env=environment(root))
            runner.run(run)
    except exceptions.CellExecutionError as error:
        said = _COLOUR.sub("", f"{error.ename}: {error.evalue}").split("\n")[0]
    except exceptions.CellTimeoutError:
        said = f"it took more than {SECONDS} s"
    except exceptions.DeadKernelError:
        said = "its kernel died"
    except RuntimeError:
        if started:
            raise
        atexit.unregister(client._cleanup_kernel)  # noqa: SLF001  there is none to clean up
        return None
    else:
        return [cell.outputs for cell in notebook.cells]
    raise RenderError(f"{page.path}:{page.cells[started[-1]].line}: cell: {said}: mend the cell")


def _results(cell: Cell, pictures: Path) -> Iterator[str]:
    """Yield each of the cell's outputs as Markdown."""
    outputs = list(_joined(_kept(cell.outputs)))
    displays = sum("data" in output for output in outputs)
    if _figure(cell) and displays != 1:
        where = f"{cell.options.path}:{cell.line}: {_figure(cell)}"
        what = f"a figure's cell shows one thing, this shows {displays}: run it, or split it"
        raise RenderError(f"{where}: {what}")
    for number, output in enumerate(outputs, 1):
        if "data" in output:
            name = f"{cell.options.get('label') or f'cell-{cell.line}'}-output-{number}"
            yield _display(cell, output["data"], pictures / name)
        else:
            kind = output.get("name", "error")
            text = _COLOUR.sub("", output.get("text") or "\n".join(output["traceback"]))
            yield _div(f".cell-output .cell-output-{kind}", _fenced(text.rstrip("\n")))


def _display(cell: Cell, data: dict[str, Any], picture: Path) -> str:
    kind = next((kind for kind in _PREFERRED if kind in data), "text/plain")
    shown = "".join(data.get(kind, ""))
    caption = cell.options.get("fig-cap") or ""
    if kind in _PICTURES:
        picture = picture.with_name(picture.name + _PICTURES[kind])
        write(picture, shown if kind == "image/svg+xml" else base64.b64decode(shown))
        alt = str(cell.options.get("fig-alt") or "").replace("\\", "\\\\").replace('"', '\\"')
        own = "" if _figure(cell) else caption
        shown = f'![{own}](<{picture.parent.name}/{picture.name}>){{fig-alt="{alt}"}}'
    elif kind != "text/markdown":
        shown = _fenced(shown, "{=html}" if kind == "text/html" else "")
    shown = _div(".cell-output .cell-output-display", shown)
    return _div(f"#{_figure(cell)}", shown, caption or "[]{}") if _figure(cell) else shown


def _figure(cell: Cell) -> str | None:
    """Return the label of a cell that gives a numbered figure."""
    label = str(cell.options.get("label"))
    return label if label.startswith("fig-") else None


def _kept(outputs: list[Any]) -> list[Any]:
    """Leave out what a plotting call returns, as Quarto does: ``[<matplotlib.lines...>]``."""
    pictured = any(_PICTURES.keys() & output.get("data", {}) for output in outputs)
    drawn = re.compile(r"[<(\[].*[>)\]]" if pictured else r"(?s)(\[?<matplotlib|<seaborn\.).*")
    return [
        output
        for output in outputs
        if output["output_type"] != "execute_result"
        or output["data"].keys() != {"text/plain"}
        or not drawn.fullmatch("".join(output["data"]["text/plain"]))
    ]


def _joined(outputs: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield the outputs; what was printed in several goes is one."""
    for stream, group in groupby(outputs, key=lambda output: output.get("name")):
        if stream:
            text = "".join("".join(output["text"]) for output in group)
            yield {"output_type": "stream", "name": stream, "text": text}
        else:
            yield from group


def _fenced(text: str, info: str = "") -> str:
    ticks = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{ticks} {info}\n{text}\n{ticks}"


def _div(attributes: str, *content: str) -> str:
    inside = "\n\n".join(content)
    colons = ":" * (1 + max(map(len, re.findall("^:+", inside, re.MULTILINE)), default=2))
    return f"{colons} {{{attributes}}}\n{inside}\n{colons}"
