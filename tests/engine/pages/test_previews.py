"""The small picture of a paper is what its author names, else its notebook's, else a tile."""

import base64
import io

import nbformat
import pytest
from nbformat import v4
from PIL import Image

from portfolio.pages import home
from portfolio.pages.finish import finish
from portfolio.pages.portfolio import load_portfolio
from portfolio.pages.previews import preview_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0L9 9"/></svg>'


@pytest.fixture
def card(project):
    """Return a function that gives the card of the paper with the page of its own."""
    return lambda: home.showcase(here := load_portfolio(project), [here.papers["doe2020waves"]])


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
    """An SVG that a paper names is its thumbnail, in its own proportions."""
    write_preview(project, "a.svg", SVG.encode())
    assert 'src="/publications/thumbnails/doe2020waves.svg" width="20" height="10"' in card()
    finish(load_portfolio(project), out)
    thumbnails = out / "publications" / "thumbnails"
    assert "<path" in (thumbnails / "doe2020waves.svg").read_text()
    assert [path.name for path in thumbnails.iterdir()] == ["doe2020waves.svg"]


@pytest.mark.parametrize("content", [b"no drawing", b"<svg", b"<html/>"])
def test_what_is_no_drawing_is_not_shown(project, card, content):
    """A file that only ends like a drawing leaves the paper with a tile."""
    write_preview(project, "a.svg", content)
    assert 'class="tile"' in card()
    assert "<img" not in card()


def test_what_the_author_names_wins(project, out):
    """A preview beside a notebook is the thumbnail; the figure stays on the page."""
    write_notebook(project, "image/png", base64.b64encode(png("blue")).decode())
    assert shown(project).alt == "Foam"
    write_preview(project, "a.png", png("red"))
    assert shown(project).alt == "A wave"
    finish(load_portfolio(project), out)
    with Image.open(out / "publications" / "thumbnails" / "doe2020waves.webp") as thumbnail:
        red, _, blue = thumbnail.convert("RGB").getpixel((240, 150))
    assert red > 200
    assert blue < 50


def test_a_figure_drawn_only_is_the_thumbnail(project, card):
    """A notebook that draws its figure as SVG shows it in the list, with its text."""
    write_notebook(project, "image/svg+xml", SVG)
    assert 'thumbnails/doe2020waves.svg" width="20" height="10"' in card()
    assert 'alt="Foam"' in shown(project).html("a", "page")


@pytest.mark.parametrize(
    ("venue", "said"),
    [
        ("International Conference on Foam (ICF)", "ICF"),
        ("软件学报", "软件学报 2020"),
        ("Sea", "Sea 2020"),
        ("Annals of the Invented Sea", "Article"),
        ("Annals of the Very Long and Winding Names of Journals of the World", "Article"),
    ],
)
def test_a_paper_without_a_picture_has_a_tile(project, venue, said):
    """Set by the reader's browser, it has the venue in few words, whole, and repeats no title."""
    bib = f"@article{{a, title={{图神经网络}}, author={{Roe, R}}, journal={{{venue}}}, year=2020}}"
    (project / "publications" / "publications.bib").write_text(bib, encoding="utf-8")
    here = load_portfolio(project)
    tile = f'<div class="tile" aria-hidden="true"><span>{said}</span></div>'
    assert preview_of(here, here.papers["a"]).html("a") == tile


def test_pixels_come_in_two_sizes_light_and_lazy(project, out):
    """A row has the small AVIF, a card both, WebP is there for the rest, and each is light."""
    write_preview(project, "a.png", png("red"))
    preview = shown(project)
    row, card = preview.html("/t/a", "row"), preview.html("/t/a")
    assert '<source type="image/avif" srcset="/t/a-320.avif">' in row
    assert 'srcset="/t/a-320.avif 320w, /t/a-960.avif 960w" sizes=' in card
    assert 'src="/t/a-480.webp" width="480" height="300"' in row
    assert 'alt="" loading="lazy"' in row
    finish(load_portfolio(project), out)
    folder = out / "publications" / "thumbnails"
    for ending, size in (("-320.avif", (320, 200)), ("-960.avif", (960, 600))):
        with Image.open(folder / f"doe2020waves{ending}") as picture:
            assert (picture.format, picture.size) == ("AVIF", size)
    assert all(path.stat().st_size <= 15 * 1024 for path in folder.iterdir())


def write_cells(project, *cells):
    """Give the paper a notebook of cells, each with its options and the PNGs that it shows."""
    made = [
        v4.new_code_cell(
            f"{options}\nx",
            outputs=[
                v4.new_output("display_data", {"image/png": base64.b64encode(png(one)).decode()})
                for one in colours
            ],
        )
        for options, *colours in cells
    ]
    nbformat.write(v4.new_notebook(cells=made), project / "notebooks" / "doe2020waves.ipynb")


def shown(project):
    """Return the preview of the paper."""
    here = load_portfolio(project)
    return preview_of(here, here.papers["doe2020waves"])


def test_a_cell_gives_the_thumbnail(project):
    """What a cell labelled ``thumb-...`` shows stands for the paper, wherever the cell stands."""
    write_cells(
        project, ("#| label: thumb-a", "red"), ("#| label: fig-a\n#| fig-alt: A. B", "blue")
    )
    assert shown(project).pixels == png("red")
    assert shown(project).alt == "A"
    assert load_portfolio(project).figures["doe2020waves"].png == png("blue")


@pytest.mark.parametrize("order", ["[light, dark]", "[dark, light]"])
def test_a_picture_for_the_dark_is_shown_there_alone(project, out, order):
    """Of two renderings each is shown in its scheme, and made small like the other."""
    colours = ("white", "black") if order == "[light, dark]" else ("black", "white")
    write_cells(project, (f"#| label: thumb-a\n#| renderings: {order}", *colours), FIG)
    preview = shown(project)
    assert (preview.pixels, preview.dark) == (png("white"), png("black"))
    html = preview.html("/t/a", "row")
    assert html.count('<picture class="light-content">') == 1
    assert html.count('<picture class="dark-content">') == 1
    assert html.count('loading="lazy"') == 2
    finish(load_portfolio(project), out)
    with Image.open(out / "publications/thumbnails/doe2020waves-dark-320.avif") as picture:
        assert max(picture.convert("RGB").getpixel((160, 100))) < 20


FIG = ("#| label: fig-a\n#| fig-alt: A", "blue")


@pytest.mark.parametrize("suffix", [".mp4", ".webm", ".gif"])
def test_a_clip_is_named_and_not_loaded(project, out, suffix):
    """A file that moves lies beside the thumbnail, and only a script may ask for it."""
    write_cells(project, FIG)
    folder = project / "publications" / "previews"
    folder.mkdir()
    (folder / f"doe2020waves{suffix}").write_bytes(b"moves")
    html = shown(project).html("/t/a")
    assert f'data-clip="{suffix}"' in html
    assert f"a{suffix}" not in html
    finish(load_portfolio(project), out)
    assert (out / "publications/thumbnails" / f"doe2020waves{suffix}").read_bytes() == b"moves"
