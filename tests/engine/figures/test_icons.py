"""The icon of a site, in every form that programs ask for."""

import io
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from portfolio.figures import icons

GROUND, INK = "#1f5f5b", "#ffffff"


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ada Byron", "AB"),
        ("Maria de la Cruz", "MC"),
        ("Plato", "P"),
        ("élodie Ångström", "ÉÅ"),
        ("Анна Каренина", "АК"),
        ("王小明", ""),
        ("أحمد علي", ""),
        ("", ""),
        ("3M (company)", ""),
    ],
)
def test_initials_are_those_of_the_first_and_last_name(name, initials):
    """A name in a script that our font lacks or has to shape has none: there the mark stands."""
    assert icons.initials_of(name) == initials


@pytest.mark.parametrize("initials", ["AB", "W", "ÉÅ", ""])
def test_every_form_shows_the_same_icon(initials):
    """The drawing is XML without text, the raster has its sizes, and all have ink on the ground."""
    drawing = ET.fromstring(icons.svg(initials, GROUND, INK))
    assert drawing.get("viewBox") == "0 0 32 32"
    assert not list(drawing.iter("{http://www.w3.org/2000/svg}text"))
    touch = Image.open(io.BytesIO(icons.touch_icon(initials, GROUND, INK)))
    assert (touch.format, touch.size) == ("PNG", (180, 180))
    ico = Image.open(io.BytesIO(icons.ico(initials, GROUND, INK)))
    assert ico.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    for picture in (touch.convert("RGB"), ico.convert("RGB")):
        white = picture.convert("L").point(lambda light: 255 * (light > 200)).getbbox()
        assert white, "nothing is drawn on the ground"
        middle = (white[0] + white[2]) / 2 / picture.width
        assert abs(middle - 0.5) < 0.06


def test_letters_stay_within_the_icon():
    """The widest letters leave a margin on each side."""
    touch = Image.open(io.BytesIO(icons.touch_icon("WM", GROUND, INK))).convert("L")
    left, top, right, bottom = touch.point(lambda light: 255 * (light > 200)).getbbox()
    assert min(left, top, 180 - right, 180 - bottom) >= 15
