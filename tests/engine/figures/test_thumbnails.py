"""Thumbnails have one size, are light, and come from the figure."""

import io
import struct

import pytest
from PIL import Image, ImageColor, ImageDraw

from portfolio.figures.thumbnails import PAPER, SIZE, of_figure


def opened(thumbnail):
    """Return the thumbnail as pixels."""
    return Image.open(io.BytesIO(thumbnail)).convert("RGB")


def figure(size, box, *, paper="#fffdf8"):
    """Return a PNG with a dark box on paper."""
    picture = Image.new("RGB", size, paper)
    ImageDraw.Draw(picture).rectangle(box, fill="#223344")
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize("size", [(960, 600), (300, 900), (2000, 200)], ids=str)
def test_a_figure_is_fitted_whole(size):
    """Whatever the figure's shape, the thumbnail has its size and shows all of it."""
    width, height = size
    thumbnail = opened(of_figure(figure(size, (10, 10, width - 10, height - 10))))
    assert thumbnail.size == SIZE
    inked = thumbnail.convert("L").point(lambda grey: 255 * (grey < 128)).getbbox()
    shape = (inked[2] - inked[0]) / (inked[3] - inked[1])
    assert shape == pytest.approx((width - 20) / (height - 20), rel=0.1)


def test_the_margin_of_a_figure_is_cut():
    """Empty paper around a figure does not make it small."""
    thumbnail = opened(of_figure(figure((1000, 1000), (480, 485, 520, 510))))
    inked = thumbnail.convert("L").point(lambda grey: 255 * (grey < 128)).getbbox()
    assert inked[2] - inked[0] >= 40


def written(picture, form="PNG", **options):
    """Return a picture as its file."""
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def with_dark_middle(mode, ground, dark):
    """Return a picture whose middle is dark on its ground."""
    picture = Image.new(mode, (80, 50), ground)
    picture.paste(dark, (20, 10, 60, 40))
    return picture


CLEAR = {
    "rgba": written(with_dark_middle("RGBA", (0, 0, 0, 0), (9, 9, 9, 255))),
    "grey-and-alpha": written(with_dark_middle("LA", (0, 0), (9, 255))),
    "palette": written(with_dark_middle("P", 0, 1), transparency=0),
}


@pytest.mark.parametrize("png", CLEAR.values(), ids=CLEAR)
def test_a_picture_without_a_ground_stands_on_paper(png):
    """Where a picture lets the ground through, that is the site's paper, not black."""
    corner = opened(of_figure(png)).getpixel((3, 3))
    assert corner == pytest.approx(ImageColor.getrgb(PAPER), abs=5)


@pytest.mark.parametrize(
    ("mode", "form", "shades"),
    [
        ("I;16", "PNG", (b"\xff\xff", b"\x00\x80", b"\x00\x00")),
        ("F", "TIFF", tuple(struct.pack("<f", shade) for shade in (1.0, 0.5, 0.0))),
    ],
)
def test_sixteen_bits_are_not_white(mode, form, shades):
    """Greys of 16 bits, or of any scale, keep their shades."""
    row = shades[0] * 20 + shades[1] * 20 + shades[2] * 20
    card = opened(of_figure(written(Image.frombytes(mode, (60, 30), row * 30), form)))
    assert card.getpixel((230, 150))[0] == pytest.approx(128, abs=8)
    assert card.getpixel((250, 150))[0] < 8


def test_the_same_input_gives_the_same_bytes():
    """Thumbnails do not change between renders."""
    assert of_figure(CLEAR["rgba"]) == of_figure(CLEAR["rgba"])
    assert of_figure(CLEAR["rgba"]) != of_figure(figure((80, 50), (20, 10, 60, 40)))
