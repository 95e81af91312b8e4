"""A browser's visit to a served site, page by page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from portfolio.audit.rendered import Page, RenderedSite

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

MOST = 24
"""So many pages of a larger site are visited, spread over it: pages of one kind are alike."""

UNFOLD = "document.querySelectorAll('details').forEach(each => each.open = true)"
SETTLED = """document.fonts.ready.then(() => new Promise(done => {
    const isPutOff = block => getComputedStyle(block).contentVisibility === "auto";
    let frames = 0;
    const look = () => {
        const isDone = ![...document.querySelectorAll(".text :is(p, pre)")].some(isPutOff);
        if (frames++ < 300 && !isDone) requestAnimationFrame(look);
        else requestAnimationFrame(() => requestAnimationFrame(() => done()));
    };
    look();
}))"""
"""Fonts are there, all is laid out, and scripts that go by the width of things have seen it."""


@dataclass(frozen=True)
class Visit:
    """A site, the browser that visits it, and the address where it is served."""

    site: RenderedSite
    browser: "Browser"
    address: str

    @contextmanager
    def tab(self, **options: Any) -> Iterator["Tab"]:
        """Open a tab of its own."""
        with self.browser.new_context(base_url=self.address, **options) as context:
            yield context.new_page()

    def pages(self, tab: "Tab", *, unfolded: bool = False) -> Iterator[Page]:
        """Go to the pages in turn, with what is folded opened on demand."""
        for address in visited(list(self.site.pages)):
            page = self.site.pages[address]
            tab.goto(page.address)
            if unfolded:
                tab.evaluate(UNFOLD)
                tab.evaluate(SETTLED)
            yield page


def visited(addresses: list[str]) -> list[str]:
    """Return the addresses to visit: of many those of sections, and others at even distances."""
    if len(addresses) <= MOST:
        return addresses
    sections = [address for address in addresses if address.endswith("index.html")][: MOST // 2]
    others = [address for address in addresses if address not in sections]
    room = MOST - len(sections)
    spread = {others[number * len(others) // room] for number in range(room)}
    return [address for address in addresses if address in spread or address in sections]
