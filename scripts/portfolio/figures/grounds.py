"""On what a picture should stand, judged from its pixels or from its drawing.

A chart on a light ground takes the ground of the page, in the dark turned round by the style sheet;
a photograph, or a map of colours, stays as it is; what lets its ground through gets one on which it
can be seen. The answers are values of ``data-ground``, which authors may write themselves.
"""

import re
from collections import Counter
from itertools import accumulate
from typing import cast

from PIL import Image

from portfolio.picture import layered

Colour = tuple[int, ...]
PAGE, PAPER, DARK, OWN = "page", "paper", "dark", "own"
"""The page's ground, light paper, dark paper, or a ground of its own."""

_SIDE = 160
_LIGHT, _DIM = 215, 96
_FEW = 12
_MOST = 0.8
_GROUND = 0.25
_CLEAR = 0.02
_COLOURS = re.compile(r"#[0-9a-f]{3,8}\b|rgba?\([^)]*\)", re.IGNORECASE)
_MANY = 40


def ground_in_bytes(picture: bytes) -> bytes:
    """Return on what a picture should stand, in pixels or drawn; raise PictureError if neither."""
    is_drawn = picture.lstrip()[:1] == b"<"
    return (ground_of_drawing(picture) if is_drawn else ground_of(picture)).encode()


def ground_of(picture: bytes) -> str:
    """Return on what a picture in pixels should stand; raise PictureError if it is none."""
    layers = layered(picture, at_least=(_SIDE, _SIDE)).convert("RGBA")
    layers.thumbnail((_SIDE, _SIDE), Image.Resampling.NEAREST)
    solid = Counter[Colour]()
    colours = cast("list[tuple[int, Colour]]", layers.getcolors(_SIDE * _SIDE))
    for number, (*colour, cover) in colours:
        if cover >= _LIGHT:
            solid[tuple(colour)] += number
    pixels = layers.width * layers.height
    if pixels - solid.total() > _CLEAR * pixels:
        return _of_clear(solid)
    ground, most = max(solid.items(), key=lambda item: (item[1], item[0]))
    if _grey(ground) < _LIGHT or most < _GROUND * solid.total():
        return OWN
    inked = Counter({each: n for each, n in solid.items() if not _is_like(each, ground)})
    return PAGE if _is_drawn(inked) else OWN


def ground_of_drawing(svg: bytes) -> str:
    """Return on what a drawing should stand, which may see to light and dark itself."""
    text = svg.decode("utf-8", "replace")
    if "prefers-color-scheme" in text:
        return OWN
    if "<image" in text or len({colour.lower() for colour in _COLOURS.findall(text)}) > _MANY:
        return PAPER
    return PAGE


def _of_clear(solid: Counter[Colour]) -> str:
    """Return the ground of a picture that lets its own through."""
    if not solid:
        return PAPER
    greys = sorted((_grey(colour), number) for colour, number in solid.items())
    if _at(greys, solid.total() // 10) >= _LIGHT:
        return DARK
    return PAGE if _is_drawn(solid) and _at(greys, solid.total() // 2) < _DIM else PAPER


def _at(greys: list[tuple[float, int]], place: int) -> float:
    """Return the grey of the pixel at a place, of pixels that are counted by their greys."""
    ends = accumulate(number for _, number in greys)
    return next(grey for end, (grey, _) in zip(ends, greys, strict=True) if place < end)


def _is_drawn(pixels: Counter[Colour]) -> bool:
    """Whether few colours make up most of the pixels, as in charts, and not in photographs."""
    coarse = Counter[Colour]()
    for colour, number in pixels.items():
        coarse[tuple(part >> 5 for part in colour)] += number
    return sum(number for _, number in coarse.most_common(_FEW)) >= _MOST * pixels.total()


def _is_like(one: Colour, other: Colour) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < 12  # noqa: PLR2004  of 255


def _grey(pixel: Colour) -> float:
    return 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]
