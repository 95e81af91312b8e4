"""The pages of kinds whose tables lie in folders of their own, and which nobody has written."""

import re
from collections.abc import Iterator

from portfolio.pages.html import link, tag
from portfolio.pages.items import Choice, items_html
from portfolio.pages.listing_made import frame_from_root, in_frame
from portfolio.pages.portfolio import Portfolio
from portfolio.pages.posts import INDEX, posts_html
from portfolio.records.kinds.known import KINDS
from portfolio.records.posts import FOLDER

_MENU = re.compile(r'(<header class="site">.*?<nav\b[^>]*>\s*<ul>.*?)</ul>', re.DOTALL)


def made_pages(here: Portfolio, frame: str) -> Iterator[tuple[str, str]]:
    """Yield address and text of the page of each kind that has none of its owner's.

    A kind whose table lies among those of the CV has none.
    """
    frame = frame_from_root(frame, deeper=False)
    for kind in KINDS:
        address = f"/{kind}/index.html"
        if is_made(here, kind):
            title = here.say(f"items-{kind}")
            yield address, in_frame(here, frame, title, items_html(here, kind, Choice()))
    if _has_made_posts(here):
        yield f"/{INDEX}", in_frame(here, frame, here.say("posts"), posts_html(here))


def with_menu(here: Portfolio, page: str) -> str:
    """Return a page whose menu leads to the pages that are made of tables, unless it does so."""
    found = _MENU.search(page)
    made = {kind: f"items-{kind}" for kind in KINDS if is_made(here, kind)}
    made |= {FOLDER: FOLDER} if _has_made_posts(here) else {}
    if not found or not made:
        return page
    lacking = [kind for kind in made if not re.search(rf"\b{kind}/(?:index\.html)?[\"#]", found[0])]
    items = (
        tag("li", link(here.say(made[kind]), f"/{kind}/index.html")) + "\n" for kind in lacking
    )
    return page[: found.end(1)] + "".join(items) + page[found.end(1) :]


def _has_made_posts(here: Portfolio) -> bool:
    return bool(here.posts) and not (here.root / FOLDER / "index.qmd").is_file()


def is_made(here: Portfolio, kind: str) -> bool:
    """Whether a kind has a page that nobody has written."""
    of_its_own = any(item.path.startswith(f"{kind}/") for item in here.items.get(kind, ()))
    return of_its_own and not (here.root / kind / "index.qmd").is_file()
