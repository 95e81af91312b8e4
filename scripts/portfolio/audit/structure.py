"""How a page is built: its headings, its language, its title, and where the menu says we are."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from portfolio.audit import addresses
from portfolio.audit.rendered import Page, RenderedSite, heading_level, text
from portfolio.records.problems import Problem

_TITLE = "give the page one title: and begin its sections with ##"


def headings(site: RenderedSite) -> Iterator[Problem]:
    """One h1 a page, first and in the main part; no heading is empty or leaves a level out."""
    for page in site.pages.values():
        for what, remedy in _faults(page):
            yield page.problem("headings", what, remedy)


def _faults(page: Page) -> Iterator[tuple[str, str]]:
    levels = [heading_level(heading) for heading in page.headings]
    if levels.count(1) != 1:
        yield f"the page has {levels.count(1)} headings of level 1", _TITLE
    elif levels[0] != 1 or page.headings[0] not in page.main.iter():
        yield f"the page does not begin with its title ({text(page.headings[0])})", _TITLE
    if any(not text(heading) for heading in page.headings):
        yield "a heading is empty", "write its words, or remove its marks"
    for above, below in pairwise(page.headings):
        if heading_level(below) > heading_level(above) + 1:
            left_out = "#" * (heading_level(above) + 1)
            what = f"a heading leaves out a level ({text(below)})"
            yield what, f"begin it with {left_out}"


def titles(site: RenderedSite) -> Iterator[Problem]:
    """Each page has one title, and no two pages in one language have the same."""
    said = {page.address: _titles(page) for page in site.pages.values()}
    language = {page.address: page.document.get("lang") for page in site.pages.values()}
    counts = Counter((language[at], title) for at, titles in said.items() for title in titles)
    for page in site.pages.values():
        match said[page.address]:
            case [title] if title and counts[language[page.address], title] == 1:
                continue
            case [title] if title:
                what = f"another page has the same title ({title})"
            case _:
                what = "the page has no title of its own"
        yield page.problem("title", what, "write a title: of its own at the top of the page")


def _titles(page: Page) -> list[str]:
    """Return the titles in the head; a drawing in the page may have more."""
    return [text(title) for title in page.document.iterfind("head/title")]


def languages(site: RenderedSite) -> Iterator[Problem]:
    """Screen readers learn which language to speak."""
    for page in site.pages.values():
        if not page.document.get("lang"):
            what = "the page does not say its language"
            yield page.problem("language", what, "write lang: in _quarto.yml")


def menus(site: RenderedSite) -> Iterator[Problem]:
    """The menu marks the page that we are on, and nothing else, as current."""
    for page in site.pages.values():
        for link in (link for menu in page.all("nav") for link in menu.iter("a")):
            href = link.get("href", "")
            target = addresses.target_of(site, page, href)
            is_here = target and target.path == page.address and not target.fragment
            if bool(is_here) != (link.get("aria-current") == "page"):
                what = f"the menu is wrong about the page that we are on ({text(link)})"
                yield page.problem("menu", what, "render the site again", near=f'"{href}"')
