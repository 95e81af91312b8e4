"""Outputs that would run are known, and a still picture or a note takes their place."""

import json
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from portfolio.interactive import NOTE, interactive, shown
from portfolio.pages.outputs import faults_of_outputs
from portfolio.pages.portfolio import load_portfolio

BUNDLES = json.loads(
    (Path(__file__).parent / "figures/bundles/interactive.json").read_text(encoding="utf-8")
)
"""What the packages themselves left in a notebook, with long texts cut."""


@pytest.mark.parametrize(
    ("name", "library"),
    [
        ("plotly", "plotly"),
        ("plotly-mimetype", "plotly"),
        ("altair", "Altair"),
        ("bokeh", "bokeh"),
        ("ipywidgets", "ipywidgets"),
    ],
)
def test_what_runs_is_known_by_its_library(name, library):
    """Each library's output is named, and where there is no picture a note says what it is."""
    found = interactive(BUNDLES[name])
    assert (found.library, found.picture) == (library, "")
    assert NOTE in shown(BUNDLES[name])["text/html"]
    assert "<script" not in str(shown(BUNDLES[name]))
    assert found.remedy


@pytest.mark.parametrize("name", ["plotly-loads", "bokeh-logo", "bokeh-loads", "bokeh-root"])
def test_what_only_loads_leaves_no_trace(name):
    """Loading a library shows nothing, and is no fault."""
    assert shown(BUNDLES[name]) is None
    assert interactive(BUNDLES[name]) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [("plotly-png", "image/png"), ("altair-png", "image/png"), ("altair-svg", "image/svg+xml")],
)
def test_a_picture_is_shown_where_there_is_one(name, kind):
    """The still picture of a bundle comes before what would run."""
    html = {"text/html": "<div><script>Plotly.newPlot()</script></div>"}
    assert kind in shown(BUNDLES[name])
    assert list(shown(html | BUNDLES[name])) == [kind]


def test_a_figure_with_many_points_is_one_too():
    """However long the data behind the call that draws it, it gets its note."""
    points = ", ".join(map(str, range(3000)))
    html = (
        '<div><script>window.PlotlyConfig = {};</script><div id="a" class="plotly-graph-div">'
        f'</div><script>Plotly.newPlot("a", [{{"y": [{points}]}}])</script></div>'
    )
    assert interactive({"text/html": html}).library == "plotly"
    assert NOTE in shown({"text/html": html})["text/html"]


def test_scripts_of_an_author_stay():
    """HTML of no library that we know is passed on as it is."""
    data = {"text/html": "<p>Hi</p><script src='own.js'></script>"}
    assert shown(data) == data


def test_check_names_the_cell_and_what_to_do(project_with):
    """A problem where nothing can be shown, a hint where a picture is; both at their cell."""
    html = {"text/html": "<script>Plotly.newPlot()</script>"}
    found = project_with(BUNDLES["altair"], html | BUNDLES["plotly-png"])
    assert [(one.line, one.hint) for one in found] == [(1, False), (2, True)]
    assert "Altair" in found[0].what
    assert "alt.renderers.enable" in found[0].remedy


@pytest.fixture
def project_with(tmp_path):
    """Return the function that names the problems of a notebook with outputs, a cell each."""

    def project_with(*bundles):
        cells = [
            v4.new_code_cell("x", outputs=[v4.new_output("display_data", bundle)])
            for bundle in bundles
        ]
        settings = "owner: {name: Ada Byron, site: https://byron.example}\n"
        (tmp_path / "_quarto.yml").write_text(settings, encoding="utf-8")
        path = tmp_path / "a.ipynb"
        nbformat.write(v4.new_notebook(cells=cells), path)
        return list(faults_of_outputs(load_portfolio(tmp_path), path))

    return project_with
