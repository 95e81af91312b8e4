"""A feed as Atom (RFC 4287) and as JSON Feed (jsonfeed.org, version 1.1)."""

import json
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

from portfolio.pages.feeds import NEWS, Entry, Feed
from portfolio.pages.portfolio import Portfolio

ATOM = "http://www.w3.org/2005/Atom"
VERSION = "https://jsonfeed.org/version/1.1"


def atom(here: Portfolio, feed: Feed) -> str:
    """Return a feed as Atom."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": here.site.lang})
    whole = here.url(feed.forms[0].address)
    _text(root, "title", feed.title)
    _text(root, "id", here.url("/") if feed.stem == NEWS else whole)
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=whole)
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=feed.page)
    _text(root, "updated", instant(feed.updated))
    _person(root, here.site.owner.name, here.url("/"))
    for entry in feed.entries:
        _entry(root, entry)
    return document(root)


def json_feed(here: Portfolio, feed: Feed) -> str:
    """Return a feed as JSON Feed."""
    said = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": here.url(feed.forms[1].address),
        "language": here.site.lang,
        "authors": [{"name": here.site.owner.name, "url": here.url("/")}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def document(root: ET.Element) -> str:
    """Return an XML document as text."""
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def instant(day: date) -> str:
    """Return the first instant of a day."""
    return f"{day.isoformat()}T00:00:00Z"


def _entry(root: ET.Element, entry: Entry) -> None:
    part = ET.SubElement(root, "entry")
    _text(part, "title", entry.title)
    _text(part, "id", entry.id)
    _text(part, "published", instant(entry.day))
    _text(part, "updated", instant(entry.day))
    ET.SubElement(part, "link", rel="alternate", type="text/html", href=entry.address)
    if entry.elsewhere:
        ET.SubElement(part, "link", rel="related", href=entry.elsewhere)
    for name in entry.authors:
        _person(part, name)
    content = ET.SubElement(part, "content", type="html")
    content.text = entry.html


def _item(entry: Entry) -> dict[str, Any]:
    said = {
        "id": entry.id,
        "url": entry.address,
        "external_url": entry.elsewhere,
        "title": entry.title,
        "content_html": entry.html,
        "image": entry.picture,
        "date_published": instant(entry.day),
        "authors": [{"name": name} for name in entry.authors],
    }
    return {key: value for key, value in said.items() if value}


def _person(parent: ET.Element, name: str, address: str = "") -> None:
    author = ET.SubElement(parent, "author")
    _text(author, "name", name)
    if address:
        _text(author, "uri", address)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text
