"""What is wider than a phone can be read to its end without a mouse, whatever the fonts."""

import pytest
from description import GAUNTLET, read_description
from outcome import render
from playwright.sync_api import expect

from portfolio.audit.server import serving
from portfolio.audit.visit import SETTLED

PAGES = {
    "publications/notes.html": 2,
    "notebooks/notes.html": 3,
    "posts/engines.html": 2,
    "cv.html": 1,
}
"""Pages, and how many boxes on each are wider than 320 pixels."""
_SCROLLING = """() => [...document.querySelectorAll('main *')].filter(each =>
    each.scrollWidth > each.clientWidth && each.clientWidth
    && /auto|scroll/.test(getComputedStyle(each).overflowX))"""
_REACHED = f"({_SCROLLING})().map(each => each.getAttribute('tabindex'))"
_STOPS = "document.querySelectorAll('main :is(math, pre, table)[tabindex]').length"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Serve a site with wide things on every kind of page."""
    wide = read_description(GAUNTLET / "wide.yml")
    outcome = render(wide, tmp_path_factory.mktemp("wide"), "embedded")
    assert not outcome.status, outcome.said
    with serving(outcome.site) as address:
        yield address


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("page", PAGES)
def test_all_that_scrolls_takes_the_focus(address, browser, page, scripts):
    """On a phone the keyboard reaches every box that scrolls, and no other once scripts run."""
    size = {"width": 320, "height": 800}
    with browser.new_context(viewport=size, java_script_enabled=scripts) as context:
        tab = context.new_page()
        tab.goto(address + page)
        if scripts:
            tab.evaluate(SETTLED)
        assert tab.evaluate(_REACHED) == ["0"] * PAGES[page]
        if scripts:
            assert tab.evaluate(_STOPS) == PAGES[page]


def test_a_window_that_narrows_gives_the_focus_back(address, browser):
    """What stops scrolling is no stop, and is one again in a narrow window, where keys move it."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        tab = context.new_page()
        tab.goto(f"{address}publications/notes.html")
        tab.evaluate(SETTLED)
        assert tab.evaluate(_STOPS) == 0
        tab.set_viewport_size({"width": 320, "height": 800})
        tab.evaluate(SETTLED)
        formula = tab.locator("math[tabindex]").first
        formula.evaluate("each => each.addEventListener('scroll', () => each.dataset.moved = '')")
        formula.focus()
        tab.keyboard.press("ArrowRight")
        expect(formula).to_have_attribute("data-moved", "")
