"""The files of the project that a page's text names."""

import os
import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from portfolio.content import FOLDER, NOT_THERE, why_not_published
from portfolio.renderers.dialect import without_code
from portfolio.renderers.source import Page

_LINK = re.compile(
    r"\]\(\s*<?(?P<inline>[^\s()<>]+)|^\[[^\]\n]+\]:\s*<?(?P<reference>[^\s<>]+)"
    r"""|\s(?:href|src)\s*=\s*["']?(?P<tag>[^\s"'<>]+)""",
    re.MULTILINE,
)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|\?|$")
_LED_OUT = "put the file itself into the project, or remove the link"


def named_in(page: Page) -> Iterable[tuple[str, str]]:
    """Return the files of the project that the page's text names, each with its place."""
    return page.once("named", partial(_named_in, page))


def why_no_link(root: Path, named: str) -> str:
    """Return why a page may not link to a file of the project, as one part of a line, or nothing.

    A link that leads nowhere is none of our business: it may well lead somewhere on the host.
    """
    file = root / named
    if not os.path.lexists(file) or (named.startswith("..") and not file.is_file()):
        return ""
    why = why_not_published(file, root)
    return "" if why in {"", FOLDER, NOT_THERE} else f"{named}: {why}: {_LED_OUT}"


def from_root(page: Page, href: str) -> str:
    """Return the path from the project's root of what a page names; it may lead out of it."""
    folder = "" if href.startswith("/") else posixpath.dirname(page.path)
    return posixpath.normpath(posixpath.join(folder, href.lstrip("/")))


def _named_in(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the files of the project that the page's text names, each with its place."""
    for prose in page.prose:
        for found in _LINK.finditer(without_code(prose.text)):
            href = next(filter(None, found.groups()))
            if not _ELSEWHERE.match(href):
                named = from_root(page, unquote(re.split("[?#]", href)[0]))
                yield page.place(prose, found.start()), named
