"""Thumbnails: a picture made small, in a frame of one size."""

import io
from functools import lru_cache

from PIL import Image, ImageChops
from PIL.AvifImagePlugin import AvifImageFile
from PIL.WebPImagePlugin import WebPImageFile

from portfolio.brand import DEFAULT
from portfolio.figures.grounds import PAGE, ground_of
from portfolio.picture import decoded

SIZE = (480, 300)
BUDGET = 15 * 1024
SMALL, LARGE = (320, 200), (960, 600)
PAPER = DEFAULT.light.page
"""The site's paper, on which pictures stand that have no ground of their own."""


@lru_cache(maxsize=32)
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


def _webp(card: Image.Image) -> bytes:
    """Compress the card as little as its budget of bytes allows."""
    for quality in (82, 70, 55, 40, 25):
        written = io.BytesIO()
        card.save(written, WebPImageFile.format, quality=quality, method=4)
        if written.tell() <= BUDGET:
            break
    return written.getvalue()


def _avif(card: Image.Image) -> bytes:
    """Compress the card as little as its budget of bytes allows."""
    for quality in (60, 45, 30, 20):
        written = io.BytesIO()
        card.save(written, AvifImageFile.format, quality=quality, speed=9, max_threads=1)
        if written.tell() <= BUDGET:
            break
    return written.getvalue()
