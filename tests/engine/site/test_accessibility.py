"""Whether everyone can read and use the pages, whatever their eyes, hands or screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from parsed import Site
from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """async standards => (await axe.run({runOnly: standards})).violations
    .map(found => `${found.id}: ${found.nodes[0].html}`)"""
OPEN_ALL = "document.querySelectorAll('details').forEach(each => each.open = true)"
NUMBER_STOPS = """[...document.querySelectorAll('a[href], button, summary, [tabindex="0"]')]
    .filter(each => each.checkVisibility() && each.tabIndex >= 0)
    .map((each, number) => { each.dataset.stop = number; return number; })"""
FOCUSED = """(() => {
    const each = document.activeElement, box = each.getBoundingClientRect();
    const style = getComputedStyle(each);
    return {
        stop: each.dataset.stop ?? null,
        outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        inside: box.right > 0 && box.bottom > 0
            && box.left < innerWidth && box.top < innerHeight,
    };
})()"""
WIDTH = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@pytest.mark.parametrize("width", [1280, 390], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    site: Site, open_page: Callable[..., Page], npm_packages: Path, scheme: str, width: int
) -> None:
    """No violation of WCAG 2.2 AA or of best practice on any page, BibTeX entries unfolded."""
    axe = (npm_packages / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    found = []
    for address in site.pages:
        page.goto(address)
        page.evaluate(OPEN_ALL)
        page.evaluate(axe)
        found += [f"{address}: {said}" for said in page.evaluate(AXE, STANDARDS)]
    assert not found


def test_the_keyboard_reaches_everything(site: Site, open_page: Callable[..., Page]) -> None:
    """Tab stops at each link and control, in the page's order, and the eye can follow."""
    page = open_page()
    for address in site.pages:
        page.goto(address)
        page.evaluate(OPEN_ALL)
        stops = page.evaluate(NUMBER_STOPS)
        walked = []
        for _ in range(2 * len(stops)):
            page.keyboard.press("Tab")
            focused = page.evaluate(FOCUSED)
            if focused["stop"] is not None:
                walked.append(int(focused["stop"]))
                assert focused["outlined"], (address, focused)
                assert focused["inside"], (address, focused)
            if len(walked) == len(stops):
                break
        assert walked == stops, address


def test_the_first_stop_skips_to_the_content(open_page: Callable[..., Page]) -> None:
    """Tab and Enter bring a keyboard past the menu."""
    page = open_page("publications/index.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_narrow_screen_needs_no_sideways_scrolling(
    site: Site, open_page: Callable[..., Page]
) -> None:
    """WCAG 1.4.10: at 320 pixels the text reflows, BibTeX entries unfolded."""
    page = open_page(viewport={"width": 320, "height": 800})
    for address in site.pages:
        page.goto(address)
        page.evaluate(OPEN_ALL)
        content, screen = page.evaluate(WIDTH)
        assert content <= screen, address
