"""The visible parts of a page: papers as cards, the head of a paper's page, news, the owner."""

import re
from collections.abc import Iterable
from html import escape
from itertools import groupby

from portfolio.content import is_content
from portfolio.pages import metadata
from portfolio.pages.html import link, tag
from portfolio.pages.portfolio import CITATIONS, Portfolio
from portfolio.pages.previews import preview_of
from portfolio.pages.reference import reference
from portfolio.records.identifiers import is_web_address
from portfolio.records.news import News
from portfolio.records.paper import Paper
from portfolio.records.people.names import Name

_SOURCE = re.compile(r"\.(?:qmd|ipynb)(?=#|\Z)")
LONG = 30
"""A list of more papers than this starts with links to its years."""


def owner(here: Portfolio) -> str:
    """Return the owner's name, role and links, marked up as an h-card."""
    who = here.site.owner
    where = who.affiliation
    organisation = link(where.text, where.href, class_="p-org") if where.href else where.text
    role = tag("span", escape(who.role), class_="p-job-title") if who.role else ""
    name = link(who.name, f"{here.site.address}/", class_="p-name u-url", rel="me")
    links = [tag("li", link(item.text, item.href, rel="me", class_="u-url")) for item in who.links]
    return tag(
        "div",
        tag("p", ", ".join(filter(None, (name, role, organisation))))
        + (tag("ul", "".join(links), class_="links") if links else ""),
        class_="owner h-card",
    )


def publications(here: Portfolio) -> str:
    """Return all papers, a section for each year, and first the years where there are many."""
    sections, years = [], []
    for year, papers in groupby(here.papers, key=lambda paper: paper.when.label):
        name, mark = year or "Forthcoming", f"year-{'-'.join(year.split()) or 'forthcoming'}"
        years.append(tag("li", link(name, f"#{mark}")))
        heading = tag("h2", escape(name), id=mark)
        sections.append(tag("section", heading + listing(here, papers, level=3), class_="year"))
    index = tag("nav", tag("ul", "".join(years)), class_="years", aria_label="Years")
    files = ", ".join(_downloads(here, "publications"))
    downloads = tag("p", f"All entries: {files}", class_="more")
    return (index if len(here.papers) > LONG else "") + "".join(sections) + downloads


def listing(here: Portfolio, papers: Iterable[Paper], *, level: int = 3) -> str:
    """Return ``papers`` as a list of cards whose titles are headings of ``level``."""
    items = (tag("li", _card(here, paper, level), class_="paper") for paper in papers)
    return tag("ol", "\n".join(items), class_="papers", role="list")


def page_of_paper(here: Portfolio, paper: Paper) -> str:
    """Return what stands under the title on a paper's page, with the page's metadata."""
    parts = (
        _authors(here, paper),
        _venue(paper, in_full=True),
        _links(here, paper),
        tag("p", paper.summary_html, class_="lead") if paper.summary else "",
        _bibtex(here, paper),
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
    day = tag("time", f"{item.day.day} {item.day:%b %Y}", datetime=item.day.isoformat())
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
    text = (
        tag(f"h{level}", tag("a", paper.title_html, href=to) if to else paper.title_html),
        _authors(here, paper),
        _venue(paper),
        tag("p", paper.summary_html, class_="summary") if paper.summary else "",
        _links(here, paper, page=True),
        _bibtex(here, paper),
    )
    return picture + tag("div", "\n".join(filter(None, text)))


def _authors(here: Portfolio, paper: Paper) -> str:
    if not paper.authors:
        return ""
    names = [_author(here, name) for name in paper.authors] + ["et al."] * paper.others
    by = "edited by " if paper.is_edited else ""
    said = ((mark, meaning) for mark, meaning in paper.legend.items() if meaning)
    legend = "; ".join(tag("sup", escape(mark)) + " " + escape(meaning) for mark, meaning in said)
    note = tag("p", legend, class_="legend") if legend else ""
    return tag("p", by + ", ".join(names), class_="authors") + note


def _author(here: Portfolio, name: Name) -> str:
    marks = tag("sup", escape(name.marks)) if name.marks else ""
    if name.is_one_of(here.site.owner.spellings):
        return tag("strong", escape(name.display), class_="me") + marks
    return (link(name.display, name.link) if name.link else escape(name.display)) + marks


def _venue(paper: Paper, *, in_full: bool = False) -> str:
    said = reference(paper) if in_full else _place(paper)
    note = tag("span", paper.html("note"), class_="note") if paper.note else ""
    return tag("p", " ".join(filter(None, (escape(said), note))), class_="venue") if said else ""


def _place(paper: Paper) -> str:
    venue, when = paper.short_venue, paper.when.text or paper.values.get("status", "")
    return " ".join(filter(None, (venue, "" if when in venue else when)))


def _links(here: Portfolio, paper: Paper, *, page: bool = False) -> str:
    address = here.shelf.page(paper)
    links = [link("Page", address)] if page and address else []
    links += [link(item.text, item.href) for item in paper.links]
    links += [link("Notebook", here.shelf.notebook(paper))] if _has_notebook(here, paper) else []
    named = [tag("li", item) for item in links]
    label = f"Links of {paper.title}"
    return tag("ul", "".join(named), class_="links", aria_label=label) if named else ""


def _has_notebook(here: Portfolio, paper: Paper) -> bool:
    """Whether there is a notebook of the paper, even one that gives no figure yet."""
    return paper.slug in here.figures or is_content(
        here.root / "notebooks" / f"{paper.slug}.ipynb", here.root
    )


def _bibtex(here: Portfolio, paper: Paper) -> str:
    written = "\n".join(one.bibtex for one in (paper, *here.papers.behind(paper)))
    copy = tag("button", "Copy", type="button", class_="copy", hidden=True)
    return tag(
        "details",
        tag("summary", "BibTeX")
        + tag("pre", tag("code", escape(written.strip())), tabindex=0)
        + tag("p", copy + "".join(_downloads(here, paper.slug)), class_="actions"),
        class_="bibtex",
    )


def _downloads(here: Portfolio, stem: str) -> list[str]:
    """Return links to the files of a paper's entry, or of all (``stem``: publications)."""
    return [
        link(form, here.shelf.citation(stem, suffix), download=f"{stem}{suffix}")
        for form, suffix in CITATIONS.items()
    ]
