"""The contract that a rendered site is held to, whoever owns it.

`static_problems` reads the files; `browser_problems` opens the pages in a Chromium, of a large site
a sample.
"""

from portfolio.audit.browser import BrowserMissingError, browser_problems
from portfolio.audit.rendered import RenderedSite
from portfolio.audit.static import static_problems
from portfolio.audit.visit import visited

__all__ = ["BrowserMissingError", "RenderedSite", "browser_problems", "static_problems", "visited"]
