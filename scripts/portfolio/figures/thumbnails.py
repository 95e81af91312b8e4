"""Thumbnails: a picture made small, or a card set from the paper's own title.

A title whose letters our fonts lack is set by the reader's browser: here its card stays without.
"""

import io
import textwrap

from PIL import Image, ImageChops

from portfolio.brand import DEFAULT
from portfolio.figures.grounds import PAGE, ground_of
from portfolio.figures.lettering import Font, Sheet, can_be_set, wrap
from portfolio.picture import decoded

SIZE = (480, 300)
BUDGET = 15 * 1024
SMALL, LARGE = (320, 200), (960, 600)
PAPER = DEFAULT.light.page
"""The site's paper, on which pictures stand that have no ground of their own."""

_MARGIN = 26
_INKS = ("#27496d", "#5b3f6b", "#2f5d50", "#7a4a2b", "#6b2f3a", "#3d4f5c")
_TEXT = "#f7f4ee"


def of_figure(png: bytes) -> bytes:
    """Fit a figure into the thumbnail's frame, on the figure's own background; return WebP.

    One without a background stands on paper. Raises PictureError if it is no picture, or one with
    too many pixels.
    """
    return _webp(_framed(png, SIZE))


def small(png: bytes) -> bytes:
    """Return the thumbnail as AVIF for a row of a list, on the whitest ground if it is a chart."""
    return _avif(_framed(png, SMALL, is_chart=ground_of(png) == PAGE))


def large(png: bytes) -> bytes:
    """Return the thumbnail as AVIF for a card or a page, twice as wide as it is shown."""
    return _avif(_framed(png, LARGE, is_chart=ground_of(png) == PAGE))


def fallback(png: bytes) -> bytes:
    """Return the thumbnail as WebP, on the whitest ground if it is a chart."""
    return _webp(_framed(png, SIZE, is_chart=ground_of(png) == PAGE))


def _framed(png: bytes, size: tuple[int, int], *, is_chart: bool = False) -> Image.Image:
    """Fit a figure into a frame of ``size``, without its own margin.

    The ground of a chart becomes white, so that the style sheet can make the page's of it.
    """
    figure = decoded(png, at_least=(4 * size[0], 4 * size[1]), paper=PAPER)
    paper = tuple(figure.crop((0, 0, 1, 1)).tobytes())
    background = Image.new("RGB", figure.size, paper)
    if box := ImageChops.difference(figure, background).getbbox():
        figure = figure.crop(box)
    margin = size[0] // 30
    figure.thumbnail((size[0] - margin, size[1] - margin), Image.Resampling.LANCZOS)
    card = Image.new("RGB", size, paper)
    card.paste(figure, ((size[0] - figure.width) // 2, (size[1] - figure.height) // 2))
    if is_chart:
        bands = zip(card.split(), paper, strict=True)
        whiter = [band.point(lambda grey, top=top: grey * 255 / max(top, 1)) for band, top in bands]
        return Image.merge("RGB", whiter)
    return card


def of_title(title: str, venue: str) -> bytes:
    """Set a card from a paper's title and venue; return WebP."""
    sheet = Sheet(SIZE)
    lines, font, step = _set_title(title if can_be_set(title) else "")
    venue = venue if can_be_set(venue) else ""
    for number, line in enumerate(lines, 1):
        sheet.put(line, font, (_MARGIN, _MARGIN + number * step - step // 4))
    base = SIZE[1] - _MARGIN
    sheet.fill((_MARGIN, base - 37, _MARGIN + 45, base - 35))
    sheet.put(textwrap.shorten(venue, 40), Font("DejaVuSans", 19), (_MARGIN, base))
    card = sheet.coloured(_INKS[ink_of(title)], _TEXT).convert("RGB")
    return _lossless(card)


def ink_of(title: str) -> int:
    """Return which of the inks the card of a title has."""
    return sum(title.encode()) % len(_INKS)


def _set_title(title: str) -> tuple[list[str], Font, int]:
    """Choose the largest type in which the title fits above the venue."""
    room = (SIZE[0] - 2 * _MARGIN, SIZE[1] - 2 * _MARGIN - 46)
    for points in range(38, 19, -2):
        font = Font("DejaVuSerif", points)
        lines = wrap(title, font, room[0])
        step = round(points * 1.28)
        if len(lines) * step <= room[1]:
            return lines, font, step
    kept = lines[: room[1] // step]
    return [*kept[:-1], f"{kept[-1]} …"], font, step


def _lossless(card: Image.Image) -> bytes:
    """Compress a card of two colours, which that makes smaller, sharper and sooner done."""
    written = io.BytesIO()
    card.save(written, "WEBP", lossless=True, quality=0, method=1)
    return written.getvalue()


def _webp(card: Image.Image) -> bytes:
    """Compress the card as little as its budget of bytes allows."""
    for quality in (82, 70, 55, 40, 25):
        written = io.BytesIO()
        card.save(written, "WEBP", quality=quality, method=4)
        if written.tell() <= BUDGET:
            break
    return written.getvalue()


def _avif(card: Image.Image) -> bytes:
    """Compress the card as little as its budget of bytes allows."""
    for quality in (60, 45, 30, 20):
        written = io.BytesIO()
        card.save(written, "AVIF", quality=quality, speed=9, max_threads=1)
        if written.tell() <= BUDGET:
            break
    return written.getvalue()
