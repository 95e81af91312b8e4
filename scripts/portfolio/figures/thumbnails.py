"""Thumbnails: a notebook's figure made small, or a card set from the paper's own title.

A title whose letters our fonts lack is set by the reader's browser: here its card stays without.
"""

import io
import textwrap
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from portfolio.picture import decoded

SIZE = (480, 300)
BUDGET = 15 * 1024
PAPER = "#fdfcf9"
"""The site's paper, on which pictures stand that have no ground of their own."""

_MARGIN = 26
_INKS = ("#27496d", "#5b3f6b", "#2f5d50", "#7a4a2b", "#6b2f3a", "#3d4f5c")
_TEXT = "#f7f4ee"
_LONGEST = 300
"""No card has room for more letters of a word."""


def of_figure(png: bytes) -> bytes:
    """Fit a figure into the thumbnail's frame, on the figure's own background; return WebP.

    One without a background stands on paper. Raises PictureError if it is no picture, or one with
    too many pixels.
    """
    figure = decoded(png, at_least=(4 * SIZE[0], 4 * SIZE[1]), paper=PAPER)
    paper = figure.getpixel((0, 0))
    background = Image.new("RGB", figure.size, paper)
    if box := ImageChops.difference(figure, background).getbbox():
        figure = figure.crop(box)
    figure.thumbnail((SIZE[0] - 16, SIZE[1] - 16), Image.Resampling.LANCZOS)
    card = Image.new("RGB", SIZE, paper)
    card.paste(figure, ((SIZE[0] - figure.width) // 2, (SIZE[1] - figure.height) // 2))
    return _webp(card)


def of_title(title: str, venue: str) -> bytes:
    """Set a card from a paper's title and venue; return WebP."""
    card = Image.new("RGB", SIZE, _INKS[ink_of(title)])
    draw = ImageDraw.Draw(card)
    small = _font("DejaVuSans", 19)
    lines, font, step = _set_title(draw, title if can_be_set(title) else "")
    venue = venue if can_be_set(venue) else ""
    for number, line in enumerate(lines):
        draw.text((_MARGIN, _MARGIN + number * step), line, font=font, fill=_TEXT)
    base = SIZE[1] - _MARGIN
    draw.line((_MARGIN, base - 36, _MARGIN + 44, base - 36), fill=_TEXT, width=2)
    draw.text((_MARGIN, base), textwrap.shorten(venue, 40), font=small, fill=_TEXT, anchor="ls")
    return _webp(card)


def ink_of(title: str) -> int:
    """Return which of the inks the card of a title has."""
    return sum(title.encode()) % len(_INKS)


def can_be_set(text: str) -> bool:
    """Whether our fonts have the letters of ``text``, and need not shape or turn them."""
    return all(_has_glyph(letter) for letter in set(text) if not letter.isspace())


@cache
def _has_glyph(letter: str) -> bool:
    if letter.isascii():
        return True
    if unicodedata.bidirectional(letter) in {"R", "AL"} or unicodedata.combining(letter):
        return False
    fonts = (_font("DejaVuSerif", 38), _font("DejaVuSans", 19))
    return all(bytes(font.getmask(letter)) != bytes(font.getmask("\U0010fffd")) for font in fonts)


def _set_title(
    draw: ImageDraw.ImageDraw, title: str
) -> tuple[list[str], ImageFont.FreeTypeFont, int]:
    """Choose the largest type in which the title fits above the venue."""
    room = (SIZE[0] - 2 * _MARGIN, SIZE[1] - 2 * _MARGIN - 46)
    for points in range(38, 19, -2):
        font = _font("DejaVuSerif", points)
        lines = _wrap(draw, title, font, room[0])
        step = round(points * 1.28)
        if len(lines) * step <= room[1]:
            return lines, font, step
    kept = lines[: room[1] // step]
    return [*kept[:-1], f"{kept[-1]} …"], font, step


@cache
def _font(name: str, points: int) -> ImageFont.FreeTypeFont:
    """Return a font that comes with matplotlib, without loading matplotlib itself."""
    package = find_spec("matplotlib")
    folder = Path(str(package.origin if package else "")).parent
    return ImageFont.truetype(folder / "mpl-data" / "fonts" / "ttf" / f"{name}.ttf", points)


def _wrap(
    draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, width: int
) -> list[str]:
    lines = [""]
    whole = (_pieces(draw, word, font, width) for word in text.split())
    for word in chain.from_iterable(whole):
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or draw.textlength(longer, font=font) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(
    draw: ImageDraw.ImageDraw, word: str, font: ImageFont.FreeTypeFont, width: int
) -> Iterator[str]:
    """Yield a word, in pieces if it is longer than a line."""
    if draw.textlength(word[:_LONGEST], font=font) <= width:
        yield word[:_LONGEST]
        return
    start = 0
    for end in range(1, min(len(word), _LONGEST)):
        if draw.textlength(word[start : end + 1], font=font) > width:
            yield word[start:end]
            start = end
    yield word[start:_LONGEST]


def _webp(card: Image.Image) -> bytes:
    """Compress the card as little as its budget of bytes allows."""
    for quality in (82, 70, 55, 40, 25):
        written = io.BytesIO()
        card.save(written, "WEBP", quality=quality, method=4)
        if written.tell() <= BUDGET:
            break
    return written.getvalue()
