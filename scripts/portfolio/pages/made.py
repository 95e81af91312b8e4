"""Pages for the papers that have none written by hand, made in the frame of the listing's page."""

import re
from hashlib import sha256
from html import escape

from portfolio.figures.notebooks import Figure
from portfolio.pages.around import Around
from portfolio.pages.captions import folded, unbroken
from portfolio.pages.finished import OF_PAGE, Page, of_theme
from portfolio.pages.heads import OF_PAPER, Heads
from portfolio.pages.html import tag, void
from portfolio.pages.layout import OURS
from portfolio.pages.markdown import to_html
from portfolio.pages.paper import head_of_paper
from portfolio.pages.portfolio import Portfolio, figure_of, where_and_when
from portfolio.pages.previews import preview_of
from portfolio.pages.provenance import provenance
from portfolio.pages.titles import title_in
from portfolio.pages.translations import without_translations
from portfolio.records.paper import Paper

_OF_THE_LISTING = re.compile(
    rf'<title>.*?</title>\s*|<meta name="description"[^>]*>\s*|{OF_PAGE[0]}.*?{OF_PAGE[1]}'
    r'|(?<=") aria-current="page"',
    re.DOTALL,
)
_TITLE, _SLUG, _TEXT = (f"place-of-a-papers-{n}" for n in ("title", "slug", "text"))
_HEAD = OF_PAPER
_PLACES = re.compile(f"({_TITLE}|{_HEAD}|{_SLUG}|{_TEXT})")
_MAIN = re.compile(r"(<main\b[^>]*>).*</main>", re.DOTALL)


class Mould:
    """The listing's page without what is its own, put in order once for the pages of all papers.

    It is kept in pieces, between which stand the places of what is a paper's own.
    """

    def __init__(self, listing: str, heads: Heads) -> None:
        self._heads = heads
        self.frame = frame_of(listing)
        head = f'<template class="head">{_HEAD}</template>'
        whole = self._page(_SLUG).finished(_filled(self.frame, _TITLE, _TEXT + head))
        self._pieces = _PLACES.split(whole)
        self._state = sha256(f"{self.frame}\0{whole}".encode()).hexdigest()
        self.of_theme = of_theme(whole)

    def made_from(self, around: Around, paper: Paper, cause: str, near: str) -> list[object]:
        """Return what a paper's page is made from: its ``cause``, and what else it shows."""
        return ["page", self._state, cause, title_of(around.here, paper), around.top(paper), near]

    def page(self, around: Around, paper: Paper, near: str | None = None) -> str:
        """Return the page of a paper, in order; `Around.near` says what is ``near`` it."""
        page = self._page(paper.slug)
        title, text = title_of(around.here, paper), text_of(around, paper, near)
        if not paper.slug.isascii() or f"{paper.slug}.html" in self.frame:
            return page.finished(_filled(self.frame, title, text))
        head, text = page.finished_part(text, is_ours=OURS in self.frame)
        own = {_TITLE: title, _HEAD: head, _SLUG: paper.slug, _TEXT: text}
        return "".join([own.get(piece, piece) for piece in self._pieces])

    def _page(self, slug: str) -> Page:
        return Page(self._heads, f"publications/{slug}.html")


def frame_of(listing: str) -> str:
    """Return the rendered page of the listing without what is the listing's own."""
    emptied = _MAIN.sub(lambda main: f"{main[1]}</main>", listing)
    return _OF_THE_LISTING.sub("", without_translations(emptied))


def title_of(here: Portfolio, paper: Paper) -> str:
    """Return the element that names a paper's page."""
    return tag("title", f"{escape(_named(here, paper))} · {to_html(here.site.owner.name)}")


def text_of(around: Around, paper: Paper, near: str | None = None) -> str:
    """Return what stands on a paper's page, with the page's metadata."""
    here = around.here.alone(paper)
    figure = here.figures.get(paper.slug)
    picture = _figure(here, paper, figure) if figure else _picture(here, paper)
    parts = (
        around.top(paper),
        tag("h1", title_in(paper, here.say)),
        head_of_paper(here, paper, picture=picture),
        around.foot(paper, near, here),
    )
    return "\n".join(parts)


def _filled(frame: str, title: str, text: str) -> str:
    titled = frame.replace("</head>", f"{title}\n</head>", 1)
    return titled.replace("</main>", f"\n{text}\n</main>", 1)


def _named(here: Portfolio, paper: Paper) -> str:
    """Return the paper's title, with where it appeared, or its key, if others have the same."""
    if here.count(paper.title) == 1:
        return paper.title
    place = where_and_when(paper)
    told = place if place and here.count(paper.title, place) == 1 else paper.key
    return f"{paper.title} ({told})"


def _figure(here: Portfolio, paper: Paper, figure: Figure) -> str:
    picture = void("img", src=figure_of(paper, figure), alt=figure.alt)
    caption = f"{here.say('figure', n=1)}: {to_html(figure.caption)}"
    shown = picture + (tag("figcaption", caption) if figure.caption else "")
    whole = tag("figure", shown, id=figure.label)
    return unbroken(folded(whole, here.say("read-the-figure"))) + provenance(here, paper)


def _picture(here: Portfolio, paper: Paper) -> str:
    """Return the picture that the paper names, which stands for no figure of ours."""
    preview = preview_of(here, paper)
    if not preview.pixels and not preview.drawing:
        return ""
    address = here.shelf.thumbnail(paper).removesuffix(".webp")
    return tag("figure", preview.html(address, "page"), class_="preview")
