"""What every page of ours has, beyond what the audit asks of any site."""

import re

from rendered import Site

from portfolio.audit.rendered import LOST, MATHML, text

SCRIPTS = ["scheme.js", "copy.js"]


def test_titles_say_what_and_whose(site: Site) -> None:
    """A page's title says its heading and whose site it is; home is headed by the name itself."""
    for page in site.pages.values():
        if page.address != "publications/looms.html":  # its heading holds a formula
            said = text(page.all("h1")[0]) if page.address != "index.html" else "About"
            assert text(page.all("title")[0]) == f"{said} · Ada Byron"


def test_a_formula_in_a_title_is_spelt_out_where_no_markup_can_be(site: Site) -> None:
    """The heading has MathML; the tab's title, which knows no markup, has words."""
    titles = {
        "tides": "Counting n tides in few turns",
        "looms": "Looms that remember k log k patterns",
    }
    for slug, title in titles.items():
        page = site.pages[f"publications/{slug}.html"]
        assert page.all("h1")[0].findall(f".//{MATHML}math")
        assert text(page.all("title")[0]) == f"{title} · Ada Byron"


def test_every_source_has_its_page(site: Site) -> None:
    """A page for each paper, notebook and section, one for lost readers, and no other."""
    papers = {"tides", "looms", "byron2020notes", "byron2018engines"}
    sections = {"index.html", "publications/index.html", "news/index.html", LOST}
    wanted = {f"publications/{slug}.html" for slug in papers} | {"notebooks/tides.html"}
    assert set(site.pages) == sections | wanted


def test_sections_and_summarised_papers_are_described(site: Site) -> None:
    """One description in a sentence on each section and each page of a paper with a summary."""
    sections = [page.address for page in site.pages.values() if page.address.endswith("index.html")]
    for address in (*sections, "publications/tides.html", "publications/looms.html"):
        (said,) = site.pages[address].meta("description")
        assert len(said) > 20, address


def test_every_page_names_english(site: Site) -> None:
    """Pages that say nothing else are English."""
    assert {page.document.get("lang") for page in site.pages.values()} == {"en"}


def test_readers_find_feed_and_bibliography(site: Site) -> None:
    """Every page offers the news feed and the whole bibliography."""
    for page in site.pages.values():
        offered = " ".join(page.linked("alternate"))
        assert re.search(r"feed\.xml .*publications\.bib", offered), page.address


def test_mathematics_is_mathml(site: Site) -> None:
    """Formulas are MathML, and no TeX is left in the text."""
    assert len(site.pages["publications/tides.html"].all(f"{MATHML}math")) > 5
    for page in site.pages.values():
        prose = " ".join(text(paragraph) for paragraph in page.all("p"))
        assert "\\" not in prose, page.address
        assert "$" not in prose, page.address


def test_the_section_we_are_in_is_marked_once(site: Site) -> None:
    """One link of the menu is current on a section's own page, none on other pages."""
    for page in site.pages.values():
        (menu,) = (nav for nav in page.all("nav") if nav.get("aria-label") == "Site")
        marked = [e for e in menu.iter("a") if e.get("aria-current") == "page"]
        assert len(marked) == page.address.endswith("index.html"), page.address


def test_scripts_are_few_and_small(site: Site) -> None:
    """A page asks for those of colours, of copy buttons and, with a formula, of what scrolls."""
    for page in site.pages.values():
        sources = [script.get("src", "") for script in page.all("script") if script.get("src")]
        wanted = SCRIPTS + ["scrolls.js"] * ('display="block"' in page.source)
        assert [source.rpartition("/")[2] for source in sources] == wanted, page.address
