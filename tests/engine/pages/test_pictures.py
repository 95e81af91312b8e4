"""Pictures keep their room on a page, whoever drew them."""

import pytest
from PIL import Image

from portfolio.pages.pictures import size_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}/>'


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ('width="72pt" height="36pt"', (96, 48)),
        ('width="72" height="36"', (72, 36)),
        ('width="72px" height="36px" viewBox="0 0 1 1"', (72, 36)),
        ('width="1in" height="25.4mm"', (96, 96)),
        ('viewBox="0 0 30 20"', (30, 20)),
        ('viewBox="0,0,30,20" width="60"', (60, 40)),
        ('width="100%" height="100%" viewBox="-5 -5 30 20"', (30, 20)),
        ('width="100%" height="10"', None),
        ("", None),
        ('viewBox="0 0 0 0"', None),
        ('viewBox="wide"', None),
    ],
)
def test_a_drawings_size_is_what_it_says(tmp_path, said, size):
    """Units count, percentages do not, and what is left out follows from the view box."""
    (tmp_path / "a.svg").write_text(SVG.format(said))
    assert size_of(tmp_path / "a.svg") == size


@pytest.mark.parametrize("name", ["broken.png", "broken.svg", "lost.png"])
def test_what_is_no_picture_has_no_size(tmp_path, name):
    """A file that cannot be read is left as it is, and stops nothing."""
    if not name.startswith("lost"):
        (tmp_path / name).write_text("no picture")
    assert size_of(tmp_path / name) is None


def test_a_pictures_size_is_its_pixels(tmp_path):
    """Pixels are counted, whatever case the name's ending has."""
    Image.new("RGB", (8, 5)).save(tmp_path / "A.PNG", "PNG")
    assert size_of(tmp_path / "A.PNG") == (8, 5)
