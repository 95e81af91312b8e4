"""Thumbnails have one size, are light, and come from the figure or the title."""

import io

import pytest
from PIL import Image, ImageDraw

from portfolio.figures.thumbnails import BUDGET, SIZE, of_figure, of_title


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


TITLES = [
    "Foam",
    "TideNet: Higher-Order Shallow Basin Architectures via Sparsified Neighborhood Forcing",
    "word " * 120,
    "",
]


@pytest.mark.parametrize("title", TITLES, ids=["one-word", "long", "endless", "empty"])
def test_a_title_is_set_inside_its_card(title):
    """A title of any length stays within the margins, in a card of the same size."""
    thumbnail = of_title(title, "SeaConf 2021")
    card = opened(thumbnail)
    assert card.size == SIZE
    assert len(thumbnail) <= BUDGET
    ground = card.getpixel((3, 3))
    for edge in ((0, 0, SIZE[0], 12), (SIZE[0] - 12, 0, SIZE[0], SIZE[1])):
        extremes = card.crop(edge).getextrema()
        assert all(
            abs(value - wanted) <= 12
            for low_high, wanted in zip(extremes, ground, strict=True)
            for value in low_high
        )


def test_the_same_input_gives_the_same_bytes():
    """Thumbnails do not change between renders."""
    assert of_title("Foam", "SeaConf") == of_title("Foam", "SeaConf")
    assert of_title("Foam", "SeaConf") != of_title("Froth", "SeaConf")
