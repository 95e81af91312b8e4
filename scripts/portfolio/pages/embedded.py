"""Cells that Quarto has embedded from a notebook, as it reads them: without the filter over it.

Where an output would run, what a page can show takes its place, as on the notebook's own page.
"""

import re
from collections.abc import Mapping
from html import escape, unescape
from pathlib import Path
from typing import Any

from portfolio.cell import options_of
from portfolio.content import is_content
from portfolio.figures.notebooks import see_notebook
from portfolio.interactive import PICTURES
from portfolio.live import shown_live
from portfolio.notebook import NoNotebookError, alt_of
from portfolio.pages.html import tag, void
from portfolio.pages.portfolio import Portfolio

_MARK = "quarto-embed-nb-cell"
_BLOCK = re.compile(
    rf'<div class="{_MARK}" data-notebook="([^"]*)"[^>]*'
    r'\sdata-notebook-cellid="cell-([\w-]+)"[^>]*>',
    re.IGNORECASE,
)
_DIVS = re.compile(r"<(script|style)\b.*?</\1>|<div\b|</div>", re.DOTALL)
_CAPTION = re.compile(r"<figcaption\b.*?</figcaption>", re.DOTALL)


def embedded(here: Portfolio, html: str) -> str:
    """Return a page on which no embedded output of a notebook's would run by itself."""
    parts, at = [], 0
    for found in _BLOCK.finditer(html) if _MARK in html else ():
        path, label = Path(unescape(found[1])), found[2]
        instead = _outputs(here, path, label)
        if instead:
            end = end_of(html, found.end())
            parts += [html[at : found.start()], _cell(html[found.end() : end], label, instead)]
            at = end
    return "".join([*parts, html[at:]])


def forget_unlinked(page: Path, html: str) -> None:
    """Remove what Quarto has written for all cells of a notebook of which a page embeds some."""
    for picture in (page.parent / f"{page.stem}_files" / "figure-html").glob("..-*"):
        if picture.name not in html:
            picture.unlink()


def end_of(html: str, start: int) -> int:
    """Return where the division ends within which ``start`` is."""
    depth = 1
    for found in _DIVS.finditer(html, start):
        depth += {"<div": 1, "</div>": -1}.get(found.group(), 0)
        if not depth:
            return found.end()
    return len(html)


def _cell(block: str, label: str, instead: str) -> str:
    captions = _CAPTION.findall(block)
    if not label.startswith("fig-"):
        return tag("div", instead, class_="cell-output cell-output-display", id=label)
    figure = tag("figure", instead + "".join(captions[-1:]), class_="quarto-float")
    return tag("div", figure, class_="cell-output cell-output-display quarto-float", id=label)


def _outputs(here: Portfolio, path: Path, label: str) -> str:
    """Return what a page can show of a cell some of whose outputs would run, or nothing."""
    try:
        cells = see_notebook(path)["cells"] if is_content(path, here.root) else []
    except NoNotebookError:  # `check` says so
        return ""
    for cell in cells:
        options = options_of(cell["source"])
        if options.get("label") == label:
            datas = [output["data"] for output in cell.get("outputs", ()) if "data" in output]
            alt = " ".join(str(options.get("fig-alt") or alt_of(cell["outputs"])).split())
            fit = [shown_live(data, alt=alt, asked=options.get("live")) for data in datas]
            runs = any(one != data for one, data in zip(fit, datas, strict=True))
            return "".join(_shown(data, alt) for data in fit if data) if runs else ""
    return ""


def _shown(data: Mapping[str, Any], alt: str) -> str:
    kind = next((kind for kind in PICTURES if kind in data and "text/html" not in data), "")
    if kind == "image/svg+xml":
        return str(data[kind])
    if kind:
        return void("img", src=f"data:{kind};base64,{''.join(data[kind].split())}", alt=alt)
    return str(data.get("text/html") or escape(str(data.get("text/plain") or "")))
