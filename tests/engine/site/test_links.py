"""Where the site's addresses lead: inside, to what is there; outside, only by a reader's click."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

from parsed import LOST, Page, Site

BASE = "https://base.invalid/below/"
FETCHED = {"img", "script", "source", "iframe", "video", "audio", "embed", "track", "object"}
NOT_FETCHED = {"canonical", "alternate", "me"}


def addresses(page: Page) -> Iterator[str]:
    """Yield every address on a page."""
    for element in page.document.iter():
        for name in ("href", "src", "poster", "data"):
            if element.get(name) is not None:
                yield element.get(name, "")
        for candidate in filter(None, element.get("srcset", "").split(",")):
            yield candidate.split()[0]


def fetched(page: Page) -> Iterator[str]:
    """Yield the addresses that a browser gets without being asked."""
    for element in page.document.iter():
        if element.tag in FETCHED:
            yield from filter(None, map(element.get, ("src", "srcset", "poster", "data")))
        elif element.tag == "link" and not NOT_FETCHED & set(element.get("rel", "").split()):
            yield element.get("href", "")
        yield from styled(element.get("style", ""))


def styled(css: str) -> list[str]:
    """Return the addresses in a style sheet; an import counts, too, as an empty one."""
    return [quoted.strip("'\" ") for quoted in re.findall(r"url\(([^)]*)\)|@import", css)]


def is_broken(site: Site, page: Page, address: str) -> bool:
    """Whether an address of the site itself leads nowhere once the site lives below ``BASE``."""
    if address == site.address or address.startswith(f"{site.address}/"):
        address = BASE + address.removeprefix(site.address).lstrip("/")
    elif page.address == LOST and address.startswith("/"):
        address = BASE + address.removeprefix(urlsplit(site.address).path).lstrip("/")
    elif page.address == LOST and not urlsplit(address).scheme and not address.startswith("#"):
        return True
    target = urlsplit(urljoin(BASE + page.address, address))
    if target.netloc != urlsplit(BASE).netloc:
        return target.scheme not in {"https", "http", "mailto", "data"}
    if not target.path.startswith(urlsplit(BASE).path):
        return True
    path = unquote(target.path).removeprefix(urlsplit(BASE).path)
    path += "index.html" if path.endswith("/") or not path else ""
    if not (site.folder / path).is_file():
        return True
    return bool(target.fragment) and target.fragment not in identifiers(site.pages[path])


def identifiers(page: Page) -> set[str]:
    """Return the ids on a page."""
    return {element.get("id", "") for element in page.document.iter()}


def test_no_link_of_the_site_is_broken(site: Site) -> None:
    """Each address leads to a file of the site, each fragment to an id, under any base path."""
    pages = site.pages.values()
    broken = [(p.address, a) for p in pages for a in addresses(p) if is_broken(site, p, a)]
    assert not broken


def test_every_page_can_be_reached_from_home(site: Site) -> None:
    """A reader who follows links from the home page finds every page but the 404 page."""
    found, waiting = set(), ["index.html"]
    while waiting:
        page = site.pages[waiting.pop()]
        found.add(page.address)
        for link in page.all("a"):
            target = urlsplit(urljoin(BASE + page.address, link.get("href", "")))
            address = f"{target.scheme}://{target.netloc}{target.path}".removeprefix(BASE)
            if address in site.pages and address not in found:
                waiting.append(address)
    assert found == set(site.pages) - {LOST}


def test_markup_asks_no_other_host_for_anything(site: Site) -> None:
    """Reading a page tells nobody but its own host."""
    outside = [
        (page.address, address)
        for page in site.pages.values()
        for address in fetched(page)
        if urlsplit(address).netloc
    ]
    assert not outside


def test_styles_ask_no_other_host_for_anything(site: Site) -> None:
    """Style sheets and pictures import nothing from elsewhere."""
    for path in (*site.folder.rglob("*.css"), *site.folder.rglob("*.svg")):
        asked = styled(path.read_text(encoding="utf-8"))
        assert not [address for address in asked if not address.startswith(("data:", "#"))], path
