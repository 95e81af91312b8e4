"""The contract that a rendered site is held to, whoever owns it.

`static_problems` reads the files; `browser_problems` opens every page in a Chromium.
"""

from portfolio.audit.browser import BrowserMissingError, browser_problems
from portfolio.audit.rendered import RenderedSite
from portfolio.audit.static import static_problems

__all__ = ["BrowserMissingError", "RenderedSite", "browser_problems", "static_problems"]
