"""Text in pictures: set word by word, as it would be set at once, within its lines."""

import io

import pytest
from PIL import Image, ImageColor

from portfolio.figures.lettering import Font, Sheet, _loaded, png_of, width_of, wrap

SERIF = Font("DejaVuSerif", 30)
GROUND, TEXT = "#27496d", "#f7f4ee"
LINES = ["AVATAR To Yale", "gypsy: (a priori) fjord", "Ångström Řeka, Ñandú", "f"]


def inked(picture):
    """Return the box of all that is not ground."""
    return picture.convert("RGB").convert("L").point(lambda grey: 255 * (grey > 75)).getbbox()


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_as_wide_and_high_as_if_set_at_once(line):
    """Setting words one by one moves nothing by more than a pixel or two, and cuts nothing."""
    sheet = Sheet((600, 80))
    sheet.put(line, SERIF, (20, 50))
    left, top, right, bottom = inked(sheet.coloured(GROUND, TEXT))
    box = _loaded(SERIF).getbbox(line, anchor="ls")
    whole = [20 + box[0], 50 + box[1], 20 + box[2], 50 + box[3]]
    assert [left, top, right, bottom] == pytest.approx(whole, abs=2)


@pytest.mark.parametrize("width", [60, 150, 400])
def test_no_line_is_wider_than_asked(width):
    """Words that are longer than a line are cut; nothing is lost."""
    text = "Donaudampfschifffahrtsgesellschaft and some short words of one and two letters a b"
    lines = wrap(text, SERIF, width)
    assert max(width_of(line, SERIF) for line in lines) <= width + 1
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_sheet_keeps_its_two_colours():
    """Ground and text are what was asked for, in a file that any program opens."""
    sheet = Sheet((40, 20))
    sheet.fill((0, 0, 10, 20))
    picture = Image.open(io.BytesIO(png_of(sheet.coloured(GROUND, TEXT)))).convert("RGB")
    assert picture.getpixel((5, 5)) == ImageColor.getrgb(TEXT)
    assert picture.getpixel((30, 5)) == ImageColor.getrgb(GROUND)
