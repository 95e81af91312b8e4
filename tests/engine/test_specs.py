"""What an output draws is read from what its library left in the notebook."""

import json
from pathlib import Path

import pytest

from portfolio.live import found_in, shown_live
from portfolio.specs import spec_of

BUNDLES = json.loads(
    (Path(__file__).parent / "figures/bundles/live.json").read_text(encoding="utf-8")
)
"""What the packages themselves left in a notebook, plotly's without its template."""


def plotly(kind, **layout):
    """Return a bundle of plotly's with one trace of a kind."""
    return {"application/vnd.plotly.v1+json": {"data": [{"type": kind}], "layout": layout}}


@pytest.mark.parametrize(
    ("name", "library", "height"),
    [
        ("plotly", "plotly", 300),
        ("plotly-html", "plotly", 320),
        ("altair", "altair", 350),
        ("altair-mimetype", "altair", 170),
        ("bokeh", "bokeh", 300),
    ],
)
def test_what_is_drawn_is_read_from_the_notebook(name, library, height):
    """Each library's output gives its data, and the height of the room that it takes."""
    spec = spec_of(BUNDLES[name])
    assert (spec.library, spec.height, spec.fault) == (library, height, "")


def test_the_data_are_those_that_the_library_takes():
    """Traces, frames, charts and documents come out as they went in."""
    drawn = spec_of(BUNDLES["plotly-html"]).data
    assert [trace["y"] for trace in drawn["data"]] == [[2, 1]]
    assert [frame["data"][0]["y"] for frame in drawn["frames"]] == [[1, 2]]
    assert spec_of(BUNDLES["altair"]).data["mark"] == {"type": "bar"}
    assert spec_of(BUNDLES["bokeh"]).data["root_id"] == "p1008"
    assert spec_of(BUNDLES["bokeh"]).data["doc"]["roots"][0]["id"] == "p1008"


@pytest.mark.parametrize(
    ("bundle", "why"),
    [
        (plotly("scattergl"), "compiles code"),
        (plotly("parcoords"), "compiles code"),
        (plotly("choroplethmap"), "another host"),
        (plotly("scattergeo"), "another host"),
        (
            plotly("bar", images=[{"source": "https://x.example/a.png"}]),
            "picture is on another host",
        ),
        (
            {"application/vnd.vegalite.v6+json": {"data": {"url": "https://a.example/b.csv"}}},
            "host",
        ),
        (
            {
                "application/javascript": BUNDLES["bokeh"]["application/javascript"].replace(
                    '"name":"HelpTool"', '"name":"CustomJS"'
                )
            },
            "CustomJS",
        ),
    ],
    ids=["many-points", "lines", "map", "globe", "picture-elsewhere", "data-elsewhere", "callback"],
)
def test_what_no_page_can_run_says_why(bundle, why):
    """What compiles code or asks another host is told, with what to do."""
    spec = spec_of(bundle)
    assert why in spec.fault
    assert spec.remedy


@pytest.mark.parametrize("kind", ["scatter", "heatmap", "treemap", "surface", "violin"])
def test_what_plotly_draws_by_itself_may_run(kind):
    """Charts that need neither are no fault, whatever their name ends in."""
    assert not spec_of(plotly(kind)).fault


def test_tables_and_widgets_of_bokeh_bring_their_libraries():
    """A document is drawn with the files that its models are in, and no others."""
    script = BUNDLES["bokeh"]["application/javascript"]
    assert spec_of({"application/javascript": script}).libraries == ("bokeh",)
    tabled = script.replace('"name":"HelpTool"', '"name":"DataTable"')
    wanted = ("bokeh", "bokeh-widgets", "bokeh-tables")
    assert spec_of({"application/javascript": tabled}).libraries == wanted


def test_what_is_cut_off_is_nothing():
    """An output whose data end early is taken for one that holds none."""
    script = BUNDLES["bokeh"]["application/javascript"]
    assert spec_of({"application/javascript": script[:2000]}) is None
    assert spec_of({"text/html": BUNDLES["plotly-html"]["text/html"][:-400]}) is None


def test_what_is_handed_over_arrives():
    """Data, still picture and alternative text come out of the page as they went into it."""
    bundle = BUNDLES["plotly"] | {"image/png": "iVBORw0KGgo="}
    html = shown_live(bundle, alt='A "line" & more')["text/html"]
    [(place, live)] = found_in(f"<main><p>Before</p>{html}</main>")
    assert place == html
    assert live.data == spec_of(bundle).data
    assert (live.still, live.kind, live.alt) == ("iVBORw0KGgo=", "image/png", 'A "line" & more')


def test_what_is_no_handing_over_stays():
    """Who writes such a place by hand gets it back."""
    assert not list(found_in('<div class="stage" data-live="AAAA"></div>'))


@pytest.mark.parametrize(
    "bundle",
    [
        {"text/html": "Plotly.newPlot('a', [1],"},
        {"text/html": "Plotly.newPlot('a', " + "[" * 5000},
        {"application/javascript": "docs_json = {}; render_items = []"},
    ],
    ids=["cut-off", "deep", "nothing-to-draw"],
)
def test_an_output_that_is_cut_off_is_none(bundle):
    """What a library did not write to its end is shown as the picture beside it."""
    assert spec_of(bundle) is None
