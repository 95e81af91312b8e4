"""Posters: what programs show where somebody shares a page, 1200 by 630 pixels of PNG.

A paper's has its picture, its title and its owner's name; the site's has the name and what it says
of itself. What no font at hand can set is left out.
"""

import io
import unicodedata
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFont

from portfolio.figures.fonts import BOLD, SANS, SERIF, font_for
from portfolio.palette import Colours
from portfolio.picture import PictureError, decoded

SIZE = (1200, 630)
_MARGIN = 56
_COLOURS = 128
_WIDE = 2.1
"""A picture so many times wider than high takes the whole width, with the title below."""

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Words:
    """What stands on a poster: the title, a line above or below it, and the owner's name."""

    title: str
    line: str
    name: str


def of_paper(picture: bytes, words: Words, colours: Colours) -> bytes:
    """Return the poster of a paper with a picture; one that cannot be read is left out."""
    card = Image.new("RGB", SIZE, colours.page)
    draw = ImageDraw.Draw(card)
    try:
        figure = _cropped(picture, colours.page)
    except PictureError:  # which `check` says
        return of_site(words, colours)
    width, height = SIZE
    has_title = font_for(words.title, 40) is not None
    if not has_title:
        _show(card, figure, (_MARGIN, _MARGIN, width - _MARGIN, height - 2 * _MARGIN))
        _sign(draw, words.name, colours, (_MARGIN, height - _MARGIN))
    elif figure.width > _WIDE * figure.height:
        _show(card, figure, (_MARGIN, _MARGIN, width - _MARGIN, 360))
        _set(draw, words.title, (_MARGIN, 390, width - _MARGIN, 520), colours.ink)
        _sign(draw, words.name, colours, (_MARGIN, height - _MARGIN))
    else:
        _show(card, figure, (_MARGIN, _MARGIN, 740, height - _MARGIN))
        _set(draw, words.title, (790, _MARGIN, width - _MARGIN, 470), colours.ink)
        _sign(draw, words.name, colours, (790, height - _MARGIN), line=words.line)
    return _png(card)


def of_site(words: Words, colours: Colours) -> bytes:
    """Return a poster of words: the site's, or that of a paper whose picture cannot be read."""
    card = Image.new("RGB", SIZE, colours.page)
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, SIZE[0], 18), fill=colours.accent)
    end = _set(draw, words.title, (_MARGIN, 150, SIZE[0] - _MARGIN, 330), colours.ink, largest=84)
    if words.line:
        box = (_MARGIN, max(end, 230) + 34, SIZE[0] - _MARGIN, 500)
        _set(draw, words.line, box, colours.quiet, largest=38, face=SANS)
    _sign(draw, words.name, colours, (_MARGIN, SIZE[1] - _MARGIN))
    return _png(card)


def _cropped(picture: bytes, page: str) -> Image.Image:
    """Return a picture without its own margin; one without a ground stands on the page's colour."""
    figure = decoded(picture, at_least=(1400, 1100), paper=page)
    ground = Image.new("RGB", figure.size, figure.getpixel((0, 0)))
    box = ImageChops.difference(figure, ground).getbbox()
    return figure.crop(box) if box else figure


def _show(card: Image.Image, figure: Image.Image, box: Box) -> None:
    """Put a picture into the middle of a box, as large as it goes; small ones grow to twice."""
    left, top, right, bottom = box
    scale = min((right - left) / figure.width, (bottom - top) / figure.height, 2)
    size = (max(1, round(figure.width * scale)), max(1, round(figure.height * scale)))
    shown = figure.resize(size, Image.Resampling.LANCZOS)
    card.paste(shown, ((left + right - size[0]) // 2, (top + bottom - size[1]) // 2))


def _set(  # noqa: PLR0913  a box of text is that much
    draw: ImageDraw.ImageDraw,
    text: str,
    box: Box,
    ink: str,
    *,
    largest: int = 46,
    face: str = SERIF,
) -> int:
    """Set ``text`` in the largest type in which it fits the box; return where it ends."""
    left, top, right, bottom = box
    font = font_for(text, largest, name=face)
    if font is None:
        return top
    for points in range(largest, 21, -2):
        font = font_for(text, points, name=face) or font
        step = round(points * 1.3)
        lines = _lines(text, font, right - left)
        if len(lines) * step <= bottom - top:
            break
    else:
        kept = max(1, (bottom - top) // step)
        lines = [*lines[: kept - 1], _cut(lines[kept - 1], font, right - left)]
    turned = next(filter(None, map(_direction, text)), "") in {"R", "AL"}
    for number, line in enumerate(lines):
        x, anchor = (right, "ra") if turned else (left, "la")
        draw.text((x, top + number * step), line, font=font, fill=ink, anchor=anchor)
    return top + len(lines) * step


def _cut(line: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """Return as much of a line as has room before the dots that say it goes on."""
    while line and font.getlength(f"{line} …") > width:
        line = line[:-1].rstrip()
    return f"{line} …"


def _direction(letter: str) -> str:
    found = unicodedata.bidirectional(letter)
    return found if found in {"L", "R", "AL"} else ""


def _sign(
    draw: ImageDraw.ImageDraw,
    name: str,
    colours: Colours,
    place: tuple[int, int],
    *,
    line: str = "",
) -> None:
    """Set the owner's name at the foot, under a bar, with where and when beside it."""
    left, base = place
    font = font_for(name, 27, name=BOLD)
    small = font_for(line, 22, name=SANS) if line else None
    bar = base - (78 if small else 46)
    draw.rectangle((left, bar, left + 64, bar + 4), fill=colours.accent)
    if small:
        room = SIZE[0] - _MARGIN - left
        shown = next(iter(_lines(line, small, room)), "")
        draw.text((left, base - 34), shown, font=small, fill=colours.quiet, anchor="ls")
    if font:
        draw.text((left, base), name, font=font, fill=colours.ink, anchor="ls")


def _lines(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Return ``text`` in lines no wider than ``width``; words without end are taken apart."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
            continue
        lines += [""] if lines[-1] else []
        for letter in word:
            if font.getlength(lines[-1] + letter) > width and lines[-1]:
                lines.append("")
            lines[-1] += letter
    return lines


def _png(card: Image.Image) -> bytes:
    """Return a card as a PNG of few colours."""
    few = card.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    written = io.BytesIO()
    few.save(written, "PNG", compress_level=7)
    return written.getvalue()
