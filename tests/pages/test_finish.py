"""The step after rendering puts pages in order and adds the files around them."""

import pytest

from portfolio.pages.finish import finish

HEAD = "<html><head><title>T</title></head><body>"


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
    assert '<title>T</title><meta name="m"><link rel="canonical"' in text


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
    body = '<pre><code>a href="/x" src="/y"</code></pre>'
    assert body in finished("news/a.html", body)


def test_the_menu_marks_the_page_that_is_open(finished):
    """The entry of the current page says so; the others do not."""
    body = '<nav><a href="/news/a.html">A</a><a href="/b.html">B</a></nav><a href="/news/a.html">'
    text = finished("news/a.html", body)
    assert text.count("aria-current") == 1
    assert '<nav><a href="a.html" aria-current="page">A</a>' in text


def test_pictures_get_their_size(finished, tmp_path):
    """A picture without a size gets that of its file, so that the page does not jump."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "p.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt"/>'
    )
    assert 'src="p.svg" width="96" height="48">' in finished("a.html", '<img alt="" src="p.svg">')


def test_leftovers_of_rendering_go(finished):
    """Paths, time stamps and stray attributes that Quarto leaves in a page are not published."""
    body = '<div data-notebook="/x/y" data-quarto-private-1="{}" alt="z" id="i">x</div>'
    assert '<div id="i">x</div>' in finished("a.html", body)


def test_every_paper_has_a_thumbnail_and_an_entry(here, tmp_path):
    """Thumbnails and BibTeX files are there for each paper and for all."""
    finish(here, tmp_path / "out")
    published = tmp_path / "out" / "publications"
    names = {path.name for path in published.iterdir() if path.is_file()}
    assert names == {"publications.bib", "doe2020waves.bib", "doe2021foam.bib"}
    assert (published / "thumbnails" / "doe2021foam.webp").read_bytes()[8:12] == b"WEBP"
    assert (published / "doe2021foam.bib").read_text() == here.papers["doe2021foam"].bibtex
