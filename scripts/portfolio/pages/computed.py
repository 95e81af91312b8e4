"""Cells that Quarto has run for a page of its own, whose outputs its filter over notebooks misses.

Where one would run by itself, which the policy of our pages stops, what a page can show takes its
place: the chart itself where its cell, or the settings, ask for it, or else a note.
"""

import re

from portfolio.live import shown_live
from portfolio.pages.embedded import end_of

_CHARTS = ("plotly-graph-div", "vega-embed", "Bokeh")
"""What the HTML of a chart holds, one mark for each library."""
_CELL = re.compile(r'<div\b(?=[^>]*\sclass="cell[ "])(?:[^>]*\sdata-live="(true|false)")?[^>]*>')
_OUTPUT = re.compile(r'<div\b[^>]*\sclass="cell-output cell-output-display[ "][^>]*>')
_IN_FIGURE = re.compile(r'\s*<figure\b[^>]*>\s*<div aria-describedby="[^"]*"[^>]*>')


def computed(html: str) -> str:
    """Return a page on which no output of its own cells would run by itself."""
    if not any(mark in html for mark in _CHARTS):
        return html
    parts, at = [], 0
    for cell in _CELL.finditer(html):
        end = end_of(html, cell.end())
        asked = cell[1] == "true" if cell[1] else None
        if cell.start() >= at:
            parts += [html[at : cell.end()], _outputs(html[cell.end() : end], asked=asked)]
            at = end
    return "".join([*parts, html[at:]])


def _outputs(html: str, *, asked: bool | None) -> str:
    """Return what is in a cell with each of its outputs as a page can show it."""
    parts, at = [], 0
    for output in _OUTPUT.finditer(html):
        figure = _IN_FIGURE.match(html, output.end())
        start = (figure or output).end()
        end = end_of(html, start) - len("</div>")
        if output.start() >= at:
            data = {"text/html": html[start:end]}
            fit = shown_live(data, asked=asked) if "<script" in html[start:end] else data
            parts += [html[at:start], "".join((fit or {}).values())]
            at = end
    return "".join([*parts, html[at:]])
