"""Cells: run anew for each page, remembered, and written as Markdown."""

import ast
import base64
import re
import warnings
from collections.abc import Iterator
from functools import partial
from itertools import cycle, groupby, repeat
from typing import Any

from portfolio import interactive, live, states
from portfolio.mapping import Mapping
from portfolio.notebook import alt_of, read_outputs
from portfolio.renderers import RenderError
from portfolio.renderers.kernel import CellError
from portfolio.renderers.memory import Memory
from portfolio.renderers.runner import LANGUAGE, PAGE, Runner
from portfolio.renderers.source import Cell, Page

SECONDS = 600
_PICTURES = {"image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg"}
_PIXELS = ("image/png", "image/jpeg")
_SCHEMES = ("light", "dark")
_OF_IPYTHON = re.compile(r"^\s*[%!?]|[?]\s*$|=\s*[%!]", re.MULTILINE)
_MARK = "html-of-a-cell-"
_MARKS = re.compile(rf"<!-- {_MARK}\d+ -->")
_CHANGED = re.compile(r"[\t\r\f]|\A\s*\Z|\A\n|\n\Z")
"""Where Pandoc does not pass HTML on as it is: tabs, and lines that are empty at its ends."""
_PREFERRED = ("text/html", "text/markdown", *_PICTURES, "text/plain")


def run_cells(page: Page, runner: Runner, memory: Memory, *, lang: str) -> None:
    """Fill in the outputs of the page's cells, and remember them."""
    file = runner.root / page.path
    told = {LANGUAGE: lang, PAGE: file.name}
    try:
        outputs, seen = runner.run(page.sources, file.parent, told=told, seconds=SECONDS)
    except CellError as error:
        where = f"{page.path}:{page.cells[error.number].line}: cell"
        raise RenderError(f"{where}: {error}") from None
    memory.keep(page, lang, outputs, seen)
    page.show(outputs)


class Apart:
    """What Pandoc does not read of a page's cells: the files of their pictures, and their HTML.

    That it would pass on as it is. So a page whose papers change is not converted again, and long
    lists are not read by it.
    """

    def __init__(self, page: Page) -> None:
        self.pictures: dict[str, bytes] = {}
        written = [*page.sources, *(prose.text for prose in page.prose)]
        self._parts: dict[str, str] = {}
        self._works = not any(_MARK in text for text in written)

    def take(self, html: str) -> str:
        """Return what stands for ``html`` meanwhile: a comment, or itself if Pandoc changes it."""
        if not self._works or _CHANGED.search(html) or _MARK in html:
            return html
        mark = f"<!-- {_MARK}{len(self._parts)} -->"
        self._parts[mark] = html
        return mark

    def put_back(self, page: str) -> str:
        """Return the page that Pandoc has made, whole."""
        return _MARKS.sub(lambda mark: self._parts.get(mark[0], mark[0]), page)


def to_markdown(cell: Cell, pictures: str, apart: Apart, *, echo: bool, runs: bool = False) -> str:
    """Return the cell as Markdown; its pictures are to lie in the folder ``pictures``.

    They are kept ``apart``, by their paths, as its HTML is. What ``runs`` in the browser is let
    run, if the cell says nothing.
    """
    label = cell.options.get("label")
    shown = [_code(cell)] if echo and cell.code else []
    if cell.options.get("output", True):
        shown += _results(cell, pictures, apart, runs=runs)
    name = f"#{label} " if label and not _figure(cell) else ""
    return _div(f"{name}.cell", *shown) if shown else ""


def _code(cell: Cell) -> str:
    code = _fenced(cell.code, "{.python .cell-code}")
    if not cell.options.get("code-fold"):
        return code
    opening = '<details class="code-fold">\n<summary>{say term-code}</summary>'
    return "\n\n".join((_fenced(opening, "{=html}"), code, _fenced("</details>", "{=html}")))


def faults_of(cell: Cell) -> Iterator[str]:
    """Yield a line for each thing for which the outputs of a cell cannot be shown."""
    if not cell.options.get("output", True):
        return
    where = f"{cell.options.path}:{cell.line}"
    displays = [output["data"] for output in _shown(cell) if "data" in output]
    order, several = renderings(cell.options), states.states_of(cell.options)
    for key, what, remedy in states.faults_of(cell.options):
        yield f"{where}: {key}: {what}: {remedy}"
    if "states" in cell.options.values:
        wanted = len(several.values) * (len(order) or 1) if several else len(displays)
        if not _figure(cell):
            yield f"{where}: states: a figure alone has states: give it a label `fig-...`"
        elif len(displays) != wanted or not all(_PICTURES.keys() & data for data in displays):
            what = f"its states want {wanted} pictures, and it shows {len(displays)} things"
            yield f"{where}: states: {what}: show one for each, and run it"
    elif order and len(displays) != len(order):
        what = f"it has renderings for {' and '.join(order)}, and shows {len(displays)}"
        yield f"{where}: renderings: {what}: show one thing for each, and run it"
    elif _figure(cell) and len(displays) != (len(order) or 1):
        what = f"a figure's cell shows one thing, this shows {len(displays)}: run it, or split it"
        yield f"{where}: {_figure(cell)}: {what}"
    for data in displays:
        try:
            base64.b64decode(next((data[kind] for kind in _PIXELS if kind in data), ""))
        except ValueError:
            yield f"{where}: cell: the picture that it shows is cut off: run it again"


def faults_of_code(cell: Cell) -> Iterator[str]:
    """Yield a line if no Python can run the code of a cell; what only IPython reads passes."""
    if _OF_IPYTHON.search(cell.code):
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(cell.code, "cell", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        what = getattr(error, "msg", str(error))
        line = getattr(error, "lineno", None) or 1
        said = f"{type(error).__name__}: {what} (line {line} of its code)"
        yield f"{cell.options.path}:{cell.line}: cell: {said}: mend the cell"


def _shown(cell: Cell, *, runs: bool = False) -> list[dict[str, Any]]:
    """Return what a cell's outputs show, as it should be."""
    outputs = read_outputs(cell.outputs)
    return list(_joined(_kept(list(_fit(cell, outputs, runs=runs)))))


def _results(cell: Cell, pictures: str, apart: Apart, *, runs: bool) -> Iterator[str]:
    """Yield each of the cell's outputs as Markdown."""
    if faults := list(faults_of(cell)):
        raise RenderError("\n".join(faults))
    schemes = cycle(renderings(cell.options) or [""])
    texts, displays = _alternatives(cell), []
    for number, output in enumerate(_shown(cell, runs=runs), 1):
        if "data" in output:
            name = f"{cell.options.get('label') or f'cell-{cell.line}'}-output-{number}"
            shown = _display(cell, output, f"{pictures}/{name}", apart, next(texts, ""))
            scheme = next(schemes)
            only = f" .{scheme}-content" if scheme else ""
            displays.append(_div(f".cell-output .cell-output-display{only}", shown))
            if not _figure(cell):
                yield displays[-1]
        else:
            kind = output.get("name", "error")
            text = output["text"] if "text" in output else "\n".join(output["traceback"])
            yield _div(f".cell-output .cell-output-{kind}", _fenced(text.rstrip("\n")))
    if _figure(cell):
        yield _div(f"#{_figure(cell)}", _of_figure(cell, displays), _caption(cell) or "[]{}")


def _of_figure(cell: Cell, displays: list[str]) -> str:
    """Return what a figure shows: one thing, one for each scheme, or that for each of its states.

    The step after rendering makes buttons of the states.
    """
    found = states.states_of(cell.options)
    if not found:
        return _div(".renderings", *displays) if len(displays) > 1 else displays[0]
    told = states.attributes(found) | {"data-of": str(_figure(cell))}
    told |= {"data-renderings": " ".join(renderings(cell.options))}
    said = " ".join(f'{name}="{_quoted(value)}"' for name, value in told.items())
    return _div(f".cell-states {said}", *displays)


def _alternatives(cell: Cell) -> Iterator[str]:
    """Yield the text for each thing that a cell shows, as far as its options give one."""
    each = len(renderings(cell.options)) or 1
    found = states.states_of(cell.options)
    told = states.alternatives(cell.options, len(found.values) if found else 1)
    yield from (text for text in told for _ in range(each)) if found else repeat(told[0])


def renderings(options: Mapping) -> list[str]:
    """Return for which scheme, light or dark, each output of a cell is, if it says so."""
    order = options.get("renderings")
    return [name for name in order if name in _SCHEMES] if isinstance(order, list) else []


def _caption(cell: Cell) -> str:
    return " ".join(str(cell.options.get("fig-cap") or "").split())


def _display(cell: Cell, output: dict[str, Any], picture: str, apart: Apart, alt: str) -> str:
    data = output["data"]
    kind = next(kind for kind in _PREFERRED if kind in data)
    shown = data[kind]
    if kind in _PICTURES:
        picture += _PICTURES[kind]
        is_text = kind == "image/svg+xml"
        apart.pictures[picture] = shown.encode() if is_text else base64.b64decode(shown)
        alt = _quoted(" ".join((alt or alt_of([output])).split()))
        own = "" if _figure(cell) else _caption(cell)
        return f'![{own}](<{picture}>){{fig-alt="{alt}"}}'
    if kind == "text/html":
        return _fenced(apart.take(shown), "{=html}")
    return str(shown) if kind == "text/markdown" else _fenced(shown)


def _alt(cell: Cell, outputs: list[Any]) -> str:
    return " ".join(str(cell.options.get("fig-alt") or alt_of(outputs)).split())


def _figure(cell: Cell) -> str | None:
    """Return the label of a cell that gives a numbered figure."""
    label = str(cell.options.get("label"))
    return label if label.startswith("fig-") else None


def _fit(cell: Cell, outputs: list[Any], *, runs: bool) -> Iterator[Any]:
    """Yield the outputs; for those that would run a still picture or a note, unless they may."""
    fit = interactive.shown
    if cell.options.get("live", runs) is True:
        fit = partial(live.shown_live, alt=_alt(cell, outputs))
    for output in outputs:
        data = fit(output["data"]) if "data" in output else {}
        if data is not None:
            yield output | ({"data": data} if data else {})


def _kept(outputs: list[Any]) -> list[Any]:
    """Leave out what a plotting call returns, as Quarto does: ``[<matplotlib.lines...>]``.

    What only a program could show is left out too.
    """
    outputs = [o for o in outputs if "data" not in o or not o["data"].keys().isdisjoint(_PREFERRED)]
    pictured = any(_PICTURES.keys() & output.get("data", {}) for output in outputs)
    drawn = re.compile(r"[<(\[].*[>)\]]" if pictured else r"(?s)(\[?<matplotlib|<seaborn\.).*")
    return [
        output
        for output in outputs
        if output["output_type"] != "execute_result"
        or output["data"].keys() != {"text/plain"}
        or not drawn.fullmatch(output["data"]["text/plain"])
    ]


def _joined(outputs: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield the outputs; what was printed in several goes is one."""
    for stream, group in groupby(outputs, key=lambda output: output.get("name")):
        if stream:
            text = "".join(output["text"] for output in group)
            yield {"output_type": "stream", "name": stream, "text": text}
        else:
            yield from group


def _fenced(text: str, info: str = "") -> str:
    ticks = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{ticks} {info}\n{text}\n{ticks}"


def _quoted(text: str) -> str:
    """Return a text as Pandoc reads it between the quotes of an attribute."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _div(attributes: str, *content: str) -> str:
    inside = "\n\n".join(content)
    colons = ":" * (1 + max(map(len, re.findall("^:+", inside, re.MULTILINE)), default=2))
    return f"{colons} {{{attributes}}}\n{inside}\n{colons}"
