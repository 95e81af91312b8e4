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
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from PIL import Image

from portfolio.brand import DEFAULT
from portfolio.figures.schemes import rules

PAPER, INK, MUTED, GRID, *_OF_DATA = DEFAULT.light.drawn
BLUE, VERMILION, TEAL, PLUM, OLIVE, INDIGO = _OF_DATA

SERIES = (BLUE, VERMILION, TEAL, PLUM, OLIVE, INDIGO)
"""The colours of data; told apart with any kind of colour vision, and dark enough for text."""

DARK = MappingProxyType(dict(zip(DEFAULT.light.drawn, DEFAULT.dark.drawn, strict=True)))
"""Each colour's counterpart where the reader prefers dark."""

LETTERS = 36
"""Points: what can be read where a figure of the usual size is 120 pixels wide."""
_THICK = 11
_ROOM = 0.06
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


def thumbnail(**settings: Any) -> tuple[Figure, Axes]:
    """Return a figure to be shown small, and its axes: bare, with lines that bear 120 pixels.

    ``settings`` are those of the axes. What is written into it is of the size ``LETTERS``.
    """
    fig, ax = plt.subplots()
    ax.set_prop_cycle(color=SERIES, linewidth=[_THICK] * len(SERIES))
    ax.grid(visible=False)
    ax.set(xticks=[], yticks=[], **settings)
    ax.minorticks_off()
    ax.tick_params(length=0)
    ax.spines[["left", "bottom"]].set(linewidth=3)
    return fig, ax


def show(fig: Figure, *, panel: Axes | None = None) -> None:
    """Display the figure as one output that holds its SVG and its PNG, and close it.

    With a ``panel`` only that is displayed, with its title and labels.
    """
    png = base64.b64encode(as_png(fig, panel=panel)).decode("ascii")
    display({"image/svg+xml": as_svg(fig, panel=panel), "image/png": png}, raw=True)  # type: ignore[no-untyped-call]
    plt.close(fig)


def as_svg(fig: Figure, *, panel: Axes | None = None) -> str:
    """Return the figure as SVG in its own size, which follows the reader's light or dark."""
    written = io.StringIO()
    with plt.rc_context(_DETERMINISTIC):
        about = {"Date": None, "Creator": None}
        fig.savefig(written, format="svg", metadata=about, bbox_inches=_part(fig, panel))
    first, rest = written.getvalue().split("<defs>", 1)
    return f"{first}<style>{rules(DEFAULT)}</style>\n <defs>{_PATH.sub(_shorten, rest)}"


def as_png(fig: Figure, *, panel: Axes | None = None) -> bytes:
    """Return the figure as a PNG of 256 light colours, ``PNG_WIDTH`` pixels wide."""
    drawn, written = io.BytesIO(), io.BytesIO()
    part = _part(fig, panel)
    width = part.width if part else fig.get_figwidth()
    fig.savefig(drawn, format="png", dpi=PNG_WIDTH / width, bbox_inches=part)
    picture = Image.open(drawn).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


def _part(fig: Figure, panel: Axes | None) -> Bbox | None:
    """Return the part of a figure, in inches, that a panel takes with a little room around it."""
    if panel is None:
        return None
    fig.draw_without_rendering()
    box = panel.get_tightbbox()
    if box is None:
        return None
    return box.transformed(fig.dpi_scale_trans.inverted()).padded(_ROOM)


def _shorten(path: re.Match[str]) -> str:
    """Return a path whose numbers have at most two decimals, a hundredth of a point."""
    return _DECIMALS.sub(r"\1", path[0])
