"""A list of several pages in a real browser: sought, narrowed down and addressed as one."""

import re

import pytest
from playwright.sync_api import expect
from records import OWNER, bibliography

from portfolio.audit.server import serving
from portfolio.pages import listing_pages
from portfolio.pages.listing import publications
from portfolio.pages.listing_made import made_lists
from portfolio.pages.portfolio import load_portfolio
from portfolio.shipped import theme_file

FRAME = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>x</title>
<link rel="stylesheet" href="/theme/site.css"></head><body><main></main></body></html>
"""
LISTING = "/publications/index.html"


@pytest.fixture(scope="module")
def divided(tmp_path_factory):
    """Serve a list of 207 papers with at most sixty to a page, as the site's root has it."""
    root = tmp_path_factory.mktemp("divided")
    (root / "publications").mkdir()
    (root / "_quarto.yml").write_text(f"{OWNER}project: {{type: portfolio}}\n")
    (root / "publications" / "publications.bib").write_text(bibliography(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing_pages, "FULL", 60)
        here = load_portfolio(root)
        html, scripts = publications(here)
        first = FRAME.replace("<main>", f"<main>{here.shelf.dressed(html, scripts)}")
        made = {LISTING: first} | dict(made_lists(here, html, FRAME))
    made |= {f"/theme/{name}": theme_file(name).decode() for name in (*scripts, "site.css")}
    for address, text in made.items():
        path = root / "out" / address[1:]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(re.sub("</?template[^>]*>", "", text), encoding="utf-8")
    with serving(root / "out") as address:
        yield address.rstrip("/")


@pytest.fixture
def open_at(browser, divided):
    """Return the function that opens an address of the site."""
    contexts = []

    def open_at(address, **options):
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.goto(divided + address)
        return page

    yield open_at
    for context in contexts:
        context.close()


def test_a_search_finds_papers_of_all_pages(open_at):
    """The index is asked for on the first search alone, and has what the page does not show."""
    page = open_at(LISTING)
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    assert page.locator(".row").count() <= 60
    assert page.locator("#work150").count() == 0
    page.get_by_role("searchbox").fill("part 150")
    expect(page.locator(".count")).to_have_text("1 of 207")
    assert asked == ["index.json"]
    expect(page.locator(".row:visible a")).to_have_attribute("href", re.compile("/work150.html$"))
    page.get_by_role("searchbox").press("Escape")
    expect(page.locator(".found")).to_have_count(0)
    expect(page.locator(".row").first).to_be_visible()


def test_facets_hold_for_all_pages(open_at):
    """A facet finds as many papers as it says, at an address; more than a hundred in two steps."""
    page = open_at(f"{LISTING}?kind=journal&q=e")
    expect(page.locator(".count")).to_have_text(re.compile("of 207$"))
    page.get_by_role("searchbox").fill("")
    journal = page.get_by_role("link", name=re.compile("^Journal articles"))
    count = journal.locator("small").inner_text()
    expect(page.locator(".count")).to_have_text(f"{count} of 207")
    journal.click()
    page.get_by_role("searchbox").fill("part")
    expect(page.locator(".found .row")).to_have_count(100)
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(".found .row")).to_have_count(200)
    page.go_back()
    expect(page.locator(".count")).to_have_text(f"{count} of 207")


def test_an_old_address_of_a_row_finds_its_page(open_at):
    """A paper that has moved to another page of the list is found there."""
    page = open_at(f"{LISTING}#work150")
    page.wait_for_url(re.compile(r"/publications/in/\w+\.html#work150$"))
    expect(page.locator("#work150")).to_be_in_viewport()


def test_facets_are_pages_without_scripts(open_at):
    """A facet leads to the section of its papers, on whichever page that begins."""
    page = open_at(LISTING, java_script_enabled=False)
    for name in ("Theses", "moss", "Awards"):
        page.goto(page.url.partition("/publications/")[0] + LISTING)
        page.get_by_role("link", name=re.compile(f"^{name}")).click()
        expect(page).to_have_url(re.compile(r"/by/[\w-]+\.html#group-\w+$"))
        expect(page.locator(f"#{page.url.partition('#')[2]}")).to_have_text(name)
