"""Which addresses of a site the step after rendering makes, as far as its content tells them."""

import posixpath
from collections.abc import Callable

from portfolio.pages.portfolio import Portfolio
from portfolio.records.kinds.known import KINDS
from portfolio.records.kinds.reader import CV

_WHOLLY = ("theme", "publications/by", "publications/in", "publications/cards",
           "publications/thumbnails")  # fmt: skip
_WITH_PAGES = frozenset({"news", "posts", CV, *KINDS})
_OF_SITE = frozenset({".xml", ".txt", ".json", ".ico"})
_OF_PAPERS = frozenset({".html", ".bib", ".ris", ".json"})
_OF_LISTS = frozenset({"index.html", "publications.bib", "publications.ris", "publications.json",
                       "feed.xml", "feed.json", "linkset.json"})  # fmt: skip


def may_be_made(here: Portfolio) -> Callable[[str], bool]:
    """Return what tells of an address, from the site's root, whether it may come to be made."""
    slugs = {paper.slug for paper in here.papers}

    def is_made(address: str) -> bool:
        folder, name = posixpath.split(address)
        stem, suffix = posixpath.splitext(name)
        if folder == "publications":
            return name in _OF_LISTS or (stem in slugs and suffix in _OF_PAPERS)
        if folder.startswith(_WHOLLY) or (not folder and suffix in _OF_SITE):
            return True
        top = address.partition("/")[0]
        return top in _WITH_PAGES and (here.root / top).is_dir()

    return is_made
