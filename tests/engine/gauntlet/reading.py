"""A rendered page as a reader meets it: its title, headings, text and links."""

import posixpath
from collections import defaultdict
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_UNSEEN = {"script", "style", "template", "annotation"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class Page(HTMLParser):
    """One page, read once."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.links: list[tuple[str, str]] = []
        self.headings: defaultdict[str, list[str]] = defaultdict(list)
        self.title = self.text = ""
        self._open: list[tuple[str, str, int]] = []
        self._unseen = 0
        self.feed(html)
        self.close()
        self.text = even(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where what is read begins."""
        said = {name: value or "" for name, value in attrs}
        self._unseen += tag in _UNSEEN
        if tag in {"a", "title", *_HEADINGS}:
            self._open.append((tag, said.get("href", ""), len(self.text)))

    def handle_endtag(self, tag: str) -> None:
        """Note the text of what ends."""
        self._unseen -= tag in _UNSEEN
        if self._open and self._open[-1][0] == tag:
            _, href, start = self._open.pop()
            text = even(self.text[start:])
            if tag == "a":
                self.links.append((text, href))
            elif tag == "title":
                self.title, self.text = text, self.text[:start]
            else:
                self.headings[tag].append(text)
        if tag in {"p", "li", "div", "td", "th", "pre", *_HEADINGS}:
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        """Gather the text that is seen."""
        if not self._unseen:
            self.text += data


@cache
def read_page(path: Path) -> Page:
    """Read the page at ``path``."""
    return Page(path.read_text(encoding="utf-8"))


def even(text: str) -> str:
    """Return ``text`` with each run of white space as one space."""
    return " ".join(text.split())


def from_root(href: str, name: str) -> str:
    """Return an address on the page ``name`` as one from the site's root; others as they are."""
    if not href or urlsplit(href).scheme or href.startswith(("#", "/")):
        return href
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(href)))
