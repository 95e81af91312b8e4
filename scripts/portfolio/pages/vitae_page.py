"""A CV as a web page: its sections, and the ways to its sheets."""

from collections.abc import Iterator
from html import escape

from portfolio.pages.html import tag
from portfolio.pages.icons import icon
from portfolio.pages.inline import inline
from portfolio.pages.items import listed
from portfolio.pages.portfolio import Portfolio, page_of
from portfolio.pages.vitae import Section, Work, Works, sections_of
from portfolio.pages.vitae_sheets import can_typeset, has_sheets
from portfolio.records.vitae import Vitae


def vitae_html(here: Portfolio, vitae: Vitae) -> str:
    """Return a CV; what it has nothing of leaves no heading."""
    parts = [_sheets(here), _summary(vitae)]
    parts += [_section(here, section) for section in sections_of(here, vitae)]
    return tag("div", "\n".join(filter(None, parts)), class_="vitae")


def _sheets(here: Portfolio) -> str:
    """Return the ways to the CV as PDF, where it can be made."""
    if not (has_sheets(here) and can_typeset()):
        return ""
    items = "".join(tag("li", _sheet(here, vitae)) for vitae in here.cvs)
    return tag("ul", items, class_="buttons", role="list")


def _sheet(here: Portfolio, vitae: Vitae) -> str:
    words = here.say("cv-as-pdf")
    words = here.say("titled-part", title=words, part=vitae.name) if vitae.name else words
    inside = icon("file") + escape(words)
    return tag("a", inside, class_="button", href=f"/cv/{vitae.stem}.pdf")


def _summary(vitae: Vitae) -> str:
    paragraphs = vitae.summary.strip().split("\n\n")
    return "".join(tag("p", inline(text)) for text in paragraphs if text.strip())


def _section(here: Portfolio, section: Section) -> str:
    heading = tag("h2", escape(section.heading), id=f"cv-{section.name}")
    if section.items:
        return heading + listed(here, section.items, "list", 3)
    legend = here.say("semicolon").join(section.legend)
    said = tag("p", escape(legend), class_="legend") if legend else ""
    said += tag("p", escape(section.cited), class_="cited") if section.cited else ""
    return heading + said + "".join(_works(here, works) for works in section.works)


def _works(here: Portfolio, works: Works) -> str:
    items = "".join(tag("li", "".join(_work(here, work))) for work in works.works)
    return tag("h3", escape(works.heading)) + tag("ol", items, class_="works", role="list")


def _work(here: Portfolio, work: Work) -> Iterator[str]:
    paper = work.paper
    title = (
        tag("a", paper.title_html, href=page_of(paper))
        if not here.shelf.folder
        else (paper.title_html)
    )
    note = f" {tag('span', work.note, class_='note')}" if work.note else ""
    note += f" {tag('span', escape(work.cited), class_='cited')}" if work.cited else ""
    yield tag("span", work.number, class_="number")
    authors = f"{work.authors}{here.say('stop')}" if work.authors else ""
    yield tag("div", f"{authors}{tag('cite', title)}{here.say('stop')}{escape(work.where)}{note}")
