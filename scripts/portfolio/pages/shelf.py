"""Where pages find what belongs to papers: thumbnails, entries to download, pages, notebooks.

A portfolio's own site keeps it in its folder of publications, which `portfolio.pages.finish` fills
for all pages at once. In any other website of Quarto's nothing runs after rendering: there a page's
cells put what they name among the page's figures, which Quarto publishes, freezes and clears away
with the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from portfolio.files import write
from portfolio.pages.html import tag, void
from portfolio.records.paper import Paper
from portfolio.shipped import theme_file

STYLE, SCRIPT = "parts.css", "copy.js"
"""What the parts of a page need under a theme of Quarto's."""
LISTS, DIVIDED = "list.js", "seek.js"
"""What a list of papers needs beside that, and before it one that is divided into pages."""


@dataclass(frozen=True)
class Shelf:
    """The shelf of a portfolio's own site: addresses from its root, and no ``folder`` to fill."""

    address: str = "/publications"
    folder: Path | None = None

    def page(self, paper: Paper) -> str:
        """Return the address of a paper's page, or nothing where it has none."""
        return f"/publications/{paper.slug}.html"

    def notebook(self, paper: Paper) -> str:
        """Return the address of a paper's notebook."""
        return f"/notebooks/{paper.slug}.html"

    def thumbnail(self, paper: Paper) -> str:
        """Return the address of a paper's thumbnail."""
        return f"{self.address}/thumbnails/{paper.slug}.webp"

    def citation(self, stem: str, suffix: str) -> str:
        """Return the address of a paper's entry in a format, or of all (``stem``: publications)."""
        return f"{self.address}/{stem}{suffix}"

    def head(self, tags: str) -> str:
        """Return ``tags`` as a part of the page which `finish` lifts into the head."""
        return tag("template", tags, class_="head")

    def dressed(self, html: str, scripts: Iterable[str] = ()) -> str:
        """Return a part of a page with ``scripts`` of its own; the page names the others."""
        named = "".join(tag("script", src=f"/theme/{name}", defer=True) for name in scripts)
        return html + (self.head(named) if named else "")


OWN = Shelf()


@dataclass(frozen=True)
class ShelfOfPage(Shelf):
    """The shelf of one page of another website: ``folder``, at ``address`` from the page."""

    folder: Path = Path()
    root: Path = Path()

    def page(self, paper: Paper) -> str:
        """Return the source of the paper's page, for which Quarto puts the page's address."""
        source = f"publications/{paper.slug}.qmd"
        return f"/{source}" if (self.root / source).is_file() else ""

    def notebook(self, paper: Paper) -> str:
        """Return the notebook itself, for which Quarto puts its page's address if it has one."""
        return f"/notebooks/{paper.slug}.ipynb"

    def head(self, tags: str) -> str:  # noqa: ARG002
        """Return nothing: no cell can reach the head."""
        return ""

    def dressed(self, html: str, scripts: Iterable[str] = ()) -> str:
        """Return a part of a page, with the style sheet and the scripts that it needs."""
        scripts = [SCRIPT, *scripts]
        for name in (STYLE, *scripts):
            write(self.folder / name, theme_file(name))
        sheet = void("link", rel="stylesheet", href=f"{self.address}/{STYLE}")
        run = (tag("script", src=f"{self.address}/{name}", defer=True) for name in scripts)
        return f"{sheet}{''.join(run)}\n{html}"
