"""The small picture of a paper: what its author names, else its notebook's figure, else its title.

A drawing stays one, and a title that our fonts cannot set is set by the reader's browser.
"""

from dataclasses import dataclass
from pathlib import Path

from portfolio.content import is_content
from portfolio.drawing import DrawingError, read_size, still
from portfolio.figures import thumbnails
from portfolio.figures.lettering import can_be_set
from portfolio.figures.thumbnails import SIZE
from portfolio.pages.html import tag, void
from portfolio.pages.portfolio import Portfolio
from portfolio.picture import PictureError, size_of
from portfolio.records.identifiers import own_file
from portfolio.records.paper import Paper


@dataclass(frozen=True)
class Preview:
    """A picture in pixels, a drawing, or neither; ``alt`` is what it shows, for those who listen.

    ``title`` and ``venue`` stand where there is neither.
    """

    title: str
    venue: str
    pixels: bytes = b""
    drawing: bytes = b""
    alt: str = ""

    def thumbnail(self) -> bytes:
        """Return the WebP that stands for the paper, here and where its page is linked to."""
        try:
            return thumbnails.of_figure(self.pixels)
        except PictureError:  # which `check` says
            return thumbnails.of_title(self.title, self.venue)

    def html(self, address: str) -> str:
        """Return the picture in a card; ``address`` is that of the thumbnail, without ending."""
        if not self.pixels and not self.drawing and not can_be_set(self.title):
            return tag(
                "div",
                class_=f"tile ink-{thumbnails.ink_of(self.title)}",
                data_title=self.title,
                data_venue=self.venue,
                aria_hidden="true",
            )
        width, height = (read_size(self.drawing) if self.drawing else None) or SIZE
        return void(
            "img",
            src=f"{address}{'.svg' if self.drawing else '.webp'}",
            alt=self.alt,
            width=width,
            height=height,
            loading="lazy",
            decoding="async",
        )


def preview_of(here: Portfolio, paper: Paper) -> Preview:
    """Return the small picture of a paper."""
    title, venue = paper.title, f"{paper.short_venue} {paper.when.text}".strip()
    pixels, drawing = _named(here.root, paper.fields.get("preview", ""))
    if pixels or drawing:
        return Preview(title, venue, pixels, drawing, paper.fields.get("preview_alt", ""))
    if figure := here.figures.get(paper.slug):
        drawing = b"" if figure.png else _drawing(figure.svg.encode())
        alt = figure.alt.partition(". ")[0] if figure.png or drawing else ""
        return Preview(title, venue, figure.png, drawing, alt)
    return Preview(title, venue)


def _named(root: Path, name: str) -> tuple[bytes, bytes]:
    """Return the file that a paper names as its picture, in pixels or drawn, if it can be shown."""
    path = root / name
    if not own_file(name) or not is_content(path, root):
        return b"", b""
    if path.suffix.lower() == ".svg":
        return b"", _drawing(path.read_bytes())
    return (path.read_bytes() if size_of(path) else b""), b""


def _drawing(data: bytes) -> bytes:
    """Return a drawing without what could run in it, or nothing if it is none."""
    try:
        read_size(data, whole=True)
    except DrawingError:
        return b""
    return still(data)
