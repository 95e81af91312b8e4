"""What machines read on a page of a portfolio: each function gives a page's tags, as HTML.

Page cells carry them in a ``<template class="head">``; `portfolio.pages.finish` lifts them into the
page's head, and adds there what each page has (`portfolio.pages.heads`).
"""

from portfolio.pages.metadata import scholars, sharing, signposts, structured
from portfolio.pages.metadata.elements import linked_data, named
from portfolio.pages.portfolio import Portfolio, page_of
from portfolio.records.paper import Paper

SHORTEST, LONGEST = 200, 300
"""A description ends at the last sentence between these, else at a word."""


def of_owner(here: Portfolio) -> str:
    """Return the metadata of the home page: a profile of the owner, and the site."""
    return (
        named("description", here.site.description)
        + signposts.of_owner(here)
        + linked_data(structured.profile(here))
        + linked_data(structured.website(here))
    )


def of_paper(here: Portfolio, paper: Paper) -> str:
    """Return the metadata of a paper's page."""
    said, address = in_short(paper.summary), here.url(page_of(paper))
    listing = (here.say("publications"), here.url("/publications/"))
    trail = [(here.site.owner.name, here.url("/")), listing, (paper.title, address)]
    return (
        named("description", said)
        + "".join(named(name, value) for name, value in scholars.tags(here, paper))
        + signposts.of_paper(here, paper)
        + linked_data(structured.work(here, paper))
        + sharing.preview(here, "article", paper.title, said, address, paper=paper)
        + linked_data(structured.breadcrumbs(trail))
    )


def of_listing(here: Portfolio) -> str:
    """Return the metadata of the page that lists all papers: a collection."""
    return signposts.of_listing(here) + linked_data(structured.collection(here))


def in_short(text: str) -> str:
    """Return as much of a text as programs show of one: whole sentences, else whole words."""
    if len(text) <= LONGEST:
        return text
    kept = text[:LONGEST]
    end = kept.rfind(". ", SHORTEST) + 1
    return kept[:end] if end else f"{kept[:-1].rpartition(' ')[0] or kept[:-1]}…"
