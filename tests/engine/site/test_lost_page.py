"""The 404 page, which a host shows at any address that does not exist."""

import shutil
from collections.abc import Callable
from pathlib import Path

import yaml
from checkout import render
from playwright.sync_api import Page, expect
from rendered import Site, site_at

from portfolio.audit.rendered import LOST
from portfolio.audit.server import serving

DEEP = "no/such/folder/page.html"
LINKED = ("index.qmd", "publications/index.qmd", "news/index.qmd")


def test_it_is_styled_wherever_it_is_shown(open_page: Callable[..., Page]) -> None:
    """At a deep address, too, the page finds its style and says what happened."""
    page = open_page(DEEP)
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 0


def test_it_leads_back_into_the_site(open_page: Callable[..., Page]) -> None:
    """Its links work from a deep address."""
    page = open_page(DEEP)
    page.get_by_role("main").get_by_role("link", name="publications").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Publications")


def test_it_knows_the_path_that_the_site_lives_below(
    site: Site, source: Path, tmp_path: Path
) -> None:
    """Where the owner's address has a path, the 404 page's addresses start with it."""
    page = site_at(render(moved(source, tmp_path), site.renderer), site.renderer).pages[LOST]
    local = [e.get("href") or e.get("src") or "" for e in page.all("a", "link", "script")]
    local = [address for address in local if not address.startswith(("https://", "#"))]
    assert len(local) > 8
    for address in local:
        assert address.startswith("/people/me/")
        assert (site.folder / address.removeprefix("/people/me/")).is_file(), address


def test_the_site_works_below_a_path(site: Site, open_page: Callable[..., Page]) -> None:
    """Served in a folder of a host, every page gets all that it asks for."""
    page = open_page()
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    with serving(site.folder, base="/people/me/") as address:
        for each in site.pages:
            if each != LOST:
                page.goto(address + each)
    assert not failed


def moved(source: Path, folder: Path) -> Path:
    """Copy the project into ``folder`` with an address that has a path, its pages left empty."""
    root = shutil.copytree(source, folder / "project")
    settings = yaml.safe_load((root / "_quarto.yml").read_text(encoding="utf-8"))
    settings["owner"]["site"] = "https://example.org/people/me"
    settings["project"]["render"] = ["404.qmd", *LINKED]
    (root / "_quarto.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    for page in LINKED:
        (root / page).write_text("---\ntitle: Empty\n---\n", encoding="utf-8")
    return root
