"""Where Quarto embeds a cell whose output would run, what a page can show takes its place."""

import nbformat
import pytest
from nbformat import v4

from portfolio.live import found_in
from portfolio.pages.embedded import embedded, forget_unlinked
from portfolio.pages.portfolio import load_portfolio

PLOTLY = {"application/vnd.plotly.v1+json": {"data": [{"type": "bar", "y": [1]}], "layout": {}}}
BLOCK = """<main><div class="quarto-embed-nb-cell" data-notebook="{path}" data-notebook-title="A"
 data-notebook-cellid="cell-{label}">
<div class="cell"><div id="{label}"><figure><div><script>"</div>"</script>
<pre><code>Unable to display output</code></pre></div>
<figcaption id="x">Figure&nbsp;1: Bars.</figcaption></figure></div></div>
</div><p>After</p></main>"""


@pytest.fixture
def page(tmp_path):
    """Return the function that gives a page with a cell of a notebook embedded, and its project."""
    settings = "owner: {name: Ada Byron, site: https://byron.example}\n"
    (tmp_path / "_quarto.yml").write_text(settings, encoding="utf-8")
    path = tmp_path / "a.ipynb"

    def page(label, bundle, *, live="live: true"):
        outputs = [v4.new_output("display_data", bundle)]
        cell = v4.new_code_cell(f"#| label: {label}\n#| {live}\n1", outputs=outputs)
        nbformat.write(v4.new_notebook(cells=[cell]), path)
        return load_portfolio(tmp_path), BLOCK.format(path=path.as_posix(), label=label)

    return page


def test_a_figure_that_runs_keeps_its_number_and_caption(page):
    """The chart takes the place of what Quarto could not show, and the rest stays."""
    html = embedded(*page("fig-bars", PLOTLY))
    [(place, live)] = found_in(html)
    assert live.asked
    before, after = html.split(place)
    assert before.endswith('<figure class="quarto-float">')
    assert after.startswith('<figcaption id="x">Figure&nbsp;1: Bars.</figcaption></figure></div>')
    assert after.endswith("<p>After</p></main>")
    assert "Unable" not in html


def test_the_picture_beside_a_widget_is_shown(page):
    """Quarto prefers HTML that our pages do not run; the picture comes instead."""
    bundle = {"text/html": "<script>Bokeh.embed()</script>", "image/png": "iVBORw0KGgo="}
    html = embedded(*page("dots", bundle))
    assert '<img src="data:image/png;base64,iVBORw0KGgo=" alt="">' in html
    assert "<script" not in html


def test_other_cells_stay_as_they_are(page):
    """A picture, and a cell of a notebook that is not there, are left to Quarto."""
    here, html = page("fig-bars", {"image/png": "iVBORw0KGgo="})
    assert embedded(here, html) == html
    (here.root / "a.ipynb").unlink()
    assert embedded(here, html) == html


def test_pictures_of_cells_that_are_not_embedded_go(tmp_path):
    """Quarto writes those of all cells of a notebook; what no page shows is not published."""
    folder = tmp_path / "a_files" / "figure-html"
    folder.mkdir(parents=True)
    shown, other, own = (folder / name for name in ("..-n-1.png", "..-n-2.png", "own.png"))
    for path in (shown, other, own):
        path.write_bytes(b"x")
    forget_unlinked(tmp_path / "a.html", '<img src="a_files/figure-html/..-n-1.png">')
    assert [path.exists() for path in (shown, other, own)] == [True, False, True]
