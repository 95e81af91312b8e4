"""The step after rendering puts pages in order and adds the files around them."""

import base64
import io
import json
import re

import nbformat
import pytest
from nbformat import v4
from PIL import Image

from portfolio.pages.around import Around
from portfolio.pages.finish import finish
from portfolio.pages.made import text_of
from portfolio.pages.portfolio import load_portfolio
from portfolio.records.problems import ContentError
from portfolio.shipped import theme_file

HEAD = "<html><head><title>T</title></head><body>"


@pytest.fixture(autouse=True)
def out(tmp_path):
    """Return the folder of a rendered site, in which the listing of papers is."""
    folder = tmp_path / "out" / "publications"
    folder.mkdir(parents=True)
    main = '<main id="main"><h1>Papers</h1><template class="head"><meta name="x"></template></main>'
    nav = '<nav><a href="/publications/index.html">Papers</a></nav>'
    (folder / "index.html").write_text(
        f'<html lang="en"><head><title>Papers</title><meta name="description" content="All.">'
        f"</head><body>{nav}{main}<footer>F</footer></body></html>"
    )
    return tmp_path / "out"


@pytest.fixture
def finished(here, tmp_path):
    """Return a function that finishes one page and gives back its text."""

    def one(address, body, head=HEAD):
        page = tmp_path / "out" / address
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"{head}{body}</body></html>")
        finish(here, tmp_path / "out")
        once = page.read_text()
        finish(here, tmp_path / "out")
        assert page.read_text() == once, "finishing twice must change nothing"
        return once

    return one


def test_metadata_of_a_cell_reaches_the_head(finished):
    """What a page cell knows about the page ends up in the page's head."""
    text = finished("a.html", '<p>x</p><template class="head"><meta name="m"></template>')
    assert "<body><p>x</p></body>" in text
    assert '<title>T</title><!-- of this page --><meta name="m"><link rel="canonical"' in text


def test_an_address_that_nobody_can_read_stays(finished):
    """What looks like an address and is none is the author's, and stops nothing."""
    assert 'src="http://[::1"' in finished("a.html", '<p><img src="http://[::1" alt="x"></p>')


def test_a_line_never_begins_with_the_comma_after_a_formula(finished, browser):
    """At no width does a sign stand apart from the formula before it."""
    formula = '<math display="inline"><mi>x</mi></math>'
    words = f"<p>so ({formula}) and {formula}, {formula}; {formula}.</p>" * 3
    page = browser.new_page()
    page.set_content(finished("a.html", words))
    page.add_style_tag(content=theme_file("site.css").decode())
    apart = page.evaluate(
        """() => {
            let apart = 0;
            for (let width = 20; width < 220; width += 5) {
                document.body.style.width = `${width}px`;
                for (const formula of document.querySelectorAll("math")) {
                    const sign = document.createRange();
                    const at = formula.nextSibling.data.search(/[),;.]/);
                    sign.setStart(formula.nextSibling, at);
                    sign.setEnd(formula.nextSibling, at + 1);
                    const end = formula.getBoundingClientRect().right;
                    apart += sign.getBoundingClientRect().left < end - 1;
                }
            }
            return apart;
        }"""
    )
    page.close()
    assert apart == 0


HOSTILE = '<script>ran()</script><template class="head"><meta http-equiv="refresh"></template>'


@pytest.mark.parametrize("end", ["", "</main>", '</main><footer class="site">'])
def test_a_notebooks_page_runs_nothing(finished, project, end):
    """What a notebook holds is kept, without what runs, though it ends the page's text early."""
    (project / "notebooks" / "a.ipynb").write_text(nbformat.writes(v4.new_notebook()))
    body = f'<main id="main"><h1>A</h1>{end}{HOSTILE}<p onclick="ran()">b</p></main>'
    text = finished("notebooks/a.html", f'{body}<footer class="site">F</footer>')
    assert "ran()" not in text
    assert "refresh" not in text
    assert "<p>b</p></main>\n<footer" in text


def test_a_page_of_ones_own_holds_what_its_owner_likes(finished):
    """Only captions, which come from notebooks, are without what runs there."""
    caption = "<figure><figcaption>a <b onclick='ran()'>b</b></figcaption></figure>"
    text = finished("a.html", f'<main id="main"><h1>A</h1><p onclick="x()">c</p>{caption}</main>')
    assert '<p onclick="x()">c</p>' in text
    assert "<figcaption>a <b>b</b></figcaption>" in text


@pytest.mark.parametrize(
    ("address", "written", "wanted"),
    [
        ("a.html", "/news/feed.xml", "news/feed.xml"),
        ("news/a.html", "/news/feed.xml", "feed.xml"),
        ("news/a.html", "/publications/b.html#c", "../publications/b.html#c"),
        ("news/a.html", "/", "../index.html"),
        ("news/a.html", "b.html", "b.html"),
        ("news/a.html", "#part", "#part"),
        ("news/a.html", "https://sea.example/x", "https://sea.example/x"),
        ("news/a.html", "//sea.example/x", "//sea.example/x"),
        ("404.html", "/news/feed.xml", "/home/news/feed.xml"),
        ("404.html", "./index.html", "/home/index.html"),
        ("404.html", "#part", "#part"),
    ],
)
def test_addresses_from_the_root_fit_the_page(finished, address, written, wanted):
    """The site works in any folder; only the 404 page, shown anywhere, names the folder."""
    assert f'<a href="{wanted}">' in finished(address, f'<a href="{written}">x</a>')


def test_addresses_in_text_are_left_alone(finished):
    """Code that shows a link is no link."""
    body = '<p><code>a href="/x" src="/y"</code></p>'
    assert body in finished("news/a.html", body)


def test_the_menu_marks_the_page_that_is_open(finished):
    """The entry of the current page says so; the others do not."""
    body = '<nav><a href="/news/a.html">A</a><a href="/b.html">B</a></nav><a href="/news/a.html">'
    text = finished("news/a.html", body)
    assert text.count("aria-current") == 1
    assert '<nav><a href="a.html" aria-current="page">A</a>' in text


def test_pictures_get_their_size(finished, tmp_path):
    """A picture without a size gets that of its file, so that the page does not jump."""
    (tmp_path / "out" / "p.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt"/>'
    )
    assert 'src="p.svg" width="96" height="48" data-ground="page">' in finished(
        "a.html", '<img alt="" src="p.svg">'
    )


def test_leftovers_of_rendering_go(finished):
    """Paths, time stamps and stray attributes that Quarto leaves in a page are not published."""
    body = '<div data-notebook="/x/y" data-quarto-private-1="{}" alt="z" id="i">x</div>'
    assert '<div id="i">x</div>' in finished("a.html", body)
    assert '<div class="cell">' in finished("a.html", '<div id="0ab3f9c2" class="cell"></div>')


def test_formulas_carry_no_styles_of_their_own(finished):
    """Columns of a formula are aligned by the style sheet, as the policy allows no other."""
    body = '<mtd columnalign="left" style="text-align: left; padding-left: 0"><mi>x</mi></mtd>'
    assert '<mtd columnalign="left"><mi>x</mi></mtd>' in finished("a.html", body)


def test_tables_keep_their_sides_and_carry_no_styles(finished):
    """Pandoc's styles, of sides and of widths for long lines, are what the policy forbids."""
    table = '<table style="width:100%;"><colgroup><col style="width: 16%"></colgroup><tr>'
    table += '<th style="text-align: right;">n</th><td class="a" style="text-align:center">1</td>'
    text = finished("a.html", f'<main id="main">{table}</tr></table></main>')
    assert '<col></colgroup><tr><th class="to-end">n</th><td class="to-center a">1</td>' in text
    assert "style=" not in text.partition("<main")[2]
    assert 'style="width:100%;"' in finished("b.html", f"<main>{table}</tr></table></main>")


def test_a_figure_has_the_text_of_its_notebooks_output(project, out):
    """Where Quarto leaves out what the output's metadata say, the picture gets it afterwards."""
    png = base64.b64encode(picture()).decode()
    told = v4.new_output(
        "display_data", {"image/png": png}, metadata={"image/png": {"alt": 'A "wave"'}}
    )
    cells = [v4.new_code_cell("#| label: fig-a\nx", outputs=[told])]
    nbformat.write(v4.new_notebook(cells=cells), project / "notebooks" / "doe2020waves.ipynb")
    page = out / "notebooks" / "doe2020waves.html"
    page.parent.mkdir()
    names = ("x/fig-a-output-1.png", "x/fig-b-output-1.png")
    images = "".join(f'<img src="{name}" alt="">' for name in names)
    page.write_text(f"<html><head></head><body>{images}</body></html>")
    finish(load_portfolio(project), out)
    text = page.read_text()
    assert '<img src="x/fig-a-output-1.png" alt="A &quot;wave&quot;">' in text
    assert '<img src="x/fig-b-output-1.png" alt="">' in text


def picture():
    """Return a small PNG."""
    written = io.BytesIO()
    Image.new("RGB", (8, 5)).save(written, "PNG")
    return written.getvalue()


def test_every_paper_has_an_entry(here, tmp_path):
    """BibTeX files are there for each paper and for all; a thumbnail is not, without a picture."""
    finish(here, tmp_path / "out")
    published = tmp_path / "out" / "publications"
    names = {path.name for path in published.glob("*.bib")}
    assert names == {"publications.bib", "doe2020waves.bib", "doe2021foam.bib"}
    assert not (published / "thumbnails").exists()
    assert (published / "doe2021foam.bib").read_text() == here.papers["doe2021foam"].bibtex


def test_every_paper_and_the_list_can_be_cited_in_three_formats(here, out):
    """Beside BibTeX there are RIS and CSL-JSON, for each paper and for all of them."""
    finish(here, out)
    for name, count in (("doe2020waves", 1), ("doe2021foam", 1), ("publications", 2)):
        path = out / "publications" / name
        assert path.with_suffix(".ris").read_text().count("TY  - ") == count
        assert len(json.loads(path.with_suffix(".json").read_text())) == count
        assert path.with_suffix(".bib").read_text().count("@") == count


def test_the_files_of_papers_are_published(project, out):
    """What stands in the folders of files and previews is part of the site, but no link out."""
    files = project / "publications" / "files"
    files.mkdir()
    (files / "waves.pdf").write_bytes(b"%PDF")
    (files / "out.pdf").symlink_to("/etc/hostname")
    finish(load_portfolio(project), out)
    assert (out / "publications" / "files" / "waves.pdf").read_bytes() == b"%PDF"
    assert not (out / "publications" / "files" / "out.pdf").exists()


@pytest.mark.parametrize(
    ("preview", "content", "shown"),
    [
        ("publications/previews/a.png", "picture", True),
        ("publications/previews/a.png", "nonsense", False),
        ("publications/previews/../../a.png", "picture", False),
        ("publications/previews/lost.png", "picture", False),
    ],
)
def test_the_preview_of_a_paper_is_its_thumbnail(project, out, preview, content, shown):
    """A paper without a figure shows the picture that it names, if that can be read."""
    folder = project / "publications" / "previews"
    folder.mkdir()
    for path in (folder / "a.png", project / "a.png"):
        path.write_bytes(b"no picture")
        if content == "picture":
            Image.new("RGB", (8, 8), "#ff0000").save(path)
    (project / "publications" / "papers.csv").write_text(f"key,preview\ndoe2020waves,{preview}\n")
    finish(load_portfolio(project), out)
    thumbnail = out / "publications" / "thumbnails" / "doe2020waves.webp"
    assert thumbnail.exists() is shown
    if shown:
        with Image.open(thumbnail) as card:
            red, green, _ = card.convert("RGB").getpixel((240, 150))
        assert red > 200
        assert green < 50


def test_a_paper_without_a_page_gets_one_in_the_frame_of_the_listing(here, out):
    """The made page has the listing's frame, and a title, metadata and content of its own."""
    finish(here, out)
    once = (out / "publications" / "doe2021foam.html").read_text()
    finish(here, out)
    text = (out / "publications" / "doe2021foam.html").read_text()
    assert text == once, "a finished listing gives the same frame"
    assert "<title>Foam · Jane Doe</title>" in text
    assert "</p>\n<h1>Foam</h1>" in text
    assert '<meta name="citation_title" content="Foam">' in text
    assert text.count('rel="canonical"') == 1
    assert "<footer>F</footer>" in text
    assert all(
        word not in text for word in ("<h1>Papers", 'content="All."', 'name="x"', "aria-current")
    )


def test_made_pages_of_one_title_are_told_apart(project, out):
    """By where and when they appeared; by their keys where that is the same."""
    said = "title={{Foam}}, author={{Doe, Jane}}, year=2021"
    keys = {"talk": "booktitle={Talks}", "one": "booktitle={Sea}", "two": "booktitle={Sea}"}
    entries = [f"@inproceedings{{{key}, {said.format()}, {more}}}\n" for key, more in keys.items()]
    (project / "publications" / "publications.bib").write_text("".join(entries))
    finish(load_portfolio(project), out)
    titles = [
        (out / "publications" / f"{key}.html").read_text().partition("<title>")[2].partition("<")[0]
        for key in keys
    ]
    assert titles == [f"Foam ({told}) · Jane Doe" for told in ("Talks 2021", "one", "two")]


def test_a_page_written_by_hand_is_left_to_the_renderer(here, out, project):
    """Where a paper has a source of its own, nothing is made in its place."""
    (project / "publications" / "doe2021foam.qmd").touch()
    finish(here, out)
    assert not (out / "publications" / "doe2021foam.html").exists()
    assert (out / "publications" / "doe2020waves.html").exists()


def test_a_made_page_shows_the_figure_of_its_notebook(project):
    """A paper with a notebook shows its figure, with caption and alternative text."""
    data = {"image/svg+xml": '<svg width="72pt" height="36pt" />', "image/png": "iVBORw0KGgo="}
    source = "#| label: fig-f\n#| fig-cap: Foam at $p$.\n#| fig-alt: Bubbles.\nx"
    cell = v4.new_code_cell(source, outputs=[v4.new_output("display_data", data)])
    nbformat.write(v4.new_notebook(cells=[cell]), project / "notebooks" / "doe2021foam.ipynb")
    here = load_portfolio(project)
    text = text_of(Around(here, {}), here.papers["doe2021foam"])
    assert '<figure id="fig-f"><img src="/publications/figures/doe2021foam.svg"' in text
    assert 'alt="Bubbles."' in text
    assert "<figcaption>Figure 1: Foam at <math" in text
    assert re.search(r'<a href="/notebooks/doe2021foam.html".*?Notebook</span></a>', text)


def test_without_a_listing_one_line_says_what_to_add(here, tmp_path):
    """The site needs the page that lists the papers."""
    with pytest.raises(ContentError, match=r"^publications/index.qmd:1: page: there is no page"):
        finish(here, tmp_path / "elsewhere")


BOOTSTRAP = '<html><head><link href="site_libs/bootstrap/b.css"><title>T</title></head><body>'
WIDGETS = (
    '<script src="https://cdn.jsdelivr.net/npm/requirejs@2.3.6/require.min.js"></script>\n'
    '<script src="https://cdn.jsdelivr.net/npm/jquery@3.5.1/dist/jquery.min.js"></script>\n'
    "<script type=\"application/javascript\">define('jquery', [],function() {})</script>\n"
)


def test_a_page_in_a_theme_of_quartos_gets_what_our_parts_need(finished, out):
    """The style sheet and the script are linked once, and published; our pages have theirs."""
    text = finished("news/a.html", "<main></main>", head=BOOTSTRAP)
    assert text.count('<link rel="stylesheet" href="../theme/parts.css">') == 1
    assert text.count('<script src="../theme/copy.js" defer></script>') == 1
    assert (out / "theme" / "parts.css").is_file()
    assert "parts.css" not in finished("b.html", "<main></main>")


@pytest.mark.parametrize(("script", "kept"), [("", False), ("<script>chart()</script>", True)])
def test_scripts_of_another_host_go_where_nothing_uses_them(finished, script, kept):
    """Quarto has a page with a table load RequireJS and jQuery; only a cell's script needs them."""
    head = BOOTSTRAP.replace("<title>", f"{WIDGETS}<title>")
    text = finished("a.html", f"<main><table></table>{script}</main>", head=head)
    assert ("cdn.jsdelivr.net" in text) is kept
    assert ("define('jquery'" in text) is kept
