"""The small picture of a paper is what its author names, else its figure, else its title."""

import base64
import io

import nbformat
import pytest
from nbformat import v4
from PIL import Image

from portfolio.pages import cards
from portfolio.pages.finish import finish
from portfolio.pages.portfolio import load_portfolio

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0L9 9"/></svg>'


@pytest.fixture
def card(project):
    """Return a function that gives the card of the paper with the page of its own."""
    return lambda: cards.listing(here := load_portfolio(project), [here.papers["doe2020waves"]])


@pytest.fixture
def out(tmp_path):
    """Return the folder of a rendered site, in which the listing of papers is."""
    folder = tmp_path / "out" / "publications"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text('<html><head></head><body><main id="main"></main></body>')
    return tmp_path / "out"


def png(colour):
    """Return a small picture."""
    written = io.BytesIO()
    Image.new("RGB", (8, 5), colour).save(written, "PNG")
    return written.getvalue()


def write_preview(project, name, content):
    """Let the paper name a picture, which may have a text of its own."""
    folder = project / "publications" / "previews"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    table = f"key,preview,preview_alt\ndoe2020waves,publications/previews/{name},A wave\n"
    (project / "publications" / "papers.csv").write_text(table)


def write_notebook(project, kind, shown):
    """Give the paper a notebook with a figure."""
    figure = v4.new_output("display_data", {kind: shown}, metadata={kind: {"alt": "Foam. More."}})
    notebook = v4.new_notebook(cells=[v4.new_code_cell("#| label: fig-a\nx", outputs=[figure])])
    nbformat.write(notebook, project / "notebooks" / "doe2020waves.ipynb")


def test_a_drawing_is_shown_as_it_is(project, card, out):
    """An SVG that a paper names is its thumbnail, in its own proportions and with its text."""
    write_preview(project, "a.svg", SVG.encode())
    assert (
        '<img src="/publications/thumbnails/doe2020waves.svg" alt="A wave" width="20" height="10"'
    ) in card()
    finish(load_portfolio(project), out)
    thumbnails = out / "publications" / "thumbnails"
    assert "<path" in (thumbnails / "doe2020waves.svg").read_text()
    assert (thumbnails / "doe2020waves.webp").is_file()


@pytest.mark.parametrize("content", [b"no drawing", b"<svg", b"<html/>"])
def test_what_is_no_drawing_is_not_shown(project, card, content):
    """A file that only ends like a drawing leaves the paper with its title's card."""
    write_preview(project, "a.svg", content)
    assert 'doe2020waves.webp" alt=""' in card()


def test_what_the_author_names_wins(project, card, out):
    """A preview beside a notebook is the thumbnail; the figure stays on the page."""
    write_notebook(project, "image/png", base64.b64encode(png("blue")).decode())
    assert 'alt="Foam"' in card()
    write_preview(project, "a.png", png("red"))
    assert 'alt="A wave"' in card()
    finish(load_portfolio(project), out)
    with Image.open(out / "publications" / "thumbnails" / "doe2020waves.webp") as thumbnail:
        red, _, blue = thumbnail.convert("RGB").getpixel((240, 150))
    assert red > 200
    assert blue < 50


def test_a_figure_drawn_only_is_the_thumbnail(project, card):
    """A notebook that draws its figure as SVG shows it in the list, with its text."""
    write_notebook(project, "image/svg+xml", SVG)
    assert 'thumbnails/doe2020waves.svg" alt="Foam" width="20" height="10"' in card()


@pytest.mark.parametrize("title", ["图神经网络", "مبانی یادگیری", "गहन अधिगम", "On $\\ell_1$"])
def test_a_title_that_we_cannot_set_is_set_by_the_browser(project, title):
    """A tile holds the title as text, which no screen reader says twice."""
    bib = f"@article{{a, title={{{title}}}, author={{Roe, R}}, journal={{Sea}}, year=2020}}"
    (project / "publications" / "publications.bib").write_text(bib, encoding="utf-8")
    here = load_portfolio(project)
    html = cards.listing(here, here.papers)
    assert f'data-title="{here.papers["a"].title}" data-venue="Sea 2020" aria-hidden="true"' in html
    assert "<img" not in html
