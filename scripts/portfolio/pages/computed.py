"""Cells that Quarto has run for a page of its own, whose outputs its filter over notebooks misses.

Where one would run by itself, which the policy of our pages stops, what a page can show takes its
place: the chart itself where its cell, or the settings, ask for it, or else a note.
"""

import re
from collections.abc import Mapping

from portfolio.cell import options_in
from portfolio.live import shown_live
from portfolio.pages.embedded import end_of

_CHARTS = ("plotly-graph-div", "vega-embed", "Bokeh")
"""What the HTML of a chart holds, one mark for each library."""
_CELL = re.compile(r'<div\b(?=[^>]*\sclass="cell[ "])(?:[^>]*\sdata-live="(true|false)")?[^>]*>')
_LABEL = re.compile(r'<div\b[^>]*?\sid="(?:cell-)?([^"]+)"')
_OUTPUT = re.compile(r'<div\b[^>]*\sclass="cell-output cell-output-display[ "][^>]*>')
_IN_FIGURE = re.compile(r'\s*<figure\b[^>]*>\s*<div aria-describedby="[^"]*"[^>]*>')


def computed(html: str, source: str = "") -> str:
    """Return a page on which no output of its own cells would run by itself.

    Quarto leaves out what a cell says of a chart for those who cannot see it: by the cell's label
    that is found again in the page's ``source``.
    """
    if not any(mark in html for mark in _CHARTS):
        return html
    parts, at = [], 0
    alts = {str(one.get("label")): _told(one.get("fig-alt")) for one in options_in(source)}
    for cell in _CELL.finditer(html):
        end = end_of(html, cell.end())
        asked = cell[1] == "true" if cell[1] else None
        if cell.start() >= at:
            outputs = _outputs(html[cell.start() : end], alts, asked=asked)
            parts += [html[at : cell.start()], outputs]
            at = end
    return "".join([*parts, html[at:]])


def _outputs(html: str, alts: Mapping[str, str], *, asked: bool | None) -> str:
    """Return a cell with each of its outputs as a page can show it."""
    parts, at, cell = [], 0, _LABEL.match(html)
    for output in _OUTPUT.finditer(html):
        figure = _IN_FIGURE.match(html, output.end())
        start = (figure or output).end()
        end = end_of(html, start) - len("</div>")
        if output.start() >= at:
            data = {"text/html": html[start:end]}
            labels = [one[1] for one in (_LABEL.match(output[0]), cell) if one]
            alt = next(filter(None, map(alts.get, labels)), "")
            fit = shown_live(data, alt=alt, asked=asked) if "<script" in html[start:end] else data
            parts += [html[at:start], "".join((fit or {}).values())]
            at = end
    return "".join([*parts, html[at:]])


def _told(alt: object) -> str:
    return " ".join(alt.split()) if isinstance(alt, str) else ""
