"""Pages on paper: few sheets, and nothing that a sheet cuts off."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

SHEETS = {
    "index.html": 2,
    "publications/index.html": 1,
    "publications/tides.html": 2,
    "publications/byron2018engines.html": 1,
    "news/index.html": 1,
    "notebooks/tides.html": 4,
}
"""As many sheets of A4 as each page takes at most, within its own margins."""
WIDTH = 665
"""CSS pixels between the margins of a sheet."""
CUT = """() => [...document.querySelectorAll('main *')].filter((one) =>
    one.checkVisibility() && getComputedStyle(one).display !== 'inline'
      && !one.closest('svg, math') && one.getBoundingClientRect().width > 2
      && (one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > innerWidth))
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("address", SHEETS)
def test_a_page_prints_whole_on_few_sheets(open_page: Callable[..., Page], address: str) -> None:
    """Every formula, line of code and table is as wide as the sheet at most."""
    page = open_page(address, viewport={"width": WIDTH, "height": 950})
    page.emulate_media(media="print")
    assert page.evaluate(CUT) == []
    assert page.locator("header.site nav, .buttons, .neighbours").filter(visible=True).count() == 0
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= SHEETS[address]
