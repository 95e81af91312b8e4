"""The pictures of items: faces cut to a square, others as wide as a card, as WebP."""

import io
from collections.abc import Iterator
from functools import partial

from portfolio.kept import Made
from portfolio.pages.html import void
from portfolio.pages.item_ways import file_of
from portfolio.pages.portfolio import Portfolio
from portfolio.picture import PictureError, decoded
from portfolio.records.kinds.item import Item
from portfolio.records.problems import ContentError

_FACE, _WIDE = (288, 288), (960, 600)
"""Pixels, two for each of CSS's."""


def picture_of(here: Portfolio, item: Item) -> str:
    """Return the picture of an item, or nothing where it names none."""
    if file_of(here, item, item.text("picture")) is None:
        return ""
    width, height = (side // 2 for side in _size(item))
    alt = item.text("picture_alt") or (
        here.say("portrait-of", name=item.title) if item.kind == "people" else ""
    )
    return void("img", src=_address(item), alt=alt, width=width, height=height, loading="lazy")


def pictures(here: Portfolio) -> Iterator[Made]:
    """Yield where each picture of an item lies, what it is made from, and how."""
    for items in here.items.values():
        for item in items:
            path = file_of(here, item, item.text("picture"))
            if path is not None:
                data = path.read_bytes()
                made = partial(_made, item, data)
                yield _address(item)[1:], ["picture of an item", _size(item), data], made


def fault_in(here: Portfolio, item: Item) -> tuple[str, str] | None:
    """Return what is wrong with an item's picture and what to do, if anything is."""
    named = item.text("picture")
    if not named:
        return None
    path = file_of(here, item, named)
    if path is None:
        return f"there is no such picture ({named})", "name a file from the project's folder"
    try:
        _fitted(path.read_bytes(), _size(item))
    except PictureError as error:
        return _unfit(item, error)
    return None


def _made(item: Item, data: bytes) -> bytes:
    """Return an item's picture; raise ContentError naming one that cannot be shown."""
    try:
        return _fitted(data, _size(item))
    except PictureError as error:
        raise ContentError(item.problem("picture", *_unfit(item, error))) from error


def _unfit(item: Item, error: PictureError) -> tuple[str, str]:
    return f"the picture cannot be shown ({item.text('picture')}): {error.what}", error.remedy


def _address(item: Item) -> str:
    return f"/{item.kind}/pictures/{item.id}.webp"


def _size(item: Item) -> tuple[int, int]:
    return _FACE if item.kind == "people" else _WIDE


def _fitted(data: bytes, size: tuple[int, int]) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415  seldom needed

    picture = decoded(data, at_least=(size[0] * 2, size[1] * 2))
    fitted = ImageOps.fit(picture, size, Image.Resampling.LANCZOS, centering=(0.5, 0.3))
    written = io.BytesIO()
    fitted.save(written, "WEBP", quality=80, method=6)
    return written.getvalue()
