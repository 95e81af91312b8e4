"""What is wider than a phone can be read to its end without a mouse, whatever the fonts."""

from dataclasses import replace

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
_PUT_OFF = """[...document.querySelectorAll('main *')].filter(
    each => getComputedStyle(each).contentVisibility === 'auto').length"""
_STOPS = "document.querySelectorAll('main :is(math, pre, table)[tabindex]').length"


def _long():
    """Return a notebook of twelve sections, each with a formula and a line of code."""
    sections = [
        f"## Wheel {each}\n\n$$w = {each} + v$$\n\n```python\nengine.turn(wheels={each})\n```"
        for each in range(1, 13)
    ]
    cells = [{"cell_type": "markdown", "id": "a", "metadata": {}}]
    cells[0]["source"] = "\n\n".join(["# Twelve wheels", *sections])
    python = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": python}, "cells": cells}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Serve a site with wide things on every kind of page."""
    wide = read_description(GAUNTLET / "wide.yml")
    wide = replace(wide, files=wide.files | {"notebooks/wheels.ipynb": {"json": _long()}})
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


def test_what_is_laid_out_later_is_as_tall_as_at_once(address, browser):
    """A long page comes in pieces, and is in the end as tall, and as open, as without scripts."""
    heights = {}
    for scripts in (True, False):
        size = {"width": 320, "height": 300}
        with browser.new_context(viewport=size, java_script_enabled=scripts) as context:
            tab = context.new_page()
            tab.goto(f"{address}notebooks/wheels.html")
            if scripts:
                tab.evaluate(SETTLED)
            assert tab.evaluate(_PUT_OFF) == 0
            # The header is taller with scripts, by the switch of colours.
            heights[scripts] = tab.evaluate("document.querySelector('.text').offsetHeight")
    assert heights[True] == heights[False]


def test_a_link_into_a_page_that_still_comes_leads_to_its_place(address, browser):
    """Who follows the contents before all is laid out stands at the heading that they asked for."""
    with browser.new_context(viewport={"width": 320, "height": 300}) as context:
        tab = context.new_page()
        # Nothing is laid out in turn as long as the page's clock stands still.
        tab.add_init_script("window.setTimeout = () => 0")
        tab.goto(f"{address}notebooks/wheels.html")
        assert tab.evaluate(_PUT_OFF) > 0
        tab.get_by_role("link", name="Wheel 9").click()
        assert tab.evaluate(_PUT_OFF) == 0
        expect(tab.locator("#wheel-9")).to_be_in_viewport()
        assert 0 <= tab.locator("#wheel-9").bounding_box()["y"] < 60


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
