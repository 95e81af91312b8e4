"""How pages behave in a real browser: quietly, in the dark, on paper and without scripts."""

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from rendered import Site

LISTING = "publications/index.html"
KEYS = {"tides": "byron2021tides", "looms": "doe2020looms"}
KEYS |= {"byron2020notes": "byron2020notes", "byron2018engines": "byron2018engines"}
COLOURS = """(() => {
    const style = getComputedStyle(document.documentElement);
    return [style.backgroundColor, style.color]
        .map(colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number));
})()"""


def light_of(colour: list[float]) -> float:
    """Return how light a colour is, from 0 to 1."""
    return sum(colour) / (3 * 255)


def test_the_policy_lets_no_foreign_code_run(open_page: Callable[..., Page]) -> None:
    """The page's content security policy stops a script that somebody slipped in."""
    page = open_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'window.slipped = true';
        document.head.append(script);
    }""")
    assert page.evaluate("window.slipped") is None
    assert any("Content Security Policy" in words for words in said)


def test_one_click_copies_the_entry(
    site: Site, open_page: Callable[..., Page], served: str
) -> None:
    """The clipboard gets the entry, from Cite and from its button: the file, but for our fields."""
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served)
    for slug in KEYS:
        page.goto(f"publications/{slug}.html")
        entry = (site.folder / "publications" / f"{slug}.bib").read_text("utf-8").strip()
        page.locator(".buttons").get_by_role("link", name="Cite").click()
        expect(page.locator(".buttons a[href='#cite']")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == entry
        page.locator("#cite details[open]").get_by_role("button", name="Copy").click()
        expect(page.locator("#cite details[open] button")).to_have_accessible_name("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == entry


def test_papers_are_cited_without_scripts(open_page: Callable[..., Page]) -> None:
    """Cite leads to the open entry; a copy button that could not work does not show."""
    page = open_page(java_script_enabled=False)
    for slug, key in KEYS.items():
        page.goto(f"publications/{slug}.html")
        page.locator(".buttons").get_by_role("link", name="Cite").click()
        expect(page).to_have_url(re.compile("#cite$"))
        expect(page.locator("#cite").get_by_text(f"{{{key},")).to_be_visible()
        expect(
            page.locator("#cite").get_by_role("link", name=f"Download {slug}.bib")
        ).to_be_visible()
        for button in page.locator("button").all():
            expect(button).to_be_hidden()


def test_colours_are_chosen_and_kept(open_page: Callable[..., Page]) -> None:
    """The switch goes from automatic to light and dark, and the choice holds on the next page."""
    page = open_page(color_scheme="light")
    switch = page.locator("button.scheme")
    expect(switch).to_have_accessible_name("Colours: automatic")
    switch.click()
    switch.click()
    expect(switch).to_have_accessible_name("Colours: dark")
    page.goto("publications/tides.html")
    expect(page.locator("button.scheme")).to_have_accessible_name("Colours: dark")
    paper, ink = page.evaluate(COLOURS)
    assert light_of(paper) < 0.2
    assert light_of(ink) > 0.8


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_readers_setting(open_page: Callable[..., Page], scheme: str) -> None:
    """Dark on light, or light on dark, as the reader's system says."""
    paper, ink = open_page(color_scheme=scheme).evaluate(COLOURS)
    dark, light = (paper, ink) if scheme == "dark" else (ink, paper)
    assert light_of(dark) < 0.2
    assert light_of(light) > 0.8


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_follow_the_readers_setting(
    site: Site, open_page: Callable[..., Page], scheme: str
) -> None:
    """In the dark a figure's ground is dark and its lettering light, as it is drawn on screen."""
    page = open_page(color_scheme=scheme)
    with_figures = [each.address for each in site.pages.values() if each.all("figure")]
    assert with_figures, "no page has a figure"
    for address in with_figures:
        page.goto(address)
        for figure in page.locator("figure img").all():
            picture = Image.open(io.BytesIO(figure.screenshot())).convert("L")
            ground = max(enumerate(picture.histogram()), key=lambda tone: tone[1])[0] / 255
            darkest, lightest = picture.getextrema()
            assert (ground < 0.25) if scheme == "dark" else (ground > 0.75), address
            assert lightest - darkest > 0.5 * 255, address


def test_paper_gets_the_papers_and_no_controls(open_page: Callable[..., Page]) -> None:
    """Printed, the listing has every paper; menu, buttons and folded entries stay on screen."""
    page = open_page(LISTING)
    page.emulate_media(media="print")
    expect(page.locator("h3")).to_have_count(len(KEYS))
    for title in page.locator("h3").all():
        expect(title).to_be_visible()
    for control in page.locator("nav, button, summary, .skip").all():
        expect(control).to_be_hidden()


def test_the_first_stop_skips_to_the_content(open_page: Callable[..., Page]) -> None:
    """Tab and Enter bring a keyboard past the menu."""
    page = open_page("publications/index.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
