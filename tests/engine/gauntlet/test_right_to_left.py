"""A site in Arabic, in a browser: it runs from right to left, and is read like any other."""

import pytest
from description import read_descriptions
from outcome import render

from portfolio.audit import RenderedSite, accessibility
from portfolio.audit.server import serving
from portfolio.audit.visit import Visit

_ENDS = """reference => {
    const texts = document.createTreeWalker(reference, NodeFilter.SHOW_TEXT), range = new Range();
    const first = texts.nextNode();
    let last = first;
    while (texts.nextNode()) last = texts.currentNode;
    const left = (text, at) => {
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect().left;
    };
    return [left(first, 0), left(last, last.data.trimEnd().length - 1)];
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the gauntlet's site in Arabic, rendered."""
    (arabic,) = (one for one in read_descriptions() if one.name == "arabic")
    outcome = render(arabic, tmp_path_factory.mktemp("arabic"), "embedded")
    return RenderedSite(outcome.site, arabic.settings["owner"]["site"])


def test_everybody_can_read_it(site, browser):
    """Axe finds nothing, and nothing is wider than a phone, in the other direction too."""
    with serving(site.folder) as address:
        visit = Visit(site, browser, address)
        assert [*accessibility.axe_and_keyboard(visit), *accessibility.narrow(visit)] == []


@pytest.mark.parametrize("width", [390, 1280])
def test_it_starts_at_the_right(site, browser, width):
    """The name stands at the right, texts begin there, and an English title runs from the left."""
    with serving(site.folder) as address:
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(f"{address}publications/index.html")
        brand, menu, main, heading = (
            page.locator(one).first.bounding_box() for one in (".brand", "nav", "main", "h1")
        )
        assert brand["x"] + brand["width"] > menu["x"] + menu["width"] or brand["y"] < menu["y"]
        assert heading["x"] + heading["width"] == pytest.approx(main["x"] + main["width"], abs=1)
        title = page.locator("bdi").first
        assert title.evaluate("e => getComputedStyle(e).direction") == "ltr"
        page.close()


def test_a_reference_keeps_its_stop(site, browser):
    """The stop of an English reference stands at its right end, where English ends."""
    with serving(site.folder) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}publications/notes.html")
        first, last = page.locator(".reference").evaluate(_ENDS)
        assert first < last
        page.close()
