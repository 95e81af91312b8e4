"""What is shown where somebody shares a page."""

import io

import pytest
from PIL import Image, ImageDraw

from portfolio.brand import DEFAULT
from portfolio.figures import fonts, posters
from portfolio.figures.posters import Words

WORDS = Words("Counting tides", "Sea Letters 2020", "Ada Byron")
COLOURS = DEFAULT.light
BUDGET = 100 * 1024


def picture(size=(960, 600)):
    """Return a chart of a red line on a ground of its own, as PNG."""
    chart = Image.new("RGB", size, COLOURS.page)
    ImageDraw.Draw(chart).line((40, size[1] - 40, size[0] - 40, 40), fill="red", width=9)
    out = io.BytesIO()
    chart.save(out, "PNG")
    return out.getvalue()


def opened(data):
    """Return the poster, which has the size and the weight that programs take."""
    assert len(data) <= BUDGET
    card = Image.open(io.BytesIO(data))
    assert (card.format, card.size) == ("PNG", (1200, 630))
    return card.convert("RGB")


def inked(card, box):
    """Return how much of a box of the poster is not ground."""
    part = card.crop(box).convert("L").point(lambda light: 255 * (light < 200))
    return sum(part.histogram()[128:]) / (part.width * part.height)


def test_a_paper_shows_its_picture_title_and_owner():
    """The figure stands left, the title right of it, the name at the foot."""
    card = opened(posters.of_paper(picture(), WORDS, COLOURS))
    red = [
        pixel
        for pixel in card.crop((56, 56, 740, 574)).get_flattened_data()
        if pixel[0] > 200 and pixel[1] < 60
    ]
    assert len(red) > 2000
    assert inked(card, (790, 56, 1144, 200)) > 0.02
    assert inked(card, (790, 540, 1144, 600)) > 0.02


def test_a_wide_picture_takes_the_width():
    """A strip stands above its title."""
    card = opened(posters.of_paper(picture((1500, 400)), WORDS, COLOURS))
    assert inked(card, (56, 390, 600, 450)) > 0.02


def test_the_same_words_give_the_same_bytes():
    """A poster depends on what it shows alone."""
    made = [posters.of_paper(picture(), WORDS, COLOURS) for _ in range(2)]
    assert made[0] == made[1]
    assert posters.of_site(WORDS, COLOURS) == posters.of_site(WORDS, COLOURS)


@pytest.mark.parametrize(
    "title",
    ["x" * 400, "A word " * 200, "a", "Ω ≤ ℓ₁ Привет", "中文标题", "التعلم", "👩‍🚀", "\U0010fffd"],
    ids=[
        "endless-word",
        "endless-title",
        "letter",
        "greek",
        "chinese",
        "arabic",
        "emoji",
        "no-font",
    ],
)
def test_any_title_fits(title):
    """Nothing is set outside of its column, whatever the title; the margins stay empty."""
    card = opened(posters.of_paper(picture(), Words(title, "", ""), COLOURS))
    for margin in ((0, 0, 1200, 50), (1150, 0, 1200, 630), (0, 600, 1200, 630)):
        assert inked(card, margin) == 0, margin


def test_what_no_font_can_set_is_left_out():
    """In place of letters that are nowhere there is a larger picture, and no boxes."""
    assert fonts.font_for("\U0010fffd", 40) is None
    card = opened(posters.of_paper(picture(), Words("\U0010fffd", "", ""), COLOURS))
    assert inked(card, (800, 60, 1140, 560)) > 0
    plain = opened(posters.of_site(Words("\U0010fffd", "", ""), COLOURS))
    assert inked(plain, (56, 100, 1144, 500)) == 0


def test_a_picture_that_cannot_be_read_leaves_the_words():
    """The poster of a damaged picture says what the paper is."""
    card = opened(posters.of_paper(b"none", WORDS, COLOURS))
    assert inked(card, (56, 150, 1144, 330)) > 0.01
