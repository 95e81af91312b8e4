"""The small picture of a paper: what its author names, its notebook's, or its PDF's first page.

A drawing stays one where it is light. Pixels come as AVIF in two sizes and as WebP. A paper without
a picture has a tile, which the style sheet sets in the reader's own fonts.
"""

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from html import escape
from pathlib import Path
from typing import Any, Literal

from portfolio.content import is_content
from portfolio.drawing import DrawingError, read_size, still
from portfolio.figures import thumbnails
from portfolio.figures.grounds import OWN, ground_in_bytes
from portfolio.figures.notebooks import Figure
from portfolio.figures.paging import can_read, first_page
from portfolio.figures.schemes import is_own
from portfolio.figures.thumbnails import BUDGET, LARGE, SIZE, SMALL
from portfolio.pages.html import tag, void
from portfolio.pages.portfolio import Portfolio
from portfolio.pages.shelf import OWN as OWN_SHELF
from portfolio.picture import PictureError, size_of
from portfolio.recent import recent
from portfolio.records.identifiers import own_file
from portfolio.records.paper import Paper
from portfolio.records.sections import kind_of
from portfolio.remembered import remembered

Place = Literal["row", "card", "page"]
"""Where a picture is shown: small in a list, as wide as a column, or as wide as the text."""

CLIPS = (".mp4", ".webm", ".gif")
"""What may move in place of a picture, when a reader points to it."""

_SIZES = {"card": "(min-width: 46rem) 30rem, 94vw", "page": "(min-width: 46rem) 42rem, 94vw"}
_ACRONYM = re.compile(r"\(([A-Z][\w&'.-]{1,11})\)|\b([A-Z]{2,}[\w&'-]{0,9})\b")
_SHORT = 12
_LONG = 20


@dataclass(frozen=True)
class Preview:
    """A picture in pixels, a drawing, or neither; ``alt`` is what it shows, for those who listen.

    ``dark`` is a counterpart in pixels or drawn, and ``clip`` a file that moves. ``title``,
    ``venue`` and ``kind`` stand where there is no picture. What takes long is kept below ``root``.
    """

    title: str
    venue: str
    kind: str = ""
    pixels: bytes = b""
    drawing: bytes = b""
    dark: bytes = b""
    alt: str = ""
    clip: Path | None = None
    root: Path | None = None

    @property
    def ending(self) -> str:
        """What the name of the thumbnail ends with, where its page is linked to, if it has any."""
        return ".webp" if self._is_shown else ".svg" if self.drawing else ""

    def files(self) -> Iterator[tuple[str, tuple[object, ...], Callable[[], bytes]]]:
        """Yield what is published: what its name has behind the slug, from what, and what makes it.

        One is made of the same again where both what it is made from and its name are the same.
        """
        if self._is_shown:
            yield ".webp", (self.pixels,), partial(thumbnails.of_figure, self.pixels)
        if self.drawing:
            yield ".svg", (self.drawing,), lambda: self.drawing
        elif self._is_shown:
            yield from _sizes_of("", self.pixels)
        if self.dark and is_drawing(self.dark):
            yield "-dark.svg", (self.dark,), partial(still, self.dark)
        elif self.dark:
            yield from _sizes_of("-dark", self.dark)
        if clip := self.clip:
            data = clip.read_bytes()
            yield clip.suffix.lower(), (data,), lambda: data

    def html(self, address: str, place: Place = "card") -> str:
        """Return the picture, or a tile; ``address`` is that of the thumbnail, without ending.

        It is decoration, beside the title; only on a paper's own page it says what it shows.
        """
        if not self.drawing and not self._is_shown:
            return self._tile()
        light = self._picture(address, place, "")
        if not self.dark:
            return light
        return _only(light, "light") + _only(self._picture(address, place, "-dark"), "dark")

    def _picture(self, address: str, place: Place, mark: str) -> str:
        drawing = self.dark if mark and is_drawing(self.dark) else b"" if mark else self.drawing
        show = partial(
            void,
            "img",
            class_="thumb",
            alt=(self.alt or self.title) if place == "page" else "",
            loading="lazy",
            decoding="async",
            data_ground=OWN if mark or self.dark else self._ground_of(self.drawing or self.pixels),
        )
        if drawing:
            width, height = read_size(drawing) or SIZE
            ending = f"{mark}.svg"
            return show(src=address + ending, width=width, height=height, **self._moves(ending))
        small, large = (f"{address}{mark}-{size[0]}.avif" for size in (SMALL, LARGE))
        both = f"{small} {SMALL[0]}w, {large} {LARGE[0]}w"
        of_row = {"srcset": small} if place == "row" else {"srcset": both, "sizes": _SIZES[place]}
        source = void("source", type="image/avif", **of_row)
        ending = f"{mark}-{SIZE[0]}.webp"
        sized = {"width": SIZE[0], "height": SIZE[1]}
        image = show(src=address + ending, **sized, **self._moves(ending))
        return tag("picture", source + image)

    def _moves(self, ending: str) -> dict[str, str]:
        """Return what a script puts in place of the ``ending`` of a picture, for what moves."""
        clip = self.clip.suffix.lower() if self.clip else ""
        return {"data_ending": ending, "data_clip": clip} if clip else {}

    def _tile(self) -> str:
        """Return the venue's short name, or the kind, where there is no picture."""
        acronym = _ACRONYM.search(self.venue)
        short = self.venue if len(self.venue) <= _SHORT or not acronym else acronym[1] or acronym[2]
        said = short if 0 < len(short) <= _LONG else self.kind
        return tag("div", tag("span", escape(said)), class_="tile", aria_hidden="true")

    @cached_property
    def _is_shown(self) -> bool:
        """Whether there are pixels that can be shown."""
        return bool(self.pixels and self._ground_of(self.pixels))

    def _ground_of(self, pixels: bytes) -> str:
        try:
            return remembered(self.root, ground_in_bytes, pixels).decode()
        except PictureError:  # which `check` says
            return ""


def preview_of(here: Portfolio, paper: Paper) -> Preview:
    """Return the small picture of a paper."""
    root = here.root if here.shelf.folder is None else None
    bare = partial(
        Preview,
        paper.title,
        f"{here.say.term(paper.short_venue)} {paper.when.text}".strip(),
        kind=here.say(f"kind-{kind_of(paper)}"),
        root=root,
        clip=_clip(here, paper),
    )
    named = paper.fields.get("preview", "")
    pixels, drawing = _named(here.root, named)
    if pixels or drawing:
        alt = paper.fields.get("preview_alt", "")
        return bare(pixels=pixels, drawing=drawing, alt=alt)
    if figure := here.figures.get(paper.slug):
        return bare(**_of_figure(figure.thumb or figure, figure))
    return bare(pixels=_page(here, paper, root))


def thumbnail_of(here: Portfolio, paper: Paper) -> str:
    """Return the address of a paper's thumbnail from the site's root, if it has a picture."""
    ending = preview_of(here, paper).ending if _may_have_picture(here, paper) else ""
    return OWN_SHELF.thumbnail(paper).removesuffix(".webp") + ending if ending else ""


def _may_have_picture(here: Portfolio, paper: Paper) -> bool:
    """Whether anything could give the paper a picture; of thousands of papers nothing does."""
    return bool(paper.fields.get("preview") or paper.slug in here.figures or paper.own_pdf)


def _sizes_of(
    mark: str, pixels: bytes
) -> Iterator[tuple[str, tuple[object, ...], Callable[[], bytes]]]:
    for ending, make in (
        (f"{SMALL[0]}.avif", thumbnails.small),
        (f"{LARGE[0]}.avif", thumbnails.large),
        (f"{SIZE[0]}.webp", thumbnails.fallback),
    ):
        yield f"{mark}-{ending}", (pixels,), partial(make, pixels)


def is_drawing(data: bytes) -> bool:
    """Whether a picture is drawn, and not in pixels."""
    return data.lstrip()[:1] == b"<"


def has_picture(here: Portfolio, paper: Paper) -> bool:
    """Whether a paper has a picture that somebody made for it."""
    return paper.slug in here.figures or any(_named(here.root, paper.fields.get("preview", "")))


def _of_figure(small: Figure, figure: Figure) -> dict[str, Any]:
    """Return what a preview takes of a notebook's figure: its drawing, where that is light."""
    svg = small.svg.encode()
    drawn = _drawing(svg) if svg and (_is_light(svg) or not small.png) else b""
    alt = (small.alt or figure.alt).partition(". ")[0]
    pixels = small.png
    return {"pixels": pixels, "drawing": drawn, "alt": alt, "dark": small.dark}


@recent(16_000_000)
def _is_light(drawing: bytes) -> bool:
    """Whether a drawing is ours, and no heavier than pixels would be."""
    return is_own(drawing) and len(gzip.compress(drawing, 6)) <= BUDGET


def _page(here: Portfolio, paper: Paper, root: Path | None) -> bytes:
    """Return the first page of the paper's own PDF, if the project has that and what reads it."""
    path = here.root / paper.own_pdf.lstrip("/")
    if not paper.own_pdf or not can_read() or not is_content(path, here.root):
        return b""
    return remembered(root, first_page, path.read_bytes())


def _clip(here: Portfolio, paper: Paper) -> Path | None:
    """Return the file that moves in place of the paper's picture, if there is one."""
    named = paper.fields.get("preview", "")
    if not named and not here.previews:
        return None
    names = [named] if named.lower().endswith(CLIPS) else []
    beside = [f"{paper.slug}{suffix}" for suffix in CLIPS]
    names += [f"publications/previews/{name}" for name in beside if name in here.previews]
    found = (
        here.root / name
        for name in names
        if own_file(name) and is_content(here.root / name, here.root)
    )
    return next(found, None)


def _only(picture: str, scheme: str) -> str:
    """Return a picture that is shown in one scheme alone, and loaded only there."""
    whole = re.sub(r'class="thumb"', f'class="thumb {scheme}-content"', picture)
    return re.sub("^<picture>", f'<picture class="{scheme}-content">', whole)


def _named(root: Path, name: str) -> tuple[bytes, bytes]:
    """Return the file that a paper names as its picture, in pixels or drawn, if it can be shown."""
    path = root / name
    if not own_file(name) or not is_content(path, root):
        return b"", b""
    if path.suffix.lower() == ".svg":
        return b"", _drawing(path.read_bytes())
    return (path.read_bytes() if size_of(path) else b""), b""


@recent(16_000_000)
def _drawing(data: bytes) -> bytes:
    """Return a drawing without what could run in it, or nothing if it is none."""
    try:
        read_size(data, whole=True)
    except DrawingError:
        return b""
    return still(data)
