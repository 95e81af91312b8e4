"""The home page: who the owner is, the papers to see first, and news."""

from collections.abc import Sequence
from html import escape

from portfolio.pages.byline import authors, venue
from portfolio.pages.html import link, tag
from portfolio.pages.icons import icon_of
from portfolio.pages.listing_row import address_of
from portfolio.pages.portfolio import Portfolio
from portfolio.pages.portrait import portrait
from portfolio.pages.previews import preview_of
from portfolio.pages.titles import title_in
from portfolio.pages.ways import ways_to
from portfolio.records.paper import Link, Paper

INTRODUCTION = "<!-- introduction -->"
"""Stands in the owner's card where the page's first paragraphs go."""


def owner(here: Portfolio) -> str:
    """Return the owner's name, position, portrait and links, marked up as an h-card."""
    who = here.site.owner
    picture = portrait(here)
    parts = (
        _name(here),
        _position(here),
        _contact(here),
        picture,
        INTRODUCTION,
        _profiles(here),
    )
    kind = "owner with-portrait h-card" if picture else "owner h-card"
    return tag("div", "\n".join(filter(None, parts)), class_=kind) if who.name else ""


def showcase(here: Portfolio, papers: Sequence[Paper]) -> str:
    """Return papers as cards with large pictures."""
    items = (tag("li", _card(here, paper), class_="paper") for paper in papers)
    return tag("ul", "\n".join(items), class_="showcase", role="list")


def all_publications(here: Portfolio) -> str:
    """Return the link to the list, which says how many papers there are."""
    text = here.say("all-n-publications", n=len(here.papers))
    return tag("p", link(text, "/publications/index.html"), class_="more")


def all_news(here: Portfolio) -> str:
    """Return the link to all the news."""
    return tag("p", link(here.say("all-news"), "/news/index.html"), class_="more")


def _name(here: Portfolio) -> str:
    who = here.site.owner
    if here.shelf.folder:  # a page of another website has its own heading
        return tag("p", link(who.name, f"{here.site.address}/", class_="p-name u-url", rel="me"))
    address = tag("data", value=f"{here.site.address}/", class_="u-url u-uid")
    return tag("h1", escape(who.name), class_="p-name") + address


def _position(here: Portfolio) -> str:
    who = here.site.owner
    where = who.affiliation
    organisation = link(where.text, where.href, class_="p-org") if where.href else ""
    organisation = organisation or (tag("span", escape(where.text), class_="p-org"))
    role = tag("span", escape(who.role), class_="p-job-title") if who.role else ""
    said = [role, organisation if where.text else ""]
    listed = here.say.listed(filter(None, said))
    return tag("p", listed, class_="position") if listed else ""


def _contact(here: Portfolio) -> str:
    """Return pronouns, postal address and telephone, where they are told."""
    who = here.site.owner
    said = (
        tag("span", escape(who.pronouns), class_="p-pronouns") if who.pronouns else "",
        tag("span", escape(who.address), class_="p-adr") if who.address else "",
        link(who.phone, who.call, class_="p-tel") if who.phone else "",
    )
    listed = " · ".join(filter(None, said))
    return tag("p", listed, class_="contact") if listed else ""


def _profiles(here: Portfolio) -> str:
    who = here.site.owner
    links = list(who.links)
    if who.email and not any(item.href.startswith("mailto:") for item in links):
        links.insert(0, Link(here.say("email"), f"mailto:{who.email}"))
    items = "".join(tag("li", _profile(here, item)) for item in links if item.href)
    return tag("ul", items, class_="profiles", role="list") if items else ""


def _profile(here: Portfolio, item: Link) -> str:
    """Return a link of the owner's, as the same person's where it is a profile."""
    words = icon_of(item.href) + escape(item.text)
    if here.site.is_profile(item.href):
        return tag("a", words, href=item.href, class_="u-url", rel="me")
    return tag("a", words, href=item.href, class_="u-email" * item.href.startswith("mailto:"))


def _card(here: Portfolio, paper: Paper) -> str:
    to = address_of(here, paper)
    picture = preview_of(here, paper).html(here.shelf.thumbnail(paper).removesuffix(".webp"))
    title = title_in(paper, here.say)
    text = (
        tag("h3", tag("a", title, href=to) if to else title),
        authors(here, paper),
        venue(here, paper),
        tag("p", paper.summary_html, class_="summary") if paper.summary else "",
        _links(here, paper),
    )
    return picture + tag("div", "\n".join(filter(None, text)))


def _links(here: Portfolio, paper: Paper) -> str:
    """Return the ways to a paper in words, the last to its entry."""
    links = [link(here.say.term(way.name), way.href) for way in ways_to(here, paper)]
    if page := here.shelf.page(paper):
        links.append(link(here.say("cite"), f"{page}#cite"))
    label = here.say("links-of", title=paper.title)
    items = "".join(tag("li", item) for item in links)
    return tag("ul", items, class_="links", aria_label=label) if links else ""
