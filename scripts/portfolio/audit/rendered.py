"""A rendered site as the audit reads it: its pages parsed the way that browsers parse them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib

from portfolio.records.problems import Problem

HOME, LOST = "index.html", "404.html"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
OWNERS = ("publications/files/", "publications/previews/", "site_libs/")
"""Folders whose files are published as they came; nobody here made them."""

_UNSEEN = {"script", "style", "template", f"{MATHML}annotation"}


@dataclass(frozen=True)
class Page:
    """One page: its path as problems name it, its address from the site's root, its document."""

    path: str
    address: str
    source: str
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
        return next(iter([*self.all("main"), *self.all("body")]))

    @cached_property
    def headings(self) -> list[Element]:
        """The headings of all levels, in the order of the page."""
        return [element for element in self.document.iter() if heading_level(element)]

    @cached_property
    def identifiers(self) -> frozenset[str]:
        """What fragments of links can name."""
        named = (e.get(name, "") for e in self.document.iter() for name in ("id", "name"))
        return frozenset(filter(None, named))

    def meta(self, name: str) -> list[str]:
        """Return the contents of the meta elements of this name or property."""
        named = [e for e in self.all("meta") if name in (e.get("name"), e.get("property"))]
        return [element.get("content", "") for element in named]

    def linked(self, relation: str) -> list[str]:
        """Return the addresses that the head gives for a relation."""
        return [e.get("href", "") for e in self.all("link") if e.get("rel") == relation]

    def problem(self, key: str, what: str, remedy: str, *, near: str = "") -> Problem:
        """Return a problem of this page, at the line where ``near`` stands first."""
        line = self.source.count("\n", 0, max(self.source.find(near), 0)) + 1
        return Problem(self.path, line, key, what, remedy)


@dataclass(frozen=True)
class RenderedSite:
    """The site in ``folder``, to be published at ``address``."""

    folder: Path
    address: str

    @cached_property
    def root(self) -> str:
        """The public address without a slash at its end."""
        return self.address.rstrip("/")

    @cached_property
    def files(self) -> frozenset[str]:
        """The addresses of all files, from the site's root."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return frozenset(path.relative_to(self.folder).as_posix() for path in found)

    @cached_property
    def pages(self) -> dict[str, Page]:
        """The pages by address, but for those that the owner hands out as they are."""
        rendered = (a for a in sorted(self.files) if a.endswith(".html"))
        return {a: self._page(a) for a in rendered if not a.startswith(OWNERS)}

    @property
    def papers(self) -> list[Page]:
        """The pages of papers."""
        return [page for page in self.pages.values() if page.meta("citation_title")]

    def public(self, page: Page) -> str:
        """Return the public address of a page, folders without ``index.html``."""
        folder, _, name = page.address.rpartition("/")
        address = page.address if name != HOME else f"{folder}/".lstrip("/")
        return f"{self.root}/{address}"

    def path(self, address: str) -> Path:
        """Return where the file at ``address`` lies."""
        return self.folder / address

    def read(self, address: str) -> str:
        """Return the text of the file at ``address``."""
        return self.path(address).read_text(encoding="utf-8", errors="replace")

    def of_kind(self, *suffixes: str) -> Iterator[str]:
        """Yield the addresses of the files with these endings, the owner's own left out."""
        for address in sorted(self.files):
            if address.endswith(suffixes) and not address.startswith(OWNERS):
                yield address

    def problem(self, address: str, key: str, what: str, remedy: str) -> Problem:
        """Return a problem of the file at ``address``."""
        return Problem(f"{self.folder.name}/{address}", 1, key, what, remedy)

    def _page(self, address: str) -> Page:
        source = self.read(address)
        document = html5lib.parse(source, namespaceHTMLElements=False)
        return Page(f"{self.folder.name}/{address}", address, source, document)


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
