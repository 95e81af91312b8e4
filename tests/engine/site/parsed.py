"""A rendered site as the tests read it: its pages parsed the way that browsers parse them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import yaml

LOST = "404.html"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
_UNSEEN = {"script", "style", "template", f"{MATHML}annotation"}


@dataclass(frozen=True)
class Page:
    """One page: its address from the site's root, and its document."""

    address: str
    document: Element

    def all(self, *tags: str) -> list[Element]:
        """Return the elements of these kinds, in the order of the page."""
        return [element for element in self.document.iter() if element.tag in tags]

    def of_class(self, name: str) -> list[Element]:
        """Return the elements of a class, in the order of the page."""
        return [e for e in self.document.iter() if name in e.get("class", "").split()]

    @property
    def main(self) -> Element:
        """The element that holds the page's content."""
        (main,) = self.all("main")
        return main

    def meta(self, name: str) -> list[str]:
        """Return the contents of the meta elements of this name or property."""
        named = [e for e in self.all("meta") if name in (e.get("name"), e.get("property"))]
        return [element.get("content", "") for element in named]

    def linked(self, relation: str) -> list[str]:
        """Return the addresses that the head gives for a relation."""
        return [e.get("href", "") for e in self.all("link") if e.get("rel") == relation]


@dataclass(frozen=True)
class Site:
    """A project's copy at ``root``, and the site that a renderer made of it."""

    renderer: str
    root: Path

    @property
    def folder(self) -> Path:
        """The folder to publish."""
        return self.root / "_site"

    @cached_property
    def address(self) -> str:
        """The public address of the site, without a slash at its end."""
        settings = yaml.safe_load((self.root / "_quarto.yml").read_text(encoding="utf-8"))
        return str(settings["owner"]["site"]).rstrip("/")

    @cached_property
    def pages(self) -> dict[str, Page]:
        """The pages by address."""
        return {page.address: page for page in self._pages()}

    @property
    def papers(self) -> list[Page]:
        """The pages of papers."""
        return [page for page in self.pages.values() if page.meta("citation_title")]

    @property
    def notebooks(self) -> list[Page]:
        """The pages of notebooks."""
        return [page for page in self.pages.values() if page.address.startswith("notebooks/")]

    def public(self, page: Page) -> str:
        """Return the public address of a page, folders without ``index.html``."""
        return f"{self.address}/{page.address}".removesuffix("index.html")

    def _pages(self) -> Iterator[Page]:
        for path in sorted(self.folder.rglob("*.html")):
            text = path.read_text(encoding="utf-8")
            document = html5lib.parse(text, namespaceHTMLElements=False)
            yield Page(path.relative_to(self.folder).as_posix(), document)


def text(element: Element) -> str:
    """Return the text that a reader sees, spaces evened out."""
    return " ".join("".join(_seen(element)).split())


def heading_level(element: Element) -> int:
    """Return a heading's level, or 0 for any other element."""
    return int(element.tag[1]) if re.fullmatch("h[1-6]", str(element.tag)) else 0


def _seen(element: Element) -> Iterator[str]:
    if element.tag in _UNSEEN or element.get("hidden") is not None:
        return
    yield element.text or ""
    for child in element:
        yield from _seen(child)
        yield child.tail or ""
