"""Pages for the papers that have none written by hand, made in the frame of the listing's page."""

import re
from html import escape

from portfolio.figures.notebooks import Figure
from portfolio.pages import cards
from portfolio.pages.html import tag, void
from portfolio.pages.markdown import to_html
from portfolio.pages.portfolio import Portfolio, figure_of
from portfolio.records.paper import Paper

OF_PAGE = ("<!-- of this page -->", "<!-- of every page -->")
"""What stands around the part of a page's head that is its own."""

_OF_THE_LISTING = re.compile(
    rf'<title>.*?</title>\s*|<meta name="description"[^>]*>\s*|{OF_PAGE[0]}.*?{OF_PAGE[1]}'
    r'|(?<=") aria-current="page"',
    re.DOTALL,
)
_MAIN = re.compile(r"(<main\b[^>]*>).*</main>", re.DOTALL)


def frame_of(listing: str) -> str:
    """Return the rendered page of the listing without what is the listing's own."""
    emptied = _MAIN.sub(lambda main: f"{main[1]}</main>", listing)
    return _OF_THE_LISTING.sub("", emptied)


def made_page(here: Portfolio, paper: Paper, frame: str) -> str:
    """Return the page of a paper in a frame from `frame_of`."""
    title = tag("title", f"{escape(_named(here, paper))} · {to_html(here.site.owner.name)}")
    figure = here.figures.get(paper.slug)
    body = tag("h1", paper.title_html) + "\n" + cards.page_of_paper(here, paper)
    body += _figure(here, paper, figure) if figure else ""
    titled = frame.replace("</head>", f"{title}\n</head>", 1)
    return titled.replace("</main>", f"\n{body}\n</main>", 1)


def _named(here: Portfolio, paper: Paper) -> str:
    """Return the paper's title, with where it appeared, or its key, if others have the same."""
    others = here.titled(paper.title)
    if len(others) == 1:
        return paper.title
    places = [f"{other.short_venue} {other.when.text}".strip() for other in others]
    place = f"{paper.short_venue} {paper.when.text}".strip()
    return f"{paper.title} ({place if places.count(place) == 1 and place else paper.key})"


def _figure(here: Portfolio, paper: Paper, figure: Figure) -> str:
    picture = void("img", src=figure_of(paper, figure), alt=figure.alt)
    number = here.say.html("figure", n=1)
    caption = here.say.html("captioned", figure=number, caption=to_html(figure.caption))
    shown = picture + (tag("figcaption", caption) if figure.caption else "")
    return "\n" + tag("figure", shown, id=figure.label)
