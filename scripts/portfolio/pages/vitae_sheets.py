"""A CV as sheets of paper: a PDF that Typst sets, tagged, with links and fonts in it.

Its bytes hang on the content alone. Source: PDF/UA-1 (ISO 14289-1), which Typst holds a file to.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from html import escape
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from portfolio.content import is_content
from portfolio.kept import Made
from portfolio.pages.inline import inline
from portfolio.pages.item_ways import address, papers_of, ways
from portfolio.pages.items import more_of, where_html
from portfolio.pages.portfolio import Portfolio, page_of
from portfolio.pages.runs import Run, runs_of
from portfolio.pages.times import span_in_words
from portfolio.pages.vitae import Section, Work, sections_of
from portfolio.pages.vitae_fonts import fonts_for
from portfolio.records.identifiers import doi_address
from portfolio.records.kinds.item import Item
from portfolio.records.kinds.reader import CV
from portfolio.records.problems import ContentError, Problem
from portfolio.records.vitae import FILE, Vitae
from portfolio.shipped import theme_file

_PAGES = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count (\d+)|/Count (\d+)[^>]*?/Type\s*/Pages\b")
_FEWER = (None, 24, 16, 12, 9, 7, 5, 4, 3, 2, 1)
"""How many items and papers each section has, the more pages there would be the fewer."""
INSTALL = "run `pip install typst`"
_BEFORE_SPAN = re.compile(r" (?=\d+\u2013\d)")
"""The space before a span of pages, where no line ends."""


def has_sheets(here: Portfolio) -> bool:
    """Whether the project has a CV: a page of it, or settings."""
    return any(is_content(here.root / path, here.root) for path in (FILE, f"{CV}/index.qmd"))


@cache
def can_typeset() -> bool:
    """Whether Typst is installed."""
    return find_spec("typst") is not None


def fault_of(here: Portfolio) -> Problem | None:
    """Return why there will be no PDF, if so."""
    if can_typeset() or not has_sheets(here):
        return None
    what = "no PDF is made of it, which needs Typst; its page stands without"
    return Problem(f"{CV}/index.qmd", 1, "cv.pdf", what, INSTALL, hint=True)


def sheets(here: Portfolio) -> Iterator[Made]:
    """Yield where each PDF of the CV lies, what it is made from, and how."""
    if not (has_sheets(here) and can_typeset()):
        return
    for vitae in here.cvs:
        told = json.dumps(content_of(here, vitae), ensure_ascii=False)
        made_from: list[object] = ["cv", told, vitae.pages, theme_file("cv.typ"), here.brand]
        made_from += [version("typst"), *(font.path.read_bytes() for font in here.brand.fonts)]
        yield f"cv/{vitae.stem}.pdf", made_from, partial(typeset, here, vitae)


def typeset(here: Portfolio, vitae: Vitae) -> bytes:
    """Return a CV as PDF, on as many pages as it may have.

    Raises ContentError where Typst cannot set it.
    """
    for most in _FEWER:
        data = _set(here, content_of(here, replace(vitae, most=most)))
        if not vitae.pages or pages_in(data) <= vitae.pages:
            break
    return data


def pages_in(pdf: bytes) -> int:
    """Return how many pages a PDF has that Typst wrote."""
    found = [int(one or other) for one, other in _PAGES.findall(pdf)]
    return max(found, default=1)


def _set(here: Portfolio, content: dict[str, Any]) -> bytes:
    typst: Any = import_module("typst")  # an extra, and slow to load
    told = json.dumps(content, ensure_ascii=False)
    fonts = fonts_for(here, told)
    content["fonts"] = fonts.families
    said = {"cv": json.dumps(content, ensure_ascii=False)}
    try:
        return bytes(
            typst.compile(
                theme_file("cv.typ"),
                format="pdf",
                sys_inputs=said,
                font_paths=[str(path) for path in fonts.folders],
                ignore_system_fonts=not fonts.of_system,
                pdf_standards=["ua-1"],
            )
        )
    except typst.TypstError as error:
        what = f"Typst cannot set it ({' '.join(str(error).split())[:200]})"
        raise ContentError(Problem(FILE, 1, "cv", what, "tell the engine's authors")) from error


def content_of(here: Portfolio, vitae: Vitae) -> dict[str, Any]:
    """Return what a CV says, as the template takes it."""
    who, look = here.site.owner, here.brand.light
    paper = {"letter": "us-letter"}.get(vitae.paper, vitae.paper)
    return {
        "title": here.say("cv-of", name=who.name),
        "name": who.name,
        "lang": here.say.lang.partition("-")[0],
        "rtl": here.say.direction == "rtl",
        "paper": paper,
        "position": here.say.listed(filter(None, (who.role, who.affiliation.text))),
        "contact": list(_contact(here)),
        "summary": [runs_of(inline(text)) for text in vitae.summary.split("\n\n") if text.strip()],
        "sections": [_section(here, section) for section in sections_of(here, vitae)],
        "accent": look.accent,
        "ink": look.ink,
        "quiet": look.quiet,
        "line": look.line,
    }


def _contact(here: Portfolio) -> Iterator[Run]:
    who = here.site.owner
    for text in (who.pronouns, who.address):
        if text:
            yield {"s": text}
    if who.email:
        yield {"s": who.email, "href": f"mailto:{who.email}"}
    if who.phone:
        yield {"s": who.phone, "href": who.call}
    if here.site.address:
        yield {"s": here.site.address.partition("//")[2], "href": f"{here.site.address}/"}
    for link in who.links:
        if here.site.is_profile(link.href):
            yield {"s": link.text, "href": link.href}


def _section(here: Portfolio, section: Section) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "items": [_item(here, item) for item in section.items],
        "legend": "   ".join(section.legend),
        "cited": section.cited,
        "works": [
            {"heading": works.heading, "works": [_work(here, work) for work in works.works]}
            for works in section.works
        ],
    }


def _item(here: Portfolio, item: Item) -> dict[str, Any]:
    code = item.text("code") if item.kind == "teaching" else ""
    title = runs_of(inline(item.title))
    if href := here.whole(address(here, item, item.text("link"))):
        title = [{**run, "href": href} for run in title]
    notes = [item.text(name) for name in item.schema.note if item.text(name)]
    links = [{"s": way.text, "href": here.whole(way.href)} for way in ways(here, item)]
    links += [{"s": p.title, "href": here.url(page_of(p))} for p in papers_of(here, item)]
    return {
        "when": span_in_words(item.when, here.say),
        "title": [{"s": f"{code} "}, *title] if code else title,
        "note": here.say.listed(notes),
        "lines": [
            _whole(here, html) for html in (where_html(here, item), *more_of(here, item)) if html
        ],
        "summary": _whole(here, inline(item.text("summary"))) if item.text("summary") else [],
        "links": links,
    }


def _work(here: Portfolio, work: Work) -> dict[str, Any]:
    paper = work.paper
    href = doi_address(paper.doi) if paper.doi else next((s.href for s in paper.sources), "")
    href = here.whole(href) or here.url(page_of(paper))
    return {
        "number": work.number,
        "authors": _whole(here, work.authors),
        "title": [{**run, "href": href} for run in runs_of(paper.title_html)],
        "where": runs_of(escape(_BEFORE_SPAN.sub("\u00a0", work.where))),
        "note": runs_of(work.note),
        "cited": work.cited,
    }


def _whole(here: Portfolio, html: str) -> list[Run]:
    """Return the runs of HTML, with addresses as they are from anywhere."""
    runs = runs_of(html)
    return [{**run, "href": here.whole(str(run["href"]))} if "href" in run else run for run in runs]
