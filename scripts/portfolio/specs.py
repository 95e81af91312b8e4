"""What an output that runs is made of, as data: what its library draws, and why it may not.

Pages hold to a content policy without `eval` and without other hosts. plotly draws all but its
WebGL charts of many points and its maps under it, Altair everything (by Vega's interpreter), bokeh
all but callbacks written in JavaScript. Widgets need a kernel.

Sources: the MIME bundles that plotly.py, Altair and Bokeh leave in notebooks.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_DECODER = json.JSONDecoder()
_PLOTLY = re.compile(r"Plotly\.newPlot\(\s*(?:\"[^\"]*\"|'[^']*')\s*,\s*")
_FRAMES = re.compile(r"Plotly\.addFrames\(\s*(?:\"[^\"]*\"|'[^']*')\s*,\s*")
_VEGA = re.compile(r"\}\)\((?=\{)")
_BOKEH = re.compile(r"\b(docs_json|render_items) = ")
_WEB = re.compile(r"(?:https?:)?//", re.IGNORECASE)

_BY_EVAL = {"scattergl", "scatterpolargl", "splom", "parcoords", "parcats", "heatmapgl"}
_OF_OTHER_HOSTS = re.compile(r".*(?:geo|map|mapbox)|choropleth")
_NOT_OF_OTHERS = {"heatmap", "treemap"}
_WIDGETS = re.compile(
    r'"name": "(?:\w*Slider|\w*Button|\w*Select|\w*Choice|Toggle|Switch|\w*Input|\w+Group|\w+Picker'
    r'|Div|Paragraph|PreText|Dropdown|Spinner)"'
)
_TABLES = re.compile(r'"name": "DataTable"')
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, StopIteration, RecursionError)
"""What reading the data of no library, or of none that we know yet, may raise."""


@dataclass(frozen=True)
class Spec:
    """What a library draws: ``data`` as it takes it, in a room of ``height`` CSS pixels.

    ``fault`` is why a page cannot have it drawn, and ``remedy`` what to do; both empty where it
    can. ``libraries`` are the files that it takes, by the names of `portfolio.pages.libraries`.
    """

    library: str
    data: Any
    height: int
    libraries: tuple[str, ...]
    fault: str = ""
    remedy: str = ""


def spec_of(data: Mapping[str, Any]) -> Spec | None:
    """Return what the library of an output draws; None where the output does not hold it."""
    html, script = str(data.get("text/html") or ""), str(data.get("application/javascript") or "")
    try:
        return _plotly(data, html) or _vega(data, html) or _bokeh(script or html)
    except UNREADABLE:
        return None  # cut off, or of a version to come


def fault_of(library: str, data: Any) -> tuple[str, str]:
    """Return why a page cannot have data drawn, and what to do; both empty where it can.

    Raises an error of one of several kinds (`UNREADABLE`) for what the library cannot draw at all.
    """
    faults = {"plotly": _fault_of_plotly, "altair": _fault_of_vega, "bokeh": _fault_of_bokeh}
    return faults[library](data)


def _values(text: str, start: int) -> Iterator[Any]:
    """Yield the arguments of a call that are JSON, from ``start`` on."""
    while True:
        value, start = _DECODER.raw_decode(text, start)
        yield value
        comma = re.compile(r"\s*,\s*").match(text, start)
        if not comma or text[comma.end()] not in '{["':
            return
        start = comma.end()


def _plotly(data: Mapping[str, Any], html: str) -> Spec | None:
    figure = next((v for k, v in data.items() if k.startswith("application/vnd.plotly.")), None)
    if not figure and (call := _PLOTLY.search(html)):
        named = ("data", "layout", "config")
        figure = dict(zip(named, _values(html, call.end()), strict=False))
        if frames := _FRAMES.search(html):
            figure["frames"] = next(_values(html, frames.end()))
    if not figure:
        return None
    layout = figure.get("layout") or {}
    kept = {name: figure[name] for name in ("data", "layout", "config", "frames") if name in figure}
    kept["config"] = {k: v for k, v in (figure.get("config") or {}).items() if "erver" not in k}
    height = _number(layout.get("height"), 450)
    return Spec("plotly", kept, height, ("plotly",), *_fault_of_plotly(kept))


def _sources(spec: Any) -> Iterator[str]:
    """Yield the addresses on other hosts that a chart of plotly's loads pictures from."""
    if isinstance(spec, dict):
        if isinstance(source := spec.get("source"), str) and _WEB.match(source):
            yield source
        spec = list(spec.values())
    for part in spec if isinstance(spec, list) else ():
        yield from _sources(part)


def _fault_of_plotly(figure: Mapping[str, Any]) -> tuple[str, str]:
    for kind in [str(trace.get("type", "")) for trace in figure["data"]]:
        if kind in _BY_EVAL:
            remedy = "draw it as scatter" if kind.startswith("scatter") else "show a picture too"
            return f"plotly's {kind} compiles code in the browser", remedy
        if _OF_OTHER_HOSTS.fullmatch(kind) and kind not in _NOT_OF_OTHERS:
            return f"plotly's {kind} asks another host for its map", "show a picture too"
    if source := next(_sources(figure), ""):
        return f"its picture is on another host ({source})", "give it as data, in base64"
    return "", ""


def _vega(data: Mapping[str, Any], html: str) -> Spec | None:
    bundles = (v for k, v in data.items() if k.startswith("application/vnd.vega") and v)
    spec = next(bundles, None)
    if not spec and "vega-embed" in html and (call := _VEGA.search(html)):
        spec = next(_values(html, call.end()))
    if not spec:
        return None
    axis = 50
    height = _number(spec.get("height"), 300) + axis
    return Spec("altair", spec, height, ("altair",), *_fault_of_vega(spec))


def _fault_of_vega(spec: Any) -> tuple[str, str]:
    if not (url := next(_urls(spec), "")):
        return "", ""
    remedy = "load them in the notebook, and give the chart the table"
    return f"its data are on another host ({url})", remedy


def _urls(spec: Any) -> Iterator[str]:
    """Yield the addresses on other hosts that a chart of Vega loads data from."""
    if isinstance(spec, dict):
        spec = list(spec.values())
    for part in spec if isinstance(spec, list) else ():
        if isinstance(part, dict) and _WEB.match(str(part.get("url") or "")):
            yield str(part["url"])
        yield from _urls(part)


def _bokeh(script: str) -> Spec | None:
    said = {call[1]: next(_values(script, call.end())) for call in _BOKEH.finditer(script)}
    if "docs_json" not in said or "render_items" not in said:
        return None
    docs, item = said["docs_json"], said["render_items"][0]
    doc = (json.loads(docs) if isinstance(docs, str) else docs)[item["docid"]]
    root_id = next(iter(item["roots"]))
    root = next(root for root in doc["roots"] if root["id"] == root_id)
    text = json.dumps(doc)
    libraries = ["bokeh"]
    libraries += ["bokeh-widgets"] * bool(_WIDGETS.search(text) or _TABLES.search(text))
    libraries += ["bokeh-tables"] * bool(_TABLES.search(text))
    height = _number(root.get("attributes", {}).get("height"), 600)
    data = {"doc": doc, "root_id": root_id, "version": doc.get("version", "")}
    return Spec("bokeh", data, height, tuple(libraries), *_fault_of_bokeh(data))


def _fault_of_bokeh(data: Mapping[str, Any]) -> tuple[str, str]:
    if '"name": "CustomJS' not in json.dumps(data["doc"]):
        return "", ""
    what = "bokeh compiles callbacks in JavaScript (CustomJS, js_link) in the browser"
    return what, "leave the callback out, or show a picture"


def _number(said: Any, otherwise: int) -> int:
    return round(said) if isinstance(said, int | float) and 0 < said < 5000 else otherwise  # noqa: PLR2004
