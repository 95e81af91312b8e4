"""The tiny site uses every feature of the dialect; its pages say what they should look like."""

import re
from urllib.parse import unquote

import pytest
from outline import outline, parsed, resolved
from tinysite import expected

PAGES = {
    "index.html": "index.qmd",
    "made.html": "made.qmd",
    "more/cells.html": "more/cells.qmd",
    "more/embeds.html": "more/embeds.qmd",
    "study/study.html": "study/study.ipynb",
}


def rendered(root):
    """Return the addresses of the site's pages."""
    site = root / "_site"
    return {path.relative_to(site).as_posix() for path in site.rglob("*.html")}


def test_every_page_is_rendered(tinysite):
    """A page made by the script before the render is one of them."""
    assert rendered(tinysite) == PAGES.keys()


@pytest.mark.parametrize("address", PAGES)
def test_pages_look_as_they_say(tinysite, address):
    """Titles, headings, text, code, outputs, figures, captions and links are as expected."""
    page = parsed(tinysite / "_site" / address)
    assert outline(page, address.rpartition("/")[0]) == expected(tinysite / PAGES[address])


@pytest.mark.parametrize("address", PAGES)
def test_links_and_pictures_lead_somewhere(tinysite, address):
    """What a page links is published, and the fragment is the id of something there."""
    page = parsed(tinysite / "_site" / address)
    for element in page.iter():
        href = element.get("href") or element.get("src")
        if href is None or re.match(r"[a-z]+:", href):
            continue
        path, _, fragment = href.partition("#")
        there = resolved(unquote(path), address.rpartition("/")[0]) or address
        assert (tinysite / "_site" / there).is_file(), href
        if fragment:
            ids = {one.get("id") for one in parsed(tinysite / "_site" / there).iter()}
            assert unquote(fragment) in ids, href


@pytest.mark.parametrize(
    ("address", "tag", "names"),
    [
        ("index.html", "div", {"own-box", "wide", "raw"}),
        ("index.html", "span", {"own-span"}),
        ("index.html", "code", {"python", "markdown"}),
        ("more/cells.html", "div", {"cell", "cell-output-stdout", "cell-output-stderr"}),
        ("more/cells.html", "a", {"quarto-xref"}),
    ],
)
def test_style_sheets_can_name_things(tinysite, address, tag, names):
    """Classes, the page's own and those of cells, are there under either renderer."""
    elements = parsed(tinysite / "_site" / address).iter(tag)
    assert names <= {name for e in elements for name in e.get("class", "").split()}


def test_mathematics_is_mathml(tinysite):
    """A formula is inline or a block of its own, and needs no script."""
    page = parsed(tinysite / "_site" / "index.html")
    shown = [e.get("display") for e in page.iter("{http://www.w3.org/1998/Math/MathML}math")]
    assert shown == ["inline", "inline", "block"]
    assert not list(page.iter("script"))


def test_code_is_highlighted(tinysite):
    """Keywords are marked for the style sheet."""
    page = parsed(tinysite / "_site" / "index.html")
    assert "def" in [element.text for element in page.iter("span") if element.get("class") == "kw"]


@pytest.mark.parametrize("name", ["data.txt", "more/points.csv", "more/paper.txt", "picture.svg"])
def test_files_are_published(tinysite, name):
    """Resources are, and whatever else a page links."""
    assert (tinysite / "_site" / name).read_bytes() == (tinysite / name).read_bytes()


def test_the_step_after_rendering_runs(tinysite):
    """Each post-render script gets its arguments and the folder of the site."""
    written = sorted(path.name for path in (tinysite / "_site").glob("after-*"))
    assert written == ["after-one.txt", "after-two.txt"]
