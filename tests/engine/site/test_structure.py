"""How every page is built: headings, language, pictures and mathematics, without any script."""

from itertools import pairwise

import pytest
from parsed import LOST, MATHML, Page, Site, heading_level, text
from PIL import Image

SCRIPTS = {"copy.js"}


def test_every_page_has_one_main_heading(site: Site) -> None:
    """One h1 a page, in the main part, before all other headings there."""
    for page in site.pages.values():
        headings = [element for element in page.document.iter() if heading_level(element)]
        assert [heading_level(heading) for heading in headings].count(1) == 1, page.address
        assert headings[0].tag == "h1", page.address
        assert headings[0] in page.main.iter(), page.address
        assert all(text(heading) for heading in headings), page.address


def test_headings_leave_no_level_out(site: Site) -> None:
    """A heading is at most one level below the heading before it."""
    for page in site.pages.values():
        levels = [heading_level(e) for e in page.document.iter() if heading_level(e)]
        too_deep = [(above, below) for above, below in pairwise(levels) if below > above + 1]
        assert not too_deep, page.address


def test_titles_tell_pages_apart(site: Site) -> None:
    """A page's title says its heading and whose site it is; no two are the same."""
    titles = {}
    for page in site.pages.values():
        (title,) = page.all("title")
        titles[page.address] = text(title)
        assert text(title) == f"{text(page.all('h1')[0])} · Hrayr Harutyunyan", page.address
    assert len(set(titles.values())) == len(titles)


def test_every_page_names_its_language(site: Site) -> None:
    """Screen readers learn which language to speak."""
    for page in site.pages.values():
        assert page.document.get("lang") == "en", page.address


def test_the_page_we_are_on_is_marked(site: Site) -> None:
    """The menu marks the section's own page, and nothing else, as current."""
    for page in site.pages.values():
        (menu,) = page.all("nav")
        marked = [e.get("href", "") for e in menu.iter("a") if e.get("aria-current") == "page"]
        is_section = page.address.endswith("index.html")
        assert len(marked) == (1 if is_section else 0), page.address


def test_pictures_have_text_and_room(site: Site) -> None:
    """Each picture has an alt, empty at most beside a title, and its true proportions."""
    for page in site.pages.values():
        for picture in page.all("img"):
            where = (page.address, picture.get("src"))
            assert picture.get("alt") is not None, where
            width, height = (int(picture.get(side, "0")) for side in ("width", "height"))
            assert width > 0, where
            assert height > 0, where
            assert width / height == pytest.approx(proportion(site, page, picture.get("src")), 0.01)


def test_nothing_is_written_by_scripts(site: Site) -> None:
    """A page's only script is the copy button's; there is no handler and no script in the page."""
    for page in site.pages.values():
        for script in page.all("script"):
            source = (script.get("src") or "").rpartition("/")[2]
            assert script.get("type") == "application/ld+json" or source in SCRIPTS, page.address
        handlers = [name for e in page.document.iter() for name in e.attrib if name[:2] == "on"]
        assert not handlers, page.address


def test_mathematics_is_mathml(site: Site) -> None:
    """Formulas are MathML, and no TeX is left in the text."""
    page = site.pages["publications/linear_corex.html"]
    assert len(page.all(f"{MATHML}math")) > 5
    for each in site.pages.values():
        assert not each.of_class("math"), each.address
        prose = " ".join(text(paragraph) for paragraph in each.all("p"))
        assert "\\" not in prose, each.address
        assert "$" not in prose, each.address


def test_only_the_lost_page_stays_out_of_indexes(site: Site) -> None:
    """Search engines are kept from the 404 page and from no other."""
    kept_out = [page.address for page in site.pages.values() if page.meta("robots")]
    assert kept_out == [LOST]


def proportion(site: Site, page: Page, source: str | None) -> float:
    """Return width over height as the picture's file has it."""
    path = site.folder / page.address / ".." / (source or "")
    if path.suffix == ".svg":
        root = path.resolve().read_text(encoding="utf-8").partition('viewBox="')[2]
        _, _, width, height = map(float, root.partition('"')[0].split())
        return width / height
    with Image.open(path.resolve()) as picture:
        return picture.width / picture.height
