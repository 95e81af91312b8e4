"""A browser's visit to a served site, page by page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from portfolio.audit.rendered import Page, RenderedSite

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

UNFOLD = "document.querySelectorAll('details').forEach(each => each.open = true)"


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
        """Go to each page in turn, with what is folded opened on demand."""
        for page in self.site.pages.values():
            tab.goto(page.address)
            if unfolded:
                tab.evaluate(UNFOLD)
            yield page
