"""Each picture stands on a ground on which it can be seen, in light and in dark."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from portfolio.brand import DEFAULT
from portfolio.figures.grounds import ground_of, ground_of_drawing
from portfolio.pages.theme import variables
from portfolio.shipped import EXTENSION

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{}</svg>'


def png(picture):
    """Return a picture as its file."""
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def chart(mode="RGB", ground="#ffffff", ink="#000000"):
    """Return a chart: axes, a line and a bar."""
    picture = Image.new(mode, (240, 160), ground)
    draw = ImageDraw.Draw(picture)
    draw.line([(20, 10), (20, 140), (230, 140)], fill=ink, width=2)
    draw.line(
        [(20, 120), (90, 60), (220, 20)], fill="#1f77b4" if ink == "#000000" else ink, width=4
    )
    draw.rectangle((120, 90, 150, 140), fill=ink)
    return picture


def photograph(*, alpha=False):
    """Return a picture of many colours, with a clear corner if need be."""
    across, down = np.meshgrid(np.linspace(0, 255, 240), np.linspace(0, 255, 160))
    noise = np.random.default_rng(0).uniform(0, 60, across.shape)
    bands = [across, down, (across + down + noise) / 3]
    picture = Image.fromarray(np.stack(bands, axis=-1).clip(0, 255).astype("uint8"))
    if alpha:
        picture.putalpha(255)
        picture.paste((0, 0, 0, 0), (0, 0, 120, 80))
    return picture


@pytest.mark.parametrize(
    ("picture", "ground"),
    [
        (chart(), "page"),
        (chart(ground="#fdfcf9"), "page"),
        (chart("RGBA", (0, 0, 0, 0)), "page"),
        (chart("RGBA", (0, 0, 0, 0), "#ffffff"), "dark"),
        (chart(ground="#101418", ink="#eeeeee"), "own"),
        (photograph(), "own"),
        (photograph(alpha=True), "paper"),
    ],
    ids=["chart", "on cream", "clear", "clear, light ink", "dark", "photograph", "cut out"],
)
def test_pixels_are_judged_by_what_they_show(picture, ground):
    """Charts take the page's ground, photographs stay, and clear ones get one that shows them."""
    assert ground_of(png(picture)) == ground


@pytest.mark.parametrize(
    ("inside", "ground"),
    [
        ('<path d="M0 0L9 9" stroke="#000"/>', "page"),
        ("<style>@media (prefers-color-scheme: dark){path{stroke:#fff}}</style>", "own"),
        ('<image href="data:image/png;base64,AA=="/>', "paper"),
        ("".join(f'<path fill="#{n:06x}"/>' for n in range(90)), "paper"),
    ],
    ids=["drawn", "sees to it", "holds pixels", "painted"],
)
def test_drawings_are_judged_by_their_text(inside, ground):
    """A drawing that sees to the dark itself is left alone, and one like a painting too."""
    assert ground_of_drawing(SVG.format(inside).encode()) == ground


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("by", ["system", "switch"])
def test_a_chart_melts_into_the_page(browser, scheme, by, tmp_path):
    """Its ground is the page's, and its ink is read on it, whoever asks for the dark."""
    css = variables(DEFAULT) + (EXTENSION / "site.css").read_text(encoding="utf-8")
    (tmp_path / "site.css").write_text(css, encoding="utf-8")
    (tmp_path / "chart.png").write_bytes(png(chart()))
    switch = f' data-scheme="{scheme}"' if by == "switch" else ""
    (tmp_path / "page.html").write_text(
        f'<!doctype html><html{switch}><link rel="stylesheet" href="site.css">'
        '<main><img data-ground="page" src="chart.png" alt=""></main>',
        encoding="utf-8",
    )
    page = browser.new_page(color_scheme="light" if by == "switch" else scheme)
    page.goto((tmp_path / "page.html").as_uri())
    shot = Image.open(io.BytesIO(page.locator("img").screenshot())).convert("RGB")
    page.close()
    wanted = Image.new("RGB", (1, 1), getattr(DEFAULT, scheme).page).getpixel((0, 0))
    assert shot.getpixel((200, 100)) == pytest.approx(wanted, abs=2)
    ink = sum(shot.getpixel((135, 120))) / 3
    assert ink > 200 if scheme == "dark" else ink < 40
