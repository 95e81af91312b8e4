"""On what a picture should stand, judged from its pixels or from its drawing.

A chart on a light ground takes the ground of the page, in the dark turned round by the style sheet;
a photograph, or a map of colours, stays as it is; what lets its ground through gets one on which it
can be seen. The answers are values of ``data-ground``, which authors may write themselves.
"""

import re

from PIL import Image

from portfolio.picture import layered

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
    whole = layers.tobytes()
    pixels = [tuple(whole[place : place + 4]) for place in range(0, len(whole), 4)]
    solid = [pixel[:3] for pixel in pixels if pixel[3] >= _LIGHT]
    if len(pixels) - len(solid) > _CLEAR * len(pixels):
        return _of_clear(solid)
    ground, share = _commonest(solid)
    if _grey(ground) < _LIGHT or share < _GROUND:
        return OWN
    inked = [pixel for pixel in solid if not _is_like(pixel, ground)]
    return PAGE if _is_drawn(inked) else OWN


def ground_of_drawing(svg: bytes) -> str:
    """Return on what a drawing should stand, which may see to light and dark itself."""
    text = svg.decode("utf-8", "replace")
    if "prefers-color-scheme" in text:
        return OWN
    if "<image" in text or len({colour.lower() for colour in _COLOURS.findall(text)}) > _MANY:
        return PAPER
    return PAGE


def _of_clear(solid: list[tuple[int, ...]]) -> str:
    """Return the ground of a picture that lets its own through."""
    if not solid:
        return PAPER
    greys = sorted(map(_grey, solid))
    if greys[len(greys) // 10] >= _LIGHT:
        return DARK
    return PAGE if _is_drawn(solid) and greys[len(greys) // 2] < _DIM else PAPER


def _is_drawn(pixels: list[tuple[int, ...]]) -> bool:
    """Whether few colours make up most of the pixels, as in charts, and not in photographs."""
    counts: dict[tuple[int, ...], int] = {}
    for pixel in pixels:
        coarse = tuple(part >> 5 for part in pixel)
        counts[coarse] = counts.get(coarse, 0) + 1
    return sum(sorted(counts.values())[-_FEW:]) >= _MOST * len(pixels)


def _commonest(pixels: list[tuple[int, ...]]) -> tuple[tuple[int, ...], float]:
    counts: dict[tuple[int, ...], int] = {}
    for pixel in pixels:
        counts[pixel] = counts.get(pixel, 0) + 1
    most = max(counts, key=lambda pixel: counts[pixel])
    return most, counts[most] / len(pixels)


def _is_like(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < 12  # noqa: PLR2004  of 255


def _grey(pixel: tuple[int, ...]) -> float:
    return 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]
