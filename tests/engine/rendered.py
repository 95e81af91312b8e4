"""Fixtures of rendered sites: each made once, by each renderer, and shared by the tests.

A conftest that imports them says with a fixture `source` which project is rendered.
"""

import gzip
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import checkers
import needs
import pytest
import yaml
from checkout import RENDERERS, rendered_once
from playwright.sync_api import Browser, Page

from portfolio.audit import RenderedSite
from portfolio.audit.rendered import Page as Rendered
from portfolio.audit.server import serving

__all__ = ["npm_packages", "open_page", "packed", "served", "site", "site_by", "workshop"]


@dataclass(frozen=True)
class Site(RenderedSite):
    """The site that a renderer made of the copy at ``project``."""

    renderer: str
    project: Path

    @property
    def notebooks(self) -> list[Rendered]:
        """The pages of notebooks."""
        return [page for page in self.pages.values() if page.address.startswith("notebooks/")]


def site_at(root: Path, renderer: str) -> Site:
    """Return the site that was rendered in the project at ``root``."""
    settings = yaml.safe_load((root / "_quarto.yml").read_text(encoding="utf-8"))
    return Site(root / "_site", settings["owner"]["site"], renderer, root)


def packed(site: RenderedSite, *names: str) -> int:
    """Return how many bytes files of a site take as servers send them."""
    return sum(len(gzip.compress((site.folder / name).read_bytes(), 6)) for name in names)


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of this test session, one for all of its processes."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder


@pytest.fixture(scope="session")
def site_by(source: Path, workshop: Path) -> Callable[[str], Site]:
    """Return the function that gives the site of a renderer, rendered on first need."""

    @cache
    def site_by(renderer: str) -> Site:
        root = workshop / f"{source.name}-by-{renderer}"
        return site_at(rendered_once(source, root, renderer, TZ="Etc/GMT+12"), renderer)

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
