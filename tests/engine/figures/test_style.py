"""The look of the figures: one style, two schemes, and the same bytes every time."""

import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from nbclient import NotebookClient
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser

from portfolio.brand import load_brand
from portfolio.figures import style
from portfolio.figures.schemes import in_look_of

# Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision
# deficiency", 2009: what is seen of linear RGB at full severity.
VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]
    ),
    "deuteranopia": np.array(
        [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]
    ),
    "tritanopia": np.array(
        [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]]
    ),
}
SCHEMES = {
    "light": {color: color for color in style.DARK},
    "dark": dict(style.DARK),
}


@pytest.fixture(autouse=True)
def _fresh_look() -> Iterator[None]:
    """Draw each test's figures in the site's look, and leave none open."""
    with mpl.rc_context({"backend": "agg"}):
        style.use()
        yield
        plt.close("all")


def example() -> Figure:
    """Return a figure with every kind of text and mark that ours use."""
    fig, ax = plt.subplots()
    for name, color in zip("abcdef", style.SERIES, strict=True):
        ax.plot([1, 10, 100], [ord(name), 99, 101], "o-", color=color, label=name)
        ax.fill_between([1, 100], [97, 98], [102, 103], color=color, alpha=0.2, linewidth=0)
    ax.set(title="Title", xlabel="$x^2$", ylabel="y", xscale="log")
    ax.legend()
    return fig


def swatches() -> Figure:
    """Return a figure tiled by a rectangle of each colour, filled above and stroked below."""
    fig = plt.figure(figsize=(5, 1))
    for place, color in enumerate(style.DARK):
        left = place / len(style.DARK)
        fig.add_artist(plt.Rectangle((left, 0.5), 0.1, 0.5, facecolor=color, linewidth=0))
        fig.add_artist(plt.Line2D([left + 0.05] * 2, [0.1, 0.4], color=color, linewidth=20))
    return fig


def linear_rgb(color: str) -> NDArray[np.float64]:
    """Return the light of a colour ``#rrggbb``, by the sRGB standard."""
    encoded = np.array([int(color[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, by WCAG 2."""
    dark, light = sorted(linear_rgb(color) @ [0.2126, 0.7152, 0.0722] for color in (one, other))
    return float((light + 0.05) / (dark + 0.05))


def lab(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return CIE L*a*b* of linear RGB; distances of 2.3 are just noticeable."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    x, y, z = np.cbrt(to_xyz @ np.clip(light, 1e-3, 1) / [0.9505, 1.0, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def seen(browser: Browser, svg: str, scheme: str, folder: Path) -> Image.Image:
    """Return what a reader with that colour scheme sees of the SVG in an ``img``."""
    (folder / "figure.svg").write_text(svg, "utf-8")
    page_file = folder / "page.html"
    page_file.write_text('<!doctype html><img src="figure.svg" alt="">', "utf-8")
    page = browser.new_page(color_scheme=scheme)
    page.goto(page_file.as_uri())
    shot = page.locator("img").screenshot()
    page.close()
    return Image.open(io.BytesIO(shot)).convert("RGB")


def test_the_look_does_not_depend_on_what_was_set_before() -> None:
    """Settings made by others, such as Quarto's set-up cell, do not show."""
    expected = style.as_svg(example())
    mpl.rcParams.update({"figure.figsize": (3, 3), "figure.dpi": 300, "axes.grid.axis": "y"})
    style.use()
    assert style.as_svg(example()) == expected


def test_two_processes_write_the_same_bytes() -> None:
    """Neither the clock nor Python's hash seed reaches the SVG or the PNG."""
    program = (
        "import sys, runpy, hashlib; t = runpy.run_path(sys.argv[1]); t['style'].use();"
        "f = t['example']();"
        "print(hashlib.sha256(t['style'].as_svg(f).encode() + t['style'].as_png(f)).hexdigest())"
    )
    command = [sys.executable, "-c", program, __file__]
    other = subprocess.run(
        command,
        env={**os.environ, "PYTHONHASHSEED": "7", "MPLBACKEND": "agg", "SOURCE_DATE_EPOCH": "0"},
        capture_output=True,
        check=True,
        text=True,
    )
    fig = example()
    mine = hashlib.sha256(style.as_svg(fig).encode() + style.as_png(fig)).hexdigest()
    assert other.stdout.strip() == mine


def test_the_svg_needs_no_font() -> None:
    """Text is drawn as paths, so that it looks the same wherever it is read."""
    assert "<text" not in style.as_svg(example())


def test_the_svg_runs_nothing() -> None:
    """Schemes are told apart by a style sheet alone."""
    svg = style.as_svg(example())
    assert "<script" not in svg
    assert svg.count("prefers-color-scheme: dark") == 1


def test_every_colour_drawn_has_a_dark_counterpart() -> None:
    """Axes, ticks, text, legend and data use no colour outside the palette."""
    drawn = re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", style.as_svg(example()))
    assert set(drawn) == set(style.DARK)


def test_figures_stay_small() -> None:
    """A figure with six series and a legend weighs at most 60 kB as SVG and 30 kB as PNG."""
    fig = example()
    assert len(style.as_svg(fig)) <= 60_000
    assert len(style.as_png(fig)) <= 30_000


def test_paths_keep_a_hundredth_of_a_point() -> None:
    """Paths spend no bytes on decimals that nobody sees, and lose none of those that count."""
    fig = example()
    paths = " ".join(re.findall(r' d="([^"]*)"', style.as_svg(fig)))
    plain = io.StringIO()
    fig.savefig(plain, format="svg")
    exact = " ".join(re.findall(r' d="([^"]*)"', plain.getvalue()))
    assert not re.search(r"\.\d{3}", paths)
    numbers = [np.array(re.findall(r"-?\d+\.?\d*", each), float) for each in (paths, exact)]
    np.testing.assert_allclose(*numbers, atol=0.0101)


def test_the_png_has_two_pixels_for_each_of_the_thumbnail() -> None:
    """Whatever the size of the figure, its PNG is 960 pixels wide."""
    fig = plt.figure(figsize=(8, 2))
    assert Image.open(io.BytesIO(style.as_png(fig))).size == (960, 240)


def test_the_png_keeps_the_paper() -> None:
    """Its few colours hold the background's own, so a thumbnail's margin shows no seam."""
    picture = Image.open(io.BytesIO(style.as_png(example()))).convert("RGB")
    assert "#{:02x}{:02x}{:02x}".format(*picture.getpixel((0, 0))) == style.PAPER


def test_show_gives_one_output_with_both_formats(tmp_path: Path) -> None:
    """A notebook cell that shows a figure keeps one output of SVG and PNG, and nothing else."""
    source = (
        "import matplotlib.pyplot as plt\n"
        "from portfolio.figures import style\n"
        "style.use()\n"
        "fig, ax = plt.subplots()\n"
        "style.show(fig)\n"
        "print(plt.get_fignums())"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown, printed = notebook.cells[0].outputs
    assert set(shown.data) == {"image/svg+xml", "image/png"}
    assert printed.text == "[]\n"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_readers_see_the_colours_of_their_scheme(
    browser: Browser, scheme: str, tmp_path: Path
) -> None:
    """In an ``img``, each colour shows as its counterpart, filled and stroked."""
    picture = seen(browser, style.as_svg(swatches()), scheme, tmp_path)
    across = [round(picture.width * (place + 0.5) / len(style.DARK)) for place in range(10)]
    for down in (0.25, 0.75):
        pixels = [picture.getpixel((x, round(picture.height * down))) for x in across]
        shown = ["#{:02x}{:02x}{:02x}".format(*pixel) for pixel in pixels]
        assert shown == list(SCHEMES[scheme].values())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_paper_is_opaque(browser: Browser, scheme: str, tmp_path: Path) -> None:
    """The corners of a figure show its own paper, not the page's white."""
    picture = seen(browser, style.as_svg(example()), scheme, tmp_path)
    corner = "#{:02x}{:02x}{:02x}".format(*picture.getpixel((2, 2)))
    assert corner == SCHEMES[scheme][style.PAPER]


def test_a_figure_takes_the_colours_of_the_site(browser: Browser, tmp_path: Path) -> None:
    """Under a brand a figure drawn long ago stands on the page's ground, in either scheme."""
    (tmp_path / "_brand.yml").write_text("color: {background: {light: white, dark: '#000010'}}\n")
    brand = load_brand(tmp_path)
    svg = in_look_of(brand, style.as_svg(example()).encode())
    assert in_look_of(brand, svg) == svg
    for scheme, page in (("light", (255, 255, 255)), ("dark", (0, 0, 16))):
        assert seen(browser, svg.decode(), scheme, tmp_path).getpixel((2, 2)) == page


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("color", [style.INK, style.MUTED, *style.SERIES])
def test_colours_can_be_read_on_the_paper(color: str, scheme: str) -> None:
    """Text and data reach a contrast of 4.5, which WCAG asks of text."""
    shown = SCHEMES[scheme]
    assert contrast(shown[color], shown[style.PAPER]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("vision", VISION)
def test_series_are_told_apart_with_any_vision(vision: str, scheme: str) -> None:
    """Any two series differ by five just noticeable differences, also to the colour-blind."""
    seen = [lab(VISION[vision] @ linear_rgb(SCHEMES[scheme][color])) for color in style.SERIES]
    assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) >= 11.5


def test_a_panel_alone_is_shown_with_its_words() -> None:
    """A thumbnail can be one panel of a figure: nothing of the others, all of its own title."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3))
    left.imshow(np.zeros((2, 2)), cmap=ListedColormap(["#ff0000"]))
    right.imshow(np.zeros((2, 2)), cmap=ListedColormap(["#00ff00"]))
    right.set_title("A title that stands above the panel", color="#0000ff")
    shown = np.asarray(Image.open(io.BytesIO(style.as_png(fig, panel=right))).convert("RGB"))
    red, green, blue = (shown[..., band].astype(int) * 2 - shown.sum(-1) for band in range(3))
    assert shown.shape[1] == style.PNG_WIDTH
    assert red.max() < 100 < min(green.max(), blue.max())
    edge = np.concatenate([blue[:2].ravel(), blue[:, :2].ravel(), blue[:, -2:].ravel()])
    assert edge.max() < 100, "the title is cut"
    whole, part = (
        float(re.findall(r'width="([\d.]+)pt"', style.as_svg(fig, panel=panel))[0])
        for panel in (None, right)
    )
    assert part < whole
    plt.close(fig)
