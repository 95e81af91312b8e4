"""No address of the site leads nowhere, and readers find every page from home."""

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from portfolio.audit import addresses
from portfolio.audit.rendered import HOME, LOST, Page, RenderedSite
from portfolio.records.problems import Problem

_CANNOT_FOLLOW = {"file", "javascript", "vbscript", "about", "blob"}
_THIS_MACHINE = {"localhost", "127.0.0.1", "0.0.0.0", "::1"}  # noqa: S104  named, not listened on
_TOP = ("", "top")  # known on every page
_CORRECT = "correct it where it was written, or add what it names"


def broken(site: RenderedSite) -> Iterator[Problem]:
    """Each address leads to a file of the site, each fragment to an id, under any base path."""
    for page in site.pages.values():
        for address in addresses.on(page):
            if fault := _fault(site, page, address):
                yield page.problem("links", f"{fault} ({address})", _CORRECT, near=f'"{address}"')


def broken_in_styles(site: RenderedSite) -> Iterator[Problem]:
    """Each address in a style sheet leads to a file of the site."""
    for name in site.of_kind(".css"):
        for address in addresses.styled_by(site.read(name)):
            parts = urlsplit(address)
            path = normpath(join(dirname(name), unquote(parts.path)))
            if not parts.scheme and not parts.netloc and parts.path and path not in site.files:
                what = f"the style sheet names a file that is not there ({address})"
                yield site.problem(name, "links", what, _CORRECT)


def unreached(site: RenderedSite) -> Iterator[Problem]:
    """A reader who follows links from the home page finds every page but the 404 page."""
    if HOME not in site.pages:
        yield site.problem(HOME, "reach", "there is no home page", "write an index.qmd")
        return
    found, waiting = {HOME}, [HOME]
    while waiting:
        nearby = _linked_from(site, site.pages[waiting.pop()]) - found
        found |= nearby
        waiting += nearby
    for address in sorted(site.pages.keys() - found - {LOST}):
        what = "no link leads here from the home page"
        yield site.pages[address].problem("reach", what, "link it from the menu or from a page")


def _linked_from(site: RenderedSite, page: Page) -> set[str]:
    hrefs = (link.get("href", "") for link in page.all("a"))
    targets = (addresses.target_of(site, page, href) for href in hrefs)
    return {target.path for target in targets if target and target.path in site.pages}


def _fault(site: RenderedSite, page: Page, address: str) -> str:
    """Say what is wrong with an address, if anything is."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "an address cannot be read"
    if parts.scheme in _CANNOT_FOLLOW or parts.hostname in _THIS_MACHINE:
        return "an address can be followed by nobody else"
    target = addresses.target_of(site, page, address)
    if target and target.path not in site.files:
        return "an address leads to no file of the site"
    if target and target.path in site.pages and not _has(site.pages[target.path], target.fragment):
        return "an address names a place that its page does not have"
    return ""


def _has(page: Page, fragment: str) -> bool:
    """Whether a browser finds the place on the page."""
    if fragment in _TOP or fragment.startswith(":~:"):
        return True
    return bool({fragment, unquote(fragment)} & page.identifiers)
