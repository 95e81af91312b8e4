"""Everything that a site promises and that only a browser can show."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from portfolio.audit import accessibility, reading
from portfolio.audit.browsers import LACKING, arguments, find_browser
from portfolio.audit.rendered import RenderedSite
from portfolio.audit.server import serving
from portfolio.audit.visit import Visit
from portfolio.records.problems import Problem

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHECKS = (
    accessibility.axe_and_keyboard,
    accessibility.narrow,
    reading.read,
)
_EXTRA = 'needs the extra: run `python -m pip install "quarto-portfolio[audit]"`'
_PARTS = ("playwright", "axe_playwright_python")


class BrowserMissingError(Exception):
    """There is no browser to audit with; says what to type."""


def browser_problems(site: RenderedSite, *, browser: "Browser | None" = None) -> list[Problem]:
    """Return what is wrong with the site as it is read, in order; use ``browser`` if it is given.

    Raises BrowserMissingError where the extra or a Chromium is missing.
    """
    chromium = nullcontext(browser) if browser else started()
    base = f"{urlsplit(site.address).path.rstrip('/')}/"  # the 404 page names it
    with chromium as opened, serving(site.folder, base=base) as address:
        visit = Visit(site, opened, address)
        return sorted({problem for check in CHECKS for problem in check(visit)})


@contextmanager
def started() -> Iterator["Browser"]:
    """Start a Chromium that reaches this machine alone."""
    if not all(map(find_spec, _PARTS)):
        raise BrowserMissingError(_EXTRA)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  the extra's

    with sync_playwright() as playwright:
        command = find_browser(playwright.chromium.executable_path)
        if command is None:
            raise BrowserMissingError(LACKING)
        chromium = playwright.chromium.launch(executable_path=command, args=arguments())
        try:
            yield chromium
        finally:
            chromium.close()
