"""The rendered site, a server and a browser: each made once and shared by the tests."""

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import checkers
import needs
import pytest
from checkout import RENDERERS, copied_once, rendered_once
from parsed import Site
from playwright.sync_api import Browser, Page
from server import serving


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of this test session, one for all of its processes."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder


@pytest.fixture(scope="session")
def source(workshop: Path) -> Path:
    """Return a copy of the project as it was when the session started."""
    return copied_once(workshop / "source")


@pytest.fixture(scope="session")
def site_by(source: Path, workshop: Path) -> Callable[[str], Site]:
    """Return the function that gives the site of a renderer, rendered on first need."""

    @cache
    def site_by(renderer: str) -> Site:
        root = workshop / f"site-by-{renderer}"
        return Site(renderer, rendered_once(source, root, renderer, TZ="Etc/GMT+12"))

    return site_by


@pytest.fixture(scope="session", params=RENDERERS)
def site(request: pytest.FixtureRequest, site_by: Callable[[str], Site]) -> Site:
    """Return the site as each renderer makes it."""
    return site_by(request.param)


@pytest.fixture(scope="session")
def served(site: Site) -> Iterator[str]:
    """Serve the site; give the address of its root."""
    with serving(site.folder) as address:
        yield address


@pytest.fixture
def open_page(browser: Browser, served: str) -> Iterator[Callable[..., Page]]:
    """Return the function that opens an address of the site in a context of its own."""
    contexts = []

    def open_page(address: str = "", **options: object) -> Page:
        contexts.append(browser.new_context(base_url=served, **options))
        page = contexts[-1].new_page()
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def npm_packages() -> Path:
    """Install the checkers from npm on first need; return where they are."""
    try:
        checkers.install()
    except checkers.CheckersMissingError as error:
        needs.missing(str(error))
    return checkers.MODULES
