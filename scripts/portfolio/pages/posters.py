"""The pictures that stand for pages where somebody shares them, and the icon of the site.

A paper has a poster of its own where it has a picture in pixels; all else has the site's.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from urllib.parse import urlsplit

from portfolio.content import is_content
from portfolio.figures import icons, posters
from portfolio.figures.paging import can_read
from portfolio.figures.posters import Words
from portfolio.kept import Made
from portfolio.pages.byline import place
from portfolio.pages.portfolio import Portfolio
from portfolio.pages.previews import preview_of
from portfolio.records.identifiers import own_file
from portfolio.records.paper import Paper

OF_SITE = "/theme/card.png"
_PIXELS = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif")


def has_poster(here: Portfolio, paper: Paper) -> bool:
    """Whether a paper has a picture that a poster can show; this reads no file."""
    named = paper.fields.get("preview", "")
    if named.lower().endswith(_PIXELS) and own_file(named):
        return is_content(here.root / named, here.root)
    if figure := here.figures.get(paper.slug):
        return bool(figure.png)
    own = here.root / paper.own_pdf.lstrip("/")
    return bool(paper.own_pdf) and can_read() and is_content(own, here.root)


def poster_of(here: Portfolio, paper: Paper) -> str:
    """Return the address of a paper's poster, from the site's root."""
    return f"/publications/cards/{paper.slug}.png" if has_poster(here, paper) else OF_SITE


def posters_of(here: Portfolio, papers: Iterable[Paper]) -> Iterator[Made]:
    """Yield the posters of those papers that have one."""
    colours, name = here.brand.light, here.site.owner.name
    for paper in papers:
        if has_poster(here, paper):
            figure = here.figures.get(paper.slug)
            picture = preview_of(here, paper).pixels or (figure.png if figure else b"")
            words = Words(paper.title, place(here, paper), name)
            make = partial(posters.of_paper, picture, words, colours)
            yield poster_of(here, paper)[1:], ["poster", picture, words, colours], make


def of_site(here: Portfolio) -> Iterator[Made]:
    """Yield the poster of the site, and its icon in each form."""
    colours, site = here.brand.light, here.site
    words = Words(site.owner.name, site.description, urlsplit(site.address).hostname or "")
    made_from: list[object] = ["poster", words, colours]
    yield OF_SITE[1:], made_from, partial(posters.of_site, words, colours)
    drawn = (icons.initials_of(site.owner.name), colours.accent, colours.page)
    for name, draw in (
        ("theme/favicon.svg", icons.svg),
        ("theme/touch-icon.png", icons.touch_icon),
        ("favicon.ico", icons.ico),
    ):
        yield name, ["icon", *drawn], partial(draw, *drawn)
