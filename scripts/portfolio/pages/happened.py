"""The news, as a page shows them: a day, and a sentence of which a part leads on."""

import re
from html import escape

from portfolio.pages.html import link, tag
from portfolio.pages.listing_row import address_of
from portfolio.pages.portfolio import Portfolio
from portfolio.records.identifiers import is_web_address
from portfolio.records.news import News

_SOURCE = re.compile(r"\.(?:qmd|ipynb)(?=#|\Z)")


def news(here: Portfolio, count: int | None = None) -> str:
    """Return the newest ``count`` items of the news, or all."""
    items = "\n".join(_news_item(here, item) for item in here.news[:count])
    return tag("ul", items, class_="news", role="list") if items else ""


def news_link(here: Portfolio, item: News) -> str:
    """Return the address that an item of news leads to, or nothing."""
    slugs = {paper.slug: paper for paper in here.papers}
    if item.link in slugs:
        return address_of(here, slugs[item.link])
    if item.link.startswith("/"):
        return _SOURCE.sub(".html", item.link)
    return item.link if is_web_address(item.link) else ""


def _news_item(here: Portfolio, item: News) -> str:
    href = news_link(here, item)
    day = tag("time", here.say.day(item.day), datetime=item.day.isoformat())
    return tag("li", f"{day} {tag('span', _linked(item.text, item.noun, href))}")


def _linked(text: str, noun: str, href: str) -> str:
    """Return a sentence in which its noun leads on, or all of it where none is marked."""
    if not href:
        return escape(text)
    before, _, after = text.partition(noun) if noun else ("", "", "")
    return escape(before) + link(noun or text, href) + escape(after)
