"""The files that tell crawlers, harvesters and language models what a site holds.

Sources: sitemaps.org; llmstxt.org; RFC 9264 (linksets) with signposting.org/FAIR, level 2.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from xml.etree import ElementTree as ET

from portfolio.pages import feeds
from portfolio.pages.byline import place
from portfolio.pages.formats import document
from portfolio.pages.heads import LOST, Heads
from portfolio.pages.metadata.elements import CONTEXT
from portfolio.pages.metadata.structured import type_of
from portfolio.pages.portfolio import CITATIONS, MEDIA_TYPES, Portfolio, page_of
from portfolio.records.paper import Paper

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 100
"""So many papers llms.txt names; of more it says where all are."""


def sitemap(here: Portfolio, addresses: Sequence[str]) -> str:
    """Return the sitemap of the pages at ``addresses`` but the 404 page, dated by the records."""
    urls = ET.Element("urlset", xmlns=SITEMAP)
    dates = _dates(here)
    for address in addresses:
        if address == LOST:
            continue
        url = ET.SubElement(urls, "url")
        ET.SubElement(url, "loc").text = feeds.public(here.site.address, address)
        if dated := dates.get(address):
            ET.SubElement(url, "lastmod").text = dated
    return document(urls)


def robots(here: Portfolio) -> str:
    """Return what crawlers may read: everything."""
    return f"User-agent: *\nAllow: /\nSitemap: {here.url('/sitemap.xml')}\n"


def linkset(here: Portfolio) -> str:
    """Return the typed links of the list and of every paper in it."""
    listing = here.url(f"/{feeds.LISTING}")
    items = [{"href": here.url(page_of(paper)), "type": "text/html"} for paper in here.papers]
    whole = {"anchor": listing, "item": items, "describedby": _formats(here, "publications")}
    links = [whole, *(_links(here, paper, listing) for paper in here.papers)]
    return json.dumps({"linkset": links}, ensure_ascii=False, separators=(",", ":")) + "\n"


def llms(heads: Heads) -> str:
    """Return the site as a page of Markdown for language models: who, the papers, the files."""
    here = heads.here
    who = here.site.owner
    lines = [f"# {_plain(who.name)}", ""]
    lines += [f"> {_plain(here.site.description)}", ""] if here.site.description else []
    position = here.say.listed(filter(None, (who.role, who.affiliation.text)))
    lines += [f"{_plain(position)}.", ""] if position else []
    papers = list(here.papers)
    selected = [paper for paper in papers if paper.selected]
    if selected:
        told = (_line(here, paper, paper.summary) for paper in selected)
        lines += [f"## {here.say('selected')}", "", *told, ""]
    if papers:
        told = (_line(here, paper) for paper in papers[:MOST])
        lines += [f"## {here.say('publications')}", "", *told, ""]
    lines += [f"## {here.say('files')}", "", *_files(heads), ""]
    return "\n".join(lines)


def _line(here: Portfolio, paper: Paper, summary: str = "") -> str:
    where = place(here, paper)
    said = ". ".join(filter(None, (where, summary)))
    named = f"- [{_plain(paper.title)}]({here.url(page_of(paper))})"
    return f"{named}: {_plain(said)}" if said else named


def _files(heads: Heads) -> Iterator[str]:
    here = heads.here
    for form, suffix in CITATIONS.items():
        address = here.url(here.shelf.citation("publications", suffix))
        yield f"- [{here.say('publications')} ({form})]({address})"
    for feed in heads.feeds:
        yield f"- [{_plain(feed.title)}]({here.url(feed.forms[1].address)})"


def _plain(text: str) -> str:
    """Return text on one line, in which nothing is a link."""
    return " ".join(text.replace("[", r"\[").replace("]", r"\]").split())


def _links(here: Portfolio, paper: Paper, listing: str) -> dict[str, object]:
    return {
        "anchor": here.url(page_of(paper)),
        "describedby": _formats(here, paper.slug),
        "type": [{"href": f"{CONTEXT}/{type_of(paper)}"}],
        "collection": [{"href": listing, "type": "text/html"}],
    }


def _formats(here: Portfolio, stem: str) -> list[dict[str, str]]:
    return [
        {"href": here.url(here.shelf.citation(stem, suffix)), "type": MEDIA_TYPES[suffix]}
        for suffix in CITATIONS.values()
    ]


def _dates(here: Portfolio) -> dict[str, str]:
    """Return the days of pages, as far as records tell them: to the year, the month or the day."""
    told = {paper.slug: str(paper.when.certain) for paper in here.papers}
    dates = {f"publications/{slug}.html": day for slug, day in told.items()}
    dates |= {f"notebooks/{slug}.html": day for slug, day in told.items()}
    newest = max(filter(None, map(feeds.day_of, here.papers)), default=date.min)
    latest = max((item.day for item in here.news), default=date.min)
    for address, day in (
        (feeds.LISTING, newest),
        (feeds.NEWS_PAGE, latest),
        ("index.html", max(newest, latest)),
    ):
        if day > date.min:
            dates[address] = day.isoformat()
    return dates
