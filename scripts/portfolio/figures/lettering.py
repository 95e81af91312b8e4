"""Text set in pixels, word by word: of thousands of titles most words have been set before.

The fonts come with matplotlib, which need not be loaded for them.
"""

import io
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import chain
from math import ceil
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageColor, ImageDraw, ImageFont

_SHADES = 16
"""Between ground and text; more of them no eye tells apart along the edge of a letter."""
_AIR = 4
"""Pixels on each side of a word, for what reaches beyond its letters' own width."""
_LONGEST = 300
"""No card has room for more letters of a word."""


class Font(NamedTuple):
    """One of DejaVu's, in a size."""

    name: str
    points: int


class Sheet:
    """A sheet of one colour, on which text and bars are put in another."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._ink = Image.new("L", size)

    def put(self, text: str, font: Font, place: tuple[int, int]) -> None:
        """Set a line of text whose base line begins at ``place``."""
        x, base = float(place[0]), place[1]
        for word in text.split():
            mask, above = _word(word, font)
            self._ink.paste(255, (round(x) - _AIR, base - above), mask)
            x += width_of(word, font) + width_of(" ", font)

    def fill(self, box: tuple[int, int, int, int]) -> None:
        """Fill a bar."""
        self._ink.paste(255, box)

    def coloured(self, ground: str, text: str) -> Image.Image:
        """Return the sheet in these colours, as a picture with a palette of few shades."""
        picture = self._ink.point(_SHADE_OF)
        picture.putpalette(_palette(ground, text))
        return picture


def png_of(sheet: Image.Image) -> bytes:
    """Return a coloured sheet as PNG, four bits a pixel: ten times sooner made than a WebP."""
    written = io.BytesIO()
    sheet.save(written, "PNG", bits=4, compress_level=1)
    return written.getvalue()


def can_be_set(text: str) -> bool:
    """Whether our fonts have the letters of ``text``, and need not shape or turn them."""
    return text.isascii() or all(_has_glyph(sign) for sign in set(text) if not sign.isspace())


def wrap(text: str, font: Font, width: int) -> list[str]:
    """Return ``text`` in lines that are no wider than ``width`` pixels."""
    lines, space, end = [""], width_of(" ", font), 0.0
    for word in chain.from_iterable(_pieces(word, font, width) for word in text.split()):
        wide = width_of(word, font)
        if not lines[-1] or end + space + wide <= width:
            end += wide + (space if lines[-1] else 0)
            lines[-1] = f"{lines[-1]} {word}".strip()
        else:
            lines.append(word)
            end = wide
    return lines


@lru_cache(maxsize=8192)
def width_of(word: str, font: Font) -> float:
    """Return how wide a word is set, in pixels."""
    return _loaded(font).getlength(word)


@lru_cache(maxsize=2048)
def _word(word: str, font: Font) -> tuple[Image.Image, int]:
    """Return a word as a mask, and how many of its rows stand above the base line."""
    loaded = _loaded(font)
    _, top, right, bottom = loaded.getbbox(word, anchor="ls")
    mask = Image.new("L", (ceil(right) + 2 * _AIR, ceil(bottom - top)))
    ImageDraw.Draw(mask).text((_AIR, -top), word, font=loaded, fill=255, anchor="ls")
    return mask, -int(top)


def _pieces(word: str, font: Font, width: int) -> Iterator[str]:
    """Yield a word, in pieces if it is longer than a line."""
    if width_of(word[:_LONGEST], font) <= width:
        yield word[:_LONGEST]
        return
    start = 0
    for end in range(1, min(len(word), _LONGEST)):
        if width_of(word[start : end + 1], font) > width:
            yield word[start:end]
            start = end
    yield word[start:_LONGEST]


@cache
def _has_glyph(letter: str) -> bool:
    if unicodedata.bidirectional(letter) in {"R", "AL"} or unicodedata.combining(letter):
        return False
    fonts = (_loaded(Font("DejaVuSerif", 38)), _loaded(Font("DejaVuSans", 19)))
    return all(bytes(font.getmask(letter)) != bytes(font.getmask("\U0010fffd")) for font in fonts)


@cache
def _loaded(font: Font) -> ImageFont.FreeTypeFont:
    package = find_spec("matplotlib")
    folder = Path(str(package.origin if package else "")).parent
    file = folder / "mpl-data" / "fonts" / "ttf" / f"{font.name}.ttf"
    return ImageFont.truetype(file, font.points)


_SHADE_OF = [round(grey * (_SHADES - 1) / 255) for grey in range(256)]


@cache
def _palette(ground: str, text: str) -> list[int]:
    pairs = list(zip(ImageColor.getrgb(ground), ImageColor.getrgb(text), strict=True))
    steps = (shade / (_SHADES - 1) for shade in range(_SHADES))
    return [round(low + step * (high - low)) for step in steps for low, high in pairs]
