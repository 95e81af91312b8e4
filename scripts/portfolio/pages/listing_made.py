"""The pages of the list beside its first one, made in the frame of that one."""

import posixpath
import re
from collections.abc import Iterator
from html import escape

from portfolio.numbering import numbered
from portfolio.pages.html import tag, void
from portfolio.pages.listing import INDEX, Listing
from portfolio.pages.listing_index import write_index
from portfolio.pages.listing_pages import ListPage
from portfolio.pages.markdown import to_html
from portfolio.pages.portfolio import Portfolio

_RELATIVE = re.compile(r'(?:(?<=\shref=")|(?<=\ssrc="))(?![/#]|[a-zA-Z][\w+.-]*:)[^"#?]+')
_DEEPER = '<meta name="quarto:offset" content="../../">'
_SHOWN = re.compile(r'<div class="listing" id="all" data-group="(\w+)" data-sort="(\w+)"')


def made_lists(here: Portfolio, listing: str, frame: str) -> Iterator[tuple[str, str]]:
    """Yield address and text of each file that the rendered page ``listing`` leads to.

    There are none where the page holds no list of ours.
    """
    shown = _SHOWN.search(listing)
    if not shown:
        return
    whole, frame = Listing(here, shown[1], shown[2]), frame_from_root(frame)
    titles: set[str] = set()
    for group, pages in whole.pages.items():
        for page in pages[1:] if group == whole.group else pages:
            title = _title(here, page, group, titles)
            body = here.shelf.dressed(whole.html(page, group), whole.scripts)
            yield page.address, in_frame(here, frame, title, body)
    if whole.is_divided:
        yield INDEX, write_index(here, whole.papers, whole.facets, whole.places)


def frame_from_root(frame: str, *, deeper: bool = True) -> str:
    """Return the frame with addresses from the site's root, for pages in another folder."""
    if deeper:
        frame = frame.replace('<meta name="quarto:offset" content="../">', _DEEPER)
    return _RELATIVE.sub(lambda at: posixpath.normpath(f"/publications/{at[0]}"), frame)


def _title(here: Portfolio, page: ListPage, group: str, taken: set[str]) -> str:
    """Return a title that no page of the list has yet; what parts a year holds are numbered."""
    named = here.say(f"publications-by-{group}")
    base = here.say("titled-part", title=named, part=page.text) if page.text else named
    titles = numbered(base, lambda text, number: f"{text} ({here.say.number(number)})")
    title = next(each for each in titles if each not in taken)
    taken.add(title)
    return title


def in_frame(here: Portfolio, frame: str, title: str, body: str) -> str:
    """Return a page of the frame with a title, a heading that says the same, and a body."""
    named = tag("title", f"{escape(title)} · {to_html(here.site.owner.name)}")
    named += void("meta", name="description", content=title)
    text = f"\n{tag('h1', escape(title))}\n{body}\n</main>"
    return frame.replace("</head>", f"{named}\n</head>", 1).replace("</main>", text, 1)
