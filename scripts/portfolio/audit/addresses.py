"""The addresses on a page and in a style sheet, and where they lead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

from portfolio.audit.rendered import HOME, LOST, Page, RenderedSite

_BASE = "https://base.invalid/below/"
_HOST, _PATH = ("https", "base.invalid"), "/below/"
_FETCHED = {"img", "script", "source", "iframe", "video", "audio", "embed", "track", "object"}
_NOT_FETCHED = {
    "alternate", "author", "canonical", "cite-as", "collection", "describedby", "item", "license",
    "linkset", "me", "next", "prev", "search", "type",
}  # fmt: skip
_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
_DRAWN = {f"{_SVG}image", f"{_SVG}use", f"{_SVG}script"}
_FETCHING = ("src", "poster", "data")
_URL = re.compile(r"""url\(\s*['"]?([^'")]*)|@import\s+['"]([^'"]*)""")
_OF_SVG = re.compile(r"""<(?:image|use|script|feImage)\b[^>]*\shref=["']([^"']*)""")


@dataclass(frozen=True)
class Target:
    """A place of the site that an address names, which may not exist."""

    path: str
    fragment: str = ""


NOWHERE = Target("")


def on(page: Page) -> Iterator[str]:
    """Yield every address on a page."""
    for element in page.document.iter():
        yield from (e for e in map(element.get, ("href", *_FETCHING)) if e is not None)
        yield from _candidates(element)


def fetched_by(page: Page) -> Iterator[str]:
    """Yield the addresses that a browser gets without being asked."""
    for element in page.document.iter():
        if element.tag in _FETCHED:
            yield from filter(None, map(element.get, _FETCHING))
            yield from _candidates(element)
        elif element.tag == "link" and not _NOT_FETCHED & set(element.get("rel", "").split()):
            yield element.get("href", "")
        elif element.tag in _DRAWN:
            yield element.get("href", element.get(_XLINK, ""))
        elif element.tag == "style":
            yield from styled_by(element.text or "")
        yield from styled_by(element.get("style", ""))


def styled_by(css: str) -> list[str]:
    """Return the addresses that a style sheet, or an SVG's styles and pictures, fetch."""
    return [url or imported for url, imported in _URL.findall(css)] + _OF_SVG.findall(css)


def is_outside(address: str) -> bool:
    """Whether getting the address tells another host than the page's own."""
    try:
        return bool(urlsplit(address).netloc)
    except ValueError:
        return True


def target_of(site: RenderedSite, page: Page, address: str) -> Target | None:
    """Return the place of the site that an address names below any base path.

    None for what lies outside the site; `NOWHERE` for what can lie nowhere in it.
    """
    try:
        inside = _below_the_base(site, page, address)
        target = urlsplit(urljoin(_BASE + page.address, inside))
    except ValueError:
        return NOWHERE
    if (target.scheme, target.netloc) != _HOST:
        return None
    if not target.path.startswith(_PATH):
        return NOWHERE
    path = unquote(target.path).removeprefix(_PATH)
    return Target(path + HOME if path.endswith("/") or not path else path, target.fragment)


def _below_the_base(site: RenderedSite, page: Page, address: str) -> str:
    """Return an address as it would be, were the site published below the base."""
    if address == site.root or address.startswith((f"{site.root}/", f"{site.root}#")):
        path = address.removeprefix(site.root).lstrip("/")
        is_ours = re.split("[/?#]", path)[0] in _tops(site)
        return _BASE + path if is_ours else address
    if page.address != LOST or urlsplit(address).netloc or address.startswith("#"):
        return address
    if address.startswith("/"):  # the 404 page is shown at any address, so it names the root
        return _BASE + address.removeprefix(urlsplit(site.root).path).lstrip("/")
    return address if urlsplit(address).scheme else "/"


def _tops(site: RenderedSite) -> set[str]:
    """Return the names at the top of the site; others on its host are somebody else's."""
    return {"", *(address.partition("/")[0] for address in site.files)}


def _candidates(element: Element) -> Iterator[str]:
    for candidate in filter(str.strip, element.get("srcset", "").split(", ")):
        yield candidate.split()[0]
