"""The visible parts of a page: papers as cards, the head of a paper's page, news, the owner."""

import re
from collections.abc import Iterable
from html import escape

from portfolio.pages import metadata
from portfolio.pages.html import link, tag
from portfolio.pages.portfolio import CITATIONS, Portfolio
from portfolio.pages.previews import preview_of
from portfolio.pages.reference import reference
from portfolio.pages.titles import title_in
from portfolio.records.identifiers import is_web_address
from portfolio.records.news import News
from portfolio.records.paper import Link, Paper
from portfolio.records.people.names import Name

_SOURCE = re.compile(r"\.(?:qmd|ipynb)(?=#|\Z)")


def owner(here: Portfolio) -> str:
    """Return the owner's name, role and links, marked up as an h-card."""
    who = here.site.owner
    where = who.affiliation
    organisation = link(where.text, where.href, class_="p-org") if where.href else where.text
    role = tag("span", escape(who.role), class_="p-job-title") if who.role else ""
    name = link(who.name, f"{here.site.address}/", class_="p-name u-url", rel="me")
    links = [tag("li", _profile(here, item)) for item in who.links]
    return tag(
        "div",
        tag("p", here.say.listed(filter(None, (name, role, organisation))))
        + (tag("ul", "".join(links), class_="links") if links else ""),
        class_="owner h-card",
    )


def _profile(here: Portfolio, item: Link) -> str:
    """Return a link of the owner's, as the same person's where it is a profile."""
    if here.site.is_profile(item.href):
        return link(item.text, item.href, rel="me", class_="u-url")
    return link(item.text, item.href, class_="u-email" * item.href.startswith("mailto:"))


def listing(here: Portfolio, papers: Iterable[Paper], *, level: int = 3) -> str:
    """Return ``papers`` as a list of cards whose titles are headings of ``level``."""
    items = (tag("li", _card(here, paper, level), class_="paper") for paper in papers)
    return tag("ol", "\n".join(items), class_="papers", role="list")


def page_of_paper(here: Portfolio, paper: Paper) -> str:
    """Return what stands under the title on a paper's page, with the page's metadata."""
    parts = (
        _authors(here, paper),
        _venue(here, paper, in_full=True),
        _links(here, paper),
        tag("p", paper.summary_html, class_="lead") if paper.summary else "",
        _bibtex(here, paper, mark="cite"),
    )
    body = tag("div", "\n".join(filter(None, parts)), class_="paper-head")
    return body + here.shelf.head(metadata.of_paper(here, paper))


def news(here: Portfolio, count: int | None = None) -> str:
    """Return the newest ``count`` items of the news, or all."""
    items = "\n".join(_news_item(here, item) for item in here.news[:count])
    return tag("ul", items, class_="news", role="list") if items else ""


def news_link(here: Portfolio, item: News) -> str:
    """Return the address that an item of news leads to, or nothing."""
    slugs = {paper.slug: paper for paper in here.papers}
    if item.link in slugs:
        return _address(here, slugs[item.link])
    if item.link.startswith("/"):
        return _SOURCE.sub(".html", item.link)
    return item.link if is_web_address(item.link) else ""


def _news_item(here: Portfolio, item: News) -> str:
    href = news_link(here, item)
    day = tag("time", here.say.day(item.day), datetime=item.day.isoformat())
    text = link(item.text, href) if href else escape(item.text)
    return tag("li", f"{day} {tag('span', text)}")


def _address(here: Portfolio, paper: Paper) -> str:
    """Return where a paper's title leads: to its page, else to the paper itself, if anywhere."""
    own = here.shelf.page(paper)
    return own or next((item.href for item in (*paper.sources, *paper.links)), "")


def _card(here: Portfolio, paper: Paper, level: int) -> str:
    to = _address(here, paper)
    address = here.shelf.thumbnail(paper).removesuffix(".webp")
    picture = preview_of(here, paper).html(address)
    title = title_in(paper, here.say)
    text = (
        tag(f"h{level}", tag("a", title, href=to) if to else title),
        _authors(here, paper),
        _venue(here, paper),
        tag("p", paper.summary_html, class_="summary") if paper.summary else "",
        _links(here, paper, page=True),
        _bibtex(here, paper),
    )
    return picture + tag("div", "\n".join(filter(None, text)))


def _authors(here: Portfolio, paper: Paper) -> str:
    if not paper.authors:
        return ""
    say = here.say
    names = [_author(here, name) for name in paper.authors]
    listed = say.listed(names + [escape(say("and-others"))] * paper.others)
    said = ((mark, say.term(meaning)) for mark, meaning in paper.legend.items() if meaning)
    meanings = [tag("sup", escape(mark)) + " " + escape(meaning) for mark, meaning in said]
    note = tag("p", say("semicolon").join(meanings), class_="legend") if meanings else ""
    listed = say.html("edited-by", names=listed) if paper.is_edited else listed
    return tag("p", listed, class_="authors") + note


def _author(here: Portfolio, name: Name) -> str:
    marks = tag("sup", escape(name.marks)) if name.marks else ""
    if name.is_one_of(here.site.owner.spellings):
        return tag("strong", escape(name.display), class_="me") + marks
    return (link(name.display, name.link) if name.link else escape(name.display)) + marks


def _venue(here: Portfolio, paper: Paper, *, in_full: bool = False) -> str:
    said = reference(paper, here.say) if in_full else _place(here, paper)
    note = tag("span", paper.html("note"), class_="note") if paper.note else ""
    return tag("p", " ".join(filter(None, (escape(said), note))), class_="venue") if said else ""


def _place(here: Portfolio, paper: Paper) -> str:
    venue = here.say.term(paper.short_venue)
    when = here.say.term(paper.when.text or paper.values.get("status", ""))
    return " ".join(filter(None, (venue, "" if when in venue else when)))


def _links(here: Portfolio, paper: Paper, *, page: bool = False) -> str:
    address = here.shelf.page(paper)
    say = here.say
    links = [link(say("page"), address)] if page and address else []
    links += [link(say.term(item.text), item.href) for item in paper.links]
    if here.has_notebook(paper):
        links.append(link(say("notebook"), here.shelf.notebook(paper)))
    named = [tag("li", item) for item in links]
    label = say("links-of", title=paper.title)
    return tag("ul", "".join(named), class_="links", aria_label=label) if named else ""


def _bibtex(here: Portfolio, paper: Paper, *, mark: str = "") -> str:
    written = "\n".join(one.bibtex for one in (paper, *here.papers.behind(paper)))
    copy, done = here.say("copy"), here.say("copied")
    button = tag("button", escape(copy), type="button", class_="copy", data_done=done, hidden=True)
    return tag(
        "details",
        tag("summary", "BibTeX")
        + tag("pre", tag("code", escape(written.strip())), tabindex=0)
        + tag("p", button + "".join(_downloads(here, paper.slug)), class_="actions"),
        class_="bibtex",
        id=mark,
    )


def _downloads(here: Portfolio, stem: str) -> list[str]:
    """Return links to the files of a paper's entry, or of all (``stem``: publications)."""
    return [
        link(form, here.shelf.citation(stem, suffix), download=f"{stem}{suffix}")
        for form, suffix in CITATIONS.items()
    ]
