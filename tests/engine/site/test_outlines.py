"""One source, two renderers: what readers meet must be the same whichever rendered it."""

from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from checkout import NEEDS_QUARTO
from rendered import Site

from portfolio.audit.rendered import Page, heading_level, text

pytestmark = NEEDS_QUARTO
ROOT = "https://root.invalid/"


def titles(page: Page) -> list[str]:
    """Return the page's title."""
    return [text(title) for title in page.all("title")]


def headings(page: Page) -> list[tuple[int, str, str | None]]:
    """Return the headings: level, text and id."""
    found = [element for element in page.document.iter() if heading_level(element)]
    return [(heading_level(e), text(e), e.get("id")) for e in found]


def links(page: Page) -> list[tuple[str, str]]:
    """Return the links: text and target."""
    return [(text(e), urljoin(ROOT + page.address, e.get("href", ""))) for e in page.all("a")]


def captions(page: Page) -> list[str]:
    """Return the captions of figures and tables."""
    return [text(caption) for caption in page.all("figcaption", "caption")]


def pictures(page: Page) -> list[tuple[str | None, ...]]:
    """Return the pictures: alternative text and size."""
    return [tuple(map(e.get, ("alt", "width", "height"))) for e in page.all("img")]


def heads(page: Page) -> list[tuple[str | None, ...]]:
    """Return what the head says of the page."""
    return [tuple(map(e.get, ("name", "property", "content"))) for e in page.all("meta")]


def words(page: Page) -> str:
    """Return the visible text of the main part."""
    return text(page.main)


@pytest.mark.parametrize("outline", [titles, headings, links, captions, pictures, heads, words])
def test_renderers_agree(outline: Callable[[Page], object], site_by: Callable[[str], Site]) -> None:
    """Quarto and the embedded renderer give each page the same outline."""
    quarto, embedded = site_by("quarto").pages, site_by("embedded").pages
    assert quarto.keys() == embedded.keys()
    for address, page in quarto.items():
        assert outline(page) == outline(embedded[address]), address
