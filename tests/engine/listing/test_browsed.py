"""The list of 207 varied papers as readers meet it: in a real browser, with scripts and without."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from rendered import Site, packed

from portfolio.audit import accessibility
from portfolio.audit.rendered import RenderedSite
from portfolio.audit.visit import Visit

COUNT = 207
LISTING = "publications/index.html"
KILO = 1024
ODD = (4, 7, 25, 39, 0, 5, 13, 30, 31, 40, 49)
"""Of works with a formula, thirty authors, a long award, beside a word wider than a phone, without
a year, of thirty words, in Chinese, in press, in Persian, with that word, and with markup."""
SHIFT = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((seen) => {
        for (const shift of seen.getEntries()) sum += shift.value;
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(sum), 300);
})"""


def rows(page: Page) -> Locator:
    """Return the rows that can be seen, now or once the page's script has run."""
    return page.locator(".row").filter(visible=True)


def only(site: Site, *addresses: str) -> RenderedSite:
    """Return the site as if it had no other pages."""
    few = RenderedSite(site.folder, site.address)
    few.__dict__["pages"] = {address: site.pages[address] for address in addresses}
    return few


@pytest.mark.parametrize(
    "check",
    [
        pytest.param(accessibility.axe_and_keyboard, marks=pytest.mark.long),
        accessibility.narrow,
    ],
)
def test_everyone_can_use_the_list(site, browser, served, check):
    """Axe finds nothing in either scheme, nothing overflows at 320 px, keys reach everything."""
    assert list(check(Visit(only(site, LISTING), browser, served))) == []


@pytest.mark.parametrize(
    ("check", "works"),
    [
        pytest.param(accessibility.axe_and_keyboard, ODD[:4], marks=pytest.mark.long),
        (accessibility.narrow, ODD),
    ],
)
def test_everyone_can_use_the_papers_pages(site, browser, served, check, works):
    """So it is where titles and awards are long, names many, and scripts and formulas mixed."""
    pages = [f"publications/work{number}.html" for number in works]
    assert list(check(Visit(only(site, *pages), browser, served))) == []


def test_typing_narrows_the_list(open_page: Callable[..., Page]) -> None:
    """Words in any order, without accents, find rows by author, and year."""
    page = open_page(LISTING)
    field = page.get_by_role("searchbox", name="Search the papers")
    field.fill("MULLER 2024")
    expect(page.locator(".count")).to_have_text(re.compile(r"^\d+ of 207$"))
    found = rows(page)
    assert 0 < found.count() < 14
    for row in found.all():
        assert "Müller" in row.text_content()
        assert "2024" in row.text_content()
    expect(page.locator(".leaps li:visible")).to_have_count(1)
    page.wait_for_url("**/index.html?q=MULLER+2024")
    field.press("Escape")
    expect(rows(page)).to_have_count(COUNT)
    expect(page.locator(".count")).to_have_text("207 papers")
    page.wait_for_url("**/index.html")


def test_nothing_found_leads_back(open_page: Callable[..., Page]) -> None:
    """Where no paper matches, the page says so and offers all."""
    page = open_page(f"{LISTING}?q=nothing+like+this")
    expect(rows(page)).to_have_count(0)
    expect(page.locator(".none")).to_have_text("No paper matches; show all 207.")
    page.get_by_role("link", name="show all 207").click()
    expect(rows(page)).to_have_count(COUNT)
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_facets_combine_and_are_addresses(open_page: Callable[..., Page]) -> None:
    """Each facet narrows further; the back button undoes it; the address brings it back."""
    page = open_page(LISTING)
    page.get_by_role("link", name=re.compile("^With code")).click()
    expect(page.locator(".facets [aria-current]")).to_have_count(1)
    with_code = rows(page).count()
    page.get_by_role("link", name=re.compile("^Journal articles")).press("Enter")
    expect(page).to_have_url(re.compile(r"\?only=code&kind=journal$"))
    expect(page.locator(".facets [aria-current]")).to_have_count(2)
    both = rows(page).count()
    assert 0 < both < with_code < COUNT
    again = open_page(page.url)
    expect(rows(again)).to_have_count(both)
    page.go_back()
    expect(rows(page)).to_have_count(with_code)
    page.get_by_role("link", name=re.compile("^With code")).click()
    expect(rows(page)).to_have_count(COUNT)


def test_a_facet_that_holds_is_seen_in_forced_colours(open_page: Callable[..., Page]) -> None:
    """It does not look like the others where the reader's system sets all colours."""
    page = open_page(f"{LISTING}?only=code", forced_colors="active")
    ground = "link => getComputedStyle(link).backgroundColor"
    chosen = page.locator(".facets [aria-current]").evaluate(ground)
    assert chosen != page.locator("#only-award").evaluate(ground)


def test_a_state_goes_along_to_another_order(open_page: Callable[..., Page]) -> None:
    """What is sought stays sought when the list is put in another order."""
    page = open_page(f"{LISTING}?q=muller")
    expect(page.locator(".count")).to_have_text(re.compile(r"^\d+ of 207$"))
    found = rows(page).count()
    page.get_by_role("link", name="By title").click()
    expect(page).to_have_url(re.compile(r"/by/title\.html\?q=muller$"))
    expect(rows(page)).to_have_count(found)


def test_facets_work_without_scripts(open_page: Callable[..., Page]) -> None:
    """Each leads to as many papers as it says, at an address of its own; there is no dead field."""
    page = open_page(LISTING, java_script_enabled=False)
    expect(page.locator(".find")).to_be_hidden()
    facets = page.locator(".facets a[id]")
    assert facets.count() >= 3 + 5 + 5
    for facet in facets.all()[::5]:
        facet.click()
        expect(page).to_have_url(re.compile(r"index\.html#[\w-]+$"))
        count = int(facet.locator("small").inner_text())
        expect(rows(page)).to_have_count(count)
    page.get_by_role("link", name="All 207").click()
    expect(rows(page)).to_have_count(COUNT)


def test_an_address_names_a_row(open_page: Callable[..., Page]) -> None:
    """The row that an address names is in sight, and looks different from the others."""
    page = open_page(f"{LISTING}#work150")
    ground = "getComputedStyle(document.getElementById('{}')).backgroundColor"
    assert page.evaluate(ground.format("work150")) != page.evaluate(ground.format("work151"))
    expect(page.locator("#work150")).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False])
def test_long_lists_of_authors_open(open_page: Callable[..., Page], *, scripts: bool) -> None:
    """All thirty-one authors show on demand, and the short list goes."""
    row = open_page(LISTING, java_script_enabled=scripts).locator("#work7")
    authors = row.locator(".authors")
    assert authors.inner_text().endswith("+27 more")
    row.locator("summary").click()
    assert authors.inner_text().endswith("H. Helper29")
    expect(row.locator(".few")).to_be_hidden()


def test_orders_are_pages(open_page: Callable[..., Page]) -> None:
    """The list by kind, topic and title has every paper, and says where one is."""
    page = open_page(LISTING, java_script_enabled=False)
    for name in ("kind", "topic", "title"):
        page.get_by_role("link", name=f"By {name}").click()
        expect(page.locator("h1")).to_have_text(f"Publications by {name}")
        expect(page.locator(".row[id]")).to_have_count(COUNT)
        expect(page.locator(".orders [aria-current]")).to_have_text(f"By {name}")


def test_a_page_is_light(site: Site) -> None:
    """As servers send them: the page with 207 papers, all style, all script."""
    assert packed(site, LISTING) <= 25 * KILO
    assert packed(site, "theme/site.css") <= 12 * KILO
    assert (
        packed(site, *(f"theme/{path.name}" for path in site.folder.glob("theme/*.js")))
        <= 10 * KILO
    )


def test_nothing_moves_while_the_page_loads(open_page: Callable[..., Page]) -> None:
    """The search field has its room before its script runs."""
    assert open_page(LISTING).evaluate(SHIFT) == 0


def test_paper_gets_a_numbered_list(open_page: Callable[..., Page]) -> None:
    """Printed: all papers and all authors, no pictures and no links, on 14 pages or fewer."""
    page = open_page(LISTING)
    page.emulate_media(media="print")
    for hidden in page.locator(".row :is(.tile, img, .links), .listing nav, .find").all()[:50]:
        expect(hidden).to_be_hidden()
    assert page.locator("#work7 .authors").inner_text().endswith("H. Helper29")
    expect(rows(page)).to_have_count(COUNT)
    margin = dict.fromkeys(("top", "bottom", "left", "right"), "15mm")
    printed = page.pdf(format="A4", margin=margin)
    assert 0 < len(re.findall(rb"/Type\s*/Page\b", printed)) <= 14
