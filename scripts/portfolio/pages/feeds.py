"""What programs subscribe to and crawl: the Atom feed of the news and the sitemap."""

from datetime import date
from xml.etree import ElementTree as ET

from portfolio.pages.cards import news_link
from portfolio.pages.portfolio import Portfolio

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def atom(here: Portfolio) -> str:
    """Return the news as an Atom feed (RFC 4287), dated by the news themselves."""
    home = here.url("/")
    feed = ET.Element("feed", xmlns=ATOM)
    _text(feed, "title", here.say("news-of", name=here.site.owner.name))
    _text(feed, "id", home)
    ET.SubElement(feed, "link", rel="self", href=here.url("/news/feed.xml"))
    ET.SubElement(feed, "link", rel="alternate", href=here.url("/news/index.html"))
    newest = max((item.day for item in here.news), default=date(1970, 1, 1))
    _text(feed, "updated", _instant(newest))
    _text(ET.SubElement(feed, "author"), "name", here.site.owner.name)
    for item in here.news:
        entry = ET.SubElement(feed, "entry")
        same_day = [other for other in here.news if other.day == item.day]
        mark = f"-{same_day.index(item) + 1}" if len(same_day) > 1 else ""
        _text(entry, "title", item.text)
        _text(entry, "id", f"{here.url('/news/index.html')}#{item.day.isoformat()}{mark}")
        _text(entry, "updated", _instant(item.day))
        href = news_link(here, item) or "/news/index.html"
        ET.SubElement(entry, "link", href=here.url(href) if href.startswith("/") else href)
        _text(entry, "summary", item.text)
    return _document(feed)


def sitemap(here: Portfolio, addresses: list[str]) -> str:
    """Return the sitemap of the pages at ``addresses``, the 404 page left out."""
    urls = ET.Element("urlset", xmlns=SITEMAP)
    for address in addresses:
        if address != "404.html":
            _text(ET.SubElement(urls, "url"), "loc", public(here.site.address, address))
    return _document(urls)


def public(site: str, address: str) -> str:
    """Return the public address of the page at ``address``, folders without ``index.html``."""
    return f"{site}/{address}".removesuffix("index.html")


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _document(root: ET.Element) -> str:
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
