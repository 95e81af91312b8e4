"""Outputs that run in the reader's browser, of which our pages show a still picture.

Pages run no scripts but the theme's, and their policy stops all others. What a notebook holds
beside an output's script, its picture in pixels or drawn, is shown in its place.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
_RUNS = re.compile(r"<(?:script|iframe|embed|object)\b", re.IGNORECASE)
_LIBRARIES = {
    "plotly": re.compile(r"vnd\.plotly|plotly", re.IGNORECASE),
    "Altair": re.compile(r"vnd\.vega|vega-?embed|vega-?lite", re.IGNORECASE),
    "bokeh": re.compile(r"vnd\.bokehjs|bokeh", re.IGNORECASE),
    "ipywidgets": re.compile(r"vnd\.jupyter\.widget", re.IGNORECASE),
}
_REMEDIES = {
    "plotly": 'give a picture too: pio.renderers.default = "plotly_mimetype+png", with kaleido',
    "Altair": 'give a picture: alt.renderers.enable("svg"), with vl-convert-python',
    "bokeh": "show a picture: bokeh.io.export.get_screenshot_as_png, or draw it with matplotlib",
    "ipywidgets": "show a picture of one state; its widgets would need a kernel that runs",
}
_REMEDY = "let the cell show a picture too, or take the output out"
_LOADS = "vnd.bokehjs_load"
_ONLY_RUNS = re.compile(r"vnd\.(?:plotly|vega|bokehjs_exec|jupyter\.widget-view)")
_ROOT_OF_BOKEH = re.compile(r'<div id="[^"]*" data-root-id="[^"]*"[^>]*>\s*</div>')
NOTE = "{say runs-with-its-code}"
"""What `portfolio.pages.words` says in the language of the page."""


@dataclass(frozen=True)
class Interactive:
    """An output that would run: whose it is, if we know, and which picture of it there is."""

    library: str
    picture: str

    @property
    def remedy(self) -> str:
        """What lets the page show something of it."""
        return _REMEDIES.get(self.library, _REMEDY)


def interactive(data: Mapping[str, Any]) -> Interactive | None:
    """Return what is interactive about an output; None where nothing is, or it only loads."""
    html, kinds = str(data.get("text/html") or ""), " ".join(data)
    runs = _RUNS.search(html) or "application/javascript" in data or _ONLY_RUNS.search(kinds)
    if not runs or loads_only(data):
        return None
    searched = f"{kinds} {html[:5000]} {html[-5000:]} {data.get('application/javascript', '')}"
    library = next((name for name, mark in _LIBRARIES.items() if mark.search(searched)), "")
    return Interactive(library, next((kind for kind in PICTURES if kind in data), ""))


def loads_only(data: Mapping[str, Any]) -> bool:
    """Whether an output only loads a library for those that follow, and shows nothing."""
    html = str(data.get("text/html") or "")
    return (
        any(_LOADS in kind for kind in data)
        or "bk-notebook-logo" in html
        or ("PlotlyConfig" in html and "plotly-graph-div" not in html)
        or _ROOT_OF_BOKEH.fullmatch(html.strip()) is not None
    )


def shown(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return an output as a page can show it: still, or with a note; None for one that only loads.

    Scripts of no library that we know stay, for a page's author may have written them.
    """
    if loads_only(data):
        return None
    found = interactive(data)
    if not found or not found.library:
        return dict(data)
    if found.picture:
        return {found.picture: data[found.picture]}
    return {"text/html": f'<p class="interactive">{NOTE}</p>'}
