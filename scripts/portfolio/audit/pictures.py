"""Pictures say what they show, keep their room and proportions, and stay light."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from PIL import Image

from portfolio.audit import addresses
from portfolio.audit.rendered import RenderedSite
from portfolio.records.problems import Problem

THUMBNAILS = "publications/thumbnails/"
_SIZES = {"WEBP": ((480, 300),), "AVIF": ((320, 200), (960, 600))}
_BUDGET = 15 * 1024
_MAY_LIE_BESIDE = (".svg", ".mp4", ".webm", ".gif")
_DESCRIBE = 'say what it shows: fig-alt in its cell, or {fig-alt="…"} behind the picture'
_LEAVE = "leave its width and height out, or give both in pixels and in the picture's proportions"
_REPLACE = "save the picture again, or replace it"


def texts(site: RenderedSite) -> Iterator[Problem]:
    """Each picture has an alternative text, empty at most where it is no figure."""
    for page in site.pages.values():
        figures = {picture for figure in page.all("figure") for picture in figure.iter("img")}
        for picture in page.all("img"):
            alt, source = picture.get("alt"), picture.get("src", "")
            if alt is None or (not alt.strip() and picture in figures):
                what = f"a picture has no alternative text ({source[:80]})"
                yield page.problem("alt", what, _DESCRIBE, near=source)


def sizes(site: RenderedSite) -> Iterator[Problem]:
    """Each picture has its true proportions, so that nothing moves while pages load."""
    for page in site.pages.values():
        for picture in page.all("img"):
            source = picture.get("src", "")
            target = addresses.target_of(site, page, source)
            if target is None or target.path not in site.files:
                continue  # another check names it
            width, height = (_pixels(picture.get(side, "")) for side in ("width", "height"))
            try:
                true = _size(site, target.path)
            except (OSError, ValueError, ET.ParseError, Image.DecompressionBombError):
                yield page.problem("size", f"a picture cannot be read ({source})", _REPLACE)
                continue
            if not width or not height:
                what = f"the page leaves no room for a picture ({source})"
                yield page.problem("size", what, _LEAVE, near=source)
            elif true and abs(width - height * true[0] / true[1]) > max(1, width / 100):
                shown, is_ = f"{width} by {height}", f"{true[0]:g} by {true[1]:g}"
                what = f"a picture of {is_} is shown as {shown} ({source})"
                yield page.problem("size", what, _LEAVE, near=source)


def thumbnails(site: RenderedSite) -> Iterator[Problem]:
    """A thumbnail is light: 480 by 300 pixels of WebP, or twice a place's pixels of AVIF.

    Drawings lie beside one; what moves is loaded only by who wishes it, and may weigh more.
    """
    for name in sorted(site.files):
        if not name.startswith(THUMBNAILS) or name.endswith(_MAY_LIE_BESIDE):
            continue
        try:
            with Image.open(site.path(name)) as picture:
                is_good = picture.size in _SIZES.get(picture.format or "", ())
        except OSError:
            is_good = False
        weight = site.path(name).stat().st_size
        if not is_good:
            what, remedy = "the thumbnail is of no size that pages show", "render the site again"
            yield site.problem(name, "thumbnail", what, remedy)
        elif weight > _BUDGET:
            what = f"the thumbnail weighs {weight / 1024:.1f} KiB, more than 15"
            yield site.problem(name, "thumbnail", what, "choose a simpler figure or preview")


def _pixels(value: str) -> int:
    return int(value) if value.isdecimal() else 0


def _size(site: RenderedSite, name: str) -> tuple[float, float] | None:
    """Return width and height as the picture's file has them; None if an SVG does not say."""
    if not name.endswith(".svg"):
        with Image.open(site.path(name)) as picture:
            return picture.size
    root = ET.parse(site.path(name)).getroot()  # noqa: S314  the site's own pictures
    if box := root.get("viewBox"):
        _, _, width, height = map(float, box.replace(",", " ").split())
        return (width, height) if height else None
    return None
