"""Thumbnails have one size, are light, and come from the figure or the title."""

import io
import struct

import pytest
from PIL import Image, ImageColor, ImageDraw

from portfolio.figures.lettering import can_be_set
from portfolio.figures.thumbnails import BUDGET, PAPER, SIZE, of_figure, of_title


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


@pytest.mark.parametrize(
    ("title", "known"),
    [
        ("Foam: naïve Řeka, α → β²", True),
        ("Пена и приливы", True),
        ("图神经网络", False),
        ("深層学習", False),
        ("딥러닝", False),
        ("مبانی یادگیری", False),
        ("יסודות", False),
        ("गहन अधिगम", False),
        ("การเรียนรู้", False),
        ("On ℓ₁ norms", False),
    ],
)
def test_our_fonts_know_what_they_can_set(title, known):
    """Letters without a glyph, and scripts that join or turn, are left to the reader's fonts."""
    assert can_be_set(title) is known


def test_no_card_has_a_row_of_empty_boxes():
    """A title that cannot be set is left out of its card, and so is such a venue."""
    assert of_title("图神经网络", "软件学报") == of_title("图神经网络", "")
    lightest = opened(of_title("图神经网络", "Sea 2021")).crop((0, 0, SIZE[0], 200)).getextrema()
    assert max(high for _, high in lightest) < 160, "nothing is written where the title would stand"


TITLES = [
    "Foam",
    "TideNet: Higher-Order Shallow Basin Architectures via Sparsified Neighborhood Forcing",
    "word " * 120,
    "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente",
    "",
]


@pytest.mark.parametrize("title", TITLES, ids=["one-word", "long", "endless", "long-word", "empty"])
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
