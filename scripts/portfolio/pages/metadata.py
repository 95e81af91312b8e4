"""What machines read on a page: descriptions, Open Graph, Highwire tags for scholars, JSON-LD.

Page cells carry it in a ``<template class="head">``; `portfolio.pages.finish` lifts it into the
page's head. Sources: Google Scholar's inclusion guidelines, schema.org, ogp.me.
"""

import json
from collections.abc import Iterator
from typing import Any

from portfolio.figures.thumbnails import SIZE
from portfolio.pages.html import void
from portfolio.pages.portfolio import Portfolio, page_of, thumbnail_of
from portfolio.records.identifiers import ARXIV, doi_address
from portfolio.records.paper import Paper
from portfolio.records.people.names import Name
from portfolio.records.values import ARTICLES, PARTS, REPORTS, THESES, venues_of

_CONFERENCES = frozenset({"inproceedings", "conference"})


def of_owner(here: Portfolio) -> str:
    """Return the metadata of the home page: a profile of the owner."""
    who = here.site.owner
    person: dict[str, Any] = {"@type": "Person", "name": who.name, "url": here.url("/")}
    person |= {"jobTitle": who.role} if who.role else {}
    if who.affiliation.text:
        person["affiliation"] = {"@type": "Organization", "name": who.affiliation.text}
        person["affiliation"] |= {"url": who.affiliation.href} if who.affiliation.href else {}
    person |= {"sameAs": [item.href for item in who.links]} if who.links else {}
    profile = {"@context": "https://schema.org", "@type": "ProfilePage", "mainEntity": person}
    return (
        _named("description", here.site.description)
        + _property("og:type", "profile")
        + _property("og:title", who.name)
        + _property("og:description", here.site.description)
        + _property("og:url", here.url("/"))
        + _json_ld(profile)
    )


def of_paper(here: Portfolio, paper: Paper) -> str:
    """Return the metadata of a paper's page."""
    return (
        _named("description", paper.summary)
        + _property("og:type", "article")
        + _property("og:title", paper.title)
        + _property("og:description", paper.summary)
        + _property("og:url", here.url(page_of(paper)))
        + _property("og:image", here.url(thumbnail_of(paper)))
        + _property("og:image:width", str(SIZE[0]))
        + _property("og:image:height", str(SIZE[1]))
        + "".join(_named(name, value) for name, value in _citation(here, paper))
        + _json_ld(_article(here, paper))
    )


def _citation(here: Portfolio, paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield Highwire tags: one author each, the date as a year, one tag for the venue."""
    yield "citation_title", paper.title
    for name in paper.authors:
        yield "citation_editor" if paper.is_edited else "citation_author", name.sort
    yield "citation_publication_date", _slashed(paper)
    yield _venue(paper)
    first, last = paper.pages
    said = paper.values
    yield "citation_volume", said.get("volume", "")
    yield "citation_issue", said.get("issue", "")
    if paper.kind in REPORTS:
        yield "citation_technical_report_number", said.get("number", "")
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield "citation_publisher", paper.fields.get("publisher", "")
    yield "citation_isbn", said.get("ISBN", "")
    yield "citation_issn", said.get("ISSN", "")
    yield "citation_doi", paper.doi
    yield "citation_arxiv_id", paper.arxiv
    yield "citation_pdf_url", here.url(paper.own_pdf) if paper.own_pdf else ""
    yield "citation_abstract_html_url", here.url(page_of(paper))


def _venue(paper: Paper) -> tuple[str, str]:
    """Return the one tag that says what the paper appeared in, by which its type is known."""
    container = next(filter(None, venues_of(paper.kind, paper.fields)), "")
    if paper.kind in THESES:
        return "citation_dissertation_institution", paper.venue
    if paper.kind in REPORTS:
        return "citation_technical_report_institution", paper.venue
    if paper.kind in _CONFERENCES:
        return "citation_conference_title", container or paper.values.get("event-title", "")
    if paper.kind in PARTS:
        return "citation_inbook_title", container
    is_preprint = not container and bool(paper.arxiv)
    named = "arXiv preprint" if is_preprint else container
    return "citation_journal_title", named if paper.kind in ARTICLES else ""


def _slashed(paper: Paper) -> str:
    """Return the day as scholars' indexers want it, or the year where no day is known."""
    day = paper.when.certain
    return str(day).replace("-", "/") if day.day else str(day.year or "")


def _article(here: Portfolio, paper: Paper) -> dict[str, Any]:
    authors = [_person(here, name) for name in paper.authors]
    same = [doi_address(paper.doi)] if paper.doi else []
    same += [ARXIV + paper.arxiv] if paper.arxiv else []
    same += [link.href for version in paper.versions for link in version.sources]
    container = next(filter(None, venues_of(paper.kind, paper.fields)), "")
    house = paper.fields.get("publisher") or paper.fields.get("school", "")
    said = {
        "headline": paper.title,
        "editor" if paper.is_edited else "author": authors,
        "datePublished": str(paper.when.certain),
        "isPartOf": {"@type": "CreativeWork", "name": container} if container else None,
        "publisher": {"@type": "Organization", "name": house} if house else None,
        "description": paper.summary,
        "image": here.url(thumbnail_of(paper)),
        "url": here.url(page_of(paper)),
        "sameAs": list(dict.fromkeys(same)),
    }
    known = {key: value for key, value in said.items() if value}
    return {"@context": "https://schema.org", "@type": "ScholarlyArticle"} | known


def _person(here: Portfolio, name: Name) -> dict[str, str]:
    url = here.url("/") if name.is_one_of(here.site.owner.spellings) else name.link
    return {"@type": "Person", "name": name.display} | ({"url": url} if url else {})


def _named(name: str, content: str) -> str:
    return void("meta", name=name, content=content) if content else ""


def _property(name: str, content: str) -> str:
    return void("meta", property=name, content=content) if content else ""


def _json_ld(data: dict[str, Any]) -> str:
    written = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{written}</script>'
