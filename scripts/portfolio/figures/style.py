"""The one look of all figures: their type, lines and colours, in light and in dark.

A figure is drawn in the portfolio's own light colours. Its SVG carries a rule for each of them
that takes over where the reader prefers dark, so other colours do not follow. The SVG is for the
page and the PNG for the thumbnail; the bytes of both depend on the figure alone.
"""

import base64
import io
import re
from types import MappingProxyType
from typing import Any

import matplotlib.pyplot as plt
import matplotlib.style
from cycler import cycler
from IPython.display import display
from matplotlib.figure import Figure
from PIL import Image

from portfolio.brand import DEFAULT
from portfolio.figures.schemes import rules

PAPER, INK, MUTED, GRID, *_OF_DATA = DEFAULT.light.drawn
BLUE, VERMILION, TEAL, PLUM, OLIVE, INDIGO = _OF_DATA

SERIES = (BLUE, VERMILION, TEAL, PLUM, OLIVE, INDIGO)
"""The colours of data; told apart with any kind of colour vision, and dark enough for text."""

DARK = MappingProxyType(dict(zip(DEFAULT.light.drawn, DEFAULT.dark.drawn, strict=True)))
"""Each colour's counterpart where the reader prefers dark."""

PNG_WIDTH = 960
"""Pixels: twice the 480 of a thumbnail, for dense screens."""

_PATH = re.compile(r'\bd="[^"]*"')
_DECIMALS = re.compile(r"(\.\d\d)\d+")
_DETERMINISTIC: dict[Any, Any] = {"svg.hashsalt": "portfolio", "svg.fonttype": "path"}
_STYLE: dict[Any, Any] = {
    **_DETERMINISTIC,
    "figure.figsize": (6.0, 3.75),  # the thumbnail's proportions
    "figure.dpi": 100,
    "figure.constrained_layout.use": True,
    "figure.facecolor": PAPER,
    "font.family": "DejaVu Sans",
    "font.size": 12,
    "text.color": INK,
    "axes.facecolor": PAPER,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.titlesize": 13,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.prop_cycle": cycler(color=SERIES),
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 11,
    "ytick.labelsize": 11,
    "lines.linewidth": 2.6,
    "lines.markersize": 7,
    "patch.edgecolor": PAPER,
    "legend.frameon": False,
    "legend.fontsize": 11,
}


def use() -> None:
    """Give every later figure of this session the look of the site, whatever was set before."""
    matplotlib.style.use(["default", _STYLE])


def show(fig: Figure) -> None:
    """Display the figure as one output that holds its SVG and its PNG, and close it."""
    png = base64.b64encode(as_png(fig)).decode("ascii")
    display({"image/svg+xml": as_svg(fig), "image/png": png}, raw=True)  # type: ignore[no-untyped-call]
    plt.close(fig)


def as_svg(fig: Figure) -> str:
    """Return the figure as SVG in its own size, which follows the reader's light or dark."""
    written = io.StringIO()
    with plt.rc_context(_DETERMINISTIC):
        fig.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    first, rest = written.getvalue().split("<defs>", 1)
    return f"{first}<style>{rules(DEFAULT)}</style>\n <defs>{_PATH.sub(_shorten, rest)}"


def as_png(fig: Figure) -> bytes:
    """Return the figure as a PNG of 256 light colours, ``PNG_WIDTH`` pixels wide."""
    drawn, written = io.BytesIO(), io.BytesIO()
    fig.savefig(drawn, format="png", dpi=PNG_WIDTH / fig.get_figwidth())
    picture = Image.open(drawn).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


def _shorten(path: re.Match[str]) -> str:
    """Return a path whose numbers have at most two decimals, a hundredth of a point."""
    return _DECIMALS.sub(r"\1", path[0])
