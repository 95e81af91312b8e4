"""The news, as a page shows them: a day, and a sentence of which a part leads on."""

import re
from collections import defaultdict
from datetime import date
from html import escape

from portfolio.pages.html import link, tag
from portfolio.pages.inline import inline
from portfolio.pages.listing_row import address_of
from portfolio.pages.portfolio import Portfolio
from portfolio.records.identifiers import is_web_address
from portfolio.records.news import News

_SOURCE = re.compile(r"\.(?:qmd|ipynb)(?=#|\Z)")


def news(here: Portfolio, count: int | None = None) -> str:
    """Return the newest ``count`` items of the news, or all."""
    marked = zip(here.news[:count], marks_of(here.news), strict=False)
    items = "\n".join(_news_item(here, item, mark) for item, mark in marked)
    return tag("ul", items, class_="news h-feed", role="list") if items else ""


def news_link(here: Portfolio, item: News) -> str:
    """Return the address that an item of news leads to, or nothing."""
    if paper := here.papers.get(item.link):
        return address_of(here, paper)
    if item.link.startswith("/"):
        return _SOURCE.sub(".html", item.link)
    return item.link if is_web_address(item.link) else ""


def marks_of(items: tuple[News, ...]) -> list[str]:
    """Return the fragment of each item: its day, and a number from the second of a day on.

    It begins with a letter, as selectors and html-validate want it.
    They count the way the table grows, up or down, so that a new line changes none of them.
    """
    grows_down = len(items) > 1 and items[0].line > items[-1].line
    days = defaultdict[date, list[int]](list)
    for item in items:
        days[item.day].append(item.line)
    marks = []
    for item in items:
        place = sorted(days[item.day], reverse=not grows_down).index(item.line) + 1
        marks.append(f"day-{item.day.isoformat()}" + (f"-{place}" if place > 1 else ""))
    return marks


def _news_item(here: Portfolio, item: News, mark: str) -> str:
    """Return an item, which feeds name by its ``mark`` on the page, as an entry of an h-feed."""
    href = news_link(here, item)
    when = item.day.isoformat()
    day = tag("time", here.say.day(item.day), datetime=when, class_="dt-published")
    text = tag("span", _linked(item.text, item.noun, href), class_="e-content")
    return tag("li", f"{day} {text}", class_="h-entry", id=mark)


def _linked(text: str, noun: str, href: str) -> str:
    """Return a sentence in which its noun leads on, or all of it where none is marked."""
    if not href:
        return inline(text) if "](" in text else escape(text)
    before, _, after = text.partition(noun) if noun else ("", "", "")
    return escape(before) + link(noun or text, href) + escape(after)
