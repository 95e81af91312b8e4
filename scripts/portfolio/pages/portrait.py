"""The owner's portrait: a square of the picture that the settings name."""

import io
from pathlib import Path

from portfolio.content import is_content
from portfolio.pages.html import void
from portfolio.pages.portfolio import Portfolio
from portfolio.picture import PictureError, decoded
from portfolio.records.problems import ContentError, Problem
from portfolio.records.root import SETTINGS

ADDRESS = "/theme/portrait.webp"
KEY = "owner.portrait"
SIZE = 176
"""CSS pixels: 11rem."""
_DENSE = 2


def portrait(here: Portfolio) -> str:
    """Return the owner's portrait, or nothing where there is none."""
    if not file_of(here):
        return ""
    return void(
        "img",
        src=ADDRESS,
        alt=here.say("portrait-of", name=here.site.owner.name),
        class_="portrait u-photo",
        width=SIZE,
        height=SIZE,
    )


def file_of(here: Portfolio) -> Path | None:
    """Return the file that the settings name, if it can be published."""
    named = here.site.owner.portrait
    path = here.root / named
    return path if named and not here.shelf.folder and is_content(path, here.root) else None


def squared(data: bytes) -> bytes:
    """Return the middle square of a picture, its upper part if it is tall, as WebP.

    Raises PictureError if it is no picture.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415  seldom needed

    side = SIZE * _DENSE
    picture = decoded(data, at_least=(2 * side, 2 * side))
    square = ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS, centering=(0.5, 0.25))
    written = io.BytesIO()
    square.save(written, "WEBP", quality=80, method=6)
    return written.getvalue()


def fault_in(here: Portfolio) -> tuple[str, str] | None:
    """Return what is wrong with the portrait and what to do, if anything is."""
    named = here.site.owner.portrait
    if not named:
        return None
    path = here.root / named
    if not is_content(path, here.root):
        return f"there is no such picture ({named})", "name a file from the project's folder"
    try:
        squared(path.read_bytes())
    except PictureError as error:
        return _unfit(named, error)
    return None


def made(named: str, data: bytes) -> bytes:
    """Return the portrait of the site; raise ContentError if the picture cannot be shown."""
    try:
        return squared(data)
    except PictureError as error:
        raise ContentError(Problem(SETTINGS, 1, KEY, *_unfit(named, error))) from error


def _unfit(named: str, error: PictureError) -> tuple[str, str]:
    return f"the picture cannot be shown ({named}): {error.what}", error.remedy
