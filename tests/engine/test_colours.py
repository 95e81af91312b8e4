"""Colours are read as CSS writes them, and contrast is WCAG's."""

import pytest

from portfolio.colours import contrast, luminance, mixed, parsed, readable


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#FFF", "#ffffff"),
        ("#1d2329", "#1d2329"),
        ("#1d2329ff", "#1d2329"),
        ("rgb(255, 0 0)", "#ff0000"),
        ("hsl(120deg 100% 50%)", "#00ff00"),
        ("RebeccaPurple", "#663399"),
        ("#1d232980", None),
        ("#12", None),
        ("rgb(1, 2)", None),
        ("url(x)", None),
    ],
)
def test_colours_are_read_as_css_has_them(text, colour):
    """Each way of CSS to write an opaque colour gives the same hexadecimal one."""
    assert parsed(text) == colour


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59)],
)
def test_contrast_is_wcags(one, other, ratio):
    """Ratios that WCAG's own examples and checkers give, whichever colour comes first."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("colour", ["#999999", "#3b82f6", "#ffcc00", "#fdfcf9", "#e83e8c"])
@pytest.mark.parametrize("ground", ["#ffffff", "#fdfcf9", "#14181b"])
def test_the_nearest_colour_passes_and_a_nearer_one_does_not(colour, ground):
    """What is proposed can be read, and half the way to it cannot."""
    found = readable(colour, ground)
    assert contrast(found, ground) >= 4.5
    if contrast(colour, ground) >= 4.5:
        assert found == colour
    else:
        assert contrast(mixed(colour, found, 0.5), ground) < 4.5


def test_what_no_colour_can_do_ends_in_black_or_white():
    """Between a light and a dark ground the best there is comes back."""
    assert readable("#808080", "#ffffff", "#000000") in {"#000000", "#ffffff", "#808080"}
    assert luminance("#ffffff") == pytest.approx(1)
