"""The files beside the pages that programs read: sitemap, robots.txt and feeds."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from portfolio.audit import addresses
from portfolio.audit.rendered import LOST, RenderedSite
from portfolio.records.problems import Problem

SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"
_NEWS, _NEWS_FEED = "news/index.html", "news/feed.xml"
_FEEDS = {"application/atom+xml": "Atom", "application/feed+json": "JSON Feed"}
_ATOM = "{http://www.w3.org/2005/Atom}"
_OF_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
_AGAIN = "render the site again"
_ENTRY = "look at news/news.csv and the .bib, then render the site again"


def sitemap(site: RenderedSite) -> Iterator[Problem]:
    """Crawlers are told the pages' own public addresses, once each, and nothing else."""
    root = _parsed(site, SITEMAP)
    if root is None:
        yield site.problem(SITEMAP, "sitemap", "it is not there, or no XML", _AGAIN)
        return
    listed = Counter(element.text or "" for element in root.iter(f"{_OF_SITEMAP}loc"))
    wanted = {site.public(page) for page in site.pages.values() if page.address != LOST}
    for address in sorted(wanted - listed.keys()):
        yield site.problem(SITEMAP, "sitemap", f"a page is missing ({address})", _AGAIN)
    for address in sorted(listed.keys() - wanted):
        yield site.problem(SITEMAP, "sitemap", f"there is no such page ({address})", _AGAIN)
    for address in (address for address, count in listed.items() if count > 1):
        yield site.problem(SITEMAP, "sitemap", f"a page is listed twice ({address})", _AGAIN)


def robots(site: RenderedSite) -> Iterator[Problem]:
    """robots.txt gives the sitemap's public address and forbids nothing."""
    said = site.read(ROBOTS) if ROBOTS in site.files else ""
    if f"Sitemap: {site.root}/{SITEMAP}" not in said.splitlines():
        yield site.problem(ROBOTS, "robots", "it does not give the sitemap's address", _AGAIN)
    if re.search(r"^Disallow:\s*\S", said, re.MULTILINE):
        yield site.problem(ROBOTS, "robots", "it keeps search engines from pages", _AGAIN)


def feed(site: RenderedSite) -> Iterator[Problem]:
    """Each feed that a page offers is sound: Atom (RFC 4287) or JSON Feed, its addresses whole."""
    for name, kind in sorted(_offered(site).items()):
        for what in _json_faults(site, name) if kind == "JSON Feed" else _atom_faults(site, name):
            yield site.problem(name, "feed", what, _ENTRY)


def _offered(site: RenderedSite) -> dict[str, str]:
    """Return the feeds that heads offer, and that of the news where those have a page."""
    feeds = {_NEWS_FEED: "Atom"} if _NEWS in site.pages else {}
    for page in site.pages.values():
        for link in page.all("link"):
            kind = _FEEDS.get(link.get("type", ""))
            target = addresses.target_of(site, page, link.get("href", "")) if kind else None
            if kind and target:
                feeds[target.path] = kind
    return feeds


def _atom_faults(site: RenderedSite, name: str) -> Iterator[str]:
    root = _parsed(site, name)
    if root is None or root.tag != f"{_ATOM}feed":
        yield "it is not there, or no Atom"
        return
    yield from _entry_faults(root)
    yield from _link_faults(site, [link.get("href", "") for link in root.iter(f"{_ATOM}link")])


def _json_faults(site: RenderedSite, name: str) -> Iterator[str]:
    """JSON Feed 1.1: a version, a title, and items with ids of their own and something to read."""
    try:
        said = json.loads(site.read(name))
        items, version, _ = said["items"], said["version"], said["title"]
        ids = [item["id"] for item in items]
        bare = [item["id"] for item in items if not item.get("content_html")]
        links = [item.get("url", "") for item in items]
    except (OSError, ValueError, KeyError, TypeError):
        yield "it is not there, or no JSON Feed"
        return
    if not version.startswith("https://jsonfeed.org/version/"):
        yield f"it says of no version that it is of ({version})"
    counts = Counter(ids)
    yield from (f"two entries have one id ({name})" for name, count in counts.items() if count > 1)
    yield from (f"an entry says nothing ({name})" for name in bare)
    yield from _link_faults(site, [*links, said.get("home_page_url", "")])


def _entry_faults(root: ET.Element) -> Iterator[str]:
    """RFC 4287, 4.1: feed and entries have one id, title and instant each; the feed an author."""
    entries = root.findall(f"{_ATOM}entry")
    if len(root.findall(f"{_ATOM}author/{_ATOM}name")) != 1:
        yield "the feed does not name its one author"
    for part in (root, *entries):
        said = part.findtext(f"{_ATOM}title") or "without title"
        for name in ("id", "title", "updated"):
            if [bool(each.text) for each in part.findall(f"{_ATOM}{name}")] != [True]:
                yield f"an entry has no {name} of its own ({said})"
        if not _INSTANT.fullmatch(part.findtext(f"{_ATOM}updated", "")):
            yield f"an entry has no instant ({said})"
    counts = Counter(element.text for element in root.iter(f"{_ATOM}id"))
    yield from (f"two entries have one id ({name})" for name, count in counts.items() if count > 1)
    dates = [entry.findtext(f"{_ATOM}updated", "") for entry in entries]
    if dates != sorted(dates, reverse=True):
        yield "the entries are not newest first"
    if dates and root.findtext(f"{_ATOM}updated") != max(dates):
        yield "the feed is not dated by its newest entry"


def _link_faults(site: RenderedSite, links: Iterable[str]) -> Iterator[str]:
    """Feed readers know no base: every address is whole, and those of the site lead to a file."""
    for href in links:
        if not href.startswith(("https://", "http://")):
            yield f"an address is not whole ({href})"
        elif href.startswith(f"{site.root}/"):
            name = href.removeprefix(f"{site.root}/").partition("#")[0]
            if name not in site.files and f"{name}index.html".lstrip("/") not in site.files:
                yield f"an address leads to no file of the site ({href})"


def _parsed(site: RenderedSite, name: str) -> ET.Element | None:
    try:
        return ET.parse(site.path(name)).getroot()  # noqa: S314  the site's own file
    except (OSError, ET.ParseError):
        return None
